import { sql } from 'kysely';
import { plainDate } from '../platform/clock/plain-date.ts';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Version } from '../platform/history/changes.ts';
import { versionsOfDocument } from '../platform/history/document.ts';
import type { Audited } from '../statistics/disclosure/audit.ts';
import type { Period } from '../statistics/measure.ts';
import type { EarlierReport } from './caveats.ts';
import type { Frozen, ReportKind } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import { textDocument } from './text-document.ts';

export type ReportState = 'draft' | 'submitted' | 'signed-off' | 'published';

/** How far the background is with a publication; empty where it is not at it. */
export type PublishStage = '' | 'counting' | 'hiding' | 'auditing';

/** A report that is written, or was. */
export interface Report {
  readonly id: string;
  readonly kind: ReportKind;
  readonly title: string;
  readonly area: { readonly code: string; readonly name: string } | null;
  readonly period: Period;
  readonly comparison: Period | null;
  readonly asAt: Date;
  readonly editions: readonly Edition[];
  readonly marking: string;
  readonly state: ReportState;
  readonly authorId: string;
  readonly author: string;
  readonly sentBack: string;
  readonly signedOffBy: string | null;
  readonly signedOffAt: Date | null;
  readonly publishAskedAt: Date | null;
  readonly publishStage: PublishStage;
  readonly publishFault: string;
  readonly publishedAt: Date | null;
  readonly version: number;
}

const reportColumns = sql`r.id, r.kind, r.title, r.area, p.name as area_name, r.period_from::text, r.period_to::text,
  r.comparison_from::text, r.comparison_to::text, r.as_at, r.editions, r.marking, r.state, r.author_id, a.name as author,
  r.sent_back, s.name as signed_off_by, r.signed_off_at, r.publish_asked_at, r.publish_stage, r.publish_fault, r.published_at, r.version`;
const reportTables = sql`service.report r left join reference.area p on p.code = r.area
  left join identity.account a on a.id = r.author_id left join identity.account s on s.id = r.signed_off_by`;

interface ReportRow {
  id: string;
  kind: ReportKind;
  title: string;
  area: string | null;
  area_name: string | null;
  period_from: string;
  period_to: string;
  comparison_from: string | null;
  comparison_to: string | null;
  as_at: Date;
  editions: Edition[];
  marking: string;
  state: ReportState;
  author_id: string;
  author: string | null;
  sent_back: string;
  signed_off_by: string | null;
  signed_off_at: Date | null;
  publish_asked_at: Date | null;
  publish_stage: PublishStage;
  publish_fault: string;
  published_at: Date | null;
  version: number;
}

const reportFrom = (row: ReportRow): Report => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  area: row.area === null ? null : { code: row.area, name: row.area_name ?? row.area },
  period: { from: plainDate(row.period_from), to: plainDate(row.period_to) },
  comparison:
    row.comparison_from === null || row.comparison_to === null
      ? null
      : { from: plainDate(row.comparison_from), to: plainDate(row.comparison_to) },
  asAt: row.as_at,
  editions: row.editions,
  marking: row.marking,
  state: row.state,
  authorId: row.author_id,
  author: row.author ?? '',
  sentBack: row.sent_back,
  signedOffBy: row.signed_off_by,
  signedOffAt: row.signed_off_at,
  publishAskedAt: row.publish_asked_at,
  publishStage: row.publish_stage,
  publishFault: row.publish_fault,
  publishedAt: row.published_at,
  version: row.version,
});

/** How many of the newest are listed. */
const MOST_LISTED = 100;

/** Reports that are not published yet, the newest first. */
export async function listOpenReports(tx: Transaction): Promise<Report[]> {
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} from ${reportTables} where r.state <> 'published' order by r.id desc limit ${MOST_LISTED}`.execute(
    tx,
  );
  return rows.map(reportFrom);
}

/** @param held keeps it from changing until the transaction ends */
export async function findReport(tx: Transaction, id: string, held = false): Promise<Report | null> {
  // Whoever waits for a report that somebody holds records nothing that is counted, and is not waited for by who holds it.
  if (held) await sql`select pg_advisory_xact_lock_shared(${advisoryLocks.counting})`.execute(tx);
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} from ${reportTables} where r.id = ${id} ${held ? sql`for no key update of r` : sql``}`.execute(
    tx,
  );
  return rows[0] ? reportFrom(rows[0]) : null;
}

/** What the author wrote, by section; empty texts are left out. */
export async function textsOf(tx: Transaction, reportId: string): Promise<Record<string, string>> {
  const { rows } = await sql<{ section: string; words: string }>`
    select section, words from service.report_text where report_id = ${reportId} and words <> '' order by section`.execute(
    tx,
  );
  return Object.fromEntries(rows.map(({ section, words }) => [section, words]));
}

/** The versions of a section's text, the oldest first; none where nothing was ever written. */
export async function versionsOfText(
  tx: Transaction,
  reportId: string,
  section: string,
): Promise<{ id: string | null; versions: Version<'words'>[] }> {
  const { rows } = await sql<{ id: string }>`
    select id from service.report_text where report_id = ${reportId} and section = ${section}`.execute(tx);
  const id = rows[0]?.id ?? null;
  return { id, versions: id === null ? [] : await versionsOfDocument(tx, textDocument, id) };
}

