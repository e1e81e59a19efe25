import { sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** Why responsibility passes to another area. */
export interface BoroughMove {
  /** Which area was responsible as far as whoever passes it on was shown. */
  from: string;
  area: string;
  movedOn: PlainDate;
  why: string;
  agreedBy: string;
}

/** `moved-unseen`: the record is restricted and names nobody who answers for the new area, so that none of them is told. */
export type MoveOutcome = 'moved' | 'moved-unseen' | 'missing' | 'passed-on-meanwhile';

/**
 * Moves responsibility for a young person to another area, with the referral that waits or that support rests on, and tells
 * both.
 *
 * @throws when the asker is neither a coordinator nor an operations manager
 */
export async function movePerson(
  tx: Transaction,
  personId: string,
  { from, area, movedOn, why, agreedBy }: BoroughMove,
): Promise<MoveOutcome> {
  const moved = await sql<{ outcome: MoveOutcome }>`
    select need_to_know.move_person(${personId}, ${from}, ${area}, ${movedOn}::date, ${why}, ${agreedBy}) as outcome`.execute(
    tx,
  );
  return moved.rows[0]?.outcome ?? 'missing';
}

/**
 * Records that a young person has died: what was about to be sent about them is not. False where it is recorded already.
 * @throws when the asker's role may not, or they have not just signed in
 */
export async function recordDeath(
  tx: Transaction,
  personId: string,
  { diedOn, source, told }: { diedOn: PlainDate; source: string; told: string },
): Promise<boolean> {
  const recorded = await sql<{ done: boolean }>`
    select need_to_know.record_death(${personId}, ${diedOn}::date, ${source}, ${told}) as done`.execute(tx);
  return recorded.rows[0]?.done ?? false;
}

/** Says that a death was recorded in error. False where none is recorded. @throws as {@link recordDeath} does */
export async function correctDeath(tx: Transaction, personId: string, why: string): Promise<boolean> {
  const corrected = await sql<{ done: boolean }>`
    select need_to_know.correct_death(${personId}, ${why}) as done`.execute(tx);
  return corrected.rows[0]?.done ?? false;
}

/** Who asked that support begin again, why, and which provider goes on; null where a coordinator chooses one. */
export interface Reopening {
  askedBy: string;
  why: string;
  againWith: string | null;
}

/**
 * Opens support again that had ended: a new episode that names the one before. `open`: it goes on; `nothing`: none has
 * ended.
 *
 * @throws when the asker is neither a coordinator nor a manager of a provider
 */
export async function reopenSupport(
  tx: Transaction,
  personId: string,
  { askedBy, why, againWith }: Reopening,
  now: Date,
): Promise<'reopened' | 'missing' | 'open' | 'died' | 'nothing'> {
  const reopened = await sql<{ outcome: 'reopened' | 'missing' | 'open' | 'died' | 'nothing' }>`
    select need_to_know.reopen_support(${personId}, ${askedBy}, ${why}, ${againWith}, ${now}) as outcome`.execute(
    tx,
  );
  return reopened.rows[0]?.outcome ?? 'missing';
}
