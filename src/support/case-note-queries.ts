import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Version } from '../platform/history/changes.ts';
import { type NoteContent, type NoteField, noteAsText } from './case-note.ts';

/** A case note as it is read. */
export interface CaseNote extends NoteContent {
  id: string;
  personId: string;
  authorId: string;
  authorName: string;
  organisationName: string;
  version: number;
  /** When this version of it was written. */
  recordedAt: Date;
  /** Who removed it, when and why: it says nothing any more. Null while it stands. */
  removal: Removal | null;
}

export interface Removal {
  at: Date;
  byName: string;
  reason: string;
}

/** The newest notes of a young person, or those before one of them, and whether there are more. */
export async function notesAbout(
  tx: Transaction,
  personId: string,
  page: { before?: string | undefined; most: number },
): Promise<{ notes: CaseNote[]; more: boolean }> {
  const before =
    page.before === undefined
      ? sql`true`
      : sql`(n.happened_at, n.id) < (
          select b.happened_at, b.id from service.case_note b where b.id = ${page.before} and b.person_id = ${personId})`;
  const found = await sql<NoteRow>`
    select ${noteColumns}
    from service.case_note n
    join identity.account a on a.id = n.author_id
    join identity.organisation o on o.id = n.organisation_id
    left join identity.account d on d.id = n.deleted_by
    where n.person_id = ${personId} and ${before}
    order by n.happened_at desc, n.id desc
    limit ${page.most + 1}`.execute(tx);
  return { notes: found.rows.slice(0, page.most).map(noteFrom), more: found.rows.length > page.most };
}

/** One note; `null` when there is none, or none that the asker may see. */
export async function findNote(tx: Transaction, noteId: string): Promise<CaseNote | null> {
  const found = await sql<NoteRow>`
    select ${noteColumns}
    from service.case_note n
    join identity.account a on a.id = n.author_id
    join identity.organisation o on o.id = n.organisation_id
    left join identity.account d on d.id = n.deleted_by
    where n.id = ${noteId}`.execute(tx);
  const [row] = found.rows;
  return row ? noteFrom(row) : null;
}

/** A manager's word on what a note said. */
export interface NoteSignOff {
  noteVersion: number;
  byName: string;
  at: Date;
  /** Empty where they said no more. */
  comment: string;
}

/** The newest word of a manager on a note; null where there is none, or none that the asker may see. */
export async function lastSignOffOf(tx: Transaction, noteId: string): Promise<NoteSignOff | null> {
  const { rows } = await sql<NoteSignOff>`
    select s.note_version as "noteVersion", a.name as "byName", s.at, s.comment
    from service.note_sign_off s join identity.account a on a.id = s.signed_by
    where s.note_id = ${noteId} order by s.note_version desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

const noteColumns = sql`
  n.id, n.person_id, n.author_id, a.name as author_name, o.name as organisation_name, n.kind, n.happened_at, n.present,
  n.shared_text, n.fact, n.voice, n.opinion, n.third_party, n.version, n.recorded_at, n.deleted_at, d.name as deleted_by_name,
  n.delete_reason`;

interface ContentRow {
  kind: string;
  happened_at: Date;
  present: string;
  shared_text: string;
  fact: string;
  voice: string;
  opinion: string;
  third_party: string;
}

interface NoteRow extends ContentRow {
  id: string;
  person_id: string;
  author_id: string;
  author_name: string;
  organisation_name: string;
  version: number;
  recorded_at: Date;
  deleted_at: Date | null;
  deleted_by_name: string | null;
  delete_reason: string;
}

function contentFrom(row: ContentRow): NoteContent {
  return {
    kind: row.kind,
    happenedAt: row.happened_at,
    present: row.present,
    sharedText: row.shared_text,
    fact: row.fact,
    voice: row.voice,
    opinion: row.opinion,
    thirdParty: row.third_party,
  };
}

function noteFrom(row: NoteRow): CaseNote {
  return {
    ...contentFrom(row),
    id: row.id,
    personId: row.person_id,
    authorId: row.author_id,
    authorName: row.author_name,
    organisationName: row.organisation_name,
    version: row.version,
    recordedAt: row.recorded_at,
    removal:
      row.deleted_at === null
        ? null
        : { at: row.deleted_at, byName: row.deleted_by_name ?? 'Somebody', reason: row.delete_reason },
  };
}

/** A version of a note, and why it replaced the one before; no reason where it is the first. */
export interface NoteVersion extends Version<NoteField> {
  content: NoteContent;
  reason: string;
}

/**
 * The versions of a note from one on, the oldest first; none where the asker may not see it. What a removed note said is in
 * its versions, for those alone who may read them.
 */
export async function versionsOfNote(tx: Transaction, noteId: string, from = 1): Promise<NoteVersion[]> {
  const columns = sql.raw(
    `version, recorded_at, recorded_by, kind, happened_at, present, shared_text, fact, voice, opinion, third_party,
     change_reason`,
  );
  const found = await sql<VersionRow>`
    select v.*, a.name as by_name
    from (
      select ${columns} from service.case_note where id = ${noteId}
      union all
      select ${columns} from history.case_note where id = ${noteId}
    ) v
    left join identity.account a on a.id = v.recorded_by
    where v.version >= ${from}
    order by v.version`.execute(tx);
  return found.rows.map((row) => {
    const content = contentFrom(row);
    return {
      version: row.version,
      at: row.recorded_at,
      by: row.by_name,
      values: noteAsText(content),
      content,
      reason: row.change_reason,
    };
  });
}

interface VersionRow extends ContentRow {
  version: number;
  recorded_at: Date;
  by_name: string | null;
  change_reason: string;
}
