import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type MailServer, startMailServer } from '../../../test/support/mail.ts';
import { createKeyring } from '../crypto/sealed-box.ts';
import { connectionsTo } from '../database/connections.ts';
import { Database } from '../database/transaction.ts';
import { type Delivery, deliverMessages } from './delivery.ts';
import { sealMessagePath } from './message-link.ts';
import { notifySender } from './notify-sender.ts';
import { outboxSender } from './outbox-sender.ts';
import { smtpSender } from './smtp-sender.ts';

const PUBLIC_URL = 'https://homeward.example.org';
const keyring = createKeyring(TEST_SECRET);
const templates = {
  'something-waits': { name: 'Something', subject: 'Something waits', text: 'Something waits for you.' },
  link: { name: 'Link', subject: 'Your link', text: 'Use it soon.', after: 'It works once.', usefulFor: 30 },
  news: {
    name: 'News',
    subject: 'News in Homeward',
    text: 'Come to Homeward.',
    after: 'Homeward asks who you are.',
  },
};

let given: TestDatabase;
let owner: pg.Client;
let database: Database;
let mail: MailServer;
let delivery: Delivery;

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  database = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).jobs);
});
beforeEach(async () => {
  mail = await startMailServer();
  const sender = smtpSender({ url: mail.url, from: 'homeward@example.org' });
  delivery = { database, sender, keyring, publicUrl: PUBLIC_URL, templates };
});
afterEach(async () => {
  delivery.sender.close();
  await mail.stop();
  await owner.query('delete from messages.message; delete from identity.account');
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await given.drop();
});

interface Row {
  state: string;
  attempts: number;
  provider: string | null;
  provider_reference: string | null;
  last_error: string | null;
  secret_sealed: Buffer | null;
  /** Minutes until the next attempt. */
  wait: number;
}

async function queue(
  message: { template?: string; path?: string; secret?: Buffer; email?: string; ago?: string } = {},
): Promise<string> {
  const email = message.email ?? `someone.${randomUUID().slice(0, 8)}@example.org`;
  const account = await owner.query<{ id: string }>(
    `insert into identity.account (email, name, kind) values ($1, 'Someone Named', 'staff') returning id`,
    [email],
  );
  const made = await owner.query<{ id: string }>(
    `insert into messages.message (account_id, template, path, secret_sealed, created_at)
     values ($1, $2, $3, $4, now() - $5::interval) returning id`,
    [
      account.rows[0]?.id,
      message.template ?? 'something-waits',
      message.path ?? '/queue',
      message.secret ?? null,
      message.ago ?? '0',
    ],
  );
  return made.rows[0]?.id ?? '';
}

async function look(id: string): Promise<Row | undefined> {
  const { rows } = await owner.query<Row>(
    `select state, attempts, provider, provider_reference, last_error, secret_sealed,
       round(extract(epoch from next_attempt_at - now()) / 60)::int as wait
     from messages.message where id = $1`,
    [id],
  );
  return rows[0];
}

const becomeDue = (id: string) =>
  owner.query('update messages.message set next_attempt_at = now() where id = $1', [id]);

test('a message says that something waits, and where, to the one it is for', async () => {
  const id = await queue({ path: '/referrals/4f1c', email: 'spoc@example.org' });
  expect(await deliverMessages(delivery)).toBe(1);
  const [received] = mail.messages;
  expect(received?.recipients).toEqual(['spoc@example.org']);
  expect(received?.subject).toBe('Something waits');
  expect(received?.text).toBe(`Something waits for you.\n\n${PUBLIC_URL}/referrals/4f1c`);
  expect(received?.headers.get('message-id')).toBe(`<${id}@example.org>`);
  expect(await look(id)).toMatchObject({
    state: 'sent',
    attempts: 1,
    provider: 'smtp',
    provider_reference: `<${id}@example.org>`,
  });
});

