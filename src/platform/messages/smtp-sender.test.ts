import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '../../../test/support/mail.ts';
import { Refusal } from '../refusal.ts';
import {
  type MessageSender,
  type OutgoingMessage,
  PermanentFailure,
  TemporaryFailure,
} from './message-sender.ts';
import { smtpSender } from './smtp-sender.ts';

const FROM = 'homeward@service.example.org';
const IMPATIENT = { connection: 400, answer: 400, whole: 3000 };

const message: OutgoingMessage = {
  id: '019c2b9e-6f0a-7c44-9a55-6d5d3b1f0c11',
  to: 'spoc@hackney.example.org',
  subject: 'A referral is waiting for you – Homeward',
  body: `Sign in to read it:\n\nhttps://homeward.example.org/referrals\n\n* ${'é'.repeat(200)}\n.\nEnd`,
};

let mail: MailServer;
let sender: MessageSender;

beforeEach(async () => {
  mail = await startMailServer();
  sender = smtpSender({ url: mail.url, from: FROM }, IMPATIENT);
});
afterEach(async () => {
  sender.close();
  await mail.stop();
});

describe('by SMTP', () => {
  test('a message arrives as it was written, from us, for one person', async () => {
    const { providerReference } = await sender.send(message);
    const arrived = await mail.waitFor(({ to }) => to === message.to);
    expect(arrived).toMatchObject({ recipients: [message.to], subject: message.subject, text: message.body });
    expect(arrived.headers.get('from')).toBe(FROM);
    expect(arrived.headers.get('auto-submitted')).toBe('auto-generated');
    expect(providerReference).toBe(arrived.headers.get('message-id'));
  });

  test('the same message sent again is recognised by its Message-ID', async () => {
    await sender.send(message);
    await sender.send(message);
    await sender.send({ ...message, id: 'another' });
    expect(mail.messages.map(({ headers }) => headers.get('message-id'))).toEqual([
      `<${message.id}@service.example.org>`,
      `<${message.id}@service.example.org>`,
      '<another@service.example.org>',
    ]);
  });

  test('many messages at once each arrive once', async () => {
    const ids = Array.from({ length: 20 }, (_, number) => `message-${number}`);
    await Promise.all(ids.map((id) => sender.send({ ...message, id, subject: id })));
    expect(mail.messages.map(({ subject }) => subject).sort()).toEqual(ids.sort());
  });

  test('nothing is handed to the server that would write to two people or write headers', async () => {
    for (const wrong of [{ to: 'a@example.org,b@example.org' }, { subject: 'Hello\r\nBcc: b@example.org' }]) {
      await expect(sender.send({ ...message, ...wrong })).rejects.toThrow(PermanentFailure);
    }
    expect(mail.messages).toEqual([]);
  });

  test.each(['recipient', 'text'] as const)('a 5xx to the %s is permanent, and says why', async (at) => {
    mail.failNext(550, at);
    const sending = sender.send(message);
    await expect(sending).rejects.toThrow(PermanentFailure);
    await expect(sending).rejects.toThrow('Planted 550');
  });

  test.each([
    [451, 'recipient'],
    [452, 'text'],
    [421, 'recipient'],
    [503, 'recipient'],
    [530, 'recipient'],
  ] as const)('a %i to the %s is temporary, and the next attempt arrives', async (code, at) => {
    mail.failNext(code, at);
    await expect(sender.send(message)).rejects.toThrow(TemporaryFailure);
    await sender.send(message);
    expect(mail.messages).toHaveLength(1);
  });

  test.each([
    ['hang', 'recipient'],
    ['hang', 'text'],
    ['die', 'recipient'],
    ['die', 'text'],
  ] as const)('a server that will %s at the %s is a temporary failure, told in time', async (fault, at) => {
    mail.failNext(fault, at);
    const begun = performance.now();
    await expect(sender.send(message)).rejects.toThrow(TemporaryFailure);
    expect(performance.now() - begun).toBeLessThan(IMPATIENT.answer + 1000);
    await sender.send(message);
    expect(mail.messages).toHaveLength(1);
  });

  test('a server that always says something and never finishes is left in the end', async () => {
    const drip = createServer((socket) => {
      socket.write('220 Ready\r\n');
      socket.once('data', () => {
        const timer = setInterval(() => socket.write('250-One thing more\r\n'), 100);
        socket.once('close', () => clearInterval(timer));
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((listening) => drip.listen(0, '127.0.0.1', listening));
    const { port } = drip.address() as AddressInfo;
    const talkedAt = smtpSender({ url: `smtp://127.0.0.1:${port}`, from: FROM }, IMPATIENT);
    const begun = performance.now();
    await expect(talkedAt.send(message)).rejects.toThrow(TemporaryFailure);
    expect(performance.now() - begun).toBeLessThan(IMPATIENT.whole + 500);
    talkedAt.close();
    await new Promise((closed) => drip.close(closed));
  });

  test('a server that hangs up before it greets is left to the queue to try again', async () => {
    let calls = 0;
    const curt = createServer((socket) => {
      calls += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => curt.listen(0, '127.0.0.1', listening));
    const { port } = curt.address() as AddressInfo;
    const hungUpOn = smtpSender({ url: `smtp://127.0.0.1:${port}`, from: FROM }, IMPATIENT);
    await expect(hungUpOn.send(message)).rejects.toThrow(TemporaryFailure);
    expect(calls).toBe(1);
    hungUpOn.close();
    await new Promise((closed) => curt.close(closed));
  });

  test('a server that is not there is a temporary failure', async () => {
    await mail.stop();
    await expect(sender.send(message)).rejects.toThrow(TemporaryFailure);
    mail = await startMailServer();
  });

  test('a user and password are given; one that is not accepted is temporary, since we are at fault', async () => {
    const strict = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'home ward' && password === 'p@ss:word'
          ? done(null, { user: username })
          : done(Object.assign(new Error('Not accepted'), { responseCode: 535 })),
    });
    const at = strict.url.replace('smtp://', '');
    const known = smtpSender({ url: `smtp://home%20ward:p%40ss%3Aword@${at}`, from: FROM }, IMPATIENT);
    await known.send(message);
    expect(strict.messages).toHaveLength(1);
    const unknown = smtpSender({ url: `smtp://home%20ward:wrong@${at}`, from: FROM }, IMPATIENT);
    await expect(unknown.send(message)).rejects.toThrow(TemporaryFailure);
    known.close();
    unknown.close();
    await strict.stop();
  });
});

test('a server on this machine needs no certificate that others vouch for', async () => {
  const near = await startMailServer({ hideSTARTTLS: false });
  const local = smtpSender({ url: near.url, from: FROM }, IMPATIENT);
  await local.send(message);
  expect(near.messages).toHaveLength(1);
  local.close();
  await near.stop();
});

// 0.0.0.0 leads to this machine on the systems we run on, but does not say so: the sender must treat it as far away.
describe.skipIf(process.platform === 'win32')('by SMTP to another machine', () => {
  test.each([
    ['no encryption', { disabledCommands: ['STARTTLS'] }],
    ['a certificate that nobody vouches for', { hideSTARTTLS: false }],
  ])('a server with %s is sent nothing', async (_what, options) => {
    const far = await startMailServer(options);
    const careful = smtpSender({ url: far.url.replace('127.0.0.1', '0.0.0.0'), from: FROM }, IMPATIENT);
    await expect(careful.send(message)).rejects.toThrow(TemporaryFailure);
    expect(far.messages).toEqual([]);
    careful.close();
    await far.stop();
  });
});

test.each([
  'smtp://mail.example.org/?tls.rejectUnauthorized=false',
  'smtp://mail.example.org/path',
  'smtp://mail.example.org#part',
  'http://mail.example.org',
  'smtp:///',
])('the address of a server that says more than where it is is refused: %s', (url) => {
  expect(() => smtpSender({ url, from: FROM })).toThrow(Refusal);
});
