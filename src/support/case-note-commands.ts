import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { type Difference, reconcile, type Side } from '../platform/forms/conflict.ts';
import { type Change, changesOf } from '../platform/history/changes.ts';
import { type NoteContent, type NoteField, needsSignOff, noteAsText, noteFields } from './case-note.ts';
import { versionsOfNote } from './case-note-queries.ts';

/**
 * Writes a note about a young person for the provider its author works for, and gives its id. Where it is about a contact
 * of the log, the contact is joined to it.
 * @throws when the author works with no provider, or not with the young person
 */
export async function writeNote(
  tx: Transaction,
  asker: Asker,
  personId: string,
  note: NoteContent,
  contactId?: string,
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
      shared_text: note.sharedText,
      fact: note.fact,
      voice: note.voice,
      opinion: note.opinion,
      third_party: note.thirdParty,
      needs_sign_off: needsSignOff(note.kind),
    })
    .execute();
  if (contactId !== undefined) {
    await tx
      .updateTable('service.contact')
      .set({ note_id: id })
      .where('id', '=', contactId)
      .where('person_id', '=', personId)
      .where('note_id', 'is', null)
      .execute();
  }
  return id;
}

/** One note about several young people: what is said of all of them, and what of each. */
export interface NoteForSeveral {
  kind: string;
  happenedAt: Date;
  present: string;
  /** Names none of them: it is read by whoever may read the note of any. */
  sharedText: string;
  parts: readonly { personId: string; fact: string; voice: string }[];
}

/**
 * Writes a note about each of several young people, all of them or none. Each is a note like any other, by a command of its
 * own: nothing in one leads to another, or tells that there is one (docs/decisions/0015-one-note-for-several-people.md).
 */
export async function writeNoteForSeveral(
  tx: Transaction,
  asker: Asker,
  { parts, ...shared }: NoteForSeveral,
): Promise<void> {
  for (const { personId, fact, voice } of parts)
    await writeNote(tx, asker, personId, { ...shared, fact, voice, opinion: '', thirdParty: '' });
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
    .where('deleted_at', 'is', null)
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

  const { kind, happenedAt, present, sharedText, fact, voice, opinion, thirdParty } = outcome.values;
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
      shared_text: sharedText,
      fact,
      voice,
      opinion,
      third_party: thirdParty,
      needs_sign_off: needsSignOff(kind),
      change_reason: amendment.reason,
    })
    .where('id', '=', noteId)
    .execute();
  return { kind: 'saved' };
}

export type RemovalOutcome = 'removed' | 'missing' | 'changed-meanwhile';

/**
 * Removes a note: its author may, or a manager of the provider. That there was one, who removed it and why stays for
 * everybody who read it; what it said stays in its history, for the managers and the operations manager.
 */
export async function removeNote(
  tx: Transaction,
  asker: Asker,
  noteId: string,
  { version, reason }: { version: number; reason: string },
): Promise<RemovalOutcome> {
  const held = await tx
    .selectFrom('service.case_note')
    .select(['person_id', 'version'])
    .where('id', '=', noteId)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) return 'missing';
  if (held.version !== version) return 'changed-meanwhile';
  await recordCommand(tx, {
    action: 'remove-note',
    subject: { kind: 'case-note', id: noteId },
    personId: held.person_id,
  });
  await tx
    .updateTable('service.case_note')
    .set({
      deleted_at: sql`now()`,
      deleted_by: asker.accountId,
      delete_reason: reason,
      present: '',
      shared_text: '',
      fact: '',
      voice: '',
      opinion: '',
      third_party: '',
      change_reason: '',
    })
    .where('id', '=', noteId)
    .execute();
  return 'removed';
}
