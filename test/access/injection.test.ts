import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../src/app/pages.ts';
import { spread } from '../../src/platform/forms/fields.ts';
import type { Page } from '../../src/platform/http/page.ts';
import { type TestService, testService } from '../support/service.ts';
import { addressesOf, eachOf, goodFields, isTheirs, type Knocking, knockOn, takes } from './knocking.ts';
import { type Address, type Route, routes, type Visitor } from './route-matrix.ts';
import { signedIn } from './table-matrix.ts';
import { buildWorld, type World } from './world.ts';

/** SQL, and what else means something to a database, in everything that a page reads: it is text, and stays text. */
const payloads = [
  `'; update service.person set family_name = 'PWNED'; --`,
  `' or '1'='1`,
  `'||(select encode(key, 'hex') from identity.secret_key limit 1)||'`,
  `1); select set_config('role', 'homeward_area', true); --`,
  `x' union select family_name, known_as, name_key from service.person --`,
  `'; select pg_sleep(20); --`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as somebody would type it
  '$1 ${1} {{1}} %s %_ \\ \\x00 \\u0000 "quoted" `quoted`',
  `':* & ! <-> ( |`,
  '\u0000',
  '\ud800 lone',
  '9'.repeat(400),
  '-0001-13-45',
];
/** How long any one answer may take: far less than an injected sleep. */
const PATIENCE_MS = 15_000;

let given: TestService;
let world: World;
let knocking: Knocking;
let before: Awaited<ReturnType<typeof structure>>;

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
  knocking = knockOn(given, world);
  before = await structure();
});
afterAll(() => given.stop());
/** A form that was carried out may have ended the sender's session, or closed an account. */
afterEach(async () => {
  await given.owner.query(`
    update identity.account set disabled_at = null, locked_until = null, failed_sign_ins = 0;
    update identity.session set ended_at = null, end_reason = null, proved_again_at = now();
    update identity.access_grant set ended_at = null, ended_by = null;
    delete from identity.attempt`);
});

/** All that injected SQL would like to change: tables, functions, policies, roles, and who may be which. */
async function structure() {
  const { rows } = await given.owner.query<{ digest: string }>(`
    select md5(concat(
      (select string_agg(c.oid::text || c.relname || coalesce(c.relacl::text, '') || c.relrowsecurity, ',' order by c.oid) from pg_class c where c.relnamespace::regnamespace::text !~ '^pg_'),
      (select string_agg(p::text, ',' order by p.oid) from pg_policy p),
      (select string_agg(f::text, ',' order by f.oid) from pg_proc f),
      (select string_agg(rolname || rolsuper || rolbypassrls, ',' order by oid) from pg_roles),
      (select string_agg(m::text, ',' order by m.oid) from pg_auth_members m))) as digest`);
  return rows[0]?.digest;
}

/** Cells that hold nothing but what an injected statement would have written. */
async function pwned(): Promise<string[]> {
  const { rows: tables } = await given.owner.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('identity', 'service', 'history', 'messages', 'disposal', 'audit')`);
  const { rows } = await given.owner.query<{ name: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name from ${name} t, jsonb_each_text(to_jsonb(t)) cell where cell.value = 'PWNED'`,
      )
      .join(' union all '),
  );
  return rows.map(({ name }) => name);
}

interface Try {
  what: string;
  send(): Promise<{ status: number; body: string }>;
}

/** Sends each, and says which made the service stumble, wait, or show a key. */
async function stumbles(tries: readonly Try[]): Promise<string[]> {
  const secrets = await given.owner.query<{ key: string }>(
    `select encode(key, 'hex') as key from identity.secret_key`,
  );
  const faults = await eachOf(tries, async ({ what, send }) => {
    const began = performance.now();
    const { status, body } = await send();
    const wrong = [];
    if (status >= 500) wrong.push(`answers ${status}`);
    if (performance.now() - began > PATIENCE_MS) wrong.push('waits');
    if (secrets.rows.some(({ key }) => body.includes(key))) wrong.push('shows a key');
    return wrong.map((fault) => `${what} ${fault}`);
  });
  return faults.flat();
}

