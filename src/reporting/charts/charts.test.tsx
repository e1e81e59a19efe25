import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { everyChart } from '../../../test/reporting/every-chart.tsx';
import type { Figure } from '../figure.ts';
import {
  GroupedBars,
  HorizontalBars,
  IntervalChart,
  MonthColumns,
  RunChart,
  StackedShares,
} from './index.ts';

type Element = DefaultTreeAdapterMap['element'];

/** Every element of some HTML, in order. */
const elements = (html: string): Element[] => within(parseFragment(html));

/** Every element within another, itself included. */
function within(node: DefaultTreeAdapterMap['node']): Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(within) : [];
  return 'attrs' in node ? [node, ...children] : children;
}

const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value;
const numberIn = (element: Element | undefined, name: string) => Number(attribute(element, name));

function textOf(node: DefaultTreeAdapterMap['node'] | undefined): string {
  if (!node) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** A chart as its reader gets it: the picture's own marks without its key, and the table's cells. */
function read(chart: VNode) {
  const html = renderToString(chart);
  const all = elements(html);
  const inKey = new Set(
    all.filter(({ tagName, parentNode }) => tagName === 'g' && isKeyEntry(parentNode)).flatMap(within),
  );
  const boxes = all.filter(
    (element) =>
      element.tagName === 'rect' && attribute(element, 'fill') !== 'none' && attribute(element, 'stroke'),
  );
  const dashed = new Set(
    all
      .filter(
        ({ tagName, attrs }) => tagName === 'rect' && attrs.some(({ name }) => name === 'stroke-dasharray'),
      )
      .map(placeOf),
  );
  const isHidden = (box: Element) => dashed.has(placeOf(box));
  return {
    html,
    all,
    inKey,
    title: textOf(all.find(({ tagName }) => tagName === 'title')),
    description: textOf(all.find(({ tagName }) => tagName === 'desc')),
    table: all
      .filter(({ tagName }) => tagName === 'tr')
      .map((row) => row.childNodes.filter((node) => 'attrs' in node).map(textOf)),
    texts: all.filter(({ tagName }) => tagName === 'text').map(textOf),
    bars: boxes.filter((box) => !inKey.has(box) && !isHidden(box)),
    hiddenMarks: boxes.filter((box) => !inKey.has(box) && isHidden(box)),
  };
}

const placeOf = (box: Element) => ['x', 'y', 'width', 'height'].map((name) => attribute(box, name)).join(' ');

/** Samples of a key are 20 units across, in a group that is moved down by half of what is left of its line. */
const isKeyEntry = (node: DefaultTreeAdapterMap['parentNode'] | null): boolean =>
  node !== null && 'attrs' in node && /^translate\(0 /.test(attribute(node, 'transform') ?? '');

describe.each(Object.entries(everyChart))('the chart “%s”', (id, chart) => {
  const { html, all, title, description, table } = read(chart);
  const svg = all.find(({ tagName }) => tagName === 'svg');

  test('is a picture with a title and words for what it shows', () => {
    expect(attribute(svg, 'role')).toBe('img');
    expect(attribute(svg, 'aria-labelledby')).toBe(`${id}-title ${id}-description`);
    for (const [part, tag] of [
      ['title', 'title'],
      ['description', 'desc'],
    ] as const) {
      expect(
        attribute(
          all.find(({ tagName }) => tagName === tag),
          'id',
        ),
      ).toBe(`${id}-${part}`);
    }
    expect(title.length).toBeGreaterThan(10);
    expect(description).toMatch(/^\S.*\.$/);
    expect(description).toContain('hidden to protect people');
  });

  test('scales, and needs no script and no style of its own', () => {
    expect(attribute(svg, 'viewbox') ?? attribute(svg, 'viewBox')).toMatch(/^0 -3 320 \d+$/);
    expect(
      all.filter(({ attrs }) => attrs.some(({ name }) => name === 'style' || name.startsWith('on'))),
    ).toEqual([]);
    expect(
      all.filter(({ tagName }) => ['script', 'style', 'foreignObject', 'image'].includes(tagName)),
    ).toEqual([]);
    expect(html).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  test('names nothing twice, and prints sharply: it has no pattern, of which a browser makes a coarse picture', () => {
    const ids = all.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).not.toMatch(/url\(|<pattern/);
  });

  test('has the same numbers beside it, hidden ones as hidden', () => {
    expect(table.length).toBeGreaterThan(2);
    expect(table.flat()).toContain('[c]');
    expect(new Set(table.map((row) => row.length)).size).toBe(1);
  });
});

const rowsOf = (values: readonly Figure[]) => values.map((value, at) => ({ label: `Row ${at + 1}`, value }));
const bars = (values: readonly Figure[]) =>
  read(<HorizontalBars id="b" title="Bars" rowHeading="Row" valueHeading="Number" rows={rowsOf(values)} />);

const figures = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 2000 }) },
    fc.constantFrom<Figure[]>('hidden', 'not-available'),
  ),
  { minLength: 1, maxLength: 40 },
);

