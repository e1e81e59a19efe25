import { expect, test } from 'vitest';
import { figuresOf, row, share, shareRow, total, year3 } from '../../test/reporting/small-figures.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { MeasureShape } from '../statistics/measure.ts';
import { caveatsOf, type EarlierReport } from './caveats.ts';
import type { ReportFigures } from './report-figures.ts';

const table: MeasureShape = {
  own: {
    kind: 'count-table',
    of: { records: 'individuals' },
    by: 'force',
    keys: 'open',
    exclusive: false,
    ranked: true,
  },
};
const shares: MeasureShape = {
  own: {
    kind: 'share-table',
    of: { records: 'referrals' },
    by: 'ethnic-group',
    keys: 'fixed',
    exclusive: true,
  },
};
const shaped = [
  { id: 'referrals.by-borough', shape: table },
  { id: 'referrals.by-ethnic-group', shape: shares },
];
const kinds = (figures: ReportFigures, earlier: readonly EarlierReport[] = []) =>
  caveatsOf(figures, shaped, { earlier }).map(({ kind }) => kind);
const wordsOf = (figures: ReportFigures, kind: string, earlier: readonly EarlierReport[] = []) =>
  caveatsOf(figures, shaped, { earlier }).flatMap((caveat) => (caveat.kind === kind ? [caveat.words] : []));

test('what is not known is told with its share, and what has no figure with the reason', () => {
  expect(wordsOf(year3, 'unknown')).toEqual([
    'Ethnic group: not known for 6 of 598 (1%; 5% before). They stay in the denominator.',
  ]);
  expect(wordsOf(year3, 'without-figure')).toEqual([
    'NRM has no figure. The records that it counts were never supplied.',
  ]);
});

