import { addMonths, type PlainDate, plainDate } from '../../platform/clock/plain-date.ts';
import { countTable, type Keyed, unrankedRows } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import type { Period } from '../measure.ts';
import { aYearEarlier, type DayOfReferrals, referralsByDay } from '../readings/referrals.ts';
import { BY_RECEIPT } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.by-month',
  version: 1,
  title: 'Referrals by month',
  definition: `Referrals received in each month of the period, and with a comparison in the same month a year earlier, whichever period that is compared with. ${BY_RECEIPT} Of a month that the period cuts, the same part of it is taken a year earlier. The total is of the months shown.`,
  rules: {},
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'referrals' },
      by: 'month',
      keys: 'fixed',
      exclusive: true,
      ranked: false,
    },
  },
  needs: ['referrals.csv'],
  reads: { days: referralsByDay },
  figure({ days }, { period, comparison }) {
    const now = byMonth(days, period);
    const before = byMonth(days, aYearEarlier(period));
    const rows = monthsOf(period).map(({ key, label, earlier }) => ({
      key,
      label,
      current: now.get(key) ?? 0,
      previous: comparison === null ? null : (before.get(earlier) ?? 0),
    }));
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    return {
      ...countTable(unrankedRows(rows), {
        current: sum(rows.map(({ current }) => current)),
        previous: comparison === null ? null : sum(rows.map(({ previous }) => previous ?? 0)),
      }),
    };
  },
});

/** How many were received in each month, of the days of a span. */
function byMonth(days: readonly DayOfReferrals[], { from, to }: Period): ReadonlyMap<string, number> {
  const months = new Map<string, number>();
  for (const { day, count } of days) {
    if (day < from || day > to) continue;
    const month = day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + count);
  }
  return months;
}

const names = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** Each month of a period, and what it was called a year earlier. */
function monthsOf({ from, to }: Period): (Keyed & { readonly earlier: string })[] {
  const months: (Keyed & { readonly earlier: string })[] = [];
  for (let first: PlainDate = plainDate(`${from.slice(0, 7)}-01`); first <= to; first = addMonths(first, 1)) {
    months.push({
      key: first.slice(0, 7),
      label: `${names[Number(first.slice(5, 7)) - 1]} ${first.slice(0, 4)}`,
      earlier: addMonths(first, -12).slice(0, 7),
    });
  }
  return months;
}
