import { defineMeasure } from '../define-measure.ts';
import { nationalReturn } from '../readings/events.ts';

const of = (status: string) =>
  ({
    kind: 'count',
    of: { records: 'individuals', where: { return: status }, window: 'to-date' },
  }) as const;

export const measure = defineMeasure({
  id: 'county-lines.return',
  version: 1,
  title: 'The national return',
  definition:
    'The return to the national centre as it would be submitted on the last day of the period: different individuals identified by then. Included: confirmed, with a date of birth, and active in the 30 days up to that day. The others by the first reason that keeps them out. Somebody with several rows counts by the one that comes furthest.',
  rules: { unknowns: 'Not recorded as confirmed is not confirmed; no recorded activity is none.' },
  shape: {
    own: {
      kind: 'object',
      fields: {
        included: of('included'),
        excluded: {
          kind: 'object',
          fields: {
            unconfirmed: of('unconfirmed'),
            'no-date-of-birth': of('no-date-of-birth'),
            'not-active': of('not-active'),
          },
        },
      },
    },
  },
  needs: ['county_links.csv'],
  reads: { returned: nationalReturn },
  figure({ returned }) {
    const count = (status: string) => returned.find((row) => row.status === status)?.individuals ?? 0;
    return {
      included: count('included'),
      excluded: {
        unconfirmed: count('unconfirmed'),
        'no-date-of-birth': count('no-date-of-birth'),
        'not-active': count('not-active'),
      },
    };
  },
});
