import { expect, test } from 'vitest';
import { figuresOf, row, shareRow, total, year3 } from '../../test/reporting/small-figures.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { MeasureShape } from '../statistics/measure.ts';
import { notableChanges } from './notable.ts';

const referrals = { records: 'referrals' } as const;
const byBorough: MeasureShape = {
  own: { kind: 'count-table', of: referrals, by: 'area', keys: 'fixed', exclusive: true, ranked: true },
};
const shaped = [
  { id: 'referrals.total', shape: { own: { kind: 'total', of: referrals } } },
  { id: 'referrals.by-borough', shape: byBorough },
  {
    id: 'referrals.by-ethnic-group',
    shape: {
      own: { kind: 'share-table', of: referrals, by: 'ethnic-group', keys: 'fixed', exclusive: true },
    },
  },
  { id: 'support.engaged', shape: { own: { kind: 'share', of: referrals, part: {} } } },
] as const satisfies { id: string; shape: MeasureShape }[];

test('what rose and fell beyond chance is found, and nothing else', () => {
  const { found, tried } = notableChanges(year3, shaped);
  expect(found.map(({ measure, key, direction, rule }) => [measure, key, direction, rule])).toEqual([
    ['referrals.by-borough', 'E09000022', 'rise', 'interval'],
    ['referrals.by-borough', 'E09000007', 'fall', 'interval'],
    ['referrals.by-ethnic-group', 'black', 'rise', 'interval'],
    ['referrals.by-ethnic-group', 'unknown', 'fall', 'interval'],
  ]);
  // Merton's 4 and 4 are too few to tell anything.
  expect(tried).toBe(6);
  expect(found[0]?.words).toBe(
    'Referrals by borough, Lambeth: 42, up 75% from 24; between 1.06 and 2.90 times the rate before',
  );
});

test('of periods that are not equally long, it is told how many there were in how many days, and no change of the counts', () => {
  const rows = [row('E09000009', 'Ealing', 11, 19)];
  const table = { title: 'Referrals by borough', rows, total: total(150, 553) };
  const period = { from: plainDate('2020-05-01'), to: plainDate('2020-07-31') };
  const { found } = notableChanges(figuresOf({ 'referrals.by-borough': table }, { period }), shaped);
  expect(found.map(({ direction, words }) => [direction, words])).toEqual([
    ['rise', expect.stringContaining('Ealing: 11 in 92 days, from 19 in 366; between 1.10 and 4.84 times')],
  ]);
});

test('rows that fall with the whole are told once, and one that rises against it by itself', () => {
  const fallen = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => row(key, key.toUpperCase(), 40, 100));
  const table = { title: 'By force', rows: [...fallen, row('z', 'Z', 60, 20)], total: total(340, 720) };
  const { found } = notableChanges(figuresOf({ 'referrals.by-borough': table }), shaped);
  expect(found.map(({ key, direction }) => [key, direction])).toEqual([
    [null, 'fall'],
    ['z', 'rise'],
  ]);
  expect(found[0]?.words).toMatch(
    /^By force, all together: 340, down 53% from 720; .*\. A, B, C, D, E, F and 1 more fell with it$/,
  );
});

test('one and the same fall is told once, whatever it is broken down by', () => {
  const of = { records: 'individuals' } as const;
  const byForce: MeasureShape = {
    own: { kind: 'count-table', of, by: 'force', keys: 'open', exclusive: false, ranked: true },
  };
  const measures = figuresOf({
    'county-lines.individuals': { title: 'Individuals', total: total(1784, 3290) },
    'county-lines.by-force': {
      title: 'By force',
      rows: [row('kent', 'Kent', 100, 300)],
      total: total(1784, 3290),
    },
    'county-lines.by-town': {
      title: 'By town',
      rows: [row('margate', 'Margate', 40, 100)],
      total: total(1784, 3290),
    },
  });
  const { found } = notableChanges(measures, [
    { id: 'county-lines.individuals', shape: { own: { kind: 'total', of } } },
    { id: 'county-lines.by-force', shape: byForce },
    { id: 'county-lines.by-town', shape: byForce },
  ]);
  expect(found.map(({ measure }) => measure)).toEqual(['county-lines.individuals']);
  expect(found[0]?.words).toMatch(
    /^Individuals: 1,784, down 46% from 3,290; .*\. By force: Kent fell with it\. By town: Margate fell with it$/,
  );
});

