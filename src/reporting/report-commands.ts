import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { type AmendmentOutcome, saveSettled, settleAmendment } from '../platform/history/document.ts';
import { Refusal } from '../platform/refusal.ts';
import { countingAs } from '../statistics/counting-as.ts';
import type { Period } from '../statistics/measure.ts';
import { settledMoment } from '../statistics/settled.ts';
import type { ComputedEdition } from './compute-editions.ts';
import { kindOfReport } from './compute-report.ts';
import type { ReportKind } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import type { Report } from './report-queries.ts';
import { textDocument } from './text-document.ts';

/** What a report is to be. */
export interface ReportWanted {
  readonly kind: ReportKind;
  readonly title: string;
  readonly areaCode: string | null;
  readonly period: Period;
  readonly comparison: Period | null;
  readonly editions: readonly Edition[];
  readonly marking: string;
  /** The moment that its figures are as at; now unless told. */
  readonly asAt?: Date | null;
}

/**
 * Begins a report, with its figures.
 *
 * @returns its id
 * @throws Refusal where figures cannot be worked out, saying what to do
 */
export async function createReport(tx: Transaction, asker: Asker, wanted: ReportWanted): Promise<string> {
  const { asAt, figures } = await workOut(tx, wanted);
  const { rows } = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, {
    action: 'begin-report',
    subject: { kind: 'report', id },
    detail: { kind: wanted.kind, from: wanted.period.from, to: wanted.period.to },
  });
  await sql`
    insert into service.report (id, kind, title, area, period_from, period_to, comparison_from, comparison_to, as_at, editions,
      marking, author_id)
    values (${id}, ${wanted.kind}, ${wanted.title}, ${wanted.areaCode}, ${wanted.period.from}, ${wanted.period.to},
      ${wanted.comparison?.from ?? null}, ${wanted.comparison?.to ?? null}, ${asAt}, ${wanted.editions}::text[],
      ${wanted.marking}, ${asker.accountId})`.execute(tx);
  await keepExact(tx, { id, asAt }, figures);
  return id;
}

