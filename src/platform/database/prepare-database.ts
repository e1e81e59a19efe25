import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Keyring } from '../crypto/sealed-box.ts';
import { applicationKey } from '../identity/application-proof.ts';
import { type Connection, connectionsTo } from './connections.ts';
import { type MigrationOutcome, migrate, migrationFolders } from './migrate.ts';

const PREPARING = 4_866_736;
const WRONG_PASSWORD = '28P01';

/**
 * Makes a database ready to serve: tables and policies, the passwords of the logins that serve it, the key by which
 * the database knows the application, and the job queue. Does only what is not done yet, so it is run at every start.
 * @param owner a connection that owns the database.
 * @throws Refusal as `migrate` does.
 */
export async function prepareDatabase(owner: Connection, secret: string, keyring: Keyring): Promise<MigrationOutcome> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const outcome = await migrate(client, migrationFolders);
    await client.query('select pg_advisory_lock($1)', [PREPARING]);
    await client.query(
      `insert into identity.secret_key (name, key) values ('application', $1)
       on conflict (name) do update set key = excluded.key where secret_key.key <> excluded.key`,
      [Buffer.from(applicationKey(keyring))],
    );
    const { web, jobs } = connectionsTo(owner, secret);
    for (const login of [web, jobs]) await givePassword(client, login);
    await installJobs(client, jobs);
    return outcome;
  } finally {
    await client.end();
  }
}

async function givePassword(client: pg.Client, login: Connection): Promise<void> {
  if (await canConnect(login)) return;
  const user = pg.escapeIdentifier(login.user ?? '');
  await client.query(`alter role ${user} login password ${pg.escapeLiteral(String(login.password))}`);
}

async function canConnect(login: Connection): Promise<boolean> {
  const attempt = new pg.Client(login);
  try {
    await attempt.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === WRONG_PASSWORD) return false;
    throw error;
  } finally {
    await attempt.end().catch(() => undefined);
  }
}

/**
 * graphile-worker's tables have row-level security that refuses all but their owner, so the background login owns them.
 * It may make that one schema and then no other.
 */
async function installJobs(client: pg.Client, jobs: Connection): Promise<void> {
  const database = pg.escapeIdentifier(String(jobs.database));
  const pool = new pg.Pool({ ...jobs, max: 2 });
  // graphile-worker asks for both: one for idle connections, one for those in use.
  pool.on('error', () => {});
  pool.on('connect', (connection) => connection.on('error', () => {}));
  await client.query(`grant create on database ${database} to homeward_jobs`);
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
    await client.query(`revoke create on database ${database} from homeward_jobs`);
  }
}
