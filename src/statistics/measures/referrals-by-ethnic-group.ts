import { bothOf, byKey, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, ethnicGroupKeys, UNKNOWNS_COUNT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.by-ethnic-group',
  version: 1,
  title: 'Referrals by ethnic group',
  definition: `The share of referrals received about young people of each ethnic group, as the referrer gave it. Who prefers not to say is not known. ${BY_RECEIPT}`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: {
      kind: 'share-table',
      of: { records: 'referrals' },
      by: 'ethnicGroup',
      keys: 'fixed',
      exclusive: true,
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['ethnicGroup']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    return {
      ...shareTable(ethnicGroupKeys, byKey(received, compared), bothOf(received, compared), compared),
    };
  },
});
