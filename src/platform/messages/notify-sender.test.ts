import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { type OutgoingMessage, PermanentFailure, TemporaryFailure } from './message-sender.ts';
import { notifySender } from './notify-sender.ts';

const SERVICE = '26785a09-ab16-4eb0-8407-a37497a57506';
const SECRET = '3d844edf-8d35-48ac-975b-e847b4f122b0';
const API_KEY = `homeward_test-${SERVICE}-${SECRET}`;
const TEMPLATE = 'f33517ff-2a88-4f6e-b855-c550268ce08a';

const message: OutgoingMessage = {
  id: '019c2b9e-6f0a-7c44-9a55-6d5d3b1f0c11',
  to: 'spoc@hackney.example.org',
  subject: 'A referral is waiting for you – Homeward',
  body: '# Waiting\n\nhttps://homeward.example.org/referrals',
};

/** The answer of Notify, in its form; undefined says nothing at all. */
type Answer = { status: number; error?: string; message?: string; body?: unknown } | undefined;

let notify: Server;
let url: string;
let answer: Answer;
let received: unknown[];

/** As Notify does it: HS256 by the service's secret, issued by the service, within 30 seconds. */
function isSigned(authorization: string | undefined): boolean {
  const [head = '', claims = '', signature] = (authorization ?? '').replace('Bearer ', '').split('.');
  const right = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url');
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString());
  const { iss, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return signature === right && alg === 'HS256' && iss === SERVICE && Math.abs(Date.now() / 1000 - iat) < 30;
}

beforeEach(async () => {
  received = [];
  answer = { status: 201, body: { id: '740e5834-3a29-46b4-9a6f-16142fde533a', reference: message.id } };
  notify = createServer(async (request, reply) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (answer === undefined) return;
    const given = isSigned(request.headers.authorization)
      ? answer
      : { status: 403, error: 'AuthError', message: 'Invalid token: signature, api token not found' };
    received.push({ method: request.method, path: request.url, body: JSON.parse(text) });
    const { status, error, message: words, body } = given;
    reply.writeHead(status, {
      'content-type': 'application/json',
      ...(status === 302 ? { location: '/login' } : {}),
    });
    reply.end(JSON.stringify(body ?? { status_code: status, errors: [{ error, message: words }] }));
  });
  await new Promise<void>((listening) => notify.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(notify.address() as AddressInfo).port}`;
});
afterEach(() => {
  notify.closeAllConnections();
  notify.close();
});

const sender = (settings: { apiKey?: string } = {}) =>
  notifySender({ apiKey: API_KEY, templateId: TEMPLATE, url, ...settings }, 300);

describe('by GOV.UK Notify', () => {
  test('a message goes by the one template, under our id, signed by our key', async () => {
    expect(await sender().send(message)).toEqual({
      providerReference: '740e5834-3a29-46b4-9a6f-16142fde533a',
    });
    expect(received).toEqual([
      {
        method: 'POST',
        path: '/v2/notifications/email',
        body: {
          template_id: TEMPLATE,
          email_address: message.to,
          personalisation: { subject: message.subject, body: message.body },
          reference: message.id,
        },
      },
    ]);
  });

  test('an address that Notify will not take is permanent, in its words', async () => {
    answer = { status: 400, error: 'ValidationError', message: 'email_address Not a valid email address' };
    const sending = sender().send(message);
    await expect(sending).rejects.toThrow(PermanentFailure);
    await expect(sending).rejects.toThrow('ValidationError: email_address Not a valid email address');
  });

  test.each([
    { status: 429, error: 'TooManyRequestsError', message: 'Exceeded send limits (3000) for today' },
    { status: 500, error: 'Exception', message: 'Internal server error' },
    { status: 503, body: 'Service unavailable' },
    { status: 302 },
    { status: 404, body: 'No such page' },
  ])('an answer of $status is temporary', async (given) => {
    answer = given;
    const sending = sender().send(message);
    await expect(sending).rejects.toThrow(TemporaryFailure);
    await expect(sending).rejects.toThrow(`GOV.UK Notify answered ${given.status}`);
  });

  test('a key that is not accepted is temporary: the message is good, we are to be put right', async () => {
    const stranger = sender({ apiKey: `homeward_test-${SERVICE}-${SERVICE}` });
    await expect(stranger.send(message)).rejects.toThrow(TemporaryFailure);
    await expect(stranger.send(message)).rejects.toThrow('AuthError: Invalid token');
  });

  test('silence is temporary', async () => {
    answer = undefined;
    await expect(sender().send(message)).rejects.toThrow(TemporaryFailure);
  });

  test('nobody there is temporary', async () => {
    notify.close();
    await expect(sender().send(message)).rejects.toThrow(TemporaryFailure);
  });

  test('a page that says 200 but is not Notify has not sent anything', async () => {
    answer = { status: 200, body: '<html>Sign in to the network</html>' };
    await expect(sender().send(message)).rejects.toThrow(TemporaryFailure);
  });

  test('no failure carries the key, nor a token made with it', async () => {
    answer = { status: 500 };
    const failure: unknown = await sender()
      .send(message)
      .catch((error: unknown) => error);
    const everything = inspect(failure, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain('Bearer');
    expect(everything).toContain('GOV.UK Notify answered 500');
  });

  test('two addresses are never handed over', async () => {
    await expect(sender().send({ ...message, to: 'a@example.org,b@example.org' })).rejects.toThrow(
      PermanentFailure,
    );
    expect(received).toEqual([]);
  });

  test.each(['', 'k', SECRET, API_KEY.slice(0, -1)])(
    'the key %j is refused before anything is sent',
    (apiKey) => {
      expect(() => sender({ apiKey })).toThrow(Refusal);
    },
  );
});
