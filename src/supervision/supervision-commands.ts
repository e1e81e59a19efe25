import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/**
 * Signs off a version of a note of the asker's provider; a comment is told to its author. False where it was signed off meanwhile.
 * @throws when the note is the asker's own, or another provider's: the database refuses it
 */
export async function signOffNote(
  tx: Transaction,
  asker: Asker,
  note: { id: string; version: number; personId: string; authorId: string },
  comment: string,
  at: Date,
): Promise<boolean> {
  if (asker.organisationId === null) throw new Error('Whoever signs off belongs to a provider');
  await recordCommand(tx, {
    action: 'sign-off-note',
    subject: { kind: 'case-note', id: note.id },
    personId: note.personId,
  });
  const signed = await sql`
    insert into service.note_sign_off (note_id, note_version, person_id, organisation_id, signed_by, at, comment)
    values (${note.id}, ${note.version}, ${note.personId}, ${asker.organisationId}, ${asker.accountId}, ${at}, ${comment})
    on conflict (note_id, note_version) do nothing returning id`.execute(tx);
  if (signed.rows.length === 0) return false;
  if (comment !== '')
    await sql`select messages.tell(${note.authorId}, 'something-waits', ${`/notes/${note.id}`})`.execute(tx);
  return true;
}
