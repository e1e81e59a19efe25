import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { createKeyring } from '../crypto/sealed-box.ts';
import { type Connections, connectionsTo } from '../database/connections.ts';
import { Database } from '../database/transaction.ts';
import { signCheckpoint } from './checkpoint.ts';
import { Frontier, leafHash } from './merkle-tree.ts';
import type { OutsideCheckpoint } from './outside-checkpoint.ts';
import { sealAudit } from './sealing.ts';
import { type NoteSigner, newSignerKey, parseSignerKey } from './signed-note.ts';
import { type AuditProof, verifyAudit } from './verification.ts';

// A superuser changes the database underneath: twelve sealed entries under checkpoints of 4, 8 and 12, and two that wait.
const TABLES = ['entry', 'waiting', 'signing_key', 'leaf', 'checkpoint'];
const WHO = '00000000-0000-7000-8000-00000000000f';

let given: TestDatabase;
let connections: Connections;
let owner: pg.Client;
let database: Database;
let ids: string[];
let outside: OutsideCheckpoint[];

beforeAll(async () => {
  given = await testDatabase();
  connections = connectionsTo(given.ownerConfig, TEST_SECRET);
  database = new Database(connections.jobs);
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  outside = [];
  const sealing = {
    database,
    keyring: createKeyring(TEST_SECRET),
    publicUrl: 'https://homeward.example.org',
  };
  for (const size of [4, 8, 12]) {
    await record(4);
    const sealed = await sealAudit(sealing);
    outside.push({ name: `checkpoint-${size}.txt`, note: sealed?.note ?? '' });
  }
  await record(2);
  // References and triggers are no obstacle to a superuser.
  await owner.query(`set session_replication_role = replica; create schema kept`);
  for (const table of TABLES) await owner.query(`create table kept.${table} as table audit.${table}`);
  const { rows } = await owner.query<{ id: string }>('select id from audit.entry order by id');
  ids = rows.map((row) => row.id);
});
afterEach(async () => {
  for (const table of TABLES)
    await owner.query(`truncate audit.${table} cascade; insert into audit.${table} table kept.${table}`);
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await given.drop();
});

const record = (times: number) =>
  owner.query(
    `select audit.write('view-person', 'done', 'person', $1, $1, '{"a": 1}') from generate_series(1, $2)`,
    [WHO, times],
  );

const verify = (compared: OutsideCheckpoint[] = []): Promise<AuditProof> =>
  verifyAudit(connections.jobs, compared);

const insertEntry = (id: string, at = 'now()') => `
  insert into audit.entry (id, at, action, outcome, body)
  select '${id}', ${at}, 'view-person', 'done', convert_to(json_build_object('id', '${id}',
    'at', to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor', null, 'role', null, 'session', null,
    'task', null, 'action', 'view-person', 'outcome', 'done', 'subjectKind', null, 'subject', null, 'person', null,
    'detail', json_build_object())::text, 'UTF8')`;
const FORGED = '00000000-0000-7000-8000-0000000000aa';

test('a log that nobody touched is whole, and agrees with what was kept elsewhere', async () => {
  expect(await verify(outside)).toMatchObject({
    size: 12,
    waiting: 2,
    checkpoints: 3,
    outside: 3,
    fault: null,
  });
});

test('one bit of the bytes of an entry is enough to name it', async () => {
  for (const position of [0, 5, 11]) {
    await owner.query(
      'update audit.entry set body = set_byte(body, 40, get_byte(body, 40) # 1) where id = $1',
      [ids[position]],
    );
    expect((await verify()).fault).toMatchObject({
      what: 'has been changed since it was sealed',
      entry: { id: ids[position], position },
    });
    await owner.query(
      'update audit.entry set body = set_byte(body, 40, get_byte(body, 40) # 1) where id = $1',
      [ids[position]],
    );
  }
});

describe('a column that says otherwise than the bytes', () => {
  test.each([
    ['at', `at + interval '1 microsecond'`],
    ['actor_id', `'${WHO}'`],
    ['actor_role', `'caseworker'`],
    ['session_id', `'${WHO}'`],
    ['task', `'sealing'`],
    ['action', `'search'`],
    ['outcome', `'refused'`],
    ['subject_kind', 'null'],
    ['subject_id', `'${FORGED}'`],
    ['person_id', 'null'],
  ])('%s', async (column, value) => {
    await owner.query(`update audit.entry set ${column} = ${value} where id = $1`, [ids[6]]);
    expect((await verify()).fault).toMatchObject({
      what: `says otherwise in ${column} than in its sealed bytes`,
      entry: { id: ids[6], position: 6 },
    });
  });
});

