import { bothOf, byKey, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, ethnicGroupKeys, UNKNOWNS_COUNT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.young-women-by-ethnic-group',
  version: 1,
  title: 'Young women by ethnic group',
  definition: `Of the referrals received about young women, the share of each ethnic group. ${BY_RECEIPT}`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: {
      kind: 'share-table',
      of: { records: 'referrals', where: { gender: 'female' } },
      by: 'ethnicGroup',
      keys: 'fixed',
      exclusive: true,
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['gender', 'ethnicGroup']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    const women = received.filter(({ values }) => values[0] === 'female');
    return { ...shareTable(ethnicGroupKeys, byKey(women, compared, 1), bothOf(women, compared), compared) };
  },
});
