import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Keyring } from '../crypto/sealed-box.ts';
import { applicationKey } from '../identity/application-proof.ts';
import { advisoryLocks } from './advisory-locks.ts';
import type { Connection, Connections } from './connections.ts';
import { setLoginPasswords } from './login-passwords.ts';
import { type MigrationOptions, type MigrationOutcome, migrate, migrationFolders } from './migrate.ts';
import { asOwner } from './reach-database.ts';

/**
 * Makes a database ready to serve: tables and policies, the passwords of the logins that serve it, the key by which
 * the database knows the application, and the job queue. Doing it again changes nothing, so it is done at every start.
 *
 * @throws Refusal as `migrate` and `asOwner` do.
 */
export async function prepareDatabase(
  connections: Connections,
  secret: string,
  keyring: Keyring,
  options: MigrationOptions = {},
): Promise<MigrationOutcome> {
  return await asOwner(connections, async (owner) => {
    const outcome = await migrate(owner, migrationFolders, options);
    await setLoginPasswords(owner, secret);
    await owner.query(
      `insert into identity.secret_key (name, key) values ('application', $1)
       on conflict (name) do update set key = excluded.key where secret_key.key <> excluded.key`,
      [Buffer.from(applicationKey(keyring))],
    );
    // Whoever prepares the same database beside us would take away the right by which the queue is made.
    await owner.query('select pg_advisory_lock($1)', [advisoryLocks.migrating]);
    try {
      await installJobs(owner, connections.jobs);
    } finally {
      await owner.query('select pg_advisory_unlock($1)', [advisoryLocks.migrating]).catch(() => undefined);
    }
    return outcome;
  });
}

/**
 * graphile-worker's tables have row-level security that refuses all but their owner, so the background login owns them.
 * It may make that one schema, and then no other.
 */
async function installJobs(owner: pg.Client, jobs: Connection): Promise<void> {
  const database = pg.escapeIdentifier(String(jobs.database));
  const pool = new pg.Pool({ ...jobs, max: 2 });
  // graphile-worker asks for both: one for idle connections, one for those in use.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  await owner.query(`grant create on database ${database} to homeward_jobs`);
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
    await owner.query(`revoke create on database ${database} from homeward_jobs`);
  }
}
