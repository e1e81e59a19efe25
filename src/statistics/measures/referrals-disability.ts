import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.disability',
  version: 1,
  title: 'With a disability',
  definition: `The share of referrals received for which at least one disability is recorded. ${BY_RECEIPT}`,
  rules: { unknowns: 'Blank is none recorded.' },
  shape: { own: { kind: 'share', of: { records: 'referrals' }, part: { disabled: 'yes' } } },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['disabled']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    return {
      ...shares(
        bothOf(received, compared, ([value]) => value === 'yes'),
        bothOf(received, compared),
      ),
    };
  },
});
