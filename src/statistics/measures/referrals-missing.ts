import { bothOf, shares } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { type CountRowOf, counts, type Window } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, UNKNOWNS_COUNT } from './referral-words.ts';

const missingYes = { records: 'referrals', where: { missing: 'yes' } } as const;

export const measure = defineMeasure({
  id: 'referrals.missing',
  version: 1,
  title: 'Missing, linked to county lines',
  definition: `The share of referrals received that say that the young person has been missing in a way that is linked to county lines. ${BY_RECEIPT} Of those, for how many the longest time missing is recorded, and the number of days that is most often recorded, the smallest of those if several are.`,
  rules: { unknowns: UNKNOWNS_COUNT },
  shape: {
    own: { kind: 'share', of: { records: 'referrals' }, part: { missing: 'yes' } },
    parts: {
      daysKnown: { kind: 'share', of: missingYes, part: { missingDays: 'recorded' } },
      modeDays: {
        kind: 'derived',
        of: { records: 'referrals', where: { missing: 'yes', missingDays: 'recorded' } },
        fewest: 'k',
      },
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['missing', 'missingDays']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    const missing = received.filter(({ values }) => values[0] === 'yes');
    const withDays = missing.filter(({ values }) => values[1] !== 'unknown');
    return {
      ...shares(bothOf(missing, compared), bothOf(received, compared)),
      daysKnown: shares(bothOf(withDays, compared), bothOf(missing, compared)),
      modeDays: {
        current: modeOf(withDays, 'current'),
        previous: compared ? modeOf(withDays, 'previous') : null,
      },
    };
  },
});

function modeOf(rows: readonly CountRowOf[], window: Window): number | null {
  const [most] = rows
    .filter((row) => row.window === window)
    .map(({ values, count }) => ({ days: Number(values[1]), count }))
    .sort((a, b) => b.count - a.count || a.days - b.days);
  return most?.days ?? null;
}
