import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type MailServer, startMailServer } from '../../../test/support/mail.ts';
import { createKeyring } from '../crypto/sealed-box.ts';
import { type Connections, connectionsTo } from '../database/connections.ts';
import { Database } from '../database/transaction.ts';
import { smtpSender } from '../messages/smtp-sender.ts';
import { Refusal } from '../refusal.ts';
import { deliverCheckpoints } from './checkpoint-delivery.ts';
import { readOutsideCheckpoints } from './outside-checkpoint.ts';
import { sealAudit } from './sealing.ts';
import { verifyAudit } from './verification.ts';

let given: TestDatabase;
let connections: Connections;
let owner: pg.Client;
let database: Database;
let mail: MailServer;
let folder: string;

beforeAll(async () => {
  given = await testDatabase();
  connections = connectionsTo(given.ownerConfig, TEST_SECRET);
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  database = new Database(connections.jobs);
});
beforeEach(async () => {
  mail = await startMailServer();
  folder = await mkdtemp(join(tmpdir(), 'homeward-checkpoints-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await mail.stop();
  await owner.query(
    'truncate audit.entry, audit.waiting, audit.leaf, audit.checkpoint, audit.signing_key cascade',
  );
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await given.drop();
});

async function seal(entries: number): Promise<string> {
  await owner.query(
    `select audit.write('look', 'done', null, null, null, '{}') from generate_series(1, $1)`,
    [entries],
  );
  const sealed = await sealAudit({
    database,
    keyring: createKeyring(TEST_SECRET),
    publicUrl: 'http://localhost:3000',
  });
  return sealed?.note ?? '';
}

test('a folder gets the newest checkpoint once, whole, and the log agrees with all of them', async () => {
  await deliverCheckpoints(database, { folder, email: undefined });
  expect(await readdir(folder)).toEqual([]);
  await seal(2);
  const note = await seal(3);
  await deliverCheckpoints(database, { folder, email: undefined });
  await deliverCheckpoints(database, { folder, email: undefined });
  expect(await readdir(folder)).toEqual(['checkpoint-5.txt']);
  expect(await readFile(join(folder, 'checkpoint-5.txt'), 'utf8')).toBe(note);
  await seal(1);
  await deliverCheckpoints(database, { folder, email: undefined });
  expect((await readdir(folder)).toSorted()).toEqual(['checkpoint-5.txt', 'checkpoint-6.txt']);
  const outside = await readOutsideCheckpoints(folder);
  expect(await verifyAudit(connections.jobs, outside)).toMatchObject({ outside: 2, fault: null });
});

test('a checkpoint is never written over', async () => {
  await seal(1);
  const path = join(folder, 'checkpoint-1.txt');
  await writeFile(path, 'another');
  await expect(deliverCheckpoints(database, { folder, email: undefined })).rejects.toThrow(AggregateError);
  expect(await readFile(path, 'utf8')).toBe('another');
  await rm(path);
  await deliverCheckpoints(database, { folder, email: undefined });
  expect(await readFile(path, 'utf8')).toContain('localhost:3000/audit-');
});

test('a folder that is not there is not made, does not keep the email back, and is tried again', async () => {
  const sender = smtpSender({ url: mail.url, from: 'homeward@example.org' });
  const email = { address: 'auditor@example.org', sender };
  await seal(1);
  await rm(folder, { recursive: true });
  await expect(deliverCheckpoints(database, { folder, email })).rejects.toThrow('could not leave');
  expect(mail.messages).toHaveLength(1);
  folder = await mkdtemp(join(tmpdir(), 'homeward-checkpoints-'));
  await deliverCheckpoints(database, { folder, email });
  expect(await readdir(folder)).toEqual(['checkpoint-1.txt']);
  expect(mail.messages).toHaveLength(1);
  sender.close();
});

test('an email carries a checkpoint that can be checked as it was received, and the next comes after an hour', async () => {
  const sender = smtpSender({ url: mail.url, from: 'homeward@example.org' });
  const email = { address: 'auditor@example.org', sender };
  const note = await seal(4);
  mail.failNext(451);
  await expect(deliverCheckpoints(database, { folder: undefined, email })).rejects.toThrow(AggregateError);
  await deliverCheckpoints(database, { folder: undefined, email });
  const [received] = mail.messages;
  expect(received?.recipients).toEqual(['auditor@example.org']);
  const saved = join(folder, 'saved.txt');
  await writeFile(saved, received?.text ?? '');
  const outside = await readOutsideCheckpoints(saved);
  expect(outside[0]?.note).toBe(note);
  expect(await verifyAudit(connections.jobs, outside)).toMatchObject({ outside: 1, fault: null });

  await seal(1);
  await deliverCheckpoints(database, { folder: undefined, email });
  expect(mail.messages).toHaveLength(1);
  await owner.query(`update audit.checkpoint_delivery set at = at - interval '61 minutes'`);
  await deliverCheckpoints(database, { folder: undefined, email });
  expect(mail.messages.map((one) => one.subject)).toEqual([
    'Checkpoint of the audit: 4 entries',
    'Checkpoint of the audit: 5 entries',
  ]);
  sender.close();
});

test('what is no checkpoint is refused by name', async () => {
  await writeFile(join(folder, 'letter.txt'), 'Dear auditor');
  await expect(readOutsideCheckpoints(join(folder, 'letter.txt'))).rejects.toThrow(Refusal);
  await expect(readOutsideCheckpoints(join(folder, 'nowhere.txt'))).rejects.toThrow('no file or folder');
  await expect(readOutsideCheckpoints(folder)).rejects.toThrow('no file named checkpoint-SIZE.txt');
});
