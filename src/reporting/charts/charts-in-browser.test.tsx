import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAssets } from '../../../bin/build.mjs';
import { everyChart } from '../../../test/reporting/every-chart.tsx';
import { readPdf } from '../../../test/reporting/read-pdf.ts';
import { launchBrowser } from '../../platform/browser/launch-browser.ts';
import { loadAssets } from '../../platform/http/assets.ts';
import { pdfOf } from '../pdf.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
let browser: Browser;
let html: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-charts-'));
  await buildAssets(folder);
  browser = await launchBrowser();
  const charts = Object.values(everyChart).map((chart) => renderToString(chart));
  html = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Charts</title>
    <meta name="viewport" content="width=device-width">
    <link rel="stylesheet" href="${loadAssets(folder).url('homeward.css')}"></head>
    <body class="govuk-template__body"><main class="govuk-width-container"><h1>Charts</h1>${charts.join('')}</main></body></html>`;
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** The charts on a page of a width, under a policy that lets in no style and no script of their own. */
async function charts(width: number, typeface: 'own' | 'another'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (typeface === 'another' && pathname.endsWith('.woff2')) return route.abort();
    if (pathname !== '/') return route.fulfill({ path: join(folder, pathname) });
    return route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': "default-src 'none'; style-src 'self'; font-src 'self'" },
      body: html,
    });
  });
  await page.goto('http://charts.invalid/');
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  return page;
}

interface Word {
  readonly chart: string;
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly pixels: number;
  readonly inside: boolean;
}

/** Where every line of text of every picture is on the screen. */
const wordsOn = (page: Page) =>
  page.evaluate<Word[]>(`[...document.querySelectorAll('.hw-chart__picture')].flatMap((picture) => {
    const frame = picture.getBoundingClientRect();
    const scale = frame.width / picture.viewBox.baseVal.width;
    return [...picture.querySelectorAll('text')].flatMap((text) =>
      [...text.childNodes].map((line) => {
        const range = document.createRange();
        range.selectNodeContents(line);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        const pixels = parseFloat(getComputedStyle(text).fontSize) * scale;
        const inside = left >= frame.left - 0.5 && right <= frame.right + 0.5 && top >= frame.top - 0.5 && bottom <= frame.bottom + 0.5;
        return { chart: picture.getAttribute('aria-labelledby'), words: line.textContent, left, right, top, bottom, pixels, inside };
      }),
    );
  })`);

const overlap = (one: Word, other: Word): boolean =>
  one.chart === other.chart &&
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
  // Lines of text are taller than their letters.
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > (one.bottom - one.top) * 0.35;

describe.each([
  { width: 320, typeface: 'own' },
  { width: 1200, typeface: 'own' },
  { width: 320, typeface: 'another' },
] as const)('on a screen of $width pixels, in $typeface typeface', ({ width, typeface }) => {
  let page: Page;
  let words: Word[];
  beforeAll(async () => {
    page = await charts(width, typeface);
    words = await wordsOn(page);
  });
  afterAll(() => page.close());

  test('text is large enough to read, and of our own typeface', async () => {
    expect(words.length).toBeGreaterThan(80);
    expect(words.filter(({ pixels }) => pixels < 12)).toEqual([]);
    const typefaces = await page.evaluate(
      `[...new Set([...document.querySelectorAll('.hw-chart__picture text')].map((text) => getComputedStyle(text).fontFamily))]`,
    );
    expect(typefaces).toEqual([expect.stringMatching(/^"Atkinson Hyperlegible Next"/)]);
    const loaded = await page.evaluate(`[...document.fonts].some(({ status }) => status === 'loaded')`);
    expect(loaded).toBe(typeface === 'own');
  });

  test('no text leaves its picture or runs into another', () => {
    expect(words.filter(({ inside }) => !inside)).toEqual([]);
    const clashes = words.flatMap((one, at) =>
      words.slice(at + 1).flatMap((other) => (overlap(one, other) ? [`${one.words} | ${other.words}`] : [])),
    );
    expect(clashes).toEqual([]);
  });

  test('the page needs no scrolling sideways, and axe finds nothing wrong', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run()',
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

test('on paper each is whole, with words for it and its table', async () => {
  const pdf = readPdf(
    await pdfOf({
      html,
      marking: 'OFFICIAL',
      footer: 'Charts',
      fileAt: async (path) => ({
        type: path.endsWith('.css') ? 'text/css' : 'font/woff2',
        content: await readFile(join(folder, path)),
      }),
    }),
  );
  expect(pdf.tags.filter((tag) => tag.startsWith('Figure: '))).toHaveLength(html.split('<svg').length - 1);
  expect(pdf.tags.filter((tag) => tag === 'Table')).toHaveLength(Object.keys(everyChart).length);
  expect(pdf.tags.join()).toContain(
    'Figure: Referrals by month, as a run chart A line over time: Referrals, 24 points.',
  );
  // The key is the last of a picture, and stands on the page where its title is.
  for (const [title, last] of [
    ['Referrals by month, as a run chart', 'one of seven or more on one side of'],
    ['Referrals of each ethnic group against its share', 'with its 95% interval'],
  ] as const) {
    expect(pdf.pages.filter((page) => page.includes(title) && page.includes(last))).toHaveLength(1);
  }
});