/** Somebody who may open the page, and an address of it that is theirs. */
function someoneAt(page: Page, route: Route): { visitor: Visitor; address: Address } | undefined {
  for (const visitor of [...signedIn, 'nobody'] as const) {
    const address = addressesOf(route, world).find((each) => isTheirs(route, visitor, each));
    if (address && (route.may[visitor] !== undefined || page.for === 'everybody'))
      return { visitor, address };
  }
  return undefined;
}

const pagesWithRow = pages.filter(({ path }) => path in routes);
const known = (page: Page): Route => routes[page.path] ?? { may: {} };

describe.each(pagesWithRow.map((page) => [page.path, page] as const))(
  '%s takes SQL for text',
  (_path, page) => {
    const route = known(page);

    test('in its form, its query and its address', async () => {
      const found = someoneAt(page, route);
      if (!found && route.triedIn !== undefined) return;
      if (!found) throw new Error(`Nobody may open ${page.path}`);
      const { visitor, address } = found;
      const path = page.url(address.params);
      const good = goodFields(page, route);
      const fields = Object.entries(page.form?.shape ?? {});
      const names = fields.flatMap(([name, field]) =>
        spread.get(field)?.as === 'date' ? [`${name}-day`, `${name}-month`, `${name}-year`] : [name],
      );
      const tries = payloads.flatMap((payload, n): Try[] => {
        const texts = fields.filter(([, field]) => takes(field, payload)).map(([name]) => name);
        const written = encodeURIComponent(payload.toWellFormed());
        const queries = [...Object.keys(page.query?.shape ?? {}), 'x']
          .map((name) => `${name}=${written}`)
          .join('&');
        return [
          ...(page.post
            ? [
                // What takes any text gets it, in a form that is carried out; then everything gets it.
                { ...good, ...Object.fromEntries(texts.map((name) => [name, payload])) },
                ...(n % 3 === 0 ? [Object.fromEntries(names.map((name) => [name, payload]))] : []),
              ].map((body) => ({
                what: `${page.path} sent by ${visitor} with ${payload}`,
                send: () => knocking.post(visitor, path, body),
              }))
            : []),
          {
            what: `${page.path}?${queries} opened by ${visitor}`,
            send: () => knocking.get(visitor, `${path}?${queries}`),
          },
          ...(route.of === undefined || n % 2 === 1
            ? []
            : [
                {
                  what: `${page.path} of ${payload} opened by ${visitor}`,
                  send: () => knocking.get(visitor, page.path.replace(/:[a-zA-Z]+/g, written)),
                },
              ]),
        ];
      });
      expect(await stumbles(tries)).toEqual([]);
    });
  },
);

test('SQL in headers and cookies is text, or nothing', async () => {
  const tries = payloads
    .map((payload) => payload.replace(/[^\x20-\x7e]/g, '?'))
    .flatMap((payload) => {
      const inCookie = encodeURIComponent(payload);
      return [
        { 'user-agent': payload },
        { referer: payload },
        { 'x-forwarded-for': payload },
        { 'accept-language': payload },
        { cookie: `homeward-session=${inCookie}` },
        { cookie: `homeward-visit=${inCookie}; homeward-notice=${inCookie}` },
        { cookie: payload },
      ].flatMap((headers) =>
        ['/', '/caseload', '/sign-in', '/no-such-page'].map(
          (path): Try => ({
            what: `${path} with ${JSON.stringify(headers)}`,
            send: () => knocking.ask(path, { headers }),
          }),
        ),
      );
    });
  expect(await stumbles(tries)).toEqual([]);
});

test('after all of it the database is what it was, and holds no word that injected SQL would have written', async () => {
  expect(await pwned()).toEqual([]);
  expect(await structure()).toBe(before);
  // What was looked for could have been found.
  await given.owner.query(`update service.person set known_as = 'PWNED' where reference = $1`, [
    world.cases.open.personReference,
  ]);
  expect(await pwned()).toContain('service.person');
});
