import { addDays, monthsCompleted } from '../../platform/clock/plain-date.ts';
import { bothOf, byKey, listed, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import type { Period } from '../measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { agencyKeys, BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

const QUARTERS = ['1', '2', '3', '4'];

export const measure = defineMeasure({
  id: 'referrals.by-agency',
  version: 1,
  title: 'Referrals by agency',
  definition: `The share of referrals received from each kind of agency. ${BY_RECEIPT} Where the period is a year, also how many came from each in its four spans of three months.`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: { kind: 'share-table', of: { records: 'referrals' }, by: 'agency', keys: 'fixed', exclusive: true },
    parts: {
      quarters: {
        kind: 'each',
        by: 'agency',
        shape: { kind: 'series', of: { records: 'referrals', where: { agency: '*' } }, by: 'quarter' },
      },
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['agency', 'quarter']) },
  figure({ received }, { period, comparison }) {
    const compared = comparison !== null;
    const found = byKey(received, compared);
    const quarters = listed(agencyKeys, found).map(({ key }) => [
      key,
      QUARTERS.map(
        (quarter) => bothOf(received, false, ([agency, each]) => agency === key && each === quarter).current,
      ),
    ]);
    return {
      ...shareTable(agencyKeys, found, bothOf(received, compared), compared),
      quarters: isYear(period) ? Object.fromEntries(quarters) : null,
    };
  },
});

function isYear({ from, to }: Period): boolean {
  return addDays(to, 1) === monthsCompleted(from, 12);
}
