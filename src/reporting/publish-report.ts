import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';
import { alone } from '../platform/jobs/alone.ts';
import { Refusal } from '../platform/refusal.ts';
import { cellsInWords } from './cell-in-words.ts';
import { type ComputedEdition, computeEditions } from './compute-editions.ts';
import { type NrmMadeSince, nrmMadeSince } from './nrm-made-since.ts';
import { figuresAsText } from './report-commands.ts';
import { contentOf, frozenOf } from './report-content.ts';
import type { SignOff } from './report-document.ts';
import type { Edition } from './report-figures.ts';
import { earlierReports, figuresOf, findReport, type Report, textsOf } from './report-queries.ts';

/** How many seconds of work the auditor has for an edition before it begins anew: what it never refutes is not published. */
const AUDIT_SECONDS = 60;

/**
 * Publishes the reports that were signed off and wait for it, one after another: works every figure out again as at its moment,
 * hides what is small, has the auditor try to find out what is hidden, and freezes it all in one transaction. What is exposed, or is not
 * what was signed off, is refused, in words on the report. Killed at any moment it leaves nothing half published, and
 * asked again, or by two workers at once, it publishes once.
 */
export async function publishReports(
  database: Database,
  { auditSeconds = AUDIT_SECONDS, stopping }: { auditSeconds?: number; stopping?: AbortSignal } = {},
): Promise<void> {
  await alone(database, advisoryLocks.publishing, async () => {
    const tried = new Set<string>();
    let failure: unknown;
    for (let id = await nextWaiting(database, tried); id !== null; id = await nextWaiting(database, tried)) {
      if (stopping?.aborted) return;
      tried.add(id);
      await publish(database, id, auditSeconds, stopping).catch((error: unknown) => {
        failure ??= error;
      });
    }
    if (failure !== undefined) throw failure;
  });
}

/** The report that has waited longest to be published. */
async function nextWaiting(database: Database, tried: ReadonlySet<string>): Promise<string | null> {
  const { rows } = await database.asTask('housekeeping', (tx) =>
    sql<{ id: string }>`
      select id from service.report
      where state = 'signed-off' and publish_asked_at is not null and publish_fault = '' and id <> all (${[...tried]}::uuid[])
      order by publish_asked_at, id limit 1`.execute(tx),
  );
  return rows[0]?.id ?? null;
}

const FAILED =
  'Something went wrong while it was worked out, and was reported to whoever looks after the server. Publish it again; if that fails too, ask them.';

async function publish(
  database: Database,
  id: string,
  attackFor: number,
  stopping: AbortSignal | undefined,
): Promise<void> {
  const reach = (stage: string) =>
    database.asTask('housekeeping', async (tx) => {
      await act(tx, 'report-being-published', id);
      await sql`update service.report set publish_stage = ${stage} where id = ${id} and state = 'signed-off'`.execute(
        tx,
      );
    });
  await reach('counting');
  const report = await database.asTask('housekeeping', (tx) => findReport(tx, id));
  if (!report) return;
  let computed: ReadonlyMap<Edition, ComputedEdition>;
  try {
    computed = await computeEditions(database, report, report.asAt, { attackFor, stopping, onStage: reach });
  } catch (error) {
    // It waits still, for whoever works next.
    if (stopping?.aborted) return;
    await database.asTask('housekeeping', (tx) =>
      refuse(tx, id, error instanceof Refusal ? error.message : FAILED),
    );
    if (error instanceof Refusal) return;
    throw error;
  }
  const nrm = report.editions.includes('internal')
    ? await database.asTask('statistics', (tx) => nrmMadeSince(tx, report))
    : null;
  await database.asTask('housekeeping', async (tx) => {
    const held = await findReport(tx, id, true);
    // Sent back meanwhile, and perhaps signed off anew: that is published by itself.
    if (held?.state !== 'signed-off' || held.publishAskedAt?.getTime() !== report.publishAskedAt?.getTime())
      return;
    const fault = await faultOf(tx, held, computed);
    if (fault !== null) return await refuse(tx, id, fault);
    await act(tx, 'report-published', id);
    await freeze(tx, held, computed, nrm);
  });
}

