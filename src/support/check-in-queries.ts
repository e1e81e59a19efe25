import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

/** Where a worker is who went alone. */
export interface CheckIn {
  id: string;
  workerId: string;
  workerName: string;
  goingTo: string;
  wentAt: Date;
  expectedBackAt: Date;
  /** When they were back; null while they are out. */
  checkedInAt: Date | null;
}

/** Who is out, as far as the asker may see: their own, or all of their provider's; the longest overdue first. */
export async function whoIsOut(tx: Transaction, most: number): Promise<CheckIn[]> {
  return await readCheckIns(
    tx,
    sql`where c.checked_in_at is null order by c.expected_back_at, c.id limit ${most}`,
  );
}

/** How many should have been back by now and have not said that they are. @param most where to stop counting */
export async function countOverdueCheckIns(tx: Transaction, now: Date, most: number): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from service.check_in c where c.checked_in_at is null and c.expected_back_at < ${now} limit ${most}
    ) counted`.execute(tx);
  return counted.rows[0]?.count ?? 0;
}

/** One of them; `null` when there is none, or none that the asker may see. */
export async function findCheckIn(tx: Transaction, checkInId: string): Promise<CheckIn | null> {
  const [found] = await readCheckIns(tx, sql`where c.id = ${checkInId}`);
  return found ?? null;
}

async function readCheckIns(tx: Transaction, which: ReturnType<typeof sql>): Promise<CheckIn[]> {
  const found = await sql<CheckInRow>`
    select c.id, c.worker_id, a.name as worker_name, c.going_to, c.expected_back_at, c.checked_in_at,
      least(c.recorded_at, (select min(h.recorded_at) from history.check_in h where h.id = c.id)) as went_at
    from service.check_in c join identity.account a on a.id = c.worker_id
    ${which}`.execute(tx);
  return found.rows.map((row) => ({
    id: row.id,
    workerId: row.worker_id,
    workerName: row.worker_name,
    goingTo: row.going_to,
    wentAt: row.went_at,
    expectedBackAt: row.expected_back_at,
    checkedInAt: row.checked_in_at,
  }));
}

interface CheckInRow {
  id: string;
  worker_id: string;
  worker_name: string;
  going_to: string;
  went_at: Date;
  expected_back_at: Date;
  checked_in_at: Date | null;
}
