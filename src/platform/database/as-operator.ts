import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { Refusal } from '../refusal.ts';
import type { Connections } from './connections.ts';
import type { DB } from './schema.ts';
import type { Transaction } from './transaction.ts';

/**
 * Runs `work` in one transaction as the person who runs the server, at its command line: as the database's owner, and
 * written into the audit under the name of the task.
 *
 * @throws Refusal when we were not given the owner's connection.
 */
export async function asOperator<Result>(
  { owner }: Connections,
  task: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  if (!owner) throw new Refusal('DATABASE_URL must name the owner of the database for this command');
  const pool = new Pool({ ...owner, max: 1, application_name: 'homeward operator' });
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await kysely.transaction().execute(async (tx) => {
      await sql`select set_config('homeward.task', ${task}, true)`.execute(tx);
      return await work(tx);
    });
  } finally {
    await kysely.destroy();
  }
}
