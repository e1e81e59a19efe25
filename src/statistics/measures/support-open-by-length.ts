import { countTable, unrankedRows } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import type { Window } from '../reading.ts';
import { openEpisodes } from '../readings/support.ts';

/** In completed months, from the first. */
const lengths = [
  { key: 'under-1', label: 'Under 1 month', from: 0, to: 0 },
  { key: '1-2', label: '1 or 2 months', from: 1, to: 2 },
  { key: '3-5', label: '3 to 5 months', from: 3, to: 5 },
  { key: '6-11', label: '6 to 11 months', from: 6, to: 11 },
  { key: '12-plus', label: '12 months or more', from: 12, to: Number.POSITIVE_INFINITY },
];

export const measure = defineMeasure({
  id: 'support.open-by-length',
  version: 1,
  title: 'Open episodes by length',
  definition:
    'Episodes of support in which the young person had engaged by the last day of the period and that had not closed by it, by how long they had been engaged on that day, in completed months.',
  rules: {},
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'episodes', where: { state: 'open' }, window: 'last-day' },
      by: 'length',
      keys: 'fixed',
      exclusive: true,
      ranked: false,
    },
  },
  needs: ['support.csv'],
  reads: { open: openEpisodes },
  figure({ open }, { comparison }) {
    const countOf = (window: Window, from: number, to: number) =>
      open
        .filter((row) => row.window === window && row.months >= from && row.months <= to)
        .reduce((sum, { count }) => sum + count, 0);
    const both = (from: number, to: number) => ({
      current: countOf('current', from, to),
      previous: comparison === null ? null : countOf('previous', from, to),
    });
    const rows = lengths.map(({ key, label, from, to }) => ({ key, label, ...both(from, to) }));
    return { ...countTable(unrankedRows(rows), both(0, Number.POSITIVE_INFINITY)) };
  },
});