describe('an entry that is taken away', () => {
  test('is named', async () => {
    await owner.query('delete from audit.entry where id = $1', [ids[7]]);
    expect((await verify()).fault).toEqual({
      what: 'has been removed',
      entry: { id: ids[7], at: null, position: 7 },
      to: null,
    });
  });

  test('with its leaf leaves a gap', async () => {
    await owner.query(
      `delete from audit.entry where id = '${ids[7]}'; delete from audit.leaf where position = 7`,
    );
    expect((await verify()).fault?.what).toBe(
      'The log has no entry at position 7: its leaf has been removed',
    );
  });

  test('and the gap closed, no longer fits the checkpoint; the place is known to the last checkpoint before', async () => {
    await owner.query(
      `delete from audit.entry where id = '${ids[5]}'; delete from audit.leaf where position = 5`,
    );
    for (let position = 6; position < 12; position += 1)
      await owner.query('update audit.leaf set position = $1 where position = $2', [position - 1, position]);
    expect((await verify()).fault).toMatchObject({
      what: expect.stringContaining('the log is not what The checkpoint of 8 entries signs'),
      entry: { id: ids[4], position: 4 },
      to: { id: ids[8], position: 7 },
    });
  });

  test('before it was sealed is named too', async () => {
    await owner.query('delete from audit.entry where id = $1', [ids[12]]);
    expect((await verify()).fault).toMatchObject({
      what: 'was recorded and has been removed before it was sealed',
      entry: { id: ids[12] },
    });
  });
});

describe('an entry that is put in', () => {
  test('without a leaf is named', async () => {
    await owner.query(insertEntry(FORGED));
    expect((await verify()).fault).toMatchObject({
      what: expect.stringContaining('not sealed and does not wait to be'),
      entry: { id: FORGED, position: null },
    });
  });

  test('in the place of another, leaf and all, no longer fits the checkpoint', async () => {
    await owner.query(insertEntry(FORGED));
    await rewriteLeaf(9, FORGED);
    expect((await verify()).fault).toMatchObject({
      what: expect.stringContaining('its leaf rewritten to match'),
      entry: { id: ids[8], position: 8 },
      to: { position: 11 },
    });
  });

  test('with an old date, for us to seal ourselves, is named', async () => {
    await owner.query(insertEntry(FORGED, `(now() - interval '4 days')`));
    await owner.query(`insert into audit.waiting values ('${FORGED}')`);
    expect((await verify()).fault).toMatchObject({
      what: 'waits to be sealed though the log was sealed long after it',
    });
    await sealAudit({
      database,
      keyring: createKeyring(TEST_SECRET),
      publicUrl: 'https://homeward.example.org',
    });
    expect((await verify()).fault).toMatchObject({
      what: 'was sealed long after the time that it gives: it was put in afterwards',
    });
  });
});

/** Gives the leaf at a position to an entry, with a hash to match. */
async function rewriteLeaf(position: number, id: string): Promise<void> {
  const { rows } = await owner.query<{ body: Buffer }>('select body from audit.entry where id = $1', [id]);
  await owner.query('update audit.leaf set entry_id = $2, hash = $3 where position = $1', [
    position,
    id,
    Buffer.from(leafHash(rows[0]?.body ?? Buffer.of())),
  ]);
}

/** Rewrites an entry from its bytes to its columns and its leaf. */
async function rewriteEntry(position: number): Promise<void> {
  await owner.query(
    `update audit.entry set person_id = null,
       body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '"person" : "[^"]*"', '"person" : null'), 'UTF8')
     where id = $1`,
    [ids[position]],
  );
  await rewriteLeaf(position, ids[position] ?? '');
}

