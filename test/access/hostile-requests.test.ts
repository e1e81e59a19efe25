import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWebServer } from '../../src/app/web-server.ts';
import { MOST_KEPT_OF_REFERRER } from '../../src/platform/identity/kept-forms.ts';
import { someone, type TestService, testService } from '../support/service.ts';

/** What somebody who writes requests by hand gains: nothing. */
let given: TestService;
beforeAll(async () => {
  given = await testService();
});
afterAll(() => given.stop());

/** The service as it is in production, behind its proxy. */
async function inProduction(
  work: (server: Awaited<ReturnType<typeof createWebServer>>) => Promise<void>,
): Promise<void> {
  const server = await createWebServer({
    ...given.service,
    environment: 'production',
    publicUrl: 'https://homeward.example.org',
  });
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

const tokenIn = (html: string, name = '_csrf') =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

test('addresses that a browser writes into X-Forwarded-For are not the one that limits go by', async () => {
  await inProduction(async (server) => {
    const page = await server.inject('/sign-in');
    const visit = page.cookies.find(({ name }) => name === '__Host-homeward-visit')?.value ?? '';
    for (const spoofed of ['198.51.100.1', '198.51.100.2', '198.51.100.3, 10.0.0.1']) {
      const tried = await server.inject({
        method: 'POST',
        url: '/sign-in',
        remoteAddress: '10.0.0.2',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-forwarded-for': `${spoofed}, 203.0.113.9`,
          cookie: `__Host-homeward-visit=${visit}`,
        },
        payload: new URLSearchParams({
          _csrf: tokenIn(page.body),
          email: 'nobody@example.org',
          password: 'not the password',
        }).toString(),
      });
      expect(tried.statusCode).toBe(422);
    }
  });
  // One network and one address, three times each.
  const { rows } = await given.owner.query('select count from identity.attempt');
  expect(rows).toEqual([{ count: 3 }, { count: 3 }]);
});

test('a notice that another site of the domain planted is not shown', async () => {
  const planted = Buffer.from('PLANTED').toString('base64url');
  await inProduction(async (server) => {
    const shown = async (name: string) =>
      (await server.inject({ url: '/help', headers: { cookie: `${name}=${planted}` } })).body.includes(
        'PLANTED',
      );
    // What begins with __Host- a browser takes from this very host alone.
    expect([await shown('homeward-notice'), await shown('__Host-homeward-notice')]).toEqual([false, true]);
  });
});

describe('what is typed and not sent', () => {
  test('is kept for so many pages, and cannot fill the disk', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const page = await fetch(`${given.url}/refer`, { headers: { cookie: referrer.cookie } });
    const _csrf = tokenIn(await page.text());
    const keep = async (path: string) =>
      (
        await fetch(`${given.url}/kept-form?for=${path}`, {
          method: 'POST',
          headers: { cookie: referrer.cookie },
          body: new URLSearchParams({ _csrf, words: path }),
        })
      ).status;
    for (let n = 0; n < MOST_KEPT_OF_REFERRER + 5; n += 1)
      expect(await keep(`/refer/${randomUUID()}/you`)).toBe(204);
    const last = `/refer/${randomUUID()}/you`;
    expect(await keep(last)).toBe(204);
    // No form is typed at these.
    for (const path of ['/the-last', '/home', '/x/1']) expect(await keep(path)).toBe(404);
    const { rows } = await given.owner.query('select path from identity.kept_form where account_id = $1', [
      referrer.accountId,
    ]);
    expect(rows).toHaveLength(MOST_KEPT_OF_REFERRER);
    expect(rows).toContainEqual({ path: last });
    expect(await keep('//3232235777')).toBe(403);
  });
});
