import { sql } from 'kysely';
import type { Clock } from '../platform/clock/clock.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** The most that a referrer adds at once, in characters. */
export const MOST_OF_AN_ADDITION = 10_000;

export type Added = 'done' | 'missing' | 'too-many';

/**
 * Adds words to a sent referral of the one who asks, whatever its stage, and tells the coordinators of its area. The
 * database names the command and does it (need_to_know.add_to_referral): a referrer may change nothing of a sent referral.
 */
export async function addToReferral(
  tx: Transaction,
  clock: Clock,
  referralId: string,
  words: string,
): Promise<Added> {
  const added = await sql<{ outcome: Added }>`
    select need_to_know.add_to_referral(${referralId}, ${words}, ${clock.now()}) as outcome`.execute(tx);
  return added.rows[0]?.outcome ?? 'missing';
}

/**
 * Withdraws a sent referral of the one who asks, or, where its stage does not allow that any more, keeps and tells that
 * they wish to: a referrer who was not verified learns no stage by trying.
 */
export async function withdrawReferral(
  tx: Transaction,
  clock: Clock,
  referralId: string,
  why: string,
): Promise<Added | 'again'> {
  const withdrawn = await sql<{ outcome: Added | 'again' }>`
    select need_to_know.withdraw_referral(${referralId}, ${why}, ${clock.now()}) as outcome`.execute(tx);
  return withdrawn.rows[0]?.outcome ?? 'missing';
}
