import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { closedEpisodes } from '../readings/support.ts';

export const measure = defineMeasure({
  id: 'support.positive-outcome',
  version: 1,
  title: 'Positive outcome',
  definition:
    'Of the episodes of support in which the young person had engaged and that closed in the period, those with at least one of the eight items of a positive outcome met, of those with any of the eight recorded.',
  rules: { unknowns: 'An episode with none of the eight recorded is left out.' },
  shape: {
    own: {
      kind: 'share',
      of: { records: 'closed-episodes', where: { positive: 'recorded' } },
      part: { positive: 'yes' },
    },
  },
  needs: ['support.csv'],
  reads: { closed: counts(closedEpisodes, ['positive']) },
  figure({ closed }, { comparison }) {
    const compared = comparison !== null;
    const recorded = closed.filter(({ values }) => values[0] !== 'unknown');
    return {
      ...shares(
        bothOf(recorded, compared, ([positive]) => positive === 'yes'),
        bothOf(recorded, compared),
      ),
    };
  },
});
