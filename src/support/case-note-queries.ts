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
    where n.id = ${noteId}`.execute(tx);
  const [row] = found.rows;
  return row ? noteFrom(row) : null;
}

const noteColumns = sql`
  n.id, n.person_id, n.author_id, a.name as author_name, o.name as organisation_name, n.kind, n.happened_at, n.present,
  n.fact, n.opinion, n.voice, n.version, n.recorded_at`;

interface NoteRow {
  id: string;
  person_id: string;
  author_id: string;
  author_name: string;
  organisation_name: string;
  kind: string;
  happened_at: Date;
  present: string;
  fact: string;
  opinion: string;
  voice: string;
  version: number;
  recorded_at: Date;
}

function noteFrom(row: NoteRow): CaseNote {
  return {
    id: row.id,
    personId: row.person_id,
    authorId: row.author_id,
    authorName: row.author_name,
    organisationName: row.organisation_name,
    kind: row.kind,
    happenedAt: row.happened_at,
    present: row.present,
    fact: row.fact,
    opinion: row.opinion,
    voice: row.voice,
    version: row.version,
    recordedAt: row.recorded_at,
  };
}

/** A version of a note, and why it replaced the one before; no reason where it is the first. */
export interface NoteVersion extends Version<NoteField> {
  content: NoteContent;
  reason: string;
}

/** The versions of a note from one on, the oldest first; none where the asker may not see it. */
export async function versionsOfNote(tx: Transaction, noteId: string, from = 1): Promise<NoteVersion[]> {
  const columns = sql.raw(
    'version, recorded_at, recorded_by, kind, happened_at, present, fact, opinion, voice, change_reason',
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
    const content: NoteContent = {
      kind: row.kind,
      happenedAt: row.happened_at,
      present: row.present,
      fact: row.fact,
      opinion: row.opinion,
      voice: row.voice,
    };
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

interface VersionRow {
  version: number;
  recorded_at: Date;
  by_name: string | null;
  kind: string;
  happened_at: Date;
  present: string;
  fact: string;
  opinion: string;
  voice: string;
  change_reason: string;
}