test('a sealed link is opened for its own kind of message, sent, and kept no longer', async () => {
  const secret = sealMessagePath(keyring, 'link', '/refer/link?token=abc');
  const right = await queue({ template: 'link', secret });
  const swapped = await queue({ template: 'something-waits', secret });
  expect(await deliverMessages(delivery)).toBe(1);
  expect(mail.messages.map((one) => one.text)).toEqual([
    `Use it soon.\n\n${PUBLIC_URL}/refer/link?token=abc\n\nIt works once.`,
  ]);
  expect(await look(right)).toMatchObject({ state: 'sent', secret_sealed: null });
  expect(await look(swapped)).toMatchObject({
    state: 'failed',
    last_error: expect.stringContaining('another secret'),
  });
});

test('a kind of message that nobody has written words for is sent all the same', async () => {
  await queue({ template: 'invented-tomorrow', path: '/somewhere' });
  expect(await deliverMessages(delivery)).toBe(1);
  expect(mail.messages[0]?.text).toBe(`Something waits for you.\n\n${PUBLIC_URL}/somewhere`);
});

test('a service’s own words are sent under its own name, and what is said below the link stays', async () => {
  await owner.query(
    `insert into reference.message_words (template, subject, text) values ('link', 'Come in', 'Here you go.')`,
  );
  await owner.query(`update reference.service_details set service_name = 'Northern Lights'`);
  await queue({ template: 'link', secret: sealMessagePath(keyring, 'link', '/refer/link?token=abc') });
  expect(await deliverMessages(delivery)).toBe(1);
  await owner.query('delete from reference.message_words');
  const [message] = mail.messages;
  expect(message?.text).toBe(`Here you go.\n\n${PUBLIC_URL}/refer/link?token=abc\n\nIt works once.`);
  expect(message?.headers.get('subject')).toBe('Come in');
  expect(message?.headers.get('from')).toMatch(/^"?Northern Lights"? <homeward@example\.org>$/);
});

test('words that are built in name the service as it calls itself', async () => {
  await owner.query(`update reference.service_details set service_name = 'Tyne & $&'`);
  await queue({ template: 'news', path: '/queue' });
  expect(await deliverMessages(delivery)).toBe(1);
  const [message] = mail.messages;
  expect(message?.headers.get('subject')).toBe('News in Tyne & $&');
  expect(message?.text).toBe(`Come to Tyne & $&.\n\n${PUBLIC_URL}/queue\n\nTyne & $& asks who you are.`);
});

test('workers that deliver at once send each message once', async () => {
  for (let times = 0; times < 40; times += 1) await queue();
  const sent = await Promise.all([
    deliverMessages(delivery),
    deliverMessages(delivery),
    deliverMessages(delivery),
  ]);
  expect(sent.reduce((sum, one) => sum + one, 0)).toBe(40);
  expect(new Set(mail.messages.map((one) => one.to)).size).toBe(40);
  expect(mail.messages).toHaveLength(40);
});

