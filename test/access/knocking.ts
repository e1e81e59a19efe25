import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { spread } from '../../src/platform/forms/fields.ts';
import { csrfToken } from '../../src/platform/http/csrf.ts';
import type { Page } from '../../src/platform/http/page.ts';
import type { TestService } from '../support/service.ts';
import { type Address, addresses, type Route, type Visitor } from './route-matrix.ts';
import { groups } from './table-matrix.ts';
import type { World } from './world.ts';

/** Asking pages for things as any of the cast, by HTTP, as a browser would and as no browser would. */
export interface Knocking {
  get(visitor: Visitor, path: string, headers?: Record<string, string>): Promise<Reply>;
  /** Sends a form as its page would: with the token of the sender's own browser, unless it is to be wrong. */
  post(visitor: Visitor, path: string, fields: Fields, token?: Token): Promise<Reply>;
  ask(path: string, init: RequestInit): Promise<Reply>;
  cookieOf(visitor: Visitor): string;
}

export interface Reply {
  status: number;
  location: string;
  headers: Headers;
  body: string;
}

export type Token = 'right' | 'wrong' | 'none';
export type Fields = Readonly<Record<string, string>>;

/** The visit cookie of a browser without a session. */
const VISIT = 'a-browser-that-nobody-signed-in-with';

export function knockOn({ url, service }: TestService, { cast }: World): Knocking {
  const secretOf = (visitor: Visitor) => (visitor === 'nobody' ? VISIT : cast[visitor].token);
  const cookieOf = (visitor: Visitor) =>
    visitor === 'nobody' ? `homeward-visit=${VISIT}` : cast[visitor].cookie;
  const ask: Knocking['ask'] = async (path, init) => {
    const reply = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
    return {
      status: reply.status,
      location: reply.headers.get('location') ?? '',
      headers: reply.headers,
      body: await reply.text(),
    };
  };
  return {
    ask,
    cookieOf,
    get: (visitor, path, headers = {}) => ask(path, { headers: { cookie: cookieOf(visitor), ...headers } }),
    post(visitor, path, fields, token = 'right') {
      const tokens = {
        right: { _csrf: csrfToken(service.keyring, secretOf(visitor)) },
        wrong: { _csrf: csrfToken(service.keyring, 'another browser') },
        none: {},
      };
      const body = new URLSearchParams({ ...fields, ...tokens[token], _submission: randomUUID() });
      return ask(path, { method: 'POST', body, headers: { cookie: cookieOf(visitor) } });
    },
  };
}

/** The addresses that a page has in the world; one that names nothing has one. */
export const addressesOf = (route: Route, world: World): Address[] =>
  route.of === undefined ? [{ whose: 'all', params: {} }] : addresses[route.of](world);

/** Whether a page of a record is the visitor's to see. */
export function isTheirs(route: Route, visitor: Visitor, { whose }: Address): boolean {
  const may = route.may[visitor];
  if (may === undefined || visitor === 'nobody') return may !== undefined;
  if (typeof may === 'number') return true;
  const group = groups[may];
  if (!group) throw new Error(`There is no group "${may}"`);
  return group(visitor).includes(whose);
}

/** Fields with which a form reads well: those of its row, and for the rest the first of some that the field takes. */
export function goodFields(page: Page, route: Route): Record<string, string> {
  const fields: Record<string, string> = {};
  const some = ['yes', '1', 'Words', randomUUID(), 'somebody@example.org', 'Long enough 4 a password'];
  for (const [name, field] of Object.entries(page.form?.shape ?? {})) {
    if (spread.get(field)?.as === 'date') {
      Object.assign(fields, { [`${name}-day`]: '3', [`${name}-month`]: '4', [`${name}-year`]: '2024' });
      continue;
    }
    const chosen = field instanceof z.ZodOptional ? field.unwrap() : field;
    const options = chosen instanceof z.ZodEnum ? chosen.options.map(String) : [];
    const value = [...options, ...some].find((each) => takes(field, each));
    if (value !== undefined) fields[name] = value;
  }
  return { ...fields, ...route.form };
}

/** Whether a field of a form takes a value as a browser sends it. */
export const takes = (field: z.core.$ZodType, value: string): boolean =>
  z.safeParse(field, spread.get(field)?.as === 'many' ? [value] : value).success;

/** Several at a time, as browsers come. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}