const act = (tx: Transaction, action: string, id: string) =>
  sql`select audit.task(${action}, 'report', ${id}, null, '{}')`.execute(tx);

async function refuse(tx: Transaction, id: string, fault: string): Promise<void> {
  await act(tx, 'could-not-publish-report', id);
  await sql`
    update service.report set publish_fault = ${fault}, publish_stage = ''
    where id = ${id} and state = 'signed-off'`.execute(tx);
}

/** Why a report is not published, and what to do: nothing when it may be. Names what is exposed, and no number of it. */
async function faultOf(
  tx: Transaction,
  report: Report,
  computed: ReadonlyMap<Edition, ComputedEdition>,
): Promise<string | null> {
  const kept = await figuresOf(tx, report.id);
  for (const [edition, { figures, exposed, audited }] of computed) {
    if (exposed.length > 0) return exposedInWords(exposed);
    if (audited && !audited.ended)
      return `The auditor did not end within ${Math.round(audited.seconds)} seconds of work, though it began three times and had longer each time, so nobody knows whether the hidden numbers are safe. Send it back and choose a shorter period, or tell whoever looks after the server.`;
    if (audited && audited.found.length > 0)
      return `The auditor could find out what is hidden: ${cellsInWords(audited.found.flat())}. It is not published. Send it back, bring its figures up to date and have it signed off again; if this comes again, tell whoever looks after the server.`;
    if (kept[edition]?.text !== figuresAsText(figures))
      return `The figures of the ${edition} edition are not those that were signed off: something was published since that they must agree with, or a definition has a new version. Send the report back and bring its figures up to date.`;
  }
  return null;
}

/** What it means that numbers can be worked out whatever is hidden, and what to do. */
export const exposedInWords = (exposed: readonly string[]): string =>
  `Whatever is hidden, anybody could work out, from what was published before or because so few are counted: ${cellsInWords(exposed)}. It cannot be published for everybody. Begin a report with an internal edition alone, or one of a longer period whose dates no published report shares in part.`;

async function freeze(
  tx: Transaction,
  report: Report,
  computed: ReadonlyMap<Edition, ComputedEdition>,
  nrm: NrmMadeSince | null,
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
  for (const [edition, { figures, audited }] of computed) {
    const earlier = await earlierReports(tx, {
      id: report.id,
      kind: report.kind,
      areaCode: report.area?.code ?? null,
      edition,
    });
    const content = contentOf(figures, {
      ...report,
      serviceName: service.name,
      texts,
      earlier,
      nrm,
      signOff,
    });
    const [figuresText, words] = [figuresAsText(figures), JSON.stringify(frozenOf(content))];
    const { cells, hidden, tried, seconds, solver } = audited ?? {};
    const audit = audited && JSON.stringify({ cells, hidden, tried, seconds, solver });
    await sql`
      insert into service.report_publication (report_id, edition, kind, title, area, period_from, period_to, published_at, figures,
        words, sha256, audit)
      values (${report.id}, ${edition}, ${report.kind}, ${report.title}, ${report.area?.code ?? null}, ${report.period.from},
        ${report.period.to}, ${service.now}, ${figuresText}, ${words}, ${sha256Of(figuresText, words)}, ${audit}::jsonb)`.execute(
      tx,
    );
  }
  await sql`
    update service.report set state = 'published', publish_stage = '', published_at = ${service.now}
    where id = ${report.id}`.execute(tx);
}

/** The hash of what is published, in hexadecimal. */
export const sha256Of = (figures: string, words: string): string =>
  createHash('sha256').update(`${figures}\n${words}`).digest('hex');
