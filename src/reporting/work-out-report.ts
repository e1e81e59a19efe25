import { sql } from 'kysely';
import type { Database } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { computeEditions, keepFigures } from './report-commands.ts';
import { findReport } from './report-queries.ts';

/**
 * Works out the public edition of a draft, as at the moment of its figures: what protects it takes too long for a page. Doing it
 * again changes nothing.
 */
export async function workOutReport(database: Database, reportId: string): Promise<void> {
  const report = await database.asTask('housekeeping', (tx) => findReport(tx, reportId));
  if (report?.state !== 'draft' || !report.editions.includes('public')) return;
  const worked = await database
    .asTask('statistics', (tx) =>
      computeEditions(
        tx,
        { ...report, areaCode: report.area?.code ?? null, editions: ['public'] },
        report.asAt,
      ),
    )
    .catch((error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    });
  await database.asTask('housekeeping', async (tx) => {
    const held = await findReport(tx, reportId, true);
    // Brought up to date meanwhile: another job is on its way.
    if (held?.state !== 'draft' || held.asAt.getTime() !== report.asAt.getTime()) return;
    await sql`select audit.task('report-worked-out', 'report', ${reportId}, null, '{}')`.execute(tx);
    if (worked instanceof Refusal) {
      await sql`update service.report set publish_fault = ${worked.message} where id = ${reportId}`.execute(
        tx,
      );
      return;
    }
    await keepFigures(tx, reportId, worked);
  });
}
