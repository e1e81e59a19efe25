import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages } from '../../src/app/pages.ts';
import { csrfToken } from '../../src/platform/http/csrf.ts';
import { type TestService, testService } from '../support/service.ts';
import { type Address, addresses, type Route, routes } from './route-matrix.ts';
import { groups, type SignedIn, signedIn } from './table-matrix.ts';
import { buildWorld, type World } from './world.ts';

/** What the audit holds of every page: who looked, who searched, who was refused. The rows are those of route-matrix.ts. */

let given: TestService;
let world: World;

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
});
afterAll(() => given.stop());

const routeOf = (path: string): Route => routes[path] ?? { may: {} };

const addressesOf = ({ of }: Route): readonly Address[] =>
  of === undefined ? [{ whose: 'all', params: {} }] : addresses[of](world);

function isTheirs(route: Route, visitor: SignedIn, { whose }: Address): boolean {
  const may = route.may[visitor];
  return typeof may === 'string' ? (groups[may]?.(visitor).includes(whose) ?? false) : may !== undefined;
}

async function get(visitor: SignedIn, path: string): Promise<{ status: number; html: string }> {
  const reply = await fetch(`${given.url}${path}`, {
    redirect: 'manual',
    headers: { cookie: world.cast[visitor].cookie },
  });
  return { status: reply.status, html: await reply.text() };
}

interface Recorded {
  action: string;
  outcome: string;
  page: string | null;
}

/** What one visit added to the audit under the visitor's name. */
async function recordedBy(
  visitor: SignedIn,
  visit: () => Promise<{ status: number; html: string }>,
): Promise<{ status: number; html: string; recorded: Recorded[] }> {
  const { accountId } = world.cast[visitor];
  const known = await given.owner.query<{ id: string }>('select id from audit.entry where actor_id = $1', [
    accountId,
  ]);
  const reply = await visit();
  const { rows: recorded } = await given.owner.query<Recorded>(
    `select action, outcome, convert_from(body, 'UTF8')::jsonb -> 'detail' ->> 'page' as page
     from audit.entry where actor_id = $1 and id <> all ($2::uuid[]) order by id`,
    [accountId, known.rows.map((row) => row.id)],
  );
  return { ...reply, recorded };
}

/** Words that only a record about a young person, or what was written in one, can have put into a page. */
const OF_A_YOUNG_PERSON = /CANARY-(name|record|note|answers|action|acknowledgement|draft)-/;

test('whatever shows something about a young person leaves an entry of who looked', async () => {
  const silent: string[] = [];
  let looks = 0;
  for (const page of pages) {
    const route = routeOf(page.path);
    for (const visitor of signedIn) {
      const address = addressesOf(route).find((each) => isTheirs(route, visitor, each));
      if (address === undefined) continue;
      const { html, recorded } = await recordedBy(visitor, () => get(visitor, page.url(address.params)));
      if (!OF_A_YOUNG_PERSON.test(html)) continue;
      looks += 1;
      if (!recorded.some(({ outcome }) => outcome === 'done')) silent.push(`${visitor} at ${page.path}`);
    }
  }
  expect(silent).toEqual([]);
  expect(looks).toBeGreaterThan(20);
});

test('a page that is not for a role records the role that asked for it', async () => {
  for (const page of pages) {
    const route = routeOf(page.path);
    const refused = signedIn.find((visitor) => route.may[visitor] === undefined);
    const [address] = addressesOf(route);
    if (refused === undefined || address === undefined) continue;
    const { status, recorded } = await recordedBy(refused, () => get(refused, page.url(address.params)));
    expect(status, page.path).toBe(403);
    expect(recorded, page.path).toEqual([
      { action: 'not-for-your-role', outcome: 'refused', page: page.path },
    ]);
  }
});

test('a record that is not there, or not theirs, records who asked for it', async () => {
  for (const page of pages) {
    const route = routeOf(page.path);
    for (const visitor of signedIn) {
      if (typeof route.may[visitor] !== 'string') continue;
      const theirs = addressesOf(route)
        .filter((each) => !isTheirs(route, visitor, each))
        .slice(0, 1);
      for (const { params } of [...theirs, { params: forged(page.path) }]) {
        const { status, recorded } = await recordedBy(visitor, () => get(visitor, page.url(params)));
        const place = `${visitor} at ${page.path}`;
        expect(status, place).toBe(404);
        expect(recorded, place).toEqual([
          { action: 'no-such-page-for-them', outcome: 'refused', page: page.path },
        ]);
      }
    }
  }
});

const forged = (path: string): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [name, randomUUID()]));

test('a search records that it was made and how much it found, and its words where they can be destroyed', async () => {
  const { token, cookie } = world.cast.coordinator;
  const { recorded } = await recordedBy('coordinator', async () => {
    const reply = await fetch(`${given.url}/search`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({
        words: 'canary sought',
        _csrf: csrfToken(given.service.keyring, token),
        _submission: randomUUID(),
      }),
    });
    return { status: reply.status, html: await reply.text() };
  });
  expect(recorded).toContainEqual({ action: 'search', outcome: 'done', page: null });
  const { rows } = await given.owner.query<{ body: string; words: string }>(
    `select convert_from(e.body, 'UTF8') as body, d.text as words
     from audit.entry e join audit.detail d on d.entry_id = e.id where d.text = 'canary sought'`,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.body).not.toContain('sought');
});

test('a form that is not ours records whose browser sent it', async () => {
  const { cookie } = world.cast.coordinator;
  const { status, recorded } = await recordedBy('coordinator', async () => {
    const reply = await fetch(`${given.url}/search`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ words: 'anybody', _csrf: 'forged', _submission: randomUUID() }),
    });
    return { status: reply.status, html: await reply.text() };
  });
  expect(status).toBe(403);
  expect(recorded).toEqual([{ action: 'form-not-ours', outcome: 'refused', page: '/search' }]);
});