/** Rewrites every checkpoint to fit the leaves as they are. */
async function rewriteCheckpoints(signer: NoteSigner): Promise<void> {
  const { rows } = await owner.query<{ hash: Buffer }>('select hash from audit.leaf order by position');
  const frontier = new Frontier();
  const verifier = signer.verifier.text;
  await owner.query(
    `insert into audit.signing_key (verifier, key_sealed) values ($1, '') on conflict do nothing`,
    [verifier],
  );
  for (const { hash } of rows) {
    frontier.append(hash);
    const root = Buffer.from(frontier.root());
    const note = signCheckpoint({ origin: signer.verifier.name, size: frontier.size, root }, signer);
    await owner.query(
      'update audit.checkpoint set root = $2, frontier = $3, note = $4, verifier = $5 where size = $1',
      [frontier.size, root, Buffer.from(frontier.toBytes()), note, verifier],
    );
  }
}

/** What someone has who holds the service's secret as well as the database. */
async function realSigner(): Promise<NoteSigner> {
  const { rows } = await owner.query<{ verifier: string; key_sealed: Buffer }>('table kept.signing_key');
  const key = rows[0];
  if (!key) throw new Error('there is no signing key');
  const box = createKeyring(TEST_SECRET).box('audit-signing-key');
  return parseSignerKey(Buffer.from(box.open(key.key_sealed, key.verifier)).toString());
}

describe('an entry that is rewritten with its leaf', () => {
  test('no longer fits the checkpoint: the entries since the one before are named', async () => {
    await rewriteEntry(6);
    expect((await verify()).fault).toMatchObject({
      entry: { id: ids[4], position: 4 },
      to: { id: ids[7], position: 7 },
    });
  });

  test('with the checkpoints signed again by the real key is found by one from outside, and by nothing else', async () => {
    await rewriteEntry(6);
    await rewriteCheckpoints(await realSigner());
    expect((await verify()).fault).toBeNull();
    expect((await verify(outside)).fault).toMatchObject({
      what: expect.stringContaining('the log is not what checkpoint-8.txt signs'),
      entry: { id: ids[4], position: 4 },
      to: { id: ids[7], position: 7 },
    });
    expect((await verify(outside.slice(2))).fault).toMatchObject({
      entry: { position: 0 },
      to: { position: 11 },
    });
  });

  test('with the checkpoints signed by a key of their own is found by one from outside', async () => {
    await rewriteEntry(6);
    await rewriteCheckpoints(parseSignerKey(newSignerKey('homeward.example.org/audit-00000000')));
    await owner.query(`delete from audit.signing_key where key_sealed <> ''`);
    expect((await verify()).fault).toBeNull();
    expect((await verify(outside)).fault?.what).toContain('checkpoint-4.txt cannot be trusted');
  });
});

test('a log that is cut off with everything signed since is found by a checkpoint from outside', async () => {
  await owner.query(`
    delete from audit.checkpoint where size > 8;
    delete from audit.leaf where position >= 8;
    delete from audit.entry where id >= '${ids[8]}';
    delete from audit.waiting`);
  expect((await verify()).fault).toBeNull();
  expect((await verify(outside)).fault?.what).toBe(
    'checkpoint-12.txt counts 12 entries, and the log ends after 8',
  );
});

describe('a checkpoint', () => {
  test('stored with another root than was signed is named', async () => {
    await owner.query(
      'update audit.checkpoint set root = set_byte(root, 3, get_byte(root, 3) # 1) where size = 8',
    );
    expect((await verify()).fault?.what).toBe(
      'The checkpoint of 8 entries is stored otherwise than it was signed',
    );
  });

  test('whose note was changed is named', async () => {
    await owner.query(
      `update audit.checkpoint set note = replace(note, E'\\n8\\n', E'\\n9\\n') where size = 8`,
    );
    expect((await verify()).fault?.what).toMatch(
      /^The checkpoint of 8 entries cannot be trusted: The signature/,
    );
  });

  test('that is the newest is missed', async () => {
    await owner.query('delete from audit.checkpoint where size = 12');
    expect((await verify()).fault?.what).toContain(
      'The log has 12 entries, and its last checkpoint counts 8',
    );
  });

  test('of another log proves nothing about this one, and says so', async () => {
    const stranger = parseSignerKey(newSignerKey('other.example.org/audit'));
    const note = signCheckpoint(
      { origin: 'other.example.org/audit', size: 4, root: Buffer.alloc(32) },
      stranger,
    );
    expect((await verify([{ name: 'other.txt', note }])).fault?.what).toContain(
      'other.txt cannot be trusted',
    );
  });
});
