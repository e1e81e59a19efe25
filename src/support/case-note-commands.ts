import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { type Difference, reconcile, type Side } from '../platform/forms/conflict.ts';
import { type Change, changesOf } from '../platform/history/changes.ts';
import { type NoteContent, type NoteField, noteAsText, noteFields } from './case-note.ts';
import { versionsOfNote } from './case-note-queries.ts';

/**
 * Writes a note about a young person for the provider its author works for, and gives its id.
 * @throws when the author works with no provider, or not with the young person
 */
export async function writeNote(
  tx: Transaction,
  asker: Asker,
  personId: string,
  note: NoteContent,
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('A note is written for a provider, and its author has none');
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, { action: 'write-note', subject: { kind: 'case-note', id }, personId });
  await tx
    .insertInto('service.case_note')
    .values({
      id,
      person_id: personId,
      organisation_id: asker.organisationId,
      author_id: asker.accountId,
      kind: note.kind,
      happened_at: note.happenedAt,
      present: note.present,
      fact: note.fact,
      opinion: note.opinion,
      voice: note.voice,
    })
    .execute();
  return id;
}

/** What was typed over a note, and why. */
export interface Amendment {
  /** The version the form was opened with. */
  version: number;
  /** The version its author has been shown since, where it was changed from another page. */
  seen?: number | undefined;
  note: NoteContent;
  choices: Readonly<Partial<Record<NoteField, Side | undefined>>>;
  reason: string;
}

export type AmendmentOutcome =
  | { kind: 'saved' }
  | { kind: 'nothing-changed' }
  | { kind: 'missing' }
  | {
      kind: 'changed-meanwhile';
      version: number;
      differences: Difference<NoteField>[];
      undecided: NoteField[];
      changes: Change<NoteField>[];
    };

/** Changes a note of the asker's own; what it said before is kept, with the reason why it was changed. */
export async function amendNote(
  tx: Transaction,
  noteId: string,
  amendment: Amendment,
): Promise<AmendmentOutcome> {
  // Held until this is done; none where it is not the asker's own.
  const held = await tx
    .selectFrom('service.case_note')
    .select('person_id')
    .where('id', '=', noteId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const versions = held ? await versionsOfNote(tx, noteId, amendment.version) : [];
  const [base, now] = [versions[0], versions.at(-1)];
  if (!held || !base || !now || base.version !== amendment.version) return { kind: 'missing' };
  const mine = noteAsText(amendment.note);
  const outcome = reconcile({
    base: base.values,
    theirs: now.values,
    mine,
    choices: amendment.choices,
    seen: amendment.seen === now.version,
  });
  if (outcome.kind === 'to-show') {
    const { differences, undecided } = outcome;
    return {
      kind: 'changed-meanwhile',
      version: now.version,
      differences,
      undecided,
      changes: changesOf(versions),
    };
  }

  const { kind, happenedAt, present, fact, opinion, voice } = outcome.values;
  const changed = noteFields.filter((field) => outcome.values[field] !== now.values[field]);
  if (changed.length === 0) return { kind: 'nothing-changed' };
  await recordCommand(tx, {
    action: 'amend-note',
    subject: { kind: 'case-note', id: noteId },
    personId: held.person_id,
    detail: { fields: changed },
  });
  await tx
    .updateTable('service.case_note')
    .set({
      kind,
      // A form shows minutes: seconds that came with an import stay while the minute does.
      happened_at: changed.includes('happenedAt') ? new Date(happenedAt) : now.content.happenedAt,
      present,
      fact,
      opinion,
      voice,
      change_reason: amendment.reason,
    })
    .where('id', '=', noteId)
    .execute();
  return { kind: 'saved' };
}
