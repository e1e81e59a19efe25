import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pages } from '../../src/app/pages.ts';
import { spread } from '../../src/platform/forms/fields.ts';
import { csrfToken } from '../../src/platform/http/csrf.ts';
import type { Page } from '../../src/platform/http/page.ts';
import { parts } from '../../src/referrals/referral-form.ts';
import { addresses, type Route, routes, visitors } from '../access/route-matrix.ts';
import { buildWorld, type World } from '../access/world.ts';
import { type TestService, testService } from '../support/service.ts';
import { type Fields, faultsOf, formsOf, type OpenForm, PlainBrowser, type Reply } from './plain-browser.ts';

/** What no form expects, in every field of every form, one at a time and the others as they should be. */

let given: TestService;
let world: World;

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
});
afterAll(() => given.stop());

/** Lets those sign in again whom a form has rightly shut out. */
afterEach(async () => {
  await given.owner.query('delete from identity.attempt');
  await given.owner.query(
    'update identity.account set disabled_at = null, locked_until = null, failed_sign_ins = 0',
  );
  await given.owner.query('update identity.session set ended_at = null, end_reason = null');
  await given.owner.query('update identity.access_grant set ended_at = null, ended_by = null');
  await given.owner.query('update identity.approver set ended_at = null');
});

/** Values that a database, a number or a line of text cannot hold, and some that mean something to other programs. */
const odd = {
  'a null byte': 'before\0after',
  'control characters': '\u0001\u001b[2J\u009f',
  'a number that no integer holds': '99999999999999999999',
  'a number that an integer of the database does not hold': '2147483648',
  'a number below nothing': '-1',
  'the id of nothing': '00000000-0000-0000-0000-000000000000',
  'much more than a page': 'x'.repeat(30_000),
  nothing: '',
} as const;

const LONG = process.env.HOMEWARD_TEST_LONG === '1';
/** The odd values that a field is tried with: all of them in the long run; else the fields of a form take turns. */
const oddFor = (turn: number): [string, string][] =>
  Object.entries(odd).filter((_each, n) => LONG || n % 8 === turn % 8);

/** A cookie for somebody who has not signed in. */
const NOBODY = 'a-browser-that-nobody-signed-in-with';

interface Way {
  readonly browser: PlainBrowser;
  readonly path: string;
  /** What makes the form one that the service has given out. */
  readonly tokens: () => Fields;
  /** The form as it is opened there, if it is shown there. */
  readonly form: Omit<OpenForm, 'path'> | undefined;
  readonly route: Route;
}

/** The first of those who may open a page, at the first address where they may; null where another test tries it. */
async function wayTo(page: Page): Promise<Way | null> {
  const route = routes[page.path];
  if (!route) throw new Error(`${page.path} has no row in test/access/route-matrix.ts`);
  const own: string[] = page.form ? controlsOf(page.form) : [];
  let found: Way | undefined;
  for (const visitor of visitors.filter((each) => route.may[each] !== undefined).toReversed()) {
    const token = visitor === 'nobody' ? NOBODY : world.cast[visitor].token;
    const cookie = visitor === 'nobody' ? `homeward-visit=${NOBODY}` : world.cast[visitor].cookie;
    const browser = new PlainBrowser(given.url, { cookie });
    const tokens = () => ({ _csrf: csrfToken(given.service.keyring, token), _submission: randomUUID() });
    for (const { params } of route.of === undefined ? [{ params: {} }] : addresses[route.of](world)) {
      const path = page.url(params);
      const reply = await browser.get(path);
      const leadsOn = reply.status === 303 && !/^\/(sign-in|refer\/start)\?/.test(reply.location);
      if (![200, 410].includes(reply.status) && !leadsOn) continue;
      const form = formsOf(reply.body).find(({ fields }) => own.some((name) => name in fields));
      found ??= { browser, path, tokens, form, route };
      if (form) return { browser, path, tokens, form, route };
    }
  }
  if (!found && route.triedIn !== undefined) return null;
  if (!found) throw new Error(`Nobody in the world of test/access/world.ts can open ${page.path}`);
  return found;
}

function controlsOf(form: z.ZodObject): string[] {
  return Object.entries(form.shape).flatMap(([name, field]) =>
    spread.get(field)?.as === 'date' ? [`${name}-day`, `${name}-month`, `${name}-year`] : [name],
  );
}

