import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useServer } from '../../src/platform/database/embedded-server.ts';
import { type MigrationFolders, migrate, migrationFolders } from '../../src/platform/database/migrate.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import { emptyDatabase, type TestDatabase, testDatabase, withClient } from '../support/database.ts';

let folders: MigrationFolders;
let root: string;
let database: TestDatabase;
let owner: pg.Client;

// Roles belong to the whole server: the template's migration makes them, and no other may at the same time.
beforeAll(async () => (await testDatabase()).drop());

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'homeward-migrate-'));
  folders = { migrationsDir: join(root, 'migrations'), policiesDir: join(root, 'policies') };
  await mkdir(folders.migrationsDir);
  await mkdir(folders.policiesDir);
  await migration('0001-tables.sql', 'create table note (text text not null);');
  await migration('0002-first-note.sql', "insert into note values ('one');");
  await policy(
    '10-count.sql',
    'create table if not exists applied (n serial); insert into applied default values;',
  );
  database = await emptyDatabase();
  owner = new pg.Client(database.ownerConfig);
  await owner.connect();
});

afterEach(async () => {
  await owner.end();
  await database.drop();
  await rm(root, { recursive: true });
});

const migration = (name: string, sql: string) => writeFile(join(folders.migrationsDir, name), sql);
const policy = (name: string, sql: string) => writeFile(join(folders.policiesDir, name), sql);

async function column(sql: string): Promise<unknown[]> {
  return (await owner.query({ text: sql, rowMode: 'array' })).rows.map((row) => row[0]);
}

const notes = () => column('select text from note order by text');
const timesPoliciesWereApplied = async () => (await column('select count(*)::int from applied'))[0];

async function waitUntilSomebodyWaitsFor(table: string, client: pg.Client): Promise<void> {
  const waits = 'select from pg_locks where relation = $1::regclass and not granted';
  while ((await client.query(waits, [table])).rowCount === 0) await sleep(20);
}

describe('migrate', () => {
  it('applies each migration once, in order, and writes down which', async () => {
    expect(await migrate(owner, folders)).toEqual({
      applied: ['0001-tables.sql', '0002-first-note.sql'],
      policiesApplied: true,
    });
    await migration('0003-second-note.sql', "insert into note values ('two');");
    expect((await migrate(owner, folders)).applied).toEqual(['0003-second-note.sql']);
    expect(await migrate(owner, folders)).toEqual({ applied: [], policiesApplied: false });
    expect(await notes()).toEqual(['one', 'two']);
    const { rows } = await owner.query(
      'select number, name, length(sha256) as digest from homeward.migration order by 1',
    );
    expect(rows).toEqual([
      { number: 1, name: '0001-tables.sql', digest: 64 },
      { number: 2, name: '0002-first-note.sql', digest: 64 },
      { number: 3, name: '0003-second-note.sql', digest: 64 },
    ]);
  });

  it('does the whole of Homeward’s own', async () => {
    const outcome = await migrate(owner, migrationFolders);
    expect(outcome.applied.length).toBeGreaterThan(0);
    expect(await migrate(owner, migrationFolders)).toEqual({ applied: [], policiesApplied: false });
    expect(await migrate(owner, migrationFolders, { force: true })).toEqual({
      applied: [],
      policiesApplied: true,
    });
  });

  it('leaves nothing of a migration that fails, and says which it was', async () => {
    await migration('0003-bad.sql', "insert into note values ('half'); select 1 / 0;");
    await expect(migrate(owner, folders)).rejects.toThrow('0003-bad.sql: division by zero');
    expect(await notes()).toEqual(['one']);
    await migration('0003-bad.sql', "insert into note values ('whole');");
    expect((await migrate(owner, folders)).applied).toEqual(['0003-bad.sql']);
    expect(await notes()).toEqual(['one', 'whole']);
  });

  it('notices a migration that ends its own transaction', async () => {
    await migration('0003-bad.sql', "insert into note values ('half'); commit; begin;");
    await expect(migrate(owner, folders)).rejects.toThrow('0003-bad.sql ends its transaction');
  });

  it('lets the second of two processes wait, and then find nothing to do', async () => {
    await migration('0003-slow.sql', "select pg_sleep(0.3); insert into note values ('slow');");
    const outcomes = await Promise.all([
      migrate(owner, folders),
      withClient(database.ownerConfig, (second) => migrate(second, folders)),
    ]);
    expect(outcomes.map(({ applied }) => applied.length).sort()).toEqual([0, 3]);
    expect(outcomes.map(({ policiesApplied }) => policiesApplied).sort()).toEqual([false, true]);
    expect(await notes()).toEqual(['one', 'slow']);
  });

  it('tries a migration again that lost a deadlock with a service that serves meanwhile', async () => {
    await migrate(owner, folders);
    await owner.query('create table other (n int); create sequence tries');
    await migration(
      '0003-both.sql',
      "select nextval('tries'); alter table note add n int; alter table other add text text;",
    );
    await withClient(database.ownerConfig, async (request) => {
      // So that the migration is the one that the server ends.
      await request.query("set deadlock_timeout = '1h'");
      await owner.query("set deadlock_timeout = '200ms'");
      await request.query('begin; lock table other in access share mode');
      const migrating = migrate(owner, folders);
      await waitUntilSomebodyWaitsFor('other', request);
      await request.query('select from note');
      await request.query('commit');
      expect((await migrating).applied).toEqual(['0003-both.sql']);
    });
    expect(await column('select last_value::int from tries')).toEqual([2]);
    expect(await column("select name from homeward.migration where name = '0003-both.sql'")).toHaveLength(1);
  });

  it('lets go of its lock when it fails', async () => {
    await migration('0003-bad.sql', 'select 1 / 0;');
    await expect(migrate(owner, folders)).rejects.toThrow();
    await rm(join(folders.migrationsDir, '0003-bad.sql'));
    await withClient(database.ownerConfig, (second) => migrate(second, folders));
  });
});

