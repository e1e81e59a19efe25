import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createKeyring } from '../../src/platform/crypto/sealed-box.ts';
import {
  BACKUP_SCHEMAS,
  LEFT_OUT,
  nameOf,
  tablesOf,
  writeBackup,
} from '../../src/platform/database/backup.ts';
import { type Connections, connectionsTo } from '../../src/platform/database/connections.ts';
import { connectionUrl, useServer } from '../../src/platform/database/embedded-server.ts';
import { type MigrationFolders, migrate, migrationFolders } from '../../src/platform/database/migrate.ts';
import { prepareDatabase } from '../../src/platform/database/prepare-database.ts';
import { connectionAt } from '../../src/platform/database/reach-database.ts';
import {
  type RestoreOutcome,
  type RestoreParts,
  restoreBackup,
} from '../../src/platform/database/restore.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import {
  emptyDatabase,
  TEST_SECRET,
  type TestDatabase,
  testDatabase,
  withClient,
} from '../support/database.ts';

const keyring = createKeyring(TEST_SECRET);
const NOW = new Date('2026-11-22T13:05:00Z');
const ACCOUNT = '00000000-0000-7000-8000-000000000001';
const PLACE = '00000000-0000-7000-8000-000000000002';

let folder: string;
let source: TestDatabase;
let backup: string;
/** What the backup became, restored once for all who only look. */
let restored: TestDatabase;
let outcome: RestoreOutcome;
const made: TestDatabase[] = [];

/** What text there is: both directions, quotes and line breaks, COPY's own signs, the longest that is kept in the row and more. */
const HARD_TEXT = [
  'نور بنت خالد',
  'שלום',
  "O'Brien",
  'tab\tnewline\nreturn\r\\N \\. \\\\',
  '\\.',
  'é vs e\u0301',
  '🙂',
  '   ',
  '',
  'x'.repeat(20_000),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-backup-'));
  source = await testDatabase();
  await withClient(source.ownerConfig, seed);
  backup = join(folder, 'service.backup');
  await writeBackup(connectionsTo(source.ownerConfig, TEST_SECRET).jobs, backup, {
    passphrase: TEST_SECRET,
    keyring,
    madeAt: NOW,
  });
  restored = await emptyDatabase();
  outcome = await restore(restored, backup);
});
afterEach(async () => {
  for (const database of made.splice(0)) await database.drop();
});
afterAll(async () => {
  await source.drop();
  await restored.drop();
  await rm(folder, { recursive: true });
});

async function seed(owner: pg.Client): Promise<void> {
  await owner.query(`
    insert into identity.organisation (id, kind, name) values ('${PLACE}', 'provider', 'A provider');
    insert into identity.team (id, organisation_id, name) values ('${PLACE}', '${PLACE}', 'A team');
    insert into identity.account (id, email, name, kind, totp_sealed) values
      ('${ACCOUNT}', 'one@example.org', 'One', 'staff', '\\x00ff0a5c2e00');
    insert into identity.access_grant (id, account_id, role, organisation_id, team_id, areas, approved_at)
      values ('${ACCOUNT}', '${ACCOUNT}', 'caseworker', '${PLACE}', '${PLACE}', '{"E09000022","with, comma","with \\"quote"}', now());
    insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes)
      values ('\\x01', '${ACCOUNT}', '${ACCOUNT}', 'infinity', 30);
    insert into identity.link (token_hash, purpose, account_id, expires_at) values ('\\x02', 'invitation', '${ACCOUNT}', 'infinity');
    insert into messages.message (id, account_id, template, path, secret_sealed) values
      ('${ACCOUNT}', '${ACCOUNT}', 'invitation', '/set-up-account', '\\x03'),
      ('${PLACE}', '${ACCOUNT}', 'something-waits', '/queue', null);
    select audit.task('seeded', null, null, null, '{}');
    insert into audit.leaf (position, entry_id, hash) select 0, id, sha256('\\x00' || body) from audit.entry;
    insert into audit.signing_key (verifier, key_sealed) values ('one', '\\x01');
    insert into audit.checkpoint (size, root, frontier, note, verifier) select 1, hash, '', '', 'one' from audit.leaf;
  `);
  for (const text of HARD_TEXT) {
    const { rows } = await owner.query<{ id: string }>(
      `insert into service.person (given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
       values ($1, 'Before', 'before', 'not-known', 'unknown', 'NOBT', 'E09000022') returning id`,
      [text],
    );
    const person = rows[0]?.id;
    await owner.query('update service.person set family_name = $1 where id = $2', [text, person]);
    await owner.query(
      `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
         date_of_birth, date_of_birth_precision, gender, ethnicity, answers, person_id)
       values ('intervention', 'declined', $1, 'police', $2, '2024-02-29', 'E09000022', 'x', 'x', '2009-02-28', 'exact', 'male', 'WBRI', $3, $4)`,
      [ACCOUNT, text, JSON.stringify([{ key: text, value: null, answer: [text] }]), person],
    );
    await owner.query(
      `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact) values ($1, $2, $3, 'call', now(), $4)`,
      [person, PLACE, ACCOUNT, text],
    );
  }
}

