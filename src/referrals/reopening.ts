import { sql } from 'kysely';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ReferralAction } from './referral.ts';

/** How support that had ended came to begin again. */
export interface Reopening {
  askedBy: string;
  why: string;
  /** The day on which they said at a follow-up that they are not safe, where nobody had acted on it. */
  notSafeOn: PlainDate | null;
}

/** What an action says of it, the last of several; null where support was never opened again. */
export function reopeningAmong(actions: readonly { action: ReferralAction }[]): Reopening | null {
  for (const { action } of actions.toReversed()) {
    if (action.kind === 'reopened')
      return reopeningFrom(action.askedBy, action.why, action.notSafeOn ?? null);
  }
  return null;
}

export const reopeningFrom = (askedBy: string, why: string, notSafeOn: string | null): Reopening => ({
  askedBy,
  why,
  notSafeOn: notSafeOn === null ? null : plainDate(notSafeOn),
});

/** How the support that goes on was opened again, as far as the asker may see it; null where it was not. */
export async function reopeningOf(tx: Transaction, personId: string): Promise<Reopening | null> {
  const { rows } = await sql<{ asked_by: string; why: string; not_safe_on: string | null }>`
    select x.details ->> 'askedBy' as asked_by, x.details ->> 'why' as why, x.details ->> 'notSafeOn' as not_safe_on
    from service.episode e
    join service.referral_action x on x.referral_id = e.referral_id and x.kind = 'reopened' and x.at = e.opened_at
    where e.person_id = ${personId} and e.closed_at is null and e.previous_id is not null
    order by x.sequence desc limit 1`.execute(tx);
  const [row] = rows;
  return row ? reopeningFrom(row.asked_by, row.why, row.not_safe_on) : null;
}