/** The exact figures, as at now unless a moment is told. Those of a public edition follow from the background. */
async function workOut(
  tx: Transaction,
  wanted: Pick<ReportWanted, 'kind' | 'areaCode' | 'period' | 'comparison' | 'asAt'>,
): Promise<{ asAt: Date; figures: ReportFigures }> {
  const { period, comparison } = wanted;
  const outcome = await countingAs(tx, async (counting) => {
    try {
      const asAt = await settledMoment(counting, wanted.asAt ?? null);
      const figures = await kindOfReport(wanted.kind).compute(
        counting,
        { period, comparison, asAt },
        { edition: 'internal', area: wanted.areaCode, until: null },
      );
      return { asAt, figures };
    } catch (error) {
      // What is refused is told on a page, by whoever asked: the rights that count are given back first.
      if (error instanceof Refusal) return error;
      throw error;
    }
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** Figures as they are kept, hashed and compared: one form of JSON. */
export const figuresAsText = (figures: ReportFigures): string => JSON.stringify(figures);

async function keepExact(
  tx: Transaction,
  { id, asAt }: Pick<Report, 'id' | 'asAt'>,
  figures: ReportFigures,
): Promise<void> {
  await sql`
    insert into service.report_figures (report_id, edition, figures, as_at)
    values (${id}, 'internal', ${figuresAsText(figures)}, ${asAt})
    on conflict (report_id, edition) do update set figures = excluded.figures, as_at = excluded.as_at`.execute(
    tx,
  );
}

/** Keeps what the background worked out for a draft as at a moment, and what of it can be found out whatever is hidden. */
export async function keepFigures(
  tx: Transaction,
  { id, asAt }: Pick<Report, 'id' | 'asAt'>,
  computed: ReadonlyMap<Edition, Pick<ComputedEdition, 'figures' | 'exposed'>>,
): Promise<void> {
  for (const [edition, { figures, exposed }] of computed)
    await sql`
      insert into service.report_figures (report_id, edition, figures, as_at, exposed)
      values (${id}, ${edition}, ${figuresAsText(figures)}, ${asAt}, ${[...exposed]}::text[])
      on conflict (report_id, edition)
      do update set figures = excluded.figures, as_at = excluded.as_at, exposed = excluded.exposed`.execute(
      tx,
    );
}

/** Works the figures of a draft out again, as at now. */
export async function refreshFigures(tx: Transaction, report: Report): Promise<void> {
  const { asAt, figures } = await workOut(tx, { ...report, areaCode: report.area?.code ?? null, asAt: null });
  await recordCommand(tx, { action: 'refresh-report', subject: { kind: 'report', id: report.id } });
  await sql`update service.report set as_at = ${asAt}, publish_fault = '' where id = ${report.id}`.execute(
    tx,
  );
  await keepExact(tx, { ...report, asAt }, figures);
}

/** Writes a section's text; what it said before is kept. @param typed the version it was made from, 0 where there was none */
export async function writeText(
  tx: Transaction,
  report: Report,
  section: string,
  typed: { version: number; seen?: number | undefined; words: string; choice: 'mine' | 'theirs' | undefined },
): Promise<AmendmentOutcome<'words'>> {
  await recordCommand(tx, {
    action: 'write-report-text',
    subject: { kind: 'report', id: report.id },
    detail: { section },
  });
  await sql`
    insert into service.report_text (report_id, section, words) values (${report.id}, ${section}, '')
    on conflict (report_id, section) do nothing`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select id from service.report_text where report_id = ${report.id} and section = ${section} for no key update`.execute(
    tx,
  );
  const id = rows[0]?.id;
  if (id === undefined) return { kind: 'missing' };
  const settled = await settleAmendment(tx, textDocument, id, {
    version: typed.version,
    seen: typed.seen,
    values: () => ({ words: typed.words }),
    choices: { words: typed.choice },
  });
  if (settled.kind !== 'settled') return settled;
  await saveSettled(tx, textDocument, id, settled);
  return { kind: 'saved' };
}

/** The title and the marking of a draft. @returns false when somebody changed the report since `version` */
export async function changeReport(
  tx: Transaction,
  report: Report,
  to: { title: string; marking: string; version: number },
): Promise<boolean> {
  await recordCommand(tx, { action: 'change-report', subject: { kind: 'report', id: report.id } });
  const changed = await tx
    .updateTable('service.report')
    .set({ title: to.title, marking: to.marking })
    .where('id', '=', report.id)
    .where('version', '=', to.version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Hands a draft to somebody else to sign off. */
export async function submitReport(tx: Transaction, report: Report): Promise<void> {
  await recordCommand(tx, { action: 'submit-report', subject: { kind: 'report', id: report.id } });
  await sql`update service.report set state = 'submitted', submitted_at = now(), sent_back = '' where id = ${report.id}`.execute(
    tx,
  );
}

/** Gives what was submitted, or signed off, back to its author. */
export async function sendBackReport(tx: Transaction, report: Report, why: string): Promise<void> {
  await recordCommand(tx, { action: 'send-back-report', subject: { kind: 'report', id: report.id } });
  await sql`
    update service.report set state = 'draft', sent_back = ${why}, submitted_at = null, signed_off_by = null, signed_off_at = null,
      publish_asked_at = null, publish_fault = '' where id = ${report.id}`.execute(tx);
}

/** Signs a report off, which asks for it to be published: the database refuses whoever wrote any of it. */
export async function signOffReport(tx: Transaction, report: Report, asker: Asker): Promise<void> {
  await recordCommand(tx, { action: 'sign-off-report', subject: { kind: 'report', id: report.id } });
  await sql`
    update service.report set state = 'signed-off', signed_off_by = ${asker.accountId}, signed_off_at = now(), publish_asked_at = now()
    where id = ${report.id}`.execute(tx);
}

/** Asks once more for what is signed off and could not be published. */
export async function askToPublish(tx: Transaction, report: Report): Promise<void> {
  await recordCommand(tx, { action: 'publish-report', subject: { kind: 'report', id: report.id } });
  await sql`
    update service.report set publish_asked_at = now(), publish_fault = '' where id = ${report.id} and state = 'signed-off'`.execute(
    tx,
  );
}

/** Whether somebody wrote any of a report's texts: they do not sign it off. */
export async function wroteAnyOf(tx: Transaction, reportId: string, accountId: string): Promise<boolean> {
  const { rows } = await sql<{ wrote: boolean }>`
    select exists (
      select from service.report r where r.id = ${reportId} and r.author_id = ${accountId}
      union all select from service.report_text where report_id = ${reportId} and recorded_by = ${accountId}
      union all select from history.report_text where report_id = ${reportId} and recorded_by = ${accountId}) as wrote`.execute(
    tx,
  );
  return rows[0]?.wrote ?? true;
}
