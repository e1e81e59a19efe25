import { socialCareStatuses } from '../../reference/code-lists.ts';
import { bothOf, byKey, keyed, shares, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

const ANY_STATUS = ['cla', 'cp', 'cin'];

export const measure = defineMeasure({
  id: 'referrals.by-social-care-status',
  version: 1,
  title: 'Referrals by social care status',
  definition: `The share of referrals received about young people of each status with children's social care, as the referrer gave it. ${BY_RECEIPT} Any status: looked after, on a child protection plan or a child in need.`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: {
      kind: 'share-table',
      of: { records: 'referrals' },
      by: 'socialCare',
      keys: 'fixed',
      exclusive: true,
    },
    parts: { anyStatus: { kind: 'share', of: { records: 'referrals' }, part: { socialCare: 'cla|cp|cin' } } },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['socialCare']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    const all = bothOf(received, compared);
    return {
      ...shareTable(keyed(socialCareStatuses), byKey(received, compared), all, compared),
      anyStatus: shares(
        bothOf(received, compared, ([status]) => ANY_STATUS.includes(status ?? '')),
        all,
      ),
    };
  },
});