/** Every table's rows as one digest. */
async function digests(database: TestDatabase): Promise<Record<string, string | null>> {
  return await withClient(database.ownerConfig, async (owner) => {
    const all: Record<string, string | null> = {};
    for (const { schema, table } of await tablesOf(owner)) {
      const { rows } = await owner.query<{ digest: string | null }>(
        `select md5(string_agg(t::text, E'\\n' order by t::text)) as digest from ${nameOf(schema, table)} t`,
      );
      all[`${schema}.${table}`] = rows[0]?.digest ?? null;
    }
    return all;
  });
}

async function newPlace(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  made.push(database);
  return database;
}

const prepare = async (connections: Connections) =>
  void (await prepareDatabase(connections, TEST_SECRET, keyring));

function restore(database: TestDatabase, file: string, parts: Partial<RestoreParts> = {}) {
  return restoreBackup(connectionsTo(database.ownerConfig, TEST_SECRET), file, {
    passphrase: TEST_SECRET,
    keyring,
    production: false,
    replace: false,
    now: NOW,
    prepare,
    ...parts,
  });
}

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Refusal);
  const message = error instanceof Refusal ? error.message : '';
  expect(message).not.toContain('\n');
  return message;
}

const databasesLike = (database: TestDatabase) =>
  withClient({ ...database.ownerConfig, database: 'postgres' }, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where datname like $1 order by 1',
      [`${database.name}%`],
    );
    return rows.map(({ datname }) => datname);
  });

