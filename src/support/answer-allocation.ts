import { sql } from 'kysely';
import type { Clock } from '../platform/clock/clock.ts';
import type { Transaction } from '../platform/database/transaction.ts';

export type AnswerOutcome =
  | { kind: 'done' }
  /** There is no such allocation to the asker’s provider. */
  | { kind: 'missing' }
  /** Somebody has taken it up already. */
  | { kind: 'taken-up' }
  /** It was handed back, or support has ended. */
  | { kind: 'ended' };

/** Why a young person is handed back: a code of the list of reasons `hand-back`, and more of it in words. */
export interface HandingBack {
  reason: string;
  why: string;
}

/** What is said to a manager after a colleague handed somebody back untaken: nothing about them is the provider's any more. */
export const HANDED_BACK_ALREADY = 'Another manager had handed them back already';

/** The provider will work with the young person. */
export async function takeUpAllocation(
  tx: Transaction,
  allocationId: string,
  clock: Clock,
): Promise<AnswerOutcome> {
  return await answer(tx, allocationId, 'taken-up', { reason: '', why: '' }, clock);
}

/**
 * The provider will not, or no longer, work with the young person: they wait for another, by the time they have waited
 * already, and their coordinators are told.
 */
export async function handBackAllocation(
  tx: Transaction,
  allocationId: string,
  handingBack: HandingBack,
  clock: Clock,
): Promise<AnswerOutcome> {
  return await answer(tx, allocationId, 'handed-back', handingBack, clock);
}

/** The database does it: a provider's manager has no right to a referral but these two actions (46-allocation.sql). */
async function answer(
  tx: Transaction,
  allocationId: string,
  action: 'taken-up' | 'handed-back',
  { reason, why }: HandingBack,
  clock: Clock,
): Promise<AnswerOutcome> {
  const { rows } = await sql<{ outcome: string }>`
    select need_to_know.answer_allocation(${allocationId}, ${action}, ${reason}, ${why}, ${clock.now()}) as outcome`.execute(
    tx,
  );
  switch (rows[0]?.outcome) {
    case 'done':
      return { kind: 'done' };
    case 'missing':
    case undefined:
      return { kind: 'missing' };
    case 'taken-up':
      return { kind: 'taken-up' };
    default:
      return { kind: 'ended' };
  }
}
