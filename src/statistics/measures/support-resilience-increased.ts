import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { closedEpisodes } from '../readings/support.ts';

export const measure = defineMeasure({
  id: 'support.resilience-increased',
  version: 1,
  title: 'Resilience increased',
  definition:
    'Of the episodes of support in which the young person had engaged and that closed in the period, those in which resilience increased, of those with a change recorded.',
  rules: { unknowns: 'An episode without a change recorded is left out.' },
  shape: {
    own: {
      kind: 'share',
      of: { records: 'closed-episodes', where: { resilience: 'recorded' } },
      part: { resilience: 'increased' },
    },
  },
  needs: ['support.csv'],
  reads: { closed: counts(closedEpisodes, ['resilience']) },
  figure({ closed }, { comparison }) {
    const compared = comparison !== null;
    const recorded = closed.filter(({ values }) => values[0] !== 'unknown');
    return {
      ...shares(
        bothOf(recorded, compared, ([resilience]) => resilience === 'increased'),
        bothOf(recorded, compared),
      ),
    };
  },
});