/** An edition of a draft as it was worked out. */
export interface WorkedOut {
  readonly text: string;
  readonly figures: ReportFigures;
  readonly asAt: Date | null;
  /** What can be found out whatever is hidden, from what was published before or because so few are counted: names of cells. */
  readonly exposed: readonly string[];
}

/** The figures that were worked out for a report, by edition. */
export async function figuresOf(
  tx: Transaction,
  reportId: string,
): Promise<Partial<Record<Edition, WorkedOut>>> {
  const { rows } = await sql<{ edition: Edition; figures: string; as_at: Date | null; exposed: string[] }>`
    select edition, figures, as_at, exposed from service.report_figures where report_id = ${reportId}`.execute(
    tx,
  );
  return Object.fromEntries(
    rows.map(({ edition, figures, as_at: asAt, exposed }) => [
      edition,
      { text: figures, figures: JSON.parse(figures) as ReportFigures, asAt, exposed },
    ]),
  );
}

/** An edition that was published, in a list. */
export interface PublishedEdition {
  readonly id: string;
  readonly reportId: string;
  readonly edition: Edition;
  readonly kind: ReportKind;
  readonly title: string;
  readonly period: Period;
  readonly publishedAt: Date;
}

export interface Publication extends PublishedEdition {
  readonly figuresText: string;
  readonly wordsText: string;
  readonly figures: ReportFigures;
  readonly frozen: Frozen;
  readonly sha256: string;
  readonly audit: KeptAudit | null;
}

/** What the auditor did before an edition was published: it found nothing out. */
export type KeptAudit = Omit<Audited, 'found' | 'ended'>;

interface EditionRow {
  id: string;
  report_id: string;
  edition: Edition;
  kind: ReportKind;
  title: string;
  period_from: string;
  period_to: string;
  published_at: Date;
}

interface PublicationRow extends EditionRow {
  figures: string;
  words: string;
  sha256: string;
  audit: KeptAudit | null;
}

const editionColumns = sql`id, report_id, edition, kind, title, period_from::text, period_to::text, published_at`;
const editionFrom = (row: EditionRow): PublishedEdition => ({
  id: row.id,
  reportId: row.report_id,
  edition: row.edition,
  kind: row.kind,
  title: row.title,
  period: { from: plainDate(row.period_from), to: plainDate(row.period_to) },
  publishedAt: row.published_at,
});
const publicationFrom = (row: PublicationRow): Publication => ({
  ...editionFrom(row),
  figuresText: row.figures,
  wordsText: row.words,
  figures: JSON.parse(row.figures) as ReportFigures,
  frozen: JSON.parse(row.words) as Frozen,
  sha256: row.sha256,
  audit: row.audit,
});

/** What was published and whoever asks may read, the newest first. */
export async function listPublished(tx: Transaction): Promise<PublishedEdition[]> {
  const { rows } = await sql<EditionRow>`
    select ${editionColumns} from service.report_publication order by published_at desc, edition desc limit ${MOST_LISTED}`.execute(
    tx,
  );
  return rows.map(editionFrom);
}

export async function findPublication(tx: Transaction, id: string): Promise<Publication | null> {
  const { rows } = await sql<PublicationRow>`
    select ${editionColumns}, figures, words, sha256, audit from service.report_publication where id = ${id}`.execute(
    tx,
  );
  return rows[0] ? publicationFrom(rows[0]) : null;
}

/** Every edition that was published, or those of one report, or one of them, the oldest first. */
export async function publicationsOf(tx: Transaction, reportId?: string): Promise<Publication[]> {
  const { rows } = await sql<PublicationRow>`
    select ${editionColumns}, figures, words, sha256, audit from service.report_publication
    where ${reportId === undefined ? sql`true` : sql`${reportId}::uuid in (report_id, id)`} order by published_at, edition`.execute(
    tx,
  );
  return rows.map(publicationFrom);
}

/** Editions of a kind that is of no single place, as {@link earlierReports}: for a transaction that counts, which sees no more of them. */
export async function earlierEditions(
  tx: Transaction,
  kind: ReportKind,
  edition: Edition,
): Promise<EarlierReport[]> {
  const { rows } = await sql<PublishedFigures>`
    select published_at, figures from service.report_publication
    where kind = ${kind} and edition = ${edition} order by published_at desc limit 10`.execute(tx);
  return rows.map(earlierFrom);
}

interface PublishedFigures {
  published_at: Date;
  figures: string;
}

const earlierFrom = (row: PublishedFigures): EarlierReport => ({
  publishedAt: row.published_at,
  figures: JSON.parse(row.figures) as ReportFigures,
});

/** Editions of the same kind and place that were published before: what late corrections and new definitions are told against. */
export async function earlierReports(
  tx: Transaction,
  of: {
    readonly kind: ReportKind;
    readonly areaCode: string | null;
    readonly edition: Edition;
    readonly id: string;
  },
): Promise<EarlierReport[]> {
  const { rows } = await sql<PublishedFigures>`
    select published_at, figures from service.report_publication
    where kind = ${of.kind} and area is not distinct from ${of.areaCode} and edition = ${of.edition} and report_id <> ${of.id}
    order by published_at desc limit 10`.execute(tx);
  return rows.map(earlierFrom);
}