test('periods that are not equally long, not over, empty or alone are said to be so', () => {
  const leap = { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') };
  expect(wordsOf(year3, 'lengths')).toEqual([expect.stringContaining('365 days, and 366 days before')]);
  expect(kinds({ ...year3, period: leap, comparison: leap })).not.toContain('lengths');
  expect(kinds({ ...year3, comparison: null })).toContain('no-comparison');
  expect(kinds({ ...year3, asAt: '2021-04-30T12:00:00.000Z' })).toContain('not-over');
  expect(kinds({ ...year3, asAt: '2021-05-01T12:00:00.000Z' })).not.toContain('not-over');
  expect(kinds(figuresOf({ 'referrals.total': { total: total(0, 0) } }))).toContain('empty');
});

test('referrals to the NRM that were made after the period are told with those that were made in it, to insiders alone', () => {
  const nrm = {
    made: 42,
    positive: 31,
    inPeriod: 40,
    positiveInPeriod: 30,
    last: plainDate('2021-05-19'),
  };
  const figures = figuresOf({ 'nrm.decisions': { title: 'NRM', referrals: 40 } });
  const words = (shown: ReportFigures, told: typeof nrm) =>
    caveatsOf(shown, [], { nrm: told }).flatMap((caveat) =>
      caveat.kind === 'made-since' ? [caveat.words] : [],
    );
  expect(words(figures, nrm)).toEqual([
    expect.stringMatching(
      /^NRM: In the period 40, 30 of them with .*\. From its first day to 19 May 2021, .*, 42, 31 of them with/,
    ),
  ]);
  expect(words({ ...figures, disclosure: 'public' }, nrm)).toEqual([]);
  expect(words(figures, { ...nrm, made: 40, positive: 30 })).toEqual([]);
});

test('a population of another year or other ages, and wards of another edition, are told', () => {
  const of = (year: number, ageFrom: number | null) =>
    figuresOf({
      'referrals.disproportionality': {
        title: 'Disproportionality',
        population: { source: 'GLA', edition: '2021', year, ageFrom, ageTo: 25, people: 1 },
      },
    });
  expect(wordsOf(of(2021, 10), 'population')).toEqual([]);
  expect(wordsOf(of(2016, 0), 'population')).toEqual([
    'Disproportionality: the population (GLA, 2021) is of 2016, and not of the period, and of ages 0 to 25, and not of 10 to 25.',
  ]);
  expect(wordsOf(of(2021, null), 'population')[0]).toMatch(/is of all ages\.$/);
  const wards = figuresOf({
    'referrals.deprivation': { title: 'Deprivation', notInIndex: 12, edition: 'IoD 2019' },
  });
  expect(wordsOf(wards, 'wards')).toEqual([
    'Deprivation: 12 referrals name no ward of the index (IoD 2019), or none at all, and are in none of it.',
  ]);
});

test('wards that only their codes name are told to be of no list', () => {
  const wards = (...labels: string[]) =>
    figuresOf({
      'referrals.by-ward': {
        title: 'By ward',
        rows: labels.map((label, n) => row(`E0500000${n}`, label, 4, 1)),
        total: total(8, 2),
      },
    });
  expect(wordsOf(wards('E05000000', 'E05000001'), 'wards')).toEqual([
    'By ward: no list of wards was imported, so wards are told by their codes and there is no map of them.',
  ]);
  expect(wordsOf(wards('Abbey', 'E05000001'), 'wards')[0]).toContain('1 of 2 wards are in no list');
  expect(wordsOf(wards('Abbey', 'Alibon'), 'wards')).toEqual([]);
});

test('a definition that changed since an earlier report is told, and its figures are not called corrections', () => {
  const earlier = [{ publishedAt: new Date('2026-01-05'), figures: year3 }];
  const now = figuresOf({ 'referrals.total': { title: 'Referrals', version: 2, total: total(600, 550) } });
  expect(wordsOf(now, 'definition', earlier)).toEqual([
    'Referrals is counted by version 2 of its definition; in the report that was published on 5 January 2026 it was version 1. The two are not to be compared.',
  ]);
  expect(kinds(now, earlier)).not.toContain('correction');
});

test('what late corrections changed is told of this period, and of the period before that was published as its own', () => {
  const earlier = [
    {
      publishedAt: new Date('2026-01-05'),
      figures: figuresOf(
        {
          'referrals.total': { title: 'Referrals', total: total(550, null) },
          'referrals.by-borough': {
            title: 'By borough',
            rows: [row('E09000022', 'Lambeth', 24, 0)],
            total: total(550, 0),
          },
        },
        { period: { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') }, comparison: null },
      ),
    },
  ];
  expect(wordsOf(year3, 'correction', earlier)).toEqual([
    'Referrals, in the period before: 553; it was 550 in the report that was published on 5 January 2026. Records were entered or corrected since.',
    'Referrals by borough, in the period before: 553; it was 550 in the report that was published on 5 January 2026. Records were entered or corrected since.',
  ]);
  expect(kinds(year3, [{ publishedAt: new Date('2026-01-05'), figures: year3 }])).not.toContain('correction');
});

test('what was corrected after the moment of a report is told by the same report of a later one', () => {
  const since = figuresOf(
    {
      'referrals.total': { title: 'Referrals', total: total(598, 553) },
      'referrals.by-borough': {
        title: 'Referrals by borough',
        rows: [row('E09000022', 'Lambeth', 39, 24), row('E09000007', 'Camden', 7, 18)],
        total: total(598, 553),
      },
    },
    { asAt: '2026-11-02T09:00:00.000Z' },
  );
  const told = caveatsOf(year3, shaped, { since }).flatMap(({ kind, words }) =>
    kind === 'correction' ? [words] : [],
  );
  expect(told).toEqual([
    'Referrals by borough, Lambeth, in this period: 42 here; by what was recorded up to 2 November 2026 at 9am it is 39. Records were entered or corrected since.',
    'Referrals by borough, Camden, in this period: 4 here; by what was recorded up to 2 November 2026 at 9am it is 7. Records were entered or corrected since.',
  ]);
});

test('rows that come to more than the total, small bases and hidden numbers are told', () => {
  const figures = figuresOf({
    'referrals.by-borough': { rows: [row('a', 'A', 4, 1), row('b', 'B', 3, 1)], total: total(6, 2) },
    'support.engaged': { title: 'Engaged', current: share(3, 8), previous: null },
    'referrals.by-ethnic-group': { rows: [shareRow('black', 'Black', [300, 600], [1, 4])] },
  });
  expect(wordsOf(figures, 'more-than-total')[0]).toContain('the rows come to 7 and the total is 6');
  expect(wordsOf(figures, 'small-base')[0]).toMatch(/They are in: Engaged\.$/);
  expect(wordsOf({ ...figures, disclosure: 'public' }, 'hidden')[0]).toMatch(/^No number had to be left out/);
  const hidden = figuresOf(
    { 'support.engaged': { current: { ...share(3, 8), numerator: null, suppressed: true } } },
    { disclosure: 'public' },
  );
  expect(wordsOf(hidden, 'hidden')[0]).toMatch(/^Small numbers are not published/);
});
