import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  amendDocument,
  writeDocument,
} from '../platform/history/document.ts';
import { type ClosingField, closingDocument } from './closing.ts';

/** Begins to write how support ends, and gives the closing's id. @throws when the asker belongs to no organisation */
export async function beginClosing(
  tx: Transaction,
  asker: Asker,
  about: { personId: string; episodeId: string },
  values: Values<ClosingField>,
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('Support ends for a provider, and whoever writes it has none');
  const fixed = {
    person_id: about.personId,
    episode_id: about.episodeId,
    organisation_id: asker.organisationId,
  };
  return await writeDocument(tx, closingDocument, fixed, values);
}

/** Changes what a closing says that is not submitted. */
export async function amendClosing(
  tx: Transaction,
  id: string,
  amendment: Amendment<ClosingField>,
): Promise<AmendmentOutcome<ClosingField>> {
  return await amendDocument(tx, closingDocument, id, amendment);
}

/** Asks the managers of the provider to sign a closing off. */
export async function submitClosing(
  tx: Transaction,
  asker: Asker,
  closing: { id: string; personId: string },
  at: Date,
): Promise<void> {
  await recordCommand(tx, {
    action: 'submit-closing',
    subject: { kind: 'closing', id: closing.id },
    personId: closing.personId,
  });
  await tx
    .updateTable('service.closing')
    .set({ state: 'submitted', submitted_by: asker.accountId, submitted_at: at })
    .where('id', '=', closing.id)
    .where('state', 'in', ['draft', 'returned'])
    .execute();
}

/** Holds a closing until this is done, where it still waits for its manager and says what they were shown. */
export async function holdAsShown(tx: Transaction, shown: { id: string; version: number }): Promise<boolean> {
  const held = await tx
    .selectFrom('service.closing')
    .select(['version', 'state'])
    .where('id', '=', shown.id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return held?.version === shown.version && held.state === 'submitted';
}

/** Returns a closing to whoever wrote it, with what is to be done, and tells them. False where it does not wait any more. */
export async function returnClosing(
  tx: Transaction,
  closing: { id: string; personId: string; submittedBy: string | null },
  comments: string,
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'return-closing',
    subject: { kind: 'closing', id: closing.id },
    personId: closing.personId,
  });
  const returned = await tx
    .updateTable('service.closing')
    .set({ state: 'returned', comments })
    .where('id', '=', closing.id)
    .where('state', '=', 'submitted')
    .executeTakeFirst();
  if (returned.numUpdatedRows === 0n) return false;
  if (closing.submittedBy !== null)
    await sql`select messages.tell(${closing.submittedBy}, 'something-waits', ${`/people/${closing.personId}/closing`})`.execute(
      tx,
    );
  return true;
}

/** What came of signing off: support by this provider ended, or with it the whole episode; or why it could not be. */
export type SignedOff = 'ended' | 'closed' | 'missing' | 'not-submitted' | 'own';

export async function signOffClosing(tx: Transaction, id: string, at: Date): Promise<SignedOff> {
  const { rows } = await sql<{ outcome: SignedOff }>`
    select need_to_know.sign_off_closing(${id}, ${at}) as outcome`.execute(tx);
  return rows[0]?.outcome ?? 'missing';
}

/**
 * Records what came of asking after somebody, and tells the managers at once where they are not safe. False where somebody
 * has recorded it meanwhile.
 */
export async function recordFollowUp(
  tx: Transaction,
  followUp: { id: string; personId: string },
  came: { doneOn: PlainDate; reached: string; safe: string | null; what: string },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'record-follow-up',
    subject: { kind: 'follow-up', id: followUp.id },
    personId: followUp.personId,
  });
  const recorded = await tx
    .updateTable('service.follow_up')
    .set({ done_on: came.doneOn, reached: came.reached, safe: came.safe, what: came.what })
    .where('id', '=', followUp.id)
    .where('done_on', 'is', null)
    .executeTakeFirst();
  if (recorded.numUpdatedRows === 0n) return false;
  if (came.safe === 'no') await sql`select messages.tell_of_unsafe_follow_up(${followUp.id})`.execute(tx);
  return true;
}

/** Says why no concern is raised of what somebody said at a follow-up. False where it is not the asker's to say. */
export async function recordNoConcern(
  tx: Transaction,
  followUp: { id: string; personId: string },
  why: string,
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'decide-no-concern',
    subject: { kind: 'follow-up', id: followUp.id },
    personId: followUp.personId,
  });
  const recorded = await tx
    .updateTable('service.follow_up')
    .set({ no_concern_why: why })
    .where('id', '=', followUp.id)
    .where('safe', '=', 'no')
    .executeTakeFirst();
  return recorded.numUpdatedRows > 0n;
}
