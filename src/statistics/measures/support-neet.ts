import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { closedEpisodes } from '../readings/support.ts';

export const measure = defineMeasure({
  id: 'support.neet',
  version: 1,
  title: 'No longer out of education, employment and training',
  definition:
    'Of the episodes of support in which the young person had engaged and that closed in the period, and who were not in education, employment or training (NEET) when it began and for whom it is recorded whether they were when it closed, the share who no longer were NEET.',
  rules: { unknowns: 'An episode without both recorded is left out.' },
  shape: {
    own: {
      kind: 'share',
      of: { records: 'closed-episodes', where: { neetAtStart: 'yes', neetAtEnd: 'recorded' } },
      part: { neetAtEnd: 'no' },
    },
  },
  needs: ['support.csv'],
  reads: { closed: counts(closedEpisodes, ['neetAtStart', 'neetAtEnd']) },
  figure({ closed }, { comparison }) {
    const compared = comparison !== null;
    const recorded = closed.filter(({ values }) => values[0] === 'yes' && values[1] !== 'unknown');
    return {
      ...shares(
        bothOf(recorded, compared, ([, atEnd]) => atEnd === 'no'),
        bothOf(recorded, compared),
      ),
    };
  },
});