describe('migrate refuses', () => {
  beforeEach(() => migrate(owner, folders));

  async function refusal(): Promise<string> {
    const error: unknown = await migrate(owner, folders).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Refusal);
    return error instanceof Refusal ? error.message : '';
  }

  it('a database newer than the code, naming both', async () => {
    await rm(join(folders.migrationsDir, '0002-first-note.sql'));
    expect(await refusal()).toMatch(/^The database is at migration 2 and this Homeward knows only 1: /);
  });

  it('an applied migration that was changed', async () => {
    await migration('0001-tables.sql', 'create table note (text text);');
    expect(await refusal()).toMatch(/^Migration 0001-tables.sql was changed after it was applied/);
  });

  it('an applied migration that is missing', async () => {
    await rm(join(folders.migrationsDir, '0001-tables.sql'));
    expect(await refusal()).toBe(
      'Migration 0001-tables.sql was applied to the database and is missing from the code',
    );
  });

  it('a migration behind those already applied, two of one number, and a name that says no number', async () => {
    await migration('0005-later.sql', '');
    await migrate(owner, folders);
    await migration('0004-earlier.sql', '');
    expect(await refusal()).toBe(
      'Migration 0004-earlier.sql was added behind 5, which is applied: renumber it',
    );
    await migration('0005-other.sql', '');
    expect(await refusal()).toBe('Two migrations have the number 5: renumber the newer one');
    await migration('6-short.sql', '');
    expect(await refusal()).toMatch(/^6-short.sql is not named like a migration/);
  });
});

describe('policies', () => {
  it('are applied again whenever any file has changed, and only then', async () => {
    await migrate(owner, folders);
    await migrate(owner, folders);
    expect(await timesPoliciesWereApplied()).toBe(1);
    await migration('0003-empty.sql', '');
    await migrate(owner, folders);
    expect(await timesPoliciesWereApplied()).toBe(2);
    await policy('20-other.sql', 'select 1;');
    await migrate(owner, folders);
    expect(await timesPoliciesWereApplied()).toBe(3);
    await migrate(owner, folders, { force: true });
    expect(await timesPoliciesWereApplied()).toBe(4);
  });

  it('are applied in order of name, and all or none', async () => {
    await policy('20-second.sql', "insert into note values ('by policy'); create table second ();");
    await policy('30-third.sql', 'create table third () inherits (second); select 1 / 0;');
    await expect(migrate(owner, folders)).rejects.toThrow('30-third.sql: division by zero');
    expect(await notes()).toEqual(['one']);
    await policy('30-third.sql', 'create table third () inherits (second);');
    expect(await migrate(owner, folders)).toEqual({ applied: [], policiesApplied: true });
    expect(await notes()).toEqual(['by policy', 'one']);
  });
});

describe('a server killed in the middle of a migration', () => {
  it('has the state before it, and the next run completes', async () => {
    const dataDir = join(root, 'data');
    const server = await useServer(dataDir);
    try {
      await migration('0003-slow.sql', "insert into note values ('half'); select pg_sleep(60);");
      const doomed = new pg.Client(server.connection);
      doomed.on('error', () => undefined);
      await doomed.connect();
      const killed = expect(migrate(doomed, folders)).rejects.toThrow();
      const asleep = () =>
        withClient(server.connection, (client) =>
          client.query("select from pg_stat_activity where wait_event = 'PgSleep'"),
        );
      await expect.poll(() => asleep().then(({ rowCount }) => rowCount), { timeout: 20_000 }).toBe(1);
      const [pid] = (await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGQUIT'); // immediate stop: no checkpoint, no clean end
      await killed;

      const reached = () =>
        withClient(server.connection, (client) =>
          client.query('select name from homeward.migration order by 1'),
        );
      await expect.poll(() => reached().then(({ rows }) => rows.length), { timeout: 20_000 }).toBe(2);
      await migration('0003-slow.sql', "insert into note values ('whole');");
      await withClient(server.connection, async (client) => {
        expect((await client.query('select text from note')).rows).toEqual([{ text: 'one' }]);
        expect((await migrate(client, folders)).applied).toEqual(['0003-slow.sql']);
        expect((await client.query('select text from note')).rows).toEqual([
          { text: 'one' },
          { text: 'whole' },
        ]);
      });
    } finally {
      await server.stop();
    }
  });
});
