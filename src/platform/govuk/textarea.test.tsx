import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { outline } from './fixture-dom.ts';
import { Textarea } from './textarea.tsx';

test.each([
  '\nafter an empty line',
  '\r\nafter an empty line',
  '\n',
  '  two spaces',
  '</textarea><b>',
  'plain',
])('shows again exactly what was typed: %j', (value) => {
  const html = renderToString(<Textarea name="note" label={{ text: 'Note' }} value={value} />);
  const shown = outline(html).split('\n').at(-1)?.trim();
  expect(shown).toBe(JSON.stringify(value.replaceAll('\r\n', '\n')));
});
