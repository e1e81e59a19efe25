import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';
import { computeEditions, figuresAsText } from './report-commands.ts';
import { contentOf, frozenOf } from './report-content.ts';
import type { SignOff } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import { earlierReports, figuresOf, findReport, type Report, textsOf } from './report-queries.ts';

/**
 * Publishes a report that was signed off: works every figure out again as at its moment, makes sure that they are those that
 * were signed off, and freezes them. Doing it again changes nothing.
 */
export async function publishReport(database: Database, reportId: string): Promise<void> {
  const { report, published } = await database.asTask('housekeeping', async (tx) => ({
    report: await reportToPublish(tx, reportId),
    published: await countPublished(tx),
  }));
  if (!report) return;
  const again = await database.asTask('statistics', (tx) =>
    computeEditions(tx, { ...report, areaCode: report.area?.code ?? null }, report.asAt),
  );
  await database.asTask('housekeeping', async (tx) => {
    const held = await reportToPublish(tx, reportId);
    if (!held) return;
    // What is hidden goes by all that was published before: one report is frozen at a time.
    await sql`select pg_advisory_xact_lock(${advisoryLocks.publishing})`.execute(tx);
    if ((await countPublished(tx)) !== published)
      throw new Error('Another report was published meanwhile: this one is worked out again');
    const kept = await figuresOf(tx, reportId);
    const other = held.editions.find((edition) => {
      const figures = again.get(edition);
      return !figures || kept[edition]?.text !== figuresAsText(figures);
    });
    if (other) {
      await act(tx, 'could-not-publish-report', reportId);
      await sql`
        update service.report set publish_fault = ${`The figures of the ${other} edition are not those that were signed off, though they are as at the same moment. Send the report back and bring its figures up to date.`}
        where id = ${reportId}`.execute(tx);
      return;
    }
    await act(tx, 'report-published', reportId);
    await freeze(tx, held, again);
  });
}

async function countPublished(tx: Transaction): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from service.report_publication`.execute(tx);
  return rows[0]?.count ?? 0;
}

async function reportToPublish(tx: Transaction, id: string): Promise<Report | null> {
  const report = await findReport(tx, id, true);
  return report?.state === 'signed-off' && report.publishAskedAt !== null ? report : null;
}

const act = (tx: Transaction, action: string, id: string) =>
  sql`select audit.task(${action}, 'report', ${id}, null, '{}')`.execute(tx);

async function freeze(
  tx: Transaction,
  report: Report,
  figures: ReadonlyMap<Edition, ReportFigures>,
): Promise<void> {
  const texts = await textsOf(tx, report.id);
  const { rows } = await sql<{ name: string; now: Date }>`
    select service_name as name, date_trunc('milliseconds', now()) as now from reference.service_details`.execute(
    tx,
  );
  const [service] = rows;
  if (!service || report.signedOffBy === null || report.signedOffAt === null)
    throw new Error('A report that is signed off has nobody who signed it');
  const signOff: SignOff = {
    author: report.author,
    signedOffBy: report.signedOffBy,
    signedOffAt: report.signedOffAt.toISOString(),
    publishedAt: service.now.toISOString(),
  };
  for (const [edition, of] of figures) {
    const earlier = await earlierReports(tx, {
      id: report.id,
      kind: report.kind,
      areaCode: report.area?.code ?? null,
      edition,
    });
    const content = contentOf(of, { ...report, serviceName: service.name, texts, earlier, signOff });
    const [figuresText, words] = [figuresAsText(of), JSON.stringify(frozenOf(content))];
    await sql`
      insert into service.report_publication (report_id, edition, kind, title, area, period_from, period_to, published_at, figures,
        words, sha256)
      values (${report.id}, ${edition}, ${report.kind}, ${report.title}, ${report.area?.code ?? null}, ${report.period.from},
        ${report.period.to}, ${service.now}, ${figuresText}, ${words}, ${sha256Of(figuresText, words)})`.execute(
      tx,
    );
  }
  await sql`update service.report set state = 'published', published_at = ${service.now} where id = ${report.id}`.execute(
    tx,
  );
}

/** The hash of what is published, in hexadecimal. */
export const sha256Of = (figures: string, words: string): string =>
  createHash('sha256').update(`${figures}\n${words}`).digest('hex');
