import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { closedEpisodes } from '../readings/support.ts';

export const measure = defineMeasure({
  id: 'support.county-lines-reduced',
  version: 1,
  title: 'Involvement in county lines ceased or reduced',
  definition:
    'Of the episodes of support in which the young person had engaged and that closed in the period, those in which involvement in county lines ceased or was reduced, of those with a change recorded.',
  rules: { unknowns: 'An episode without a change recorded is left out.' },
  shape: {
    own: {
      kind: 'share',
      of: { records: 'closed-episodes', where: { involvement: 'recorded' } },
      part: { involvement: 'ceased|reduced' },
    },
  },
  needs: ['support.csv'],
  reads: { closed: counts(closedEpisodes, ['involvement']) },
  figure({ closed }, { comparison }) {
    const compared = comparison !== null;
    const recorded = closed.filter(({ values }) => values[0] !== 'unknown');
    return {
      ...shares(
        bothOf(recorded, compared, ([change]) => change === 'ceased' || change === 'reduced'),
        bothOf(recorded, compared),
      ),
    };
  },
});
