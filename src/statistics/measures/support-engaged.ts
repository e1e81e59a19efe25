import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { acceptedReferrals } from '../readings/referrals.ts';

export const measure = defineMeasure({
  id: 'support.engaged',
  version: 1,
  title: 'Engaged with support',
  definition:
    'Of the referrals received in the period that were accepted, the share that led to an episode of support in which the young person engaged: a provider spoke with or met them, whenever that was.',
  rules: { unknowns: 'An episode without a day of engagement has not engaged.' },
  shape: {
    own: {
      kind: 'share',
      of: { records: 'referrals', where: { decision: 'accepted' } },
      part: { engaged: 'yes' },
    },
  },
  needs: ['referrals.csv', 'support.csv'],
  reads: { accepted: counts(acceptedReferrals, ['engaged']) },
  figure({ accepted }, { comparison }) {
    const compared = comparison !== null;
    return {
      ...shares(
        bothOf(accepted, compared, ([engaged]) => engaged === 'yes'),
        bothOf(accepted, compared),
      ),
    };
  },
});
