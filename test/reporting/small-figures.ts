import { plainDate } from '../../src/platform/clock/plain-date.ts';
import type { MeasureFigures, ReportFigures } from '../../src/reporting/report-figures.ts';
import { change, percent, points } from '../../src/statistics/percent.ts';

/** Small figures to try reports with: some of those of year 3. */

const about = (title: string): Omit<MeasureFigures, never> => ({
  version: 1,
  title,
  definition: `What ${title.toLowerCase()} counts.`,
  hash: 'a'.repeat(64),
});

export const total = (current: number, previous: number | null) => ({
  current,
  previous,
  change: previous === null ? null : change(current, previous),
});
export const row = (key: string, label: string, current: number, previous: number) => ({
  key,
  label,
  ...total(current, previous),
  rank: 1,
  previousRank: 1,
});
export const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  percent: percent(numerator, denominator),
});
export const shareRow = (key: string, label: string, now: [number, number], before: [number, number]) => {
  const [current, previous] = [share(...now), share(...before)];
  return { key, label, current, previous, points: points(current.percent, previous.percent) };
};

export const figuresOf = (
  measures: Record<string, Record<string, unknown>>,
  more: Partial<ReportFigures> = {},
): ReportFigures => ({
  report: 'strategic-assessment',
  period: { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') },
  comparison: { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') },
  asAt: '2026-11-01T09:00:00.000Z',
  disclosure: 'internal',
  measures: Object.fromEntries(
    Object.entries(measures).map(([id, fields]) => [
      id,
      { ...about(String(fields.title ?? id)), ...fields } as MeasureFigures,
    ]),
  ),
  ...more,
});

export const year3 = figuresOf({
  'referrals.total': { title: 'Referrals', total: total(598, 553) },
  'referrals.by-borough': {
    title: 'Referrals by borough',
    rows: [
      row('E09000022', 'Lambeth', 42, 24),
      row('E09000007', 'Camden', 4, 18),
      row('E09000024', 'Merton', 4, 4),
    ],
    total: total(598, 553),
    bands: [{ from: 0, to: 4, boroughs: 4 }],
  },
  'referrals.by-ethnic-group': {
    title: 'Ethnic group',
    rows: [
      shareRow('black', 'Black', [323, 598], [254, 553]),
      shareRow('unknown', 'Not known', [6, 598], [28, 553]),
    ],
  },
  'support.engaged': { title: 'Engaged', current: share(145, 245), previous: share(150, 240) },
  'impact.missing': { title: 'Missing episodes', people: 50, toZero: share(15, 31), wilcoxonP: 0.0004 },
  'nrm.decisions': { title: 'NRM', reason: 'no-data', referrals: null },
});
