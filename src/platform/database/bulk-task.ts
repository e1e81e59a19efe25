import pg from 'pg';
import type { Connection } from './connections.ts';
import type { Task } from './transaction.ts';

/**
 * Runs `work` in one transaction as a background task that copies much at once: on a connection of its own, and for as long
 * as it takes. Two that name the same lock take turns, and the one that waits has not begun its transaction: what it records
 * is later than what the other did. Needs the jobs login.
 *
 * @param waits is called if another has the lock.
 * @param work says with its result whether what it wrote is kept.
 */
export async function asBulkTask<Result>(
  connection: Connection,
  { task, lock, waits }: { task: Task; lock: number; waits?: () => void },
  work: (client: pg.Client) => Promise<{ keep: boolean; result: Result }>,
): Promise<Result> {
  const client = new pg.Client({ ...connection, application_name: `homeward ${task}`, statement_timeout: 0 });
  client.on('error', () => undefined); // the query under way is refused with the same error
  await client.connect();
  try {
    const tried = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock]);
    if (!tried.rows[0]?.taken) {
      waits?.();
      await client.query('select pg_advisory_lock($1)', [lock]);
    }
    await client.query('begin');
    await client.query(`select set_config('role', $1, true), set_config('homeward.task', $2, true)`, [
      `homeward_task_${task}`,
      task,
    ]);
    const { keep, result } = await work(client);
    await client.query(keep ? 'commit' : 'rollback');
    return result;
  } finally {
    // Closing it undoes what was not committed, and gives the lock back.
    await client.end();
  }
}