/** Fields with which a form is likely to read well: what stands in it, what its row says, a guess for the rest. */
function likely(page: Page, way: Way): Fields {
  const guesses: Record<string, string> = {};
  for (const [name, field] of Object.entries(page.form?.shape ?? {})) {
    if (spread.get(field)?.as === 'date') {
      Object.assign(guesses, { [`${name}-day`]: '3', [`${name}-month`]: '4', [`${name}-year`]: '2024' });
      continue;
    }
    const options = field instanceof z.ZodEnum ? field.options.map(String) : [];
    const isMany = spread.get(field)?.as === 'many';
    const guess = [...options, 'yes', '1', '2:05pm', 'Words', randomUUID(), 'somebody@example.org'].find(
      (each) => z.safeParse(field, isMany ? [each] : each).success,
    );
    if (guess !== undefined) guesses[name] = guess;
  }
  const standing = Object.entries(way.form?.fields ?? {}).filter(([, value]) => value !== '');
  return { ...guesses, ...Object.fromEntries(standing), ...way.route.form };
}

/** What has to be chosen for a field of a referral to be asked: what is under another choice is ignored. */
function choiceThatAsks(name: string): Fields {
  const under = parts.flatMap(({ questions }) => questions).find(({ key }) => key === name)?.under;
  return under === undefined ? {} : { [under.key]: under.code };
}

async function send(way: Way, fields: Fields): Promise<Reply> {
  return way.browser.post(way.path, { ...fields, ...way.tokens() });
}

const withForms = pages.filter(({ post, form }) => post && form);

describe.each(withForms.map((page) => [page.path, page] as const))('the form of %s', (_path, page) => {
  test('does not fall over, whatever is in one of its fields', async () => {
    const way = await wayTo(page);
    if (way === null) return;
    const fields = likely(page, way);
    const faults: string[] = [];
    for (const [turn, name] of (page.form ? controlsOf(page.form) : []).entries()) {
      for (const [what, value] of oddFor(turn)) {
        const { status } = await send(way, { ...fields, [name]: value });
        if (![200, 303, 404, 409, 410, 422, 429].includes(status))
          faults.push(`${name} is ${what}: ${status}`);
      }
      if (!LONG && turn % 3 > 0) continue;
      const twice = await send(way, { ...fields, [name]: [String(fields[name] ?? ''), 'another'] });
      if (twice.status >= 500) faults.push(`${name} is there twice: ${twice.status}`);
    }
    expect(faults).toEqual([]);
  });

  test('refuses what is longer than a field takes, and shows all of it again', async () => {
    const way = await wayTo(page);
    if (way === null) return;
    const fields = likely(page, way);
    const faults: string[] = [];
    const long = odd['much more than a page'];
    // A code that lets somebody in is not shown again.
    for (const name of (way.form?.typed ?? []).filter((each) => !each.startsWith('_'))) {
      const reply = await send(way, { ...fields, ...choiceThatAsks(name), [name]: long });
      const shown = formsOf(reply.body).find((form) => name in form.fields)?.fields;
      if (reply.status !== 422) faults.push(`${name}: answers ${reply.status} ${reply.location}`);
      else if (faultsOf(reply.body).length === 0) faults.push(`${name}: does not say what is wrong`);
      else if (shown?.[name] !== long) faults.push(`${name}: is not shown again`);
    }
    expect(faults).toEqual([]);
  });
});

describe.each(pages.filter(({ query }) => query).map((page) => [page.path, page] as const))(
  'the address of %s',
  (_path, page) => {
    test('is a page or none, whatever follows its question mark', async () => {
      const way = await wayTo(page);
      if (way === null) return;
      const faults: string[] = [];
      for (const name of Object.keys(page.query?.shape ?? {})) {
        for (const [what, value] of Object.entries(odd).filter(([, each]) => each.length < 1_000)) {
          const { status } = await way.browser.get(`${way.path}?${new URLSearchParams({ [name]: value })}`);
          if (![200, 303, 404, 410].includes(status)) faults.push(`${name} is ${what}: ${status}`);
        }
      }
      expect(faults).toEqual([]);
    });
  },
);
