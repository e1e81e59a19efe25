import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { type MailServer, startMailServer } from '../../test/support/mail.ts';
import { verifyAudit } from '../platform/audit/verification.ts';
import { createKeyring } from '../platform/crypto/sealed-box.ts';
import { type Connections, connectionsTo } from '../platform/database/connections.ts';
import { Refusal } from '../platform/refusal.ts';
import { startWorker, type WorkerSettings } from './worker.ts';

let given: TestDatabase;
let connections: Connections;
let owner: pg.Client;
let mail: MailServer;
let account: string;

const service = { keyring: createKeyring(TEST_SECRET), publicUrl: 'https://homeward.example.org' };
const settings = (): WorkerSettings => ({
  environment: 'development',
  messages: { kind: 'smtp', url: mail.url, from: 'homeward@example.org' },
  checkpointFolder: undefined,
  checkpointEmail: undefined,
  dataDir: tmpdir(),
});

beforeAll(async () => {
  given = await testDatabase();
  connections = connectionsTo(given.ownerConfig, TEST_SECRET);
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  const made = await owner.query<{ id: string }>(
    `insert into identity.account (email, name, kind) values ('someone@example.org', 'Someone', 'staff') returning id`,
  );
  account = made.rows[0]?.id ?? '';
});
beforeEach(async () => {
  mail = await startMailServer();
});
afterEach(async () => {
  await mail.stop();
  await owner.query('delete from messages.message');
});
afterAll(async () => {
  await owner.end();
  await given.drop();
});

/** Tells the account of something, as whatever happens in the service does. */
const tell = (path: string) =>
  owner.query(`select messages.tell($1, 'referral-received', $2)`, [account, path]);

const state = async () => {
  const { rows } = await owner.query<{ id: string; state: string; attempts: number }>(
    'select id, state, attempts from messages.message',
  );
  return rows[0];
};

describe('a worker', () => {
  test('sends a message when it is committed and not before, and seals the audit by itself', async () => {
    const worker = await startWorker(service, connections, settings(), 0.3);
    try {
      await owner.query(`begin; select audit.write('look', 'done', null, null, null, '{}')`);
      await tell('/referrals/one');
      await new Promise((later) => setTimeout(later, 300));
      expect(mail.messages).toEqual([]);
      await owner.query('commit');
      await mail.waitFor((received) => received.text.includes('https://homeward.example.org/referrals/one'));
      await expect.poll(async () => (await verifyAudit(connections.jobs)).size).toBeGreaterThan(0);
    } finally {
      await worker.stop();
    }
  });

  test('sends what was left when none was at work', async () => {
    await tell('/referrals/left');
    await owner.query('delete from graphile_worker._private_jobs');
    const worker = await startWorker(service, connections, settings());
    try {
      await mail.waitFor((received) => received.text.includes('/referrals/left'));
    } finally {
      await worker.stop();
    }
  });

  test('outlives the loss of every connection', async () => {
    const worker = await startWorker(service, connections, settings());
    try {
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'homeward_jobs' and datname = current_database()`,
      );
      await tell('/referrals/after');
      await mail.waitFor((received) => received.text.includes('/referrals/after'), 60_000);
    } finally {
      await worker.stop();
    }
  }, 90_000);

  test('is refused where checkpoints are to leave by email and nothing sends email', async () => {
    const nowhere = { ...settings(), messages: undefined, checkpointEmail: 'auditor@example.org' };
    await expect(startWorker(service, connections, nowhere)).rejects.toThrow(Refusal);
  });
});

describe('homeward worker', () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  });

  async function startProcess(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['src/app/main.ts', 'worker'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        DATABASE_URL: given.ownerUrl,
        HOMEWARD_SECRET: TEST_SECRET,
        HOMEWARD_SMTP_URL: mail.url,
        HOMEWARD_MAIL_FROM: 'homeward@example.org',
      },
    });
    started.push(child);
    let said = '';
    for await (const chunk of child.stderr ?? []) {
      said += chunk;
      if (said.includes('at work')) return child;
    }
    throw new Error(`The worker did not start: ${said}`);
  }

  test('killed in the middle of a message, leaves it to the next, which sends it under the same id', async () => {
    const reached = Promise.withResolvers<void>();
    let isFirst = true;
    await mail.stop();
    mail = await startMailServer({
      onMailFrom: (_address, _session, accept) => {
        if (!isFirst) return accept();
        isFirst = false;
        reached.resolve();
      },
    });
    await tell('/referrals/killed');
    const killed = await startProcess();
    await reached.promise;
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await state()).toMatchObject({ state: 'queued', attempts: 1 });

    // The five minutes after which its worker must be dead.
    await owner.query('update messages.message set next_attempt_at = now()');
    const next = await startProcess();
    const { id } = (await state()) ?? { id: '' };
    await mail.waitFor((received) => received.headers.get('message-id') === `<${id}@example.org>`);
    await expect.poll(async () => (await state())?.state).toBe('sent');
    expect(mail.messages).toHaveLength(1);

    next.kill('SIGTERM');
    const [code] = await once(next, 'exit');
    expect(code).toBe(0);
  });
});
