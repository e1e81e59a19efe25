import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../src/app/pages.ts';
import { readForm } from '../../src/platform/forms/read-form.ts';
import type { Page } from '../../src/platform/http/page.ts';
import { securityHeaders } from '../../src/platform/http/security-headers.ts';
import { type TestService, testService } from '../support/service.ts';
import {
  addressesOf,
  eachOf,
  goodFields,
  isTheirs,
  type Knocking,
  knockOn,
  type Reply,
  type Token,
} from './knocking.ts';
import {
  type Address,
  forgedParams,
  mayRead,
  type Route,
  routes,
  type Visitor,
  visitors,
} from './route-matrix.ts';
import { groups, signedIn } from './table-matrix.ts';
import { buildWorld, type World } from './world.ts';

/** Every page, by everybody, of everything: `routes` (route-matrix.ts) says who gets what, and the rest is refused. */

let given: TestService;
let world: World;
let knocking: Knocking;

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
  knocking = knockOn(given, world);
});
afterAll(() => given.stop());

const known = (page: Page): Route => routes[page.path] ?? { may: {} };

const isToSignIn = ({ status, location }: Reply) =>
  status === 303 && /^\/(sign-in|refer\/start)\?return=/.test(location);

/** Whose canaries of which kind are in a reply that the visitor may not read. Empty is good. */
function leaks(visitor: Visitor, reply: Reply, route: Route = { may: {} }): string[] {
  const said = `${reply.body} ${reply.location} ${[...reply.headers.values()].join(' ')}`;
  return [...new Set(said.match(/CANARY-[a-z-]+?-[A-Za-z-]+\./g))].filter((word) => {
    const kind = [...Object.keys(mayRead), 'entry', 'message-sent'].find((each) =>
      word.startsWith(`CANARY-${each}-`),
    );
    const whose = word.slice(`CANARY-${kind}-`.length, -1);
    const allowed = [mayRead[kind ?? '']?.[visitor], route.mayShow?.[kind ?? '']];
    return !allowed.some(
      (group) => visitor !== 'nobody' && groups[group ?? '']?.(visitor).some((each) => each === whose),
    );
  });
}

/** What must be true of every reply, whoever asked for what. */
function faultsOf(visitor: Visitor, reply: Reply, route?: Route): string[] {
  const faults = leaks(visitor, reply, route).map((canary) => `shows ${canary}`);
  if (reply.status >= 500) faults.push(`answers ${reply.status}`);
  for (const [name, value] of Object.entries(securityHeaders))
    if (reply.headers.get(name) !== value) faults.push(`has ${name}: ${reply.headers.get(name)}`);
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'etag'])
    if (reply.headers.has(name)) faults.push(`has the header ${name}`);
  for (const cookie of reply.headers.getSetCookie())
    if (!/; HttpOnly/i.test(cookie) || !/; SameSite=(Lax|Strict)/i.test(cookie))
      faults.push(`sets ${cookie}`);
  return faults;
}

/** What is wrong with the answer to somebody who opened a page. */
function wrongWith(reply: Reply, page: Page, route: Route, visitor: Visitor, address: Address): string[] {
  const may = route.may[visitor];
  const answered = `answers ${reply.status} ${reply.location}`.trim();
  if (may === undefined) {
    const refused = visitor === 'nobody' ? isToSignIn(reply) : reply.status === 403;
    return refused ? [] : [`${answered}, not a refusal`];
  }
  if (typeof may === 'number') return reply.status === may ? [] : [`${answered}, not ${may}`];
  if (!isTheirs(route, visitor, address)) return reply.status === 404 ? [] : [`${answered}, not 404`];
  const opened = reply.status === 200 || (reply.status === 303 && !isToSignIn(reply));
  return opened ? [] : [`${answered}, not the page ${page.path}`];
}

/** Everything in the database that a refused request must leave as it was: all but who looked, and when. */
async function fingerprint(): Promise<Record<string, string>> {
  const { rows: tables } = await given.owner.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('identity', 'service', 'history', 'messages', 'disposal', 'reference')
      and c.relname not in ('session', 'submission', 'attempt', 'kept_form')`);
  const { rows } = await given.owner.query<{ name: string; content: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as content from ${name} t`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}

