import { sql } from 'kysely';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { FileName } from './files.ts';
import { type Findings, NOTHING_FOUND } from './findings.ts';
import type { FileOutcome, ImportOutcome } from './import-history.ts';
import type { ImportPreview, ImportProgress } from './import-preview.ts';
import type { UploadState } from './import-upload.ts';
import { type ComparedRow, whyAlike } from './likely-known.ts';
import { countWith } from './told.ts';
import { readWhole } from './upload-pieces.ts';

/** Files that somebody brought. */
export interface ImportUpload {
  id: string;
  broughtBy: string;
  broughtAt: Date;
  files: { name: FileName; bytes: number }[];
  state: UploadState;
  checkedAt: Date | null;
  faults: number | null;
  goodRows: number | null;
  mode: 'all' | 'valid' | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  endedAt: Date | null;
  version: number;
}

/** One upload; held until the transaction ends where it is to be changed. Null where there is none for the one who asks. */
export async function findUpload(
  tx: Transaction,
  id: string,
  toChange = false,
): Promise<ImportUpload | null> {
  const { rows } = await sql<ImportUpload>`
    select u.id, coalesce(b.name, 'Somebody') as "broughtBy", u.brought_at as "broughtAt", u.files, u.state,
      u.checked_at as "checkedAt", u.faults, u.good_rows as "goodRows", u.mode, d.name as "decidedBy",
      u.decided_at as "decidedAt", u.ended_at as "endedAt", u.version
    from service.import_upload u
    left join identity.account b on b.id = u.brought_by left join identity.account d on d.id = u.decided_by
    where u.id = ${id} ${toChange ? sql`for update of u` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** What was imported, here or by the command line. */
export interface PastImport {
  id: string;
  beganAt: Date;
  onBehalfOf: string | null;
  source: string;
  files: Partial<Record<FileName, FileOutcome>>;
  /** Null for an import of a version that did not keep it. */
  told: {
    faults: number;
    passedOver: string[];
    known: number;
    move: number;
    unlike: number;
    /** These two not for an import of a version that did not look for them. */
    continued?: number;
    odd?: ImportOutcome['odd'];
  } | null;
}

const pastColumns = sql`i.id, i.began_at as "beganAt", a.name as "onBehalfOf", i.source, i.files, i.told`;

export async function findPastImport(tx: Transaction, id: string): Promise<PastImport | null> {
  const { rows } = await sql<PastImport>`
    select ${pastColumns} from service.import i left join identity.account a on a.id = i.on_behalf_of
    where i.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** A line of the list: what was brought in the browser, with what became of it, or imported by the command line. */
export interface ListedImport {
  id: string;
  at: Date;
  who: string | null;
  names: string[];
  /** Null for one of the command line. */
  state: UploadState | null;
  /** What changed, where anything was imported. */
  files: PastImport['files'] | null;
}

/** The most that the list holds. */
export const MOST_LISTED = 100;

/** Every import, the newest first. */
export async function listImports(tx: Transaction): Promise<ListedImport[]> {
  const { rows } = await sql<ListedImport>`
    select coalesce(u.id, i.id) as id, coalesce(u.brought_at, i.began_at) as at, a.name as who, u.state, i.files,
      case when u.id is null then array(select jsonb_object_keys(i.files))
        else array(select f ->> 'name' from jsonb_array_elements(u.files) f) end as names
    from service.import_upload u full join service.import i on i.id = u.id
    left join identity.account a on a.id = coalesce(u.decided_by, u.brought_by, i.on_behalf_of)
    order by 2 desc, 1 desc limit ${MOST_LISTED}`.execute(tx);
  return rows;
}

/** When the last import ended that is not this one; null where there was none. */
export async function lastOtherImport(tx: Transaction, id: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(recorded_at) as at from service.import where id <> ${id}`.execute(tx);
  return rows[0]?.at ?? null;
}

/** What the check found; null where there is nothing of it, or no more. */
export async function findPreview(
  tx: Transaction,
  keyring: Keyring,
  uploadId: string,
): Promise<ImportPreview | null> {
  const kept = await readWhole(tx, keyring, uploadId, 'preview');
  if (kept === null) return null;
  const found: ImportPreview = JSON.parse(kept.toString());
  // One that waits from before a version that looks for more has none of it.
  const preview = {
    ...found,
    odd: found.odd ?? { count: 0, kept: [] },
    findings: { ...NOTHING_FOUND, ...found.findings },
  };
  const { rows } = await sql<{ id: string }>`select need_to_know.closed_to_me() as id`.execute(tx);
  return { ...preview, findings: withoutClosed(preview.findings, new Set(rows.map(({ id }) => id))) };
}

/** Findings without those of records that do not exist for whoever reads. */
function withoutClosed(findings: Findings, closed: ReadonlySet<string>): Findings {
  const open = <Each extends { count: number; kept: { personId: string; otherPersonId: string | null }[] }>(
    found: Each,
  ): Each => {
    const kept = found.kept.filter(
      ({ personId, otherPersonId }) => !closed.has(personId) && !closed.has(otherPersonId ?? ''),
    );
    return { ...found, count: countWith(found.count, kept.length), kept };
  };
  return {
    known: open(findings.known),
    move: open(findings.move),
    unlike: open(findings.unlike),
    continued: open(findings.continued),
  };
}

/** How far the work is; null where it has not begun. */
export async function findProgress(
  tx: Transaction,
  keyring: Keyring,
  uploadId: string,
): Promise<ImportProgress | null> {
  const kept = await readWhole(tx, keyring, uploadId, 'progress');
  return kept === null ? null : JSON.parse(kept.toString());
}

/** The file of faults, opened; null where there is none, or no more. */
export const findFaultsFile = (tx: Transaction, keyring: Keyring, uploadId: string): Promise<Buffer | null> =>
  readWhole(tx, keyring, uploadId, 'faults.csv');

interface KeptRow {
  kind: keyof Findings;
  personId: string;
  otherPersonId: string | null;
  details: object;
  person: ComparedRow;
  other: ComparedRow | null;
}

/** What is kept of what an import told people to look at, as far as whoever asks may see whom it is about. */
export async function findingsOf(tx: Transaction, { id, told }: PastImport): Promise<Findings> {
  const { rows } = await sql<KeptRow>`
    select f.kind, f.person_id as "personId", f.other_person_id as "otherPersonId", f.details, to_jsonb(p) as person,
      to_jsonb(o) as other
    from service.import_finding f
    join service.person p on p.id = f.person_id left join service.person o on o.id = f.other_person_id
    where f.import_id = ${id} order by f.kind, f.place`.execute(tx);
  const found = <Kind extends keyof Findings>(kind: Kind) => {
    const ofKind = rows.filter((row) => row.kind === kind);
    return {
      count: countWith(told?.[kind] ?? 0, ofKind.length),
      kept: ofKind.map(({ personId, otherPersonId, details, person, other }) => ({
        personId,
        otherPersonId,
        // Why two records are alike is read on them as they are now.
        told: other === null ? details : { ...details, reasons: whyAlike(person, other) },
      })),
    } as Findings[Kind];
  };
  return {
    known: found('known'),
    move: found('move'),
    unlike: found('unlike'),
    continued: found('continued'),
  };
}
