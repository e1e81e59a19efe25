import { expect, test } from 'vitest';
import { figuresOf, share, total } from '../../test/reporting/small-figures.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { impactMeasure } from '../statistics/measures/impact.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { decimalsOf } from './data-table.ts';
import { figureInWords, figureOf, shorthandOf } from './figure.ts';
import { figureTables } from './figure-tables.ts';

test('null is hidden only where it is said to be, and 0 is 0', () => {
  expect(figureOf(0)).toBe(0);
  expect(figureOf(0, true)).toBe(0);
  expect(figureOf(null)).toBe('not-available');
  expect(figureOf(null, true)).toBe('hidden');
});

test.each([
  [0, 0, '0'],
  [1027, 0, '1,027'],
  [6.1557, 2, '6.16'],
  [-14, 0, '−14'],
  [-0.001, 2, '0.00'],
  [-0.6, 0, '−1'],
  ['hidden' as const, 0, '[c]'],
  ['not-available' as const, 0, '[x]'],
  ['not-applicable' as const, 2, '[z]'],
])('%j with %d decimal places reads %s', (figure, decimals, words) => {
  expect(figureInWords(figure, decimals)).toBe(words);
});

test('a date or a number is no shorthand', () => {
  expect(shorthandOf(plainDate('2021-04-30'))).toBeUndefined();
  expect(shorthandOf(4)).toBeUndefined();
  expect(shorthandOf('hidden')).toBe('[c]');
});

/** The tables of a measure's figures as they are read. */
function tablesAsRead(id: string, fields: Record<string, unknown>): string[][][] {
  const defined = measureWithId(id) ?? impactMeasure('missing', 'engaged');
  const figures = figuresOf({ [id]: fields });
  const measure = figures.measures[id];
  if (!measure) throw new Error(id);
  return figureTables(measure, defined.shape, figures).map(({ columns }) => [
    columns.map(({ heading }) => heading),
    ...(columns[0]?.cells ?? []).map((_cell, row) =>
      columns.map((column) => {
        const cell = column.cells[row];
        if (column.kind !== 'figure') return String(cell);
        const figure = column.cells[row] ?? 'not-available';
        return figureInWords(figure, typeof figure === 'number' ? decimalsOf(column, figure) : 0);
      }),
    ),
  ]);
}

test('a share of the population stands as a percentage, not as the fraction that it is', () => {
  const [[, white] = []] = tablesAsRead('referrals.disproportionality', {
    rows: [
      {
        key: 'white',
        label: 'White',
        numerator: 90,
        denominator: 598,
        populationShare: 0.538,
        relativeRate: 7.46,
        low: 6.4,
        high: 8.8,
      },
    ],
  });
  expect(white).toEqual(['White', '90', '598', '54', '7.5', '6.4', '8.8']);
});

test('people are whole, medians are halved where they are, and no probability is 0', () => {
  const [people, test] = tablesAsRead('impact.missing', {
    people: 278,
    withAnyBefore: 100,
    unchanged: 151,
    increased: 27,
    medianBefore: 1.5,
    medianAfter: 1,
    totalBefore: 1340,
    totalAfter: 134,
    wilcoxonP: 0.0000011,
  });
  expect(people?.slice(1).map((row) => row[1])).toEqual([
    '278',
    '100',
    '151',
    '27',
    '1.5',
    '1',
    '1,340',
    '134',
  ]);
  expect(test?.[1]).toEqual(['Probability, Wilcoxon signed-rank test', 'less than 0.001']);
});

test('quarters of agencies are a table of four columns, with what is hidden as hidden and the names of the table above', () => {
  const row = (key: string, label: string) => ({ key, label, current: share(1, 2), previous: null });
  const [own, quarters] = tablesAsRead('referrals.by-agency', {
    rows: [row('county-police', 'Police outside London')],
    quarters: { 'county-police': [12, null, 0, 30], suppressed: true },
  });
  expect(own?.[1]?.[0]).toBe('Police outside London');
  expect(quarters).toEqual([
    ['Referring agency', 'Quarter 1', 'Quarter 2', 'Quarter 3', 'Quarter 4'],
    ['Police outside London', '12', '[c]', '0', '30'],
  ]);
});

test('the total of rescues is what their share is of, and where there is none nobody is first', () => {
  const [forces] = tablesAsRead('rescue.by-force', {
    rows: [
      {
        key: 'kent',
        label: 'Kent',
        ...total(0, 0),
        rescues: null,
        suppressed: true,
        rank: 1,
        previousRank: 1,
      },
    ],
    total: total(0, 0),
    rescued: { current: share(78, 208), previous: null },
  });
  expect(forces?.[0]?.slice(4)).toEqual(['Rescues', 'Rank', 'Rank before']);
  expect(forces?.[1]?.slice(4)).toEqual(['[c]', '[z]', '[z]']);
  expect(forces?.[2]?.[4]).toBe('78');
});

test('of wards those that can be told have rows, the others one', () => {
  const hidden = (key: string, previous: number | null) => ({
    key,
    label: key,
    current: null,
    previous,
    change: null,
    rank: null,
    previousRank: null,
    suppressed: true,
  });
  const [wards] = tablesAsRead('referrals.by-ward', {
    rows: [hidden('E05000001', 0), hidden('E05000002', 12), hidden('E05000003', null)],
    total: total(60, 50),
  });
  expect(wards?.slice(1).map((row) => [row[0], row[2], row[3]])).toEqual([
    ['E05000002', '[c]', '12'],
    ['2 more, which have small numbers or none', '[c]', '[c]'],
    ['Total', '60', '50'],
  ]);
});