describe('bars', () => {
  test('are as long as their numbers are large, and what is hidden is a mark and no bar', () => {
    fc.assert(
      fc.property(figures, (values) => {
        const { bars: drawn, hiddenMarks, table, texts } = bars(values);
        const positive = values.filter((value) => typeof value === 'number' && value > 0);
        expect(drawn).toHaveLength(positive.length);
        const widths = drawn.map((bar) => numberIn(bar, 'width'));
        const longest = Math.max(...widths);
        widths.forEach((width, at) => {
          const share = Number(positive[at]) / Math.max(...positive.map(Number));
          expect(width).toBeCloseTo(longest * share, 6);
        });
        // One size, so that nothing is told by it.
        expect(hiddenMarks).toHaveLength(values.filter((value) => value === 'hidden').length);
        expect(new Set(hiddenMarks.map((mark) => attribute(mark, 'width'))).size).toBeLessThanOrEqual(1);
        const written = values.map((value) =>
          value === 'hidden' ? '[c]' : value === 'not-available' ? '[x]' : value.toLocaleString('en-GB'),
        );
        expect(table.slice(1).map(([, cell]) => cell)).toEqual(written);
        expect(texts.filter((text) => !/Row|hidden to|not av/.test(text))).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  test('of two periods say which is which, the later one dark', () => {
    const { bars: drawn, description, table } = read(everyChart.grouped);
    expect(drawn.map((bar) => attribute(bar, 'fill'))).toEqual([
      '#14424c',
      '#cfe3e3',
      '#14424c',
      '#cfe3e3',
      '#cfe3e3',
      '#14424c',
    ]);
    expect(table[0]).toEqual(['Borough', 'May 2020 to April 2021', 'May 2019 to April 2020']);
    expect(table.at(-1)).toEqual(['City of London', '0', '[x]']);
    expect(description).toBe(
      'Two bars for each of 5: May 2020 to April 2021, and under it May 2019 to April 2020. In May 2020 to April 2021: ' +
        'Of those shown, largest: Newham, 48. Smallest: City of London, 0. 2 numbers are hidden to protect people. 1 number is not available.',
    );
  });

  test('are refused below 0', () => {
    expect(() => bars([3, -1])).toThrow(RangeError);
    const below = [{ label: 'A', current: 1, previous: -1 }];
    expect(() =>
      renderToString(
        <GroupedBars id="g" title="T" rowHeading="R" currentName="N" previousName="B" rows={below} />,
      ),
    ).toThrow(RangeError);
  });

  test('of many rows go on in further pictures, none too tall for a page, at one scale', () => {
    const many = Array.from({ length: 34 }, (_, at) => ({
      label: `Row ${at}`,
      current: at,
      previous: 34 - at,
    }));
    const {
      all,
      bars: drawn,
      texts,
    } = read(
      <GroupedBars
        id="g"
        title="Boroughs"
        rowHeading="Row"
        currentName="Now"
        previousName="Then"
        rows={many}
      />,
    );
    const svgs = all.filter(({ tagName }) => tagName === 'svg');
    expect(svgs.map((svg) => textOf(svg.childNodes[0]))).toEqual([
      'Boroughs',
      'Boroughs, continued',
      'Boroughs, continued',
    ]);
    expect(svgs.map((svg) => attribute(svg, 'aria-labelledby'))).toEqual([
      'g-title g-description',
      'g-2-title',
      'g-3-title',
    ]);
    for (const svg of svgs) {
      const [, , , height] = (attribute(svg, 'viewBox') ?? '').split(' ').map(Number);
      expect(height).toBeLessThanOrEqual(710);
    }
    const labels = many.map(({ label }) => label);
    expect(texts.filter((text) => labels.includes(text))).toEqual(labels);
    const widths = drawn
      .filter((bar) => attribute(bar, 'fill') === '#14424c')
      .map((bar) => numberIn(bar, 'width'));
    expect(widths).toHaveLength(33);
    for (const [at, width] of widths.entries()) expect(width / (widths[0] ?? 0)).toBeCloseTo(at + 1, 6);
  });

  test('may be none', () => {
    expect(bars([]).table).toEqual([['Row', 'Number']]);
  });

  test('write the unit beside the bar and in the heading of the table', () => {
    const { texts, table } = read(
      <HorizontalBars
        id="b"
        title="Bars"
        rowHeading="Row"
        valueHeading="Share"
        unit="%"
        rows={rowsOf([41, 'hidden'])}
      />,
    );
    expect(texts).toContain('41%');
    expect(table).toEqual([
      ['Row', 'Share (%)'],
      ['Row 1', '41'],
      ['Row 2', '[c]'],
    ]);
  });
});

describe('columns by month', () => {
  test('have last year behind this year, wider, from the same ground', () => {
    const { bars: drawn, hiddenMarks } = read(everyChart.months);
    const behind = drawn.filter((column) => attribute(column, 'fill') === '#cfe3e3');
    const before = drawn.filter((column) => attribute(column, 'fill') === '#14424c');
    expect([behind.length, before.length, hiddenMarks.length]).toEqual([11, 11, 2]);
    // What is drawn later lies above.
    expect(Math.max(...behind.map((column) => drawn.indexOf(column)))).toBeLessThan(
      Math.min(...before.map((column) => drawn.indexOf(column))),
    );
    expect(numberIn(behind[0], 'width')).toBeGreaterThan(numberIn(before[0], 'width') * 1.5);
    const grounds = drawn.map((column) => Math.round(numberIn(column, 'y') + numberIn(column, 'height')));
    expect(new Set(grounds).size).toBe(1);
    // 52 is as much higher than 32 as it is more.
    const height = (at: number) => numberIn(before[at], 'height');
    expect(height(9) / height(0)).toBeCloseTo(52 / 32, 9);
  });

  test('stand alone when there is no year before', () => {
    const { table, texts, description } = read(
      <MonthColumns
        id="m"
        title="Months"
        currentName="2020"
        previousName="2019"
        months={[{ label: 'May 2020', short: 'May', current: 3 }]}
      />,
    );
    expect(table).toEqual([
      ['Month', '2020'],
      ['May 2020', '3'],
    ]);
    expect(texts.join()).not.toContain('2019');
    expect(description).toBe('A column for each of 1 months. May 2020: 3.');
  });
});

describe('a run chart', () => {
  const run = (values: readonly Figure[], targets: readonly (number | null)[] = [], unit?: '%') =>
    read(
      <RunChart
        id="r"
        title="Run"
        timeHeading="Month"
        valueHeading="Referrals"
        {...(unit && { unit })}
        points={values.map((value, at) => ({
          label: `Month ${at + 1}`,
          short: `${at + 1}`,
          value,
          target: targets[at] ?? null,
        }))}
      />,
    );
  const months = [32, 35, 31, 36, 33, 30, 34, 38, 33, 35, 52, 34, 31, 33, 36];

  test('says the mean, the limits and the signals, in the picture, in words and in the table', () => {
    const { texts, description, table, all } = run(months);
    expect(texts).toEqual(
      expect.arrayContaining(['mean, 34.9', 'usual from 23.0 to 46.7', 'outside the limits']),
    );
    expect(description).toBe(
      'A line over time: Referrals, 15 points. Mean 34.9, usual from 23.0 to 46.7. Signals: Month 11, 52, outside the limits.',
    );
    expect(table.filter(([, , signal]) => signal !== 'none').slice(1)).toEqual([
      ['Month 11', '52', 'outside the limits (above the mean)'],
    ]);
    expect(
      all.filter(({ tagName }) => tagName === 'circle').filter((c) => attribute(c, 'r') === '3.5'),
    ).toHaveLength(14);
  });

  test('breaks its line where a number is hidden', () => {
    const { all, hiddenMarks } = run([5, 6, 'hidden', 7, 8]);
    const line = all.find((path) => path.tagName === 'path' && attribute(path, 'stroke-width') === '2');
    expect(attribute(line, 'd')).toMatch(/^M[\d. ]+L[\d. ]+M[\d. ]+L[\d. ]+$/);
    expect(hiddenMarks).toHaveLength(1);
  });

  test('has no limit below 0 where nothing is below 0', () => {
    const { texts } = run([1, 9, 1, 9, 2, 8]);
    expect(texts.find((text) => text.startsWith('usual'))).toMatch(/^usual up to /);
  });

  test('of shares has no limit above the whole, and no axis either', () => {
    const { texts } = run([60, 95, 70, 100, 75, 98], [], '%');
    expect(texts.find((text) => text.startsWith('usual'))).toMatch(
      /^usual from \d+\.\d% to 100%$|^usual up to 100%$/,
    );
    expect(texts).toContain('100%');
    expect(texts.join()).not.toMatch(/1[1-9]0%/);
  });

  test('of too few numbers has no limits, and says so', () => {
    const { texts, description, table } = run([5, 'hidden', 6]);
    expect(texts).toContain('too few numbers for limits');
    expect(description).toContain('Too few numbers for limits.');
    expect(table[0]).toEqual(['Month', 'Referrals']);
    expect(run([]).table).toEqual([['Month', 'Referrals']]);
  });

  test('shows what was aimed at, from when on', () => {
    const { texts, all } = run(
      months,
      months.map((_month, at) => (at < 3 ? null : at < 9 ? 40 : 60)),
    );
    expect(texts).toContain('target, 40, then 60');
    const drawn = all.filter((path) => attribute(path, 'stroke-dasharray') === '2 3');
    // One in the key.
    expect(drawn).toHaveLength(months.length - 3 + 1);
    expect(run(months).texts.join()).not.toContain('target');
  });
});

describe('an interval chart', () => {
  test('has half and double as far from no difference', () => {
    const { all, inKey } = read(
      <IntervalChart
        id="i"
        title="Rates"
        rowHeading="Group"
        valueHeading="Rate"
        decimals={1}
        noDifference={1}
        scale="times"
        rows={[
          { label: 'Half', value: 0.5, low: 0.25, high: 1 },
          { label: 'Double', value: 2, low: 1, high: 4 },
        ]}
      />,
    );
    const dots = all.filter((dot) => dot.tagName === 'circle' && !inKey.has(dot));
    const [half, double] = dots.map((dot) => numberIn(dot, 'cx'));
    const line = all.find((path) => attribute(path, 'stroke-dasharray') === '4 3');
    const one = Number(/^M([\d.]+)/.exec(attribute(line, 'd') ?? '')?.[1]);
    expect(one - (half ?? 0)).toBeCloseTo((double ?? 0) - one, 1);
    expect(one).toBeGreaterThan(half ?? 0);
  });

  test('shows changes, that may be below 0, on a plain scale', () => {
    const { table, html } = read(
      <IntervalChart
        id="i"
        title="Changes"
        rowHeading="Borough"
        valueHeading="Change"
        noDifference={0}
        scale="plain"
        rows={[{ label: 'Camden', value: -78, low: -95, high: -30 }]}
      />,
    );
    expect(table[1]).toEqual(['Camden', '−78', '−95', '−30']);
    expect(html).toContain('−78');
  });
});

test('a run chart of shares that are all whole has no tick above 100%', () => {
  const { html } = read(
    <RunChart
      id="r"
      title="Whole"
      timeHeading="Quarter"
      valueHeading="Share"
      unit="%"
      points={['May', 'Aug', 'Nov'].map((short) => ({ label: short, short, value: 100 }))}
    />,
  );
  expect(html).toContain('90%');
  expect(html).not.toContain('101%');
});

describe('stacked shares', () => {
  test('are bars of one length, whatever is hidden and however percentages were rounded', () => {
    const share = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant<Figure>('hidden'));
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), (percentages) => {
        const { bars: drawn, hiddenMarks } = read(
          <StackedShares
            id="s"
            title="Shares"
            partHeading="Part"
            partNames={percentages.map((_, at) => `Part ${at + 1}`)}
            bars={[{ label: 'All', percentages }]}
          />,
        );
        const pieces = [...drawn, ...hiddenMarks];
        const known = percentages.filter((percentage) => typeof percentage === 'number' && percentage > 0);
        expect(drawn).toHaveLength(known.length);
        expect(hiddenMarks).toHaveLength(percentages.includes('hidden') ? 1 : 0);
        if (pieces.length === 0) return;
        const ends = pieces.map((piece) => numberIn(piece, 'x') + numberIn(piece, 'width'));
        expect(Math.max(...ends)).toBeGreaterThan(315);
        expect(Math.max(...ends)).toBeLessThanOrEqual(320);
      }),
    );
  });

  test('of more than six parts, or with a part left out, are refused', () => {
    const shares = (names: number, given: number) => () =>
      renderToString(
        <StackedShares
          id="s"
          title="Shares"
          partHeading="Part"
          partNames={Array.from({ length: names }, (_, at) => `Part ${at}`)}
          bars={[{ label: 'All', percentages: Array<number>(given).fill(10) }]}
        />,
      );
    expect(shares(7, 7)).toThrow(RangeError);
    expect(shares(3, 2)).toThrow(RangeError);
    expect(shares(6, 6)).not.toThrow();
  });
});
