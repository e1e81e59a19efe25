import { bothOf, byKey, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { ageKeys, BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.by-age',
  version: 1,
  title: 'Referrals by age',
  definition: `The share of referrals received about young people of each age, in completed years on the day on which the referral was received. ${BY_RECEIPT}`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: { kind: 'share-table', of: { records: 'referrals' }, by: 'age', keys: 'fixed', exclusive: true },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['age']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    return {
      ...shareTable(ageKeys, byKey(received, compared), bothOf(received, compared), compared),
    };
  },
});
