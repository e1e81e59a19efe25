import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Textarea } from './textarea.tsx';

type Element = DefaultTreeAdapterMap['element'];
type TextNode = DefaultTreeAdapterMap['textNode'];

test.each([
  '\nafter an empty line',
  '\r\nafter an empty line',
  '\n',
  '  two spaces',
  '</textarea><b>',
  'plain',
])('shows again exactly what was typed: %j', (value) => {
  const html = renderToString(<Textarea name="note" label={{ text: 'Note' }} value={value} />);
  const group = parseFragment(html).childNodes[0] as Element;
  const textarea = group.childNodes.find((node) => node.nodeName === 'textarea') as Element;
  const shown = textarea.childNodes.map((node) => (node as TextNode).value).join('');
  expect(shown).toBe(value.replaceAll('\r\n', '\n'));
});
