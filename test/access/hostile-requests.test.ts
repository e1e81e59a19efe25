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

  test('is kept for no more pages once their session has ended', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const page = await fetch(`${given.url}/refer`, { headers: { cookie: referrer.cookie } });
    const _csrf = tokenIn(await page.text());
    await given.owner.query(
      `update identity.session set ended_at = now(), end_reason = 'signed-out' where account_id = $1`,
      [referrer.accountId],
    );
    const paths = Array.from({ length: MOST_KEPT_OF_REFERRER + 3 }, () => `/refer/${randomUUID()}/you`);
    for (const path of paths) {
      const { headers } = await fetch(`${given.url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: referrer.cookie },
        body: new URLSearchParams({ _csrf, words: path }),
      });
      expect(headers.get('location')).toContain('typed=kept');
    }
    const { rows } = await given.owner.query<{ path: string }>(
      'select path from identity.kept_form where account_id = $1',
      [referrer.accountId],
    );
    expect(rows.map(({ path }) => path).toSorted()).toEqual(paths.slice(-MOST_KEPT_OF_REFERRER).toSorted());
  });
});

test('who tries a note of somebody else’s young person is told of in that record’s looks', async () => {
  const { rows } = await given.owner.query<{ person: string; note: string }>(`
    with person as (
      insert into service.person (given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
      values ('Ama', 'Tried', 'ama tried', 'not-known', 'female', 'NOBT', 'E09000025') returning id
    ), body as (
      insert into identity.organisation (kind, name) values ('provider', 'Of nobody here') returning id
    ), author as (
      insert into identity.account (email, name, kind) values ('author@example.org', 'Author', 'staff') returning id
    )
    insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact)
    select person.id, body.id, author.id, 'visit', now(), 'x' from person, body, author
    returning person_id as person, id as note`);
  const [{ person, note } = { person: '', note: '' }] = rows;
  const stranger = await someone(given.owner, 'analyst');
  const reply = await fetch(`${given.url}/notes/${note}`, { headers: { cookie: stranger.cookie } });
  expect(reply.status).toBe(403);
  const { rows: told } = await given.owner.query(
    `select outcome from audit.entry where person_id = $1 and actor_id = $2`,
    [person, stranger.accountId],
  );
  expect(told).toEqual([{ outcome: 'refused' }]);
});
