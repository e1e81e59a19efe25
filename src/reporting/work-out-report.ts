import { sql } from 'kysely';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Database } from '../platform/database/transaction.ts';
import { alone } from '../platform/jobs/alone.ts';
import { Refusal } from '../platform/refusal.ts';
import { computeEditions } from './compute-editions.ts';
import { keepFigures } from './report-commands.ts';
import { findReport } from './report-queries.ts';

/**
 * Works out the public editions of drafts that wait for them: what protects one takes too long for a page. Asked again, or by
 * another process meanwhile, it changes nothing.
 */
export async function workOutReports(database: Database, stopping?: AbortSignal): Promise<void> {
  await alone(database, advisoryLocks.workingOut, async () => {
    const tried = new Set<string>();
    for (let id = await nextDraft(database, tried); id !== null; id = await nextDraft(database, tried)) {
      if (stopping?.aborted) return;
      tried.add(id);
      await workOut(database, id, stopping);
    }
  });
}

/** The draft that has waited longest. */
async function nextDraft(database: Database, tried: ReadonlySet<string>): Promise<string | null> {
  const { rows } = await database.asTask('housekeeping', (tx) =>
    sql<{ id: string }>`
      select r.id from service.report r
      where r.state = 'draft' and 'public' = any (r.editions) and r.publish_fault = '' and r.id <> all (${[...tried]}::uuid[])
        and not exists (
          select from service.report_figures f where f.report_id = r.id and f.edition = 'public' and f.as_at = r.as_at)
      order by r.as_at, r.id limit 1`.execute(tx),
  );
  return rows[0]?.id ?? null;
}

async function workOut(database: Database, id: string, stopping?: AbortSignal): Promise<void> {
  const report = await database.asTask('housekeeping', (tx) => findReport(tx, id));
  if (report?.state !== 'draft') return;
  const worked = await computeEditions(database, { ...report, editions: ['public'] }, report.asAt, {
    stopping,
  }).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    if (stopping?.aborted) return null;
    throw error;
  });
  if (!worked) return;
  await database.asTask('housekeeping', async (tx) => {
    const held = await findReport(tx, id, true);
    // Brought up to date meanwhile: it waits again.
    if (held?.state !== 'draft' || held.asAt.getTime() !== report.asAt.getTime()) return;
    await sql`select audit.task('report-worked-out', 'report', ${id}, null, '{}')`.execute(tx);
    if (worked instanceof Refusal)
      await sql`update service.report set publish_fault = ${worked.message} where id = ${id}`.execute(tx);
    else await keepFigures(tx, report, worked);
  });
}