describe('a backup', () => {
  test('restored, every table holds what it held: any text, bytes, JSON, nulls and history', async () => {
    const place = restored;
    expect(outcome).toMatchObject({ keptAs: null, sameSecret: true });
    const before = await digests(source);
    const after = await digests(place);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    // The message with a link in it ends, as the link does.
    const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
    expect(changed).toEqual(['messages.message']);
    expect(before['history.person']).not.toBeNull();
    expect(await databasesLike(place)).toEqual([place.name]);
    await withClient(place.ownerConfig, async (owner) => {
      const { rows } = await owner.query('select family_name from service.person order by recorded_at, id');
      expect(rows.map((row) => row.family_name).sort()).toEqual([...HARD_TEXT].sort());
      const messages = await owner.query(
        'select template, state, secret_sealed from messages.message order by 1',
      );
      expect(messages.rows).toEqual([
        { template: 'invitation', state: 'failed', secret_sealed: null },
        { template: 'something-waits', state: 'queued', secret_sealed: null },
      ]);
    });
  });

  test('restored, the service works: triggers, keys, policies and indexes are those of a new one', async () => {
    const place = restored;
    const shape = (database: TestDatabase) =>
      withClient(database.ownerConfig, async (owner) => {
        const { rows } = await owner.query<{ shape: string }>(`
          select pg_get_indexdef(indexrelid) as shape from pg_index i join pg_class c on c.oid = i.indrelid
            where relnamespace::regnamespace::text in ('service', 'history', 'audit', 'identity', 'messages', 'disposal')
          union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated from pg_constraint
            where connamespace::regnamespace::text in ('service', 'history', 'audit', 'identity', 'messages', 'disposal')
          union all select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
          union all select schemaname || tablename || policyname || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
          order by 1`);
        return rows.map((row) => row.shape);
      });
    expect(await shape(place)).toEqual(await shape(source));
    await withClient(place.ownerConfig, async (owner) => {
      await owner.query(`update service.person set known_as = 'Changed'`);
      const { rows } = await owner.query(
        `select count(*)::int as kept from history.person where replaced_how = 'update'`,
      );
      expect(rows[0]).toEqual({ kept: 2 * HARD_TEXT.length });
    });
  });

  test('ends every session and link, and makes the keys anew', async () => {
    const place = restored;
    await withClient(place.ownerConfig, async (owner) => {
      for (const table of ['identity.session', 'identity.link', 'identity.attempt'])
        expect((await owner.query(`select from ${table}`)).rowCount, table).toBe(0);
      const keys = () => owner.query(`select key from identity.secret_key where name = 'context'`);
      const here = (await keys()).rows[0].key;
      const there = await withClient(source.ownerConfig, (other) =>
        other.query(`select key from identity.secret_key where name = 'context'`),
      );
      expect(here.equals(there.rows[0].key)).toBe(false);
    });
    expect(Object.keys(LEFT_OUT)).toContain('identity.secret_key');
  });

  test('cannot read the keys, sessions and links that it leaves out, and can read all the rest', async () => {
    const { rows } = await withClient(source.ownerConfig, (owner) =>
      owner.query<{ name: string }>(
        `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname = any ($1)
           and not (has_table_privilege('homeward_task_backup', c.oid, 'select')
             and (not c.relrowsecurity or exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'backup')))`,
        [BACKUP_SCHEMAS],
      ),
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(LEFT_OUT)
        .filter((name) => name.startsWith('identity.'))
        .toSorted(),
    );
  });

  test('made while others write holds one moment: whole transactions and no half of one', async () => {
    const database = await testDatabase();
    made.push(database);
    await withClient(database.ownerConfig, seed);
    let stopped = false;
    const write = withClient(database.ownerConfig, async (owner) => {
      let pairs = 0;
      for (; !stopped; pairs += 1) {
        await owner.query(
          `with person as (
             insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
             values ('Pair', 'pair', 'not-known', 'unknown', 'NOBT', 'E09000022') returning id)
           insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact)
           select id, '${PLACE}', '${ACCOUNT}', 'pair', now(), 'Pair' from person`,
        );
      }
      return pairs;
    });
    const file = join(folder, 'while-written.backup');
    await new Promise((after) => setTimeout(after, 100));
    await writeBackup(connectionsTo(database.ownerConfig, TEST_SECRET).jobs, file, {
      passphrase: TEST_SECRET,
      keyring,
      madeAt: NOW,
    });
    stopped = true;
    const written = await write;
    const place = await newPlace();
    await restore(place, file);
    await withClient(place.ownerConfig, async (owner) => {
      const { rows } = await owner.query<{ people: number; notes: number }>(`
        select (select count(*)::int from service.person where family_name = 'Pair') as people,
          (select count(*)::int from service.case_note where kind = 'pair') as notes`);
      expect(rows[0]?.people).toBe(rows[0]?.notes);
      expect(rows[0]?.people).toBeGreaterThan(0);
      expect(rows[0]?.people).toBeLessThan(written);
    });
  });

  test('is for its owner alone, shows nothing of what it holds, and never takes a file’s place', async () => {
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    const bytes = await readFile(backup);
    for (const held of ["O'Brien", 'one@example.org', 'service.person', 'E09000022'])
      expect(bytes.includes(held), held).toBe(false);
    const again = writeBackup(connectionsTo(source.ownerConfig, TEST_SECRET).jobs, backup, {
      passphrase: TEST_SECRET,
      keyring,
      madeAt: NOW,
    });
    expect(await refusalOf(again)).toBe(`${backup} is there already: give the backup another name`);
    expect((await readFile(backup)).equals(bytes)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  test('that cannot be written says so, leaves nothing, and lets go of the database', async () => {
    const attempt = writeBackup(connectionsTo(source.ownerConfig, TEST_SECRET).jobs, '/dev/full/backup', {
      passphrase: TEST_SECRET,
      keyring,
      madeAt: NOW,
    });
    await expect(attempt).rejects.toThrow();
    const nowhere = writeBackup(
      connectionsTo(source.ownerConfig, TEST_SECRET).jobs,
      join(folder, 'no', 'backup'),
      {
        passphrase: TEST_SECRET,
        keyring,
        madeAt: NOW,
      },
    );
    expect(await refusalOf(nowhere)).toMatch(/^The backup cannot be written to /);
    await expect
      .poll(() =>
        withClient(source.ownerConfig, async (owner) => {
          const { rowCount } = await owner.query(
            `select from pg_stat_activity where application_name = 'homeward backup' and datname = current_database()`,
          );
          return rowCount;
        }),
      )
      .toBe(0);
  });

  test('leaves an entry in the audit, which it holds itself', async () => {
    await withClient(restored.ownerConfig, async (owner) => {
      const { rows } = await owner.query(
        `select task, outcome from audit.entry where action = 'backup-made'`,
      );
      expect(rows).toEqual([{ task: 'backup', outcome: 'done' }]);
    });
  });
});

describe('a restore refuses, with one line and nothing changed,', () => {
  async function unchanged(attempt: (place: TestDatabase) => Promise<unknown>): Promise<string> {
    const place = await newPlace();
    const message = await refusalOf(attempt(place));
    expect(await databasesLike(place)).toEqual([place.name]);
    await withClient(place.ownerConfig, async (owner) =>
      expect((await owner.query(`select to_regclass('service.person') as there`)).rows).toEqual([
        { there: null },
      ]),
    );
    return message;
  }

  async function spoilt(name: string, spoil: (bytes: Buffer) => Buffer): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, spoil(await readFile(backup)));
    return file;
  }

  test('a wrong passphrase', async () => {
    expect(await unchanged((place) => restore(place, backup, { passphrase: 'another passphrase' }))).toBe(
      `${backup}: The file cannot be opened: the passphrase is wrong, or the file was changed`,
    );
  });

  test('a file with one bit changed, wherever it is', async () => {
    const { length } = await readFile(backup);
    for (const at of [20, 60, Math.floor(length / 2), length - 1]) {
      const file = await spoilt(`flipped-${at}`, (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      });
      expect(await unchanged((place) => restore(place, file)), `byte ${at}`).toMatch(
        /cannot be opened|newer version/,
      );
    }
  });

  test('a file that was cut short, even at the end of a chunk, or added to', async () => {
    const cuts = [(size: number) => size - 1, (size: number) => Math.floor(size / 2), () => 50 + 65_536 + 16];
    for (const cut of cuts) {
      const file = await spoilt('cut', (bytes) =>
        bytes.subarray(0, Math.min(cut(bytes.length), bytes.length - 1)),
      );
      expect(await unchanged((place) => restore(place, file))).toContain('cannot be opened');
    }
    const longer = await spoilt('longer', (bytes) => Buffer.concat([bytes, Buffer.from('x')]));
    expect(await unchanged((place) => restore(place, longer))).toContain('cannot be opened');
  });

  test('a file that is no backup, and one that is not there', async () => {
    const file = join(folder, 'holiday.jpg');
    await writeFile(file, 'not one of ours, though long enough to have had a beginning');
    expect(await unchanged((place) => restore(place, file))).toBe(`${file}: This is not a Homeward backup`);
    const nothing = join(folder, 'nothing');
    expect(await unchanged((place) => restore(place, nothing))).toBe(`There is no file ${nothing}`);
  });

  test('a backup of a newer service, and one whose migrations were others', async () => {
    const older = await migrationsCopied(async (dir, names) => await rm(join(dir, names.at(-1) ?? '')));
    expect(await unchanged((place) => restore(place, backup, { folders: older }))).toMatch(
      /^The backup is at migration \d+ and this Homeward knows only \d+: /,
    );
    const other = await migrationsCopied(
      async (dir, names) => await writeFile(join(dir, names.at(2) ?? ''), '-- another'),
    );
    expect(await unchanged((place) => restore(place, backup, { folders: other }))).toMatch(
      /migrations are others than this one's, from 0003-audit.sql on/,
    );
  });

  test('a demonstration, in production', async () => {
    const demonstration = await testDatabase();
    made.push(demonstration);
    await withClient(demonstration.ownerConfig, (owner) =>
      owner.query('insert into homeward.nature values (true, true)'),
    );
    const file = join(folder, 'demonstration.backup');
    await writeBackup(connectionsTo(demonstration.ownerConfig, TEST_SECRET).jobs, file, {
      passphrase: TEST_SECRET,
      keyring,
      madeAt: NOW,
    });
    expect(await unchanged((place) => restore(place, file, { production: true }))).toBe(
      'The backup is of a demonstration: it is never restored into production',
    );
  });

  test('to take the place of a service, unless told to; then that is kept under another name', async () => {
    const place = await testDatabase();
    made.push(place);
    await withClient(place.ownerConfig, seed);
    await withClient(place.ownerConfig, (owner) =>
      owner.query(`update service.person set known_as = 'Newer'`),
    );
    const before = await digests(place);
    expect(await refusalOf(restore(place, backup))).toMatch(
      new RegExp(`^The database ${place.name} holds a service already: restore with --replace`),
    );
    expect(await digests(place)).toEqual(before);
    const { keptAs } = await restore(place, backup, { replace: true });
    expect(keptAs).toBe(`${place.name}_before_restore_20261122T130500Z`);
    const kept: TestDatabase = {
      ...place,
      name: String(keptAs),
      ownerConfig: { ...place.ownerConfig, database: String(keptAs) },
    };
    expect(await digests(kept)).toEqual(before);
    expect((await digests(place))['service.person']).toBe((await digests(source))['service.person']);
    await withClient({ ...place.ownerConfig, database: 'postgres' }, (server) =>
      server.query(`drop database "${keptAs}"`),
    );
  });

  test('a database that somebody is in', async () => {
    const place = await newPlace();
    await withClient(place.ownerConfig, async (owner) => {
      await owner.query('select 1');
      expect(await refusalOf(restore(place, backup))).toBe(
        `The database ${place.name} is in use (1 connection): stop the service, its worker and whoever else is in it, and restore again`,
      );
    });
    // Whoever comes in while it is being loaded is noticed too.
    const late = await refusalOf(
      withClient(place.ownerConfig, async (owner) => {
        await owner.end();
        let entered: pg.Client | undefined;
        try {
          return await restore(place, backup, {
            async prepare(connections) {
              await prepare(connections);
              const { Client } = (await import('pg')).default;
              entered = new Client(place.ownerConfig);
              await entered.connect();
            },
          });
        } finally {
          await entered?.end();
        }
      }),
    );
    expect(late).toContain('is in use');
    expect(await databasesLike(place)).toEqual([place.name]);
  });

  test('rows that do not fit together', async () => {
    const database = await testDatabase();
    made.push(database);
    await withClient(database.ownerConfig, async (owner) => {
      await seed(owner);
      await owner.query('set session_replication_role = replica');
      await owner.query('delete from service.person');
    });
    const file = join(folder, 'unfit.backup');
    await writeBackup(connectionsTo(database.ownerConfig, TEST_SECRET).jobs, file, {
      passphrase: TEST_SECRET,
      keyring,
      madeAt: NOW,
    });
    expect(await unchanged((place) => restore(place, file))).toMatch(
      /^The rows of the backup do not fit together: /,
    );
  });

  test('an audit that does not come to the root that was signed', async () => {
    const database = await testDatabase();
    made.push(database);
    await withClient(database.ownerConfig, async (owner) => {
      await seed(owner);
      await owner.query(`update audit.leaf set hash = sha256('')`);
    });
    const changed = join(folder, 'changed-audit.backup');
    await writeBackup(connectionsTo(database.ownerConfig, TEST_SECRET).jobs, changed, {
      passphrase: TEST_SECRET,
      keyring,
      madeAt: NOW,
    });
    expect(await unchanged((place) => restore(place, changed))).toBe(
      'The audit in the backup does not come to the root that was signed over it',
    );
  });
});

test('a restore that is killed has changed nothing, and the next one clears up after it', async () => {
  const place = await testDatabase();
  made.push(place);
  await withClient(place.ownerConfig, seed);
  const before = await digests(place);
  const program = join(import.meta.dirname, 'restore-until-killed.ts');
  const child = spawn(process.execPath, [program, connectionUrl(place.ownerConfig), backup, TEST_SECRET], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('loaded\n');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await digests(place)).toEqual(before);
  expect(await databasesLike(place)).toEqual([place.name, `${place.name}_restoring`]);
  await restore(place, backup, { replace: true });
  expect(await databasesLike(place)).toEqual([place.name, `${place.name}_before_restore_20261122T130500Z`]);
  await withClient({ ...place.ownerConfig, database: 'postgres' }, (server) =>
    server.query(`drop database "${place.name}_before_restore_20261122T130500Z"`),
  );
});

test('an older backup is brought up to the code, and history keeps what that changes', async () => {
  const newer = await migrationsCopied((dir) =>
    writeFile(join(dir, '9999-known-as.sql'), `update service.person set known_as = 'By migration';`),
  );
  const place = await newPlace();
  await restore(place, backup, {
    folders: newer,
    async prepare({ owner }) {
      await withClient(owner ?? {}, (client) => migrate(client, newer));
    },
  });
  await withClient(place.ownerConfig, async (owner) => {
    const { rows } = await owner.query(`
      select (select count(*)::int from service.person where known_as = 'By migration') as changed,
        (select count(*)::int from history.person where known_as = '') as kept`);
    expect(rows[0]).toEqual({ changed: HARD_TEXT.length, kept: 2 * HARD_TEXT.length });
  });
});

test('an owner that is no superuser backs up and restores too', { timeout: 60_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'homeward-plain-owner-'));
  const server = await useServer(dataDir, { settings: { fsync: 'off' } });
  try {
    await withClient(server.connection, async (owner) => {
      await owner.query(`create role plain_owner login createdb createrole password 'plain'`);
      await owner.query('create database plain owner plain_owner');
    });
    const url = connectionUrl({
      ...server.connection,
      user: 'plain_owner',
      password: 'plain',
      database: 'plain',
    });
    const connections = connectionsTo(connectionAt(url), TEST_SECRET);
    await prepare(connections);
    // Whoever sees no rows must not take a full database for an empty one.
    await withClient({ ...server.connection, database: 'plain' }, seed);
    const file = join(folder, 'plain.backup');
    await writeBackup(connections.jobs, file, { passphrase: TEST_SECRET, keyring, madeAt: NOW });
    const parts = { passphrase: TEST_SECRET, keyring, production: false, replace: false, now: NOW, prepare };
    expect(await refusalOf(restoreBackup(connections, file, parts))).toContain('holds a service already');
    const plain: TestDatabase = {
      name: 'plain',
      ownerConfig: { ...server.connection, database: 'plain' },
      ownerUrl: url,
      drop: async () => undefined,
    };
    const before = await digests(plain);
    await restoreBackup(connections, file, { ...parts, replace: true });
    const after = await digests(plain);
    expect(Object.keys(before).filter((table) => before[table] !== after[table])).toEqual([
      'messages.message',
    ]);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
});

async function migrationsCopied(
  change: (dir: string, names: string[]) => Promise<unknown>,
): Promise<MigrationFolders> {
  const migrationsDir = await mkdtemp(join(folder, 'migrations-'));
  await cp(migrationFolders.migrationsDir, migrationsDir, { recursive: true });
  await change(migrationsDir, (await readdir(migrationsDir)).sort());
  return { ...migrationFolders, migrationsDir };
}
