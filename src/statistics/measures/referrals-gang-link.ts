import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.gang-link',
  version: 1,
  title: 'With a link to a gang',
  definition: `The share of referrals received that say that the young person is linked to a gang. ${BY_RECEIPT}`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: { own: { kind: 'share', of: { records: 'referrals' }, part: { gangLink: 'yes' } } },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['gangLink']) },
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
