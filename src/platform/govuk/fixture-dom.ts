import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['childNode'];
type Parent = DefaultTreeAdapterMap['parentNode'];

/** Elements that a reader sees in the line of the text, where a space next to them is a space. */
const inlineElements = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'span', 'strong']);

/**
 * HTML as an outline that is the same for everything a browser treats as the same: a line an element,
 * its attributes in order of their names, its classes in one order, white space only where it can be seen.
 */
export function outline(html: string): string {
  return outlineOf(parseFragment(html), '').join('\n');
}

function outlineOf(parent: Parent, indent: string): string[] {
  const keepsSpace = parent.nodeName === 'textarea' || parent.nodeName === 'pre';
  const children = parent.childNodes.filter((node) => node.nodeName !== '#comment');
  return children.flatMap((node, index) => {
    if ('value' in node) {
      const text = keepsSpace ? node.value : seenText(node.value, children[index - 1], children[index + 1]);
      return text === '' ? [] : [`${indent}${JSON.stringify(text)}`];
    }
    if (!('tagName' in node)) return [];
    const attributes = node.attrs
      .map(
        ({ name, value }) =>
          `${name}=${JSON.stringify(name === 'class' ? sortedWords(value) : value.trim())}`,
      )
      .sort();
    return [[`${indent}<${node.tagName}`, ...attributes].join(' '), ...outlineOf(node, `${indent}  `)];
  });
}

/** The text with each run of white space as one space, and none where it would start or end a line. */
function seenText(value: string, before: Node | undefined, after: Node | undefined): string {
  const text = value.replace(/\s+/g, ' ');
  const isInline = (node: Node | undefined) => node !== undefined && inlineElements.has(node.nodeName);
  if (text === ' ') return isInline(before) && isInline(after) ? text : '';
  const start = isInline(before) ? text : text.trimStart();
  return isInline(after) ? start : start.trimEnd();
}

function sortedWords(value: string): string {
  return value.split(/\s+/).filter(Boolean).sort().join(' ');
}
