import { sql } from 'kysely';
import type pg from 'pg';
import { londonDate } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { asGate } from '../platform/database/as-gate.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';
import { hasCode } from '../platform/error-code.ts';
import { readLogs, type WrittenDisposal, writeDown } from './disposal-log.ts';
import { keepUntil, type RecordType, type RetentionPeriod } from './retention.ts';

/** Background work, under the database role of the disposal task. */

interface DisposedRow {
  subject_id: string;
  subject_kind: 'person' | 'referral';
  request_id: string;
  reference_digest: Buffer;
  referral_ids: string[];
  account_ids: string[];
  at: Date;
}

export interface CarriedOut {
  /** Ids of the requests that were carried out now. */
  done: string[];
  /** Those that wait although two people approved them, and the database's reason: a legal hold, or work that goes on. */
  waiting: { request: string; why: string }[];
}

/**
 * Carries out what two people approved, one transaction each. It is written down outside the database before its
 * transaction ends: where that cannot be done, nothing is disposed of.
 *
 * @param jobs the background login's database.
 * @param folders where it is written down (`logFolders`).
 */
export async function carryOutDisposals(jobs: Database, folders: readonly string[]): Promise<CarriedOut> {
  const carriedOut: CarriedOut = { done: [], waiting: [] };
  const approved = await jobs.asTask('disposal', (tx) =>
    tx
      .selectFrom('disposal.request')
      .select('id')
      .where('carried_out_at', 'is', null)
      .orderBy('approved_at')
      .execute(),
  );
  for (const { id } of approved) {
    try {
      await jobs.asTask('disposal', async (tx) => {
        // Words of searches are looked for wherever they are, which takes as long as it takes.
        await sql`set local statement_timeout = 0`.execute(tx);
        const gone = await sql<DisposedRow>`select * from disposal.carry_out(${id})`.execute(tx);
        for (const row of gone.rows) await writeDown(folders, written(row));
      });
      carriedOut.done.push(id);
    } catch (error) {
      if (!hasCode(error, '55000')) throw error;
      carriedOut.waiting.push({ request: id, why: (error as Error).message });
    }
  }
  return carriedOut;
}

/** Whether the database's files may still hold bytes of what was disposed of: `writeFilesAnew` clears them away. */
export async function filesHoldTraces(jobs: Database): Promise<boolean> {
  const found = await jobs.asTask('disposal', (tx) =>
    tx
      .selectFrom('disposal.request')
      .select('id')
      .where('carried_out_at', 'is not', null)
      .where('erased_at', 'is', null)
      .limit(1)
      .executeTakeFirst(),
  );
  return found !== undefined;
}

function written(row: DisposedRow): WrittenDisposal {
  return {
    at: row.at.toISOString(),
    request: row.request_id,
    kind: row.subject_kind,
    subject: row.subject_id,
    reference: row.reference_digest.toString('hex'),
    referrals: row.referral_ids,
    accounts: row.account_ids,
  };
}

/** The database's own list of what it has disposed of; none where it is from before there was such a list. */
export async function readDisposed(owner: pg.Client): Promise<WrittenDisposal[]> {
  const there = await owner.query<{ yes: boolean }>(
    `select to_regclass('disposal.disposed') is not null as yes`,
  );
  if (!there.rows[0]?.yes) return [];
  const { rows } = await asGate(owner, () => owner.query<DisposedRow>('select * from disposal.disposed'));
  return rows.map(written);
}

/**
 * Disposes again of all that an older backup has brought back, by the logs and by the database that it takes the place
 * of. Gives how many there were.
 *
 * @param owner a client of the restored database's owner.
 */
export async function disposeAgain(
  owner: pg.Client,
  folders: readonly string[],
  disposed: readonly WrittenDisposal[],
): Promise<{ again: number; unreadable: number }> {
  const { disposals, unreadable } = await readLogs(folders);
  let again = 0;
  for (const each of [...disposals, ...disposed]) {
    const { rows } = await asGate(owner, () =>
      owner.query<{ applied: boolean }>(
        'select disposal.apply_again($1, $2, $3, $4, $5, $6, $7) as applied',
        [
          each.subject,
          each.kind,
          each.request,
          Buffer.from(each.reference, 'hex'),
          each.referrals,
          each.accounts,
          each.at,
        ],
      ),
    );
    if (rows[0]?.applied) again += 1;
  }
  return { again, unreadable };
}

const BATCH = 2_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Reckons anew until when every closed record is kept. To be done every night; the pages show what it found. */
export async function reviewRetention(jobs: Database, now: Date): Promise<void> {
  for (const kind of ['person', 'referral'] as const) {
    let after: string | null = BEFORE_ALL;
    while (after !== null) {
      const from: string = after;
      after = await jobs.asTask('disposal', (tx) => reviewBatch(tx, kind, from, now));
    }
  }
}

interface FactsRow {
  subject_id: string;
  reference: string;
  record_type: RecordType;
  date_of_birth: string | null;
  closed_at: Date;
  is_open: boolean;
}

/** Gives the id after which the next batch begins; null after the last. */
async function reviewBatch(
  tx: Transaction,
  kind: 'person' | 'referral',
  after: string,
  now: Date,
): Promise<string | null> {
  const today = londonDate(now);
  const periods = await retentionPeriods(tx);
  const facts = await sql<FactsRow>`select * from disposal.facts(${kind}, ${after}, ${BATCH})`.execute(tx);
  const closed = facts.rows
    .filter((row) => !row.is_open)
    .map((row) => {
      const closedOn = londonDate(row.closed_at);
      const dateOfBirth = row.date_of_birth === null ? null : plainDate(row.date_of_birth);
      const until = keepUntil({ recordType: row.record_type, closedOn, dateOfBirth }, periods, today);
      return {
        subject_kind: kind,
        subject_id: row.subject_id,
        reference: row.reference,
        record_type: row.record_type,
        closed_on: closedOn,
        keep_until: until,
      };
    });
  const last = facts.rows.length < BATCH ? null : (facts.rows.at(-1)?.subject_id ?? null);
  let gone = tx
    .deleteFrom('disposal.retention')
    .where('subject_kind', '=', kind)
    .where('subject_id', '>', after)
    .where(sql<boolean>`subject_id <> all (${closed.map((row) => row.subject_id)}::uuid[])`);
  if (last !== null) gone = gone.where('subject_id', '<=', last);
  await gone.execute();
  await sql`
    insert into disposal.retention as r (subject_kind, subject_id, reference, record_type, closed_on, keep_until)
    select * from jsonb_to_recordset(${JSON.stringify(closed)}::jsonb)
      as c (subject_kind text, subject_id uuid, reference text, record_type text, closed_on date, keep_until date)
    on conflict (subject_kind, subject_id) do update
      set record_type = excluded.record_type, closed_on = excluded.closed_on, keep_until = excluded.keep_until
      where (r.record_type, r.closed_on, r.keep_until) is distinct from (excluded.record_type, excluded.closed_on, excluded.keep_until)
  `.execute(tx);
  return last;
}

async function retentionPeriods(tx: Transaction): Promise<RetentionPeriod[]> {
  const rows = await tx.selectFrom('reference.retention_period').selectAll().execute();
  return rows.map((row) => ({
    recordType: row.record_type as RecordType,
    inForceFrom: plainDate(row.in_force_from),
    yearsAfterClosing: row.years_after_closing,
    untilAge: row.until_age,
  }));
}
