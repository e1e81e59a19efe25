import { sql } from 'kysely';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';

/** Where a task that counts may begin another transaction beside its own. */
const databases = new WeakMap<Transaction, Database>();

/**
 * Runs `work` as the background task that counts. What it reads as at a settled moment is the same in every transaction, so that
 * a second one reads beside it. Needs the jobs login, and two connections.
 */
export async function countingTask<Result>(
  database: Database,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return await database.asTask('statistics', async (tx) => {
    databases.set(tx, database);
    return await work(tx);
  });
}

/**
 * Does each of several readings as at a settled moment, in their order: in this transaction, and in one beside it where it is of
 * a {@link countingTask}.
 */
export async function sideBySide<Each>(
  tx: Transaction,
  readings: readonly Each[],
  read: (tx: Transaction, each: Each) => Promise<void>,
): Promise<void> {
  const waiting = [...readings];
  const readOn = async (by: Transaction) => {
    await countFast(by);
    try {
      for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) await read(by, each);
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  };
  const database = readings.length > 1 ? databases.get(tx) : undefined;
  // Neither transaction ends while the other reads.
  const done = await Promise.allSettled([
    readOn(tx),
    database?.asTask('statistics', async (beside) => {
      await sayThatItCounts(beside);
      await readOn(beside);
    }),
  ]);
  for (const each of done) if (each.status === 'rejected') throw each.reason;
}

/** Until the transaction ends: who settles a moment does not wait for it, since it records nothing that is counted. */
export async function sayThatItCounts(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${advisoryLocks.counting})`.execute(tx);
}

/**
 * Groups of a million records fit in this; sorted on disk they take three times as long. They are far fewer than the planner
 * guesses, who must be told that it has the room before it groups without sorting. Large tables are read by another process too,
 * where the server has one to spare. Until the transaction ends.
 */
async function countFast(tx: Transaction): Promise<void> {
  await sql`
    select set_config('work_mem', '64MB', true), set_config('hash_mem_multiplier', '16', true), set_config('jit', 'off', true),
      set_config('max_parallel_workers_per_gather', '1', true)`.execute(tx);
}
