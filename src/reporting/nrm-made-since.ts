import { sql } from 'kysely';
import { formatDate } from '../platform/clock/london-time.ts';
import { daysBetween, type PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Asked } from '../statistics/measure.ts';
import { countInWords } from './number-words.ts';

/** Referrals to the National Referral Mechanism that were made in a period, or after it within as long again. */
export interface NrmMadeSince {
  readonly made: number;
  /** With a positive conclusive decision. */
  readonly positive: number;
  /** Of those, how many were made in the period. */
  readonly inPeriod: number;
  readonly positiveInPeriod: number;
  /** The day of the latest. */
  readonly last: PlainDate | null;
}

/** Counts what was recorded by a moment. Needs a transaction that may count. */
export async function nrmMadeSince(
  tx: Transaction,
  { period, asAt }: Pick<Asked, 'period' | 'asAt'>,
): Promise<NrmMadeSince> {
  const days = daysBetween(period.from, period.to) + 1;
  const { rows } = await sql<NrmMadeSince>`
    select count(*)::int as made, count(*) filter (where conclusive_grounds = 'positive')::int as positive,
      count(*) filter (where referred_on <= ${period.to})::int as "inPeriod",
      count(*) filter (where conclusive_grounds = 'positive' and referred_on <= ${period.to})::int as "positiveInPeriod",
      max(referred_on)::text as last
    from as_at.nrm_facts(${asAt}) where referred_on >= ${period.from} and referred_on - ${period.to}::date <= ${days}`.execute(
    tx,
  );
  return rows[0] ?? { made: 0, positive: 0, inPeriod: 0, positiveInPeriod: 0, last: null };
}

/**
 * What was printed of a year may have counted those that followed it too: both numbers, so that nobody takes the one for the
 * other. Nothing where none was made after the period.
 */
export function nrmMadeSinceInWords({
  made,
  positive,
  inPeriod,
  positiveInPeriod,
  last,
}: NrmMadeSince): string | null {
  if (last === null || made === inPeriod) return null;
  const told = (all: number, ofThem: number) =>
    `${countInWords(all)}, ${countInWords(ofThem)} of them with a positive conclusive decision`;
  return `In the period ${told(inPeriod, positiveInPeriod)}. From its first day to ${formatDate(last)}, the day of the latest that followed, ${told(made, positive)}: a publication that counts those that were made after the period prints these numbers.`;
}
