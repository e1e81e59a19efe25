import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { type ComponentChildren, type ComponentType, h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import * as components from './index.ts';

/**
 * Every component is held against every fixture that GOV.UK Frontend ships for it: the options go in, and
 * what comes out must be the same document. Raw HTML exists here only: an `html` option becomes an element
 * that is replaced by that HTML once the component has been rendered.
 */

interface Fixture {
  name: string;
  options: Record<string, unknown>;
  html: string;
}

type Node = DefaultTreeAdapterMap['childNode'];
type Parent = DefaultTreeAdapterMap['parentNode'];

/** Elements that a reader sees in the line of the text, where a space next to them is a space. */
const inlineElements = new Set(['a', 'abbr', 'b', 'code', 'em', 'i', 'span', 'strong']);

const folder = new URL('../../../node_modules/govuk-frontend/dist/govuk/components/', import.meta.url);

/** Components of GOV.UK Frontend that Homeward has no use for, and why. */
const unused: Record<string, string> = {
  breadcrumbs: 'a page leads back to the one it was reached from',
  'cookie-banner': 'no cookie is set that needs asking for',
  'exit-this-page': 'the pages are for professionals; a page for young people will need it',
  feedback: 'asks for feedback on GOV.UK itself',
  footer: 'the crown and Crown copyright are not ours to show',
  'generic-header': 'the header is our own',
  header: 'the GOV.UK header is not ours to show',
  'language-navigation': 'the pages are in English only',
  'phase-banner': 'the service is not shown as a trial',
};

/** What our types require and a fixture leaves out. */
const required: Record<string, object> = {
  select: { items: [] },
  tabs: { items: [] },
};

test.each([
  ['a lost space', '<p><span>Error:</span> text</p>', '<p><span>Error:</span>text</p>'],
  ['a lost class', '<p class="a b">text</p>', '<p class="a">text</p>'],
  ['a lost attribute', '<p id="a">text</p>', '<p>text</p>'],
  ['another order', '<p>a</p><hr>', '<hr><p>a</p>'],
  ['another nesting', '<p><b>a</b></p>', '<p>a<b></b></p>'],
])('the comparison sees %s', (_, one, other) => {
  expect(outline(one)).not.toBe(outline(other));
});

test('the comparison overlooks what no reader can see', () => {
  expect(outline('<p id="a" class="b c">\n  text\n</p>')).toBe(outline('<p class="c  b" id=a>text</p>'));
});

const names = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/fixtures.json`, folder)));
const used = names.filter((name) => !(name in unused));

test('every component that GOV.UK Frontend ships is either built or left out for a reason', () => {
  expect(Object.keys(unused).filter((name) => !names.includes(name))).toEqual([]);
  expect(used.filter((name) => !(componentName(name) in components))).toEqual([]);
  expect(used.length).toBeGreaterThanOrEqual(28);
});

describe.each(used)('%s', (name) => {
  test.each(fixturesOf(name).map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    expect(outline(rendered(name, fixture.options))).toBe(outline(fixture.html));
  });
});

function fixturesOf(name: string): Fixture[] {
  const file = readFileSync(fileURLToPath(new URL(`${name}/fixtures.json`, folder)), 'utf8');
  const { fixtures } = JSON.parse(file) as { fixtures: Fixture[] };
  expect(fixtures.length).toBeGreaterThan(0);
  return fixtures;
}

function componentName(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function rendered(name: string, options: Record<string, unknown>): string {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: a test, which nothing bundles
  const component = components[componentName(name) as keyof typeof components] as ComponentType<unknown>;
  const raw: string[] = [];
  const { text, ...props } = propsOf(
    options,
    (html) => h('fixture-html', { number: raw.push(html) - 1 }) as VNode,
  );
  return renderToString(h(component, { ...required[name], ...props }, text as ComponentChildren)).replace(
    /<fixture-html number="(\d+)"><\/fixture-html>/g,
    (_, number) => raw[Number(number)] ?? '',
  );
}

/** Our props for a macro's options: `html` or `text` become `text`, `titleHtml` or `titleText` `titleText`. */
function propsOf(
  options: Record<string, unknown>,
  element: (html: string) => VNode,
): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    const isHtml = key === 'html' || key.endsWith('Html');
    if (isHtml && typeof value === 'string') {
      props[key === 'html' ? 'text' : key.replace(/Html$/, 'Text')] = element(value);
    } else if (key === 'conditional') {
      const { html } = value as { html: string | false };
      props[key] = html ? element(html) : undefined;
    } else if (key === 'slots') {
      props[key] = slotsOf(value as Record<string, unknown>, element);
    } else if (!(key in props)) {
      props[key] = propOf(value, element);
    }
  }
  return props;
}

function propOf(value: unknown, element: (html: string) => VNode): unknown {
  if (Array.isArray(value)) return value.map((item) => propOf(item, element));
  if (value !== null && typeof value === 'object') {
    return propsOf(value as Record<string, unknown>, element);
  }
  return value;
}

function slotsOf(slots: Record<string, unknown>, element: (html: string) => VNode): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(slots).map(([key, value]) => {
      const slot = typeof value === 'string' ? { html: value } : (value as Record<string, unknown>);
      const props = propsOf(slot, element);
      return [key, key === 'end' ? props : props.text];
    }),
  );
}

/**
 * HTML as an outline that is the same for everything a browser treats as the same: a line an element,
 * its attributes in order of their names, its classes in one order, white space only where it can be seen.
 */
function outline(html: string): string {
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
