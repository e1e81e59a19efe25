import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase, withClient } from '../../../test/support/database.ts';
import { createKeyring } from '../crypto/sealed-box.ts';
import { type Connections, connectionsTo } from '../database/connections.ts';
import { Database } from '../database/transaction.ts';
import { openCheckpoint } from './checkpoint.ts';
import { leafHash, rootOf } from './merkle-tree.ts';
import { type Sealing, sealAudit } from './sealing.ts';
import { parseVerifierKey } from './signed-note.ts';
import { verifyAudit } from './verification.ts';

let given: TestDatabase;
let connections: Connections;
let owner: pg.Client;
let sealing: Sealing;

beforeAll(async () => {
  given = await testDatabase();
  connections = connectionsTo(given.ownerConfig, TEST_SECRET);
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  sealing = {
    database: new Database(connections.jobs),
    keyring: createKeyring(TEST_SECRET),
    publicUrl: 'https://homeward.example.org',
  };
});
afterEach(async () => {
  await owner.query(
    'truncate audit.entry, audit.waiting, audit.leaf, audit.checkpoint, audit.signing_key cascade',
  );
});
afterAll(async () => {
  await sealing.database.close();
  await owner.end();
  await given.drop();
});

const record = (client: pg.Client, action: string, times = 1) =>
  client.query(`select audit.write($1, 'done', null, null, null, '{}') from generate_series(1, $2)`, [
    action,
    times,
  ]);

const sealedActions = async () => {
  const { rows } = await owner.query<{ action: string }>(
    'select e.action from audit.leaf l join audit.entry e on e.id = l.entry_id order by l.position',
  );
  return rows.map((row) => row.action);
};

test('an empty log has no checkpoint', async () => {
  expect(await sealAudit(sealing)).toBeNull();
  expect(await verifyAudit(connections.jobs)).toMatchObject({ size: 0, waiting: 0, fault: null });
});

test('the checkpoint signs the RFC 6962 root over the stored bytes, and grows', async () => {
  await record(owner, 'first', 5);
  await sealAudit(sealing);
  await record(owner, 'second', 8);
  const sealed = await sealAudit(sealing);
  if (!sealed) throw new Error('nothing was sealed');

  const { rows } = await owner.query<{ body: Buffer }>(
    'select e.body from audit.leaf l join audit.entry e on e.id = l.entry_id order by l.position',
  );
  const checkpoint = openCheckpoint(sealed.note, [parseVerifierKey(sealed.verifier)]);
  expect(checkpoint.size).toBe(13);
  expect(checkpoint.origin).toMatch(/^homeward\.example\.org\/audit-[0-9a-f]{8}$/);
  expect(checkpoint.root).toEqual(rootOf(rows.map((row) => leafHash(row.body))));
  expect(await sealAudit(sealing)).toEqual(sealed);
});

test('an entry of a transaction that was open while a later one was sealed is sealed when it commits', async () => {
  await withClient(given.ownerConfig, async (slow) => {
    await withClient(given.ownerConfig, async (undone) => {
      await slow.query('begin');
      await record(slow, 'slow');
      await undone.query('begin');
      await record(undone, 'undone');
      await record(owner, 'quick');

      await sealAudit(sealing);
      expect(await sealedActions()).toEqual(['quick']);

      await undone.query('rollback');
      await record(owner, 'quicker');
      await sealAudit(sealing);
      await slow.query('commit');
      await sealAudit(sealing);
    });
  });
  expect(await sealedActions()).toEqual(['quick', 'quicker', 'slow']);
  expect(await verifyAudit(connections.jobs)).toMatchObject({ size: 3, waiting: 0, fault: null });
});

test('several sealers at once make one log, without a gap or an entry twice', async () => {
  await record(owner, 'many', 12_345);
  const others = [new Database(connections.jobs), new Database(connections.jobs)];
  try {
    const sealers = [sealing, ...others.map((database) => ({ ...sealing, database }))];
    await Promise.all([...sealers, ...sealers].map((one) => sealAudit(one)));
  } finally {
    await Promise.all(others.map((database) => database.close()));
  }
  expect(await verifyAudit(connections.jobs)).toMatchObject({ size: 12_345, checkpoints: 3, fault: null });
});

test('a log that is not what its last checkpoint says is not built on', async () => {
  await record(owner, 'before', 3);
  await sealAudit(sealing);
  await record(owner, 'after');
  for (const change of [
    `update audit.checkpoint set frontier = set_byte(frontier, 20, get_byte(frontier, 20) # 1)`,
    'delete from audit.leaf where position = 2',
  ]) {
    await owner.query(`begin; create table kept as table audit.checkpoint; ${change}; commit`);
    await expect(sealAudit(sealing), change).rejects.toThrow('run homeward audit verify');
    await owner.query('update audit.checkpoint c set frontier = k.frontier from kept k; drop table kept');
  }
});

test('with another secret a new key signs, and what the old one signed still counts', async () => {
  await record(owner, 'before');
  const before = await sealAudit(sealing);
  await record(owner, 'after');
  const keyring = createKeyring('another secret, chosen when the first was lost');
  const after = await sealAudit({ ...sealing, keyring });
  expect(after?.size).toBe(2);
  expect(after?.verifier).not.toBe(before?.verifier);
  expect(await verifyAudit(connections.jobs)).toMatchObject({ checkpoints: 2, fault: null });
});

test('sealing looks up what waits and never reads through the log', async () => {
  await record(owner, 'old', 2_000);
  await sealAudit(sealing);
  await owner.query('vacuum analyze');
  await record(owner, 'new', 20);
  await owner.query(`select pg_stat_reset()`);
  await sealAudit(sealing);
  await sealing.database.close(); // hands in what it counted
  sealing = { ...sealing, database: new Database(connections.jobs) };
  await expect
    .poll(async () => (await counted()).find((row) => row.relname === 'entry')?.looked_up ?? 0)
    .toBeGreaterThanOrEqual(20);
  expect((await counted()).filter((row) => row.read_through > 0)).toEqual([]);
});

const counted = async () => {
  const { rows } = await owner.query<{ relname: string; read_through: number; looked_up: number }>(
    `select relname, seq_tup_read as read_through, idx_tup_fetch as looked_up
     from pg_stat_user_tables where schemaname = 'audit' and relname in ('entry', 'leaf')`,
  );
  return rows;
};

test('nothing that serves a request reads a signing key, nor can it seal', async () => {
  await record(owner, 'one');
  await sealAudit(sealing);
  const { rows } = await owner.query<{ role: string; right: string }>(
    `select r.rolname as role, t.name || ' ' || p.name as right
     from pg_roles r
     cross join unnest(array['signing_key', 'leaf', 'checkpoint', 'waiting']) as t (name)
     cross join unnest(array['select', 'insert', 'update', 'delete']) as p (name)
     where r.rolname like 'homeward\\_%' and r.rolname not in ('homeward_owner', 'homeward_gate', 'homeward_task_sealing')
       and has_table_privilege(r.oid, ('audit.' || t.name)::regclass, p.name)
     order by 1, 2`,
  );
  expect(rows.filter(({ right }) => !right.endsWith(' select'))).toEqual([]);
  expect(rows.filter(({ right }) => right === 'signing_key select')).toEqual([
    { role: 'homeward_task_backup', right: 'signing_key select' },
  ]);
});
