import { bothOf, total } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.total',
  version: 1,
  title: 'Referrals received',
  definition: `How many referrals were received, of every kind. ${BY_RECEIPT} Somebody who was referred twice is counted twice.`,
  rules: {},
  shape: { own: { kind: 'total', of: { records: 'referrals' } } },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, []) },
  figure: ({ received }, { comparison }) => ({ total: total(bothOf(received, comparison !== null)) }),
});
