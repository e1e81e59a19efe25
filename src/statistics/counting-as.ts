import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

/**
 * Runs `work` with the rights of what counts, in the transaction of somebody who has proved who they are: an analyst or an
 * operations manager. For anybody else there is nothing to count. The rights of before come back.
 */
export async function countingAs<Result>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { rows } = await sql<{ role: string }>`select current_user as role`.execute(tx);
  await sql`set local role homeward_task_statistics`.execute(tx);
  const result = await work(tx);
  await sql`select set_config('role', ${rows[0]?.role ?? 'none'}, true)`.execute(tx);
  return result;
}
