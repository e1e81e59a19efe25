import { genders } from '../../reference/code-lists.ts';
import { bothOf, byKey, keyed, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.by-gender',
  version: 1,
  title: 'Referrals by gender',
  definition: `The share of referrals received about young people of each gender, as the referrer gave it. ${BY_RECEIPT}`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: { kind: 'share-table', of: { records: 'referrals' }, by: 'gender', keys: 'fixed', exclusive: true },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['gender']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    return { ...shareTable(keyed(genders), byKey(received, compared), bothOf(received, compared), compared) };
  },
});
