import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { hasCode } from '../error-code.ts';
import { packageRoot } from '../package-root.ts';
import { Refusal } from '../refusal.ts';
import { advisoryLocks } from './advisory-locks.ts';

export interface MigrationFolders {
  /** `NNNN-what-it-does.sql`, applied once each, in order of number. */
  readonly migrationsDir: string;
  /** `*.sql`, re-applied together, in order of name, whenever any file of either folder has changed. */
  readonly policiesDir: string;
}

/** Homeward's own. */
export const migrationFolders: MigrationFolders = {
  migrationsDir: join(packageRoot, 'db', 'migrations'),
  policiesDir: join(packageRoot, 'db', 'policies'),
};

export interface MigrationOptions {
  /** Re-apply the policies even if nothing has changed. */
  readonly force?: boolean;
  /** Stop after this migration, and leave the policies out: for a backup that was made then. */
  readonly through?: number;
}

export interface MigrationOutcome {
  /** The names of the migrations that were applied now, in order. */
  readonly applied: readonly string[];
  readonly policiesApplied: boolean;
}

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Brings a database up to the code. Each migration is one transaction together with the row that says it was
 * applied, and so are all policies: killed at any moment, what was finished stands, and the next run goes on
 * from there. A second process waits for the first and then finds nothing to do. Against a service that serves
 * meanwhile a transaction may lose a deadlock: it is tried again.
 *
 * @param client a connected client that owns the database.
 * @throws Refusal when an applied migration has since been changed or taken away, when one was added behind
 *   those already applied, or when the database is newer than the code.
 */
export async function migrate(
  client: Client,
  { migrationsDir, policiesDir }: MigrationFolders,
  { force = false, through }: MigrationOptions = {},
): Promise<MigrationOutcome> {
  const migrations = await readMigrations(migrationsDir);
  const policies = await readPolicies(policiesDir);
  await client.query('select pg_advisory_lock($1)', [advisoryLocks.migrating]);
  try {
    await client.query(`
      set client_min_messages = warning;
      create schema if not exists homeward;
      create table if not exists homeward.migration (
        number integer primary key,
        name text not null,
        sha256 text not null,
        applied_at timestamptz not null default now()
      );
      create table if not exists homeward.policies (
        one_row boolean primary key default true check (one_row),
        sha256 text not null,
        applied_at timestamptz not null default now()
      );
    `);
    const pending = await pendingMigrations(client, migrations);
    if (through !== undefined) {
      const wanted = pending.filter(({ number }) => number <= through);
      for (const migration of wanted) await apply(client, migration);
      return { applied: wanted.map((migration) => migration.name), policiesApplied: false };
    }
    for (const migration of pending) await apply(client, migration);
    const digest = sha256(
      [...migrations, ...policies].map((file) => `${file.name} ${file.sha256}\n`).join(''),
    );
    const { rowCount } = await client.query('select from homeward.policies where sha256 = $1', [digest]);
    const policiesApplied = force || rowCount === 0;
    if (policiesApplied) await applyPolicies(client, policies, digest);
    return { applied: pending.map((migration) => migration.name), policiesApplied };
  } finally {
    // Nothing to let go of when the connection itself was lost.
    await client.query('select pg_advisory_unlock($1)', [advisoryLocks.migrating]).catch(() => undefined);
    await client.query('reset client_min_messages').catch(() => undefined);
  }
}

async function pendingMigrations(client: Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows: applied } = await client.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from homeward.migration order by number',
  );
  const newest = applied.at(-1)?.number ?? 0;
  const known = migrations.at(-1)?.number ?? 0;
  if (newest > known) {
    throw new Refusal(
      `The database is at migration ${newest} and this Homeward knows only ${known}: run the newer Homeward, ` +
        'or restore a backup that was made with this one',
    );
  }
  for (const row of applied) {
    const file = migrations.find((migration) => migration.number === row.number);
    if (!file)
      throw new Refusal(`Migration ${row.name} was applied to the database and is missing from the code`);
    if (file.sha256 !== row.sha256) {
      throw new Refusal(
        `Migration ${file.name} was changed after it was applied to the database: put it back as it was, ` +
          'and make the change in a new migration',
      );
    }
  }
  const pending = migrations.filter(({ number }) => !applied.some((row) => row.number === number));
  const late = pending.find(({ number }) => number < newest);
  if (late)
    throw new Refusal(`Migration ${late.name} was added behind ${newest}, which is applied: renumber it`);
  return pending;
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await inTransaction(client, migration.name, async () => {
    await client.query(migration.sql);
    await client.query('insert into homeward.migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
  });
}

async function applyPolicies(client: Client, policies: readonly Policy[], digest: string): Promise<void> {
  await inTransaction(client, 'the policies', async () => {
    for (const policy of policies) await naming(policy.name, client.query(policy.sql));
    await client.query('delete from homeward.policies');
    await client.query('insert into homeward.policies (sha256) values ($1)', [digest]);
  });
}

/** Milliseconds before each further try of a transaction that lost a deadlock: requests that it met end in less. */
const PAUSES = [250, 500, 1000, 2000];
const DEADLOCK = '40P01';

async function inTransaction(client: Client, name: string, work: () => Promise<void>): Promise<void> {
  for (const pause of PAUSES) {
    try {
      return await tryInTransaction(client, name, work);
    } catch (error) {
      if (!hasCode(error, DEADLOCK)) throw error;
      await sleep(pause);
    }
  }
  await tryInTransaction(client, name, work);
}

async function tryInTransaction(client: Client, name: string, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    const begun = await transactionId(client);
    await naming(name, work());
    if ((await transactionId(client)) !== begun) {
      throw new Error(`${name} ends its transaction; what it did before that point is in the database`);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function transactionId(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  return rows[0]?.id;
}

/** Says in which file a fault lies. */
async function naming<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && !error.message.startsWith(name))
      error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** The migrations of a folder, in order. @throws Refusal when one is misnamed, or two have one number. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const migrations = (await readSql(folder)).map((file) => {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file.name)?.[1];
    if (number === undefined)
      throw new Refusal(`${file.name} is not named like a migration: NNNN-what-it-does.sql`);
    return { ...file, number: Number(number) };
  });
  const twice = migrations.find((migration, index) => migrations[index + 1]?.number === migration.number);
  if (twice) throw new Refusal(`Two migrations have the number ${twice.number}: renumber the newer one`);
  return migrations;
}

interface Policy {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const readPolicies: (folder: string) => Promise<Policy[]> = readSql;

async function readSql(folder: string): Promise<Policy[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, sha256: sha256(sql) };
    }),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