/** Undoes what a page should have refused to do to the cast, so that one fault is not found again on every page. */
async function revive(): Promise<void> {
  await given.owner.query(`update identity.account set disabled_at = null where disabled_at is not null`);
  await given.owner.query(
    `update identity.session set ended_at = null, end_reason = null where end_reason is not null`,
  );
  await given.owner.query(
    `update identity.access_grant set ended_at = null, ended_by = null where ended_at is not null`,
  );
}

test('every page has a row in the matrix', () => {
  const missing = pages.filter(({ path }) => !(path in routes)).map(({ path }) => path);
  expect(
    missing,
    'Add a row for each to `routes` in test/access/route-matrix.ts: who gets it, and of which records',
  ).toEqual([]);
  const gone = Object.keys(routes).filter((path) => !pages.some((page) => page.path === path));
  expect(gone, 'These rows of test/access/route-matrix.ts are of no page').toEqual([]);
});

test.each(
  pages
    .filter(({ path, for: roles }) => roles !== 'everybody' && path in routes)
    .map((page) => [page.path, page] as const),
)('%s is for the roles of its row', (_path, page) => {
  expect(Object.keys(known(page).may).toSorted()).toEqual([...page.for].toSorted());
});

const pagesWithRow = pages.filter(({ path }) => path in routes);

describe.each(pagesWithRow.map((page) => [page.path, page] as const))('%s', (_path, page) => {
  const route = known(page);

  test('is opened by those who may, and by nobody else', async () => {
    const visits = visitors.flatMap((visitor) => {
      const all = addressesOf(route, world);
      // Whom a page is not for is refused before it is asked which record.
      return (typeof route.may[visitor] === 'string' ? all : all.slice(0, 1)).map((address) => ({
        visitor,
        address,
      }));
    });
    const shown = new Set<string>();
    const faults = await eachOf(visits, async ({ visitor, address }) => {
      const path = page.url(address.params);
      const reply = await knocking.get(visitor, path);
      if (reply.status === 200)
        for (const word of reply.body.match(/CANARY-[a-z]+/g) ?? []) shown.add(word.slice(7));
      const wrong = [...wrongWith(reply, page, route, visitor, address), ...faultsOf(visitor, reply, route)];
      return wrong.map((fault) => `${visitor} at ${page.path} of ${address.whose}: ${fault}`);
    });
    expect(faults.flat()).toEqual([]);
    expect([...shown], 'What a page must show shows that what it must not show would be found').toEqual(
      expect.arrayContaining(route.looksFor ? [] : [...(route.shows ?? [])]),
    );
  });

  test('finds for those who may what they may read', async () => {
    const { looksFor } = route;
    if (!looksFor) return;
    const all = visitors.filter((visitor) => route.may[visitor] !== undefined);
    const faults = await eachOf(all, async (visitor) => {
      const reply = await knocking.post(visitor, page.url(), looksFor);
      const found = (route.shows ?? []).filter((kind) => !reply.body.includes(`CANARY-${kind}-`));
      return [...faultsOf(visitor, reply, route), ...found.map((kind) => `finds no ${kind}`)].map(
        (fault) => `${visitor} at ${page.path}: ${fault}`,
      );
    });
    expect(faults.flat()).toEqual([]);
  });

  test('takes no form from those who may not send it, or whose page it did not come from', async () => {
    if (!page.post) return;
    const fields = goodFields(page, route);
    const read = page.form ? readForm(page.form, fields) : { ok: true as const };
    expect(read.ok ? [] : read.faults, `Give the row of ${page.path} a form that reads well`).toEqual([]);
    const before = await fingerprint();
    const visits = visitors.flatMap((visitor) => {
      const all = addressesOf(route, world);
      const few = typeof route.may[visitor] === 'string' ? all : all.slice(0, 1);
      return few.flatMap((address, n) => [
        ...(isTheirs(route, visitor, address) ? [] : [{ visitor, address, token: 'right' as Token }]),
        ...(n === 0 && (route.may[visitor] !== undefined || visitor === 'nobody')
          ? (['wrong', 'none'] as Token[]).map((token) => ({ visitor, address, token }))
          : []),
      ]);
    });
    const faults = await eachOf(visits, async ({ visitor, address, token }) => {
      const reply = await knocking.post(visitor, page.url(address.params), fields, token);
      const wrong = [
        ...(token === 'right'
          ? wrongWith(reply, page, route, visitor, address)
          : reply.status === 403
            ? []
            : [`answers ${reply.status}, not 403`]),
        ...faultsOf(visitor, reply),
      ];
      return wrong.map(
        (fault) => `${visitor} sends ${page.path} of ${address.whose} with ${token} token: ${fault}`,
      );
    });
    expect(faults.flat()).toEqual([]);
    expect(await fingerprint()).toEqual(before);
  });

  afterEach(revive);

  test('reads an empty form without falling over', async () => {
    if (!page.post || route.acts) return;
    const visits = visitors.flatMap((visitor) =>
      route.may[visitor] === undefined
        ? []
        : addressesOf(route, world)
            .filter((address) => isTheirs(route, visitor, address))
            .slice(0, 3)
            .map((address) => ({ visitor, address })),
    );
    const faults = await eachOf(visits, async ({ visitor, address }) => {
      const reply = await knocking.post(visitor, page.url(address.params), {});
      const wrong = faultsOf(visitor, reply, route);
      if (![200, 303, 404, 410, 422].includes(reply.status)) wrong.push(`answers ${reply.status}`);
      return wrong.map((fault) => `${visitor} sends ${page.path} of ${address.whose} empty: ${fault}`);
    });
    expect(faults.flat()).toEqual([]);
  });

  test('is nothing to those who forge its address', async () => {
    if (route.of === undefined) return;
    const visits = visitors.flatMap((visitor) =>
      typeof route.may[visitor] !== 'string' || route.may[visitor] === 'none'
        ? []
        : forgedParams(world).map((forged) => ({ visitor, forged })),
    );
    const faults = await eachOf(visits, async ({ visitor, forged }) => {
      const real =
        addressesOf(route, world).find((address) => isTheirs(route, visitor, address))?.params ?? {};
      const wrong = await Promise.all(
        [...page.path.matchAll(/:([a-zA-Z]+)/g)].map(async ([, name = '']) => {
          // A real value for the other names, so that each alone must be asked about.
          const path = page.path.replace(/:([a-zA-Z]+)/g, (_all, each: string) =>
            each === name ? forged : encodeURIComponent(real[each] ?? forged),
          );
          const reply = await knocking.get(visitor, path);
          const faults = faultsOf(visitor, reply, route);
          if (reply.status !== 404) faults.push(`answers ${reply.status}, not 404`);
          return faults.map((fault) => `${visitor} at ${path.slice(0, 100)}: ${fault}`);
        }),
      );
      return wrong.flat();
    });
    expect(faults.flat()).toEqual([]);
  });
});