describe('when it cannot be sent', () => {
  test('it waits longer after each attempt, ten times, and then is for people to see to', async () => {
    const id = await queue({ email: 'canary@example.org' });
    const waits: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      mail.failNext(451);
      await becomeDue(id);
      expect(await deliverMessages(delivery)).toBe(0);
      waits.push((await look(id))?.wait);
    }
    expect(waits.slice(0, 9)).toEqual([1, 5, 15, 30, 60, 120, 240, 480, 720]);
    const given = await look(id);
    expect(given).toMatchObject({ state: 'failed', attempts: 10 });
    expect(given?.last_error).toContain('Planted 451');
    await becomeDue(id);
    expect(await deliverMessages(delivery)).toBe(0);
    expect(mail.messages).toEqual([]);
  });

  test('what can never be sent is not tried again, and the reason names nobody', async () => {
    const id = await queue({ email: 'canary@example.org, other@example.org' });
    await deliverMessages(delivery);
    mail.failNext(550);
    const other = await queue({ email: 'unknown@example.org' });
    await deliverMessages(delivery);
    for (const one of [id, other]) {
      const row = await look(one);
      expect(row).toMatchObject({ state: 'failed', attempts: 1 });
      expect(row?.last_error).toContain('refused for good');
      expect(row?.last_error).not.toContain('@');
    }
  });

  test('the next messages are sent though one fails', async () => {
    mail.failNext(451, 'text');
    for (let times = 0; times < 3; times += 1) await queue();
    expect(await deliverMessages(delivery)).toBe(2);
    const { rows } = await owner.query<{ state: string }>('select state from messages.message order by 1');
    expect(rows.map((row) => row.state)).toEqual(['queued', 'sent', 'sent']);
  });

  test('a link that has run out is not sent', async () => {
    const id = await queue({ template: 'link', ago: '31 minutes' });
    expect(await deliverMessages(delivery)).toBe(0);
    expect(await look(id)).toMatchObject({ state: 'failed', last_error: expect.stringContaining('run out') });
  });

  test('an account that was closed is not written to', async () => {
    const id = await queue();
    await owner.query('update identity.account set disabled_at = now()');
    expect(await deliverMessages(delivery)).toBe(0);
    expect(await look(id)).toMatchObject({ state: 'failed', last_error: expect.stringContaining('closed') });
  });
});

test('a worker that is told to stop begins no new message', async () => {
  await queue();
  expect(await deliverMessages(delivery, AbortSignal.abort())).toBe(0);
  expect(mail.messages).toEqual([]);
});

test('a worker that was cut off leaves its message to the next, under the same id, and says nothing afterwards', async () => {
  const id = await queue();
  mail.failNext('hang', 'text');
  const server = { url: mail.url, from: 'homeward@example.org' };
  const cutOff = smtpSender(server, { connection: 3_000, answer: 3_000, whole: 3_000 });
  const dying = deliverMessages({ ...delivery, sender: cutOff, lease: 0.02 });
  await expect.poll(async () => (await look(id))?.attempts).toBe(1);
  expect(await deliverMessages(delivery)).toBe(0);
  await expect.poll(() => deliverMessages(delivery), { timeout: 2_500, interval: 100 }).toBe(1);
  expect(await dying).toBe(0);
  cutOff.close();
  expect(mail.messages.map((one) => one.headers.get('message-id'))).toEqual([`<${id}@example.org>`]);
  expect(await look(id)).toMatchObject({ state: 'sent', attempts: 2, last_error: null });
});

test('GOV.UK Notify gets our id as its reference, and its own is kept', async () => {
  const received: unknown[] = [];
  const notify = createServer(async (request, reply) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push(JSON.parse(text));
    reply.writeHead(201, { 'content-type': 'application/json' });
    reply.end(JSON.stringify({ id: 'a-reference-of-notify' }));
  });
  await new Promise<void>((listening) => notify.listen(0, '127.0.0.1', listening));
  const sender = notifySender({
    apiKey: `homeward_test-${randomUUID()}-${randomUUID()}`,
    templateId: randomUUID(),
    url: `http://127.0.0.1:${(notify.address() as AddressInfo).port}`,
  });
  const id = await queue({ email: 'spoc@example.org' });
  expect(await deliverMessages({ ...delivery, sender })).toBe(1);
  notify.closeAllConnections();
  notify.close();
  expect(received).toMatchObject([
    { email_address: 'spoc@example.org', reference: id, personalisation: { subject: 'Something waits' } },
  ]);
  expect(await look(id)).toMatchObject({ state: 'sent', provider_reference: 'a-reference-of-notify' });
});

test('the outbox of a developer’s machine keeps the link, to be shown', async () => {
  const secret = sealMessagePath(keyring, 'link', '/refer/link?token=abc');
  const id = await queue({ template: 'link', secret });
  expect(await deliverMessages({ ...delivery, sender: outboxSender() })).toBe(1);
  expect(await look(id)).toMatchObject({ state: 'sent', provider: 'outbox', secret_sealed: secret });
  expect(mail.messages).toEqual([]);
});