test('of two sides of one change one is told, and of a share that hardly anybody is of, none', () => {
  const of = (rows: unknown[]) =>
    notableChanges(figuresOf({ 'referrals.by-ethnic-group': { title: 'Gender', rows } }), shaped).found;
  const sides = of([
    shareRow('female', 'Female', [60, 600], [120, 550]),
    shareRow('male', 'Male', [535, 600], [428, 550]),
  ]);
  expect(sides.map(({ key }) => key)).toEqual(['female']);
  expect(sides[0]?.words).toMatch(/^Gender, Female: 10% .*\. Male went the other way$/);
  expect(of([shareRow('asian', 'Asian', [0, 42], [3, 24])])).toEqual([]);
});

test('what nothing was recorded of before is no rise', () => {
  const table = { rows: [row('a', 'A', 40, 0)], total: total(40, 0) };
  expect(notableChanges(figuresOf({ 'referrals.by-borough': table }), shaped)).toEqual({
    found: [],
    tried: 0,
  });
});

test('a count of half a year is not taken for a fall', () => {
  const measures = { 'referrals.total': { total: total(50, 100) } };
  const half = { from: '2020-05-01', to: '2020-10-30' } as unknown as typeof year3.period;
  expect(notableChanges(figuresOf(measures), shaped).found).toHaveLength(1);
  expect(notableChanges(figuresOf(measures, { period: half }), shaped).found).toEqual([]);
});

test('what is counted up to a day is no comparison of two periods, and what is hidden is not tried', () => {
  const toDate: MeasureShape = {
    own: { ...byBorough.own, of: { ...referrals, window: 'to-date' } } as MeasureShape['own'],
  };
  expect(notableChanges(year3, [{ id: 'referrals.by-borough', shape: toDate }])).toEqual({
    found: [],
    tried: 0,
  });
  const hidden = { ...row('x', 'X', 42, 24), current: null, suppressed: true };
  const figures = figuresOf({ 'referrals.by-borough': { rows: [hidden], total: total(1, 1) } });
  expect(notableChanges(figures, shaped).tried).toBe(0);
});

test('a month beyond usual variation is a signal, with the year before in front of it', () => {
  const months = (counts: number[]) => ({
    rows: counts.map((count, n) =>
      row(
        `20${n < 8 ? 20 : 21}-${String(((n + 4) % 12) + 1).padStart(2, '0')}`,
        'Month',
        count,
        40 + (n % 3),
      ),
    ),
    total: total(1, 1),
  });
  const shape: MeasureShape = {
    own: { kind: 'count-table', of: referrals, by: 'month', keys: 'fixed', exclusive: true, ranked: false },
  };
  const usual = [41, 40, 42, 41, 40, 42, 41, 40, 42, 41, 40, 42];
  const of = (counts: number[]) =>
    notableChanges(figuresOf({ 'referrals.by-month': { title: 'Referrals', ...months(counts) } }), [
      { id: 'referrals.by-month', shape },
    ]).found;
  expect(of(usual)).toEqual([]);
  // So high a month draws the average up, and the months before it lie below: they are one finding.
  expect(
    of(usual.map((count, n) => (n === 6 ? 90 : count))).map(({ words }) => words.split(' (')[0]),
  ).toEqual([
    'Referrals, May 2020 to October 2020: 41, 40, 42, 41, 40, 42; of seven months or more in a row on one side of the average',
    'Referrals, November 2020: 90; beyond the limits of usual variation',
  ]);
});
