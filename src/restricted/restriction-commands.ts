import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/** Restricts a record to the named. False where the asker may not, or somebody has done it meanwhile. */
export async function restrictRecord(
  tx: Transaction,
  personId: string,
  why: string,
  readers: readonly string[],
): Promise<boolean> {
  const made = await sql<{ id: string | null }>`
    select need_to_know.restrict_record(${personId}, ${why}, ${[...readers]}::uuid[]) as id`.execute(tx);
  return made.rows[0]?.id != null;
}

/**
 * Changes who may open a restricted record. False where the asker may not, or the restriction is not in the state any more that
 * they were shown.
 */
export async function nameReaders(
  tx: Transaction,
  personId: string,
  shown: string,
  readers: readonly string[],
): Promise<boolean> {
  const named = await sql<{ done: boolean }>`
    select need_to_know.name_readers(${personId}, ${shown}, ${[...readers]}::uuid[]) as done`.execute(tx);
  return named.rows[0]?.done ?? false;
}

/** Lifts the restriction that was shown. False where it was changed or lifted since, or is not the asker's. */
export async function liftRestriction(
  tx: Transaction,
  personId: string,
  shown: string,
  why: string,
): Promise<boolean> {
  const lifted = await sql<{ done: boolean }>`
    select need_to_know.lift_restriction(${personId}, ${shown}, ${why}) as done`.execute(tx);
  return lifted.rows[0]?.done ?? false;
}

/** Whose record is to be opened: by its reference, or by a whole name and a date of birth. */
export type Sought = { reference: string } | { nameKey: string; born: PlainDate };

/**
 * Opens a record for an hour to somebody who does not work with the young person, and tells the data protection lead.
 * Gives its id; null where no record is so named, or more than one, or it is restricted: nothing tells which.
 * @throws when the asker's role may not, or they have not just signed in.
 */
export async function breakGlass(
  tx: Transaction,
  sought: Sought,
  ground: string,
  reason: string,
): Promise<string | null> {
  const [reference, nameKey, born] =
    'reference' in sought ? [sought.reference, '', null] : ['', sought.nameKey, sought.born];
  const opened = await sql<{ id: string | null }>`
    select need_to_know.break_glass(${reference}, ${nameKey}, ${born}::date, ${ground}, ${reason}) as id`.execute(
    tx,
  );
  return opened.rows[0]?.id ?? null;
}

/** Records what the review of an opening found. False where it was reviewed already, or is the asker's own. */
export async function reviewOpening(
  tx: Transaction,
  asker: Asker,
  openingId: string,
  review: { finding: string; note: string; at: Date },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'review-opening',
    subject: { kind: 'record-opening', id: openingId },
    detail: { finding: review.finding },
  });
  const changed = await tx
    .updateTable('service.record_opening')
    .set({
      reviewed_by: asker.accountId,
      reviewed_at: review.at,
      finding: review.finding,
      review_note: review.note,
    })
    .where('id', '=', openingId)
    .where('reviewed_at', 'is', null)
    .where('account_id', '<>', asker.accountId)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
