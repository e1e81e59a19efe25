import { sql } from 'kysely';
import { advisoryLocks } from '../database/advisory-locks.ts';
import type { Database } from '../database/transaction.ts';

/**
 * Does background work that takes long while nobody else does the same. Whoever is killed at it holds nothing any more at once.
 *
 * @param database with a connection to spare: one is held until the work has ended
 * @returns false, having done nothing, when somebody else is at it
 */
export async function alone(
  database: Database,
  lock: (typeof advisoryLocks)[keyof typeof advisoryLocks],
  work: () => Promise<void>,
): Promise<boolean> {
  return await database.asTask('housekeeping', async (tx) => {
    // Nothing happens in this transaction: it is not cut off for that, and nobody who counts waits for its end.
    await sql`
      select set_config('idle_in_transaction_session_timeout', '0', true), pg_advisory_xact_lock_shared(${advisoryLocks.counting})`.execute(
      tx,
    );
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${lock}) as held`.execute(
      tx,
    );
    if (!rows[0]?.held) return false;
    await work();
    return true;
  });
}