describe('what is no page', () => {
  test('says that it is well and nothing else', async () => {
    for (const visitor of visitors) {
      const reply = await knocking.get(visitor, '/health');
      expect([reply.status, reply.body]).toEqual([200, 'ok']);
      expect(faultsOf(visitor, reply)).toEqual([]);
    }
  });

  test('keeps what somebody types for them alone, and asks for their own token', async () => {
    for (const visitor of visitors) {
      const path = '/kept-form?for=/account/password';
      for (const token of ['wrong', 'none'] as const) {
        expect((await knocking.post(visitor, path, { words: 'x' }, token)).status).toBe(403);
      }
      expect((await knocking.post(visitor, path, { words: 'x' })).status).toBe(
        visitor === 'nobody' ? 401 : 204,
      );
      for (const astray of [
        '',
        '?for=//elsewhere.example',
        '?for=https://elsewhere.example',
        '?for=/a%00b',
        "?for=/'",
      ]) {
        const reply = await knocking.post(visitor, `/kept-form${astray}`, { words: 'x' });
        expect([403, 404]).toContain(reply.status);
        expect(faultsOf(visitor, reply)).toEqual([]);
      }
    }
    const { rows } = await given.owner.query(
      `select account_id from identity.kept_form where path = '/account/password' order by account_id`,
    );
    expect(rows).toHaveLength(visitors.length - 1);
  });

  test('serves files of the pages and nothing beside them', async () => {
    const home = await knocking.get('nobody', '/');
    const file = /\/assets\/[\w.-]+\.css/.exec(home.body)?.[0] ?? '';
    const reply = await knocking.get('nobody', file);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    for (const astray of [
      '',
      '/',
      '/../homeward.js',
      '/..%2fhomeward.js',
      '/%2e%2e/package.json',
      '/.env',
      '/%00',
      '/no-such.css',
    ]) {
      const answer = await knocking.get('nobody', `/assets${astray}`);
      expect([403, 404], astray).toContain(answer.status);
      expect(leaks('nobody', answer)).toEqual([]);
    }
  });

  test('is not found, in the same words for everybody', async () => {
    for (const visitor of visitors) {
      for (const path of ['/no-such-page', '/people', '/people/x/y/z', '/.git/config', '/admin']) {
        const reply = await knocking.get(visitor, path);
        expect([visitor, path, reply.status]).toEqual([visitor, path, 404]);
        expect(faultsOf(visitor, reply)).toEqual([]);
      }
    }
  });

  test.each([
    ['too long', `/people/${'a'.repeat(5_000)}`],
    ['no address at all', '/%'],
  ])('is an address that is %s, and is answered under the same rules', async (_how, path) => {
    const reply = await knocking.get('caseworker', path);
    expect([400, 404, 414]).toContain(reply.status);
    expect(faultsOf('caseworker', reply)).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('knows no %s', async (method) => {
    for (const page of pages.filter(({ post }) => post).slice(0, 10)) {
      const address = addressesOf(known(page), world)[0];
      const reply = await knocking.ask(page.url(address?.params), {
        method,
        headers: { cookie: knocking.cookieOf('operations-manager') },
      });
      expect([page.path, reply.status]).toEqual([page.path, 404]);
      expect(faultsOf('operations-manager', reply)).toEqual([]);
    }
  });
});

describe('somebody whose session has ended', () => {
  test('is asked to sign in, whatever they ask for', async () => {
    const token = 'a token that was good once';
    await given.owner.query(
      `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, ended_at)
       values (sha256(convert_to($1, 'UTF8')), $2, $3, now() + interval '1 hour', 60, now())`,
      [token, world.cast['operations-manager'].accountId, world.cast['operations-manager'].grantId],
    );
    const faults = await eachOf(
      pages.filter((page) => page.for !== 'everybody'),
      async (page) => {
        const path = page.url(addressesOf(known(page), world)[0]?.params);
        const reply = await knocking.ask(path, { headers: { cookie: `homeward-session=${token}` } });
        return isToSignIn(reply) && leaks('nobody', reply).length === 0
          ? []
          : [`${page.path}: ${reply.status}`];
      },
    );
    expect(faults.flat()).toEqual([]);
  });
});

describe('a page that wants a recent proof', () => {
  // Nobody of the world speaks for the service: of the one who does, test/accounts/roles.test.ts proves it.
  const guarded = pages.filter(
    ({ path, provedWithin }) => provedWithin !== undefined && path !== '/approvals/approvers/:request',
  );

  test.each(guarded.map((page) => [page.path, page] as const))(
    '%s asks for it again',
    async (_path, page) => {
      const route = known(page);
      const visitor = signedIn.find((each) =>
        addressesOf(route, world).some((address) => isTheirs(route, each, address)),
      );
      if (!visitor) throw new Error(`Nobody may open ${page.path}`);
      const address = addressesOf(route, world).find((each) => isTheirs(route, visitor, each));
      const { accountId } = world.cast[visitor];
      const proved = (moment: string) =>
        given.owner.query(`update identity.session set proved_again_at = ${moment} where account_id = $1`, [
          accountId,
        ]);
      await proved(`now() - interval '${(page.provedWithin ?? 0) + 1} minutes'`);
      const before = await fingerprint();
      try {
        for (const reply of [
          await knocking.get(visitor, page.url(address?.params)),
          ...(page.post
            ? [await knocking.post(visitor, page.url(address?.params), goodFields(page, route))]
            : []),
        ]) {
          expect([reply.status, reply.location.split('?')[0]]).toEqual([303, '/sign-in-again']);
        }
        expect(await fingerprint()).toEqual(before);
      } finally {
        await proved('now()');
      }
    },
  );
});
