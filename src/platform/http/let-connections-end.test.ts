import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { letConnectionsEnd } from './let-connections-end.ts';

let server: FastifyInstance;
let answer: (words: string) => void;
let opened: Socket[];

beforeEach(async () => {
  opened = [];
  server = fastify({ forceCloseConnections: 'idle' });
  server.get('/now', async () => 'at once');
  server.get('/later', () => new Promise((resolve) => (answer = resolve)));
  letConnectionsEnd(server, 3_000);
  await server.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  for (const connection of opened) connection.destroy();
  await server.close();
});

/** A connection, and what came in on it until it ended. */
async function open(words: string): Promise<{ heard: () => string; ended: Promise<unknown> }> {
  const connection = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  opened.push(connection);
  let heard = '';
  connection.on('data', (bytes) => (heard += bytes)).on('error', () => undefined);
  const ended = once(connection, 'close');
  await once(connection, 'connect');
  connection.write(words);
  await sleep(200);
  return { heard: () => heard, ended };
}

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`;

async function millisecondsToClose(): Promise<number> {
  const began = Date.now();
  await server.close();
  return Date.now() - began;
}

test('a connection that said nothing does not hold it', async () => {
  await open('');
  expect(await millisecondsToClose()).toBeLessThan(2_500);
});

test('a request under way is answered, and the connection that would be kept does not hold it', async () => {
  const waiting = await open(request('/later'));
  const kept = await open(request('/now'));
  const closing = millisecondsToClose();
  await sleep(500);
  answer('answered all the same');
  expect(await closing).toBeLessThan(2_500);
  await Promise.all([waiting.ended, kept.ended]);
  expect(waiting.heard()).toContain('answered all the same');
  expect(kept.heard()).toContain('at once');
});

test('a request that never ends is cut off when the patience is at its end', async () => {
  await open('GET /now HTTP/1.1\r\nHost: he');
  const took = await millisecondsToClose();
  expect(took).toBeGreaterThan(2_500);
  expect(took).toBeLessThan(6_000);
});
