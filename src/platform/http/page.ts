import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { Asker, Role, Transaction } from '../database/transaction.ts';
import type { Entry } from '../forms/entry.ts';
import type { Fault } from '../forms/fault.ts';
import type { Service } from '../service.ts';
import { MOST_FILE_BYTES, type UploadedFile, type UploadLimits } from './read-upload.ts';

type Shape = z.ZodObject;
type None = z.ZodObject<Record<string, never>>;

/** One visit to a page by somebody whose session is proved, in one transaction that sees what they may see. */
export interface Visit<Params extends Shape = None, Query extends Shape = None> {
  tx: Transaction;
  asker: Asker;
  service: Service;
  params: z.output<Params>;
  query: z.output<Query>;
  /** The file that came with the form; null where none did. */
  file: UploadedFile | null;
  /** The files that came with it, on a page that takes several. */
  files: readonly UploadedFile[];
  /** What the form shows: what was typed before, where there is something, else what the page gives it. */
  entry(initial?: Record<string, string | string[]>): Entry;
}

/** What is known of whoever visits without a session. */
export interface Visitor {
  /** For limits on how often something is tried from one place. */
  address: string;
  device: string;
  sessionToken: string | null;
  /** A secret of this browser's own cookie: what is handed from one step to the next can be bound to it. */
  browser: string;
}

/** One visit by somebody who has not signed in; the transaction can call what signs people in and nothing else. */
export interface OpenVisit<Params extends Shape = None, Query extends Shape = None>
  extends Omit<Visit<Params, Query>, 'asker'> {
  /** Who they are by their session, if they have one. */
  asker: Asker | null;
  visitor: Visitor;
}

/** A page to show. */
export interface Shown {
  kind: 'shown';
  title: string;
  body: ComponentChildren;
  backTo?: string;
  status?: number;
  /** Leaves out the service's navigation, for pages that ask one thing. */
  plain?: boolean;
  /** A document of its own, with nothing of the service round it: paper for a young person to take away. */
  bare?: boolean;
}

export interface Redirected {
  kind: 'redirected';
  to: string;
  /** Opens or ends the browser's session with this reply. */
  session?: { token: string; hours: number } | 'end';
  /** A sentence for the top of the next page: what was done. */
  notice?: string;
}

export interface Missing {
  kind: 'missing';
}

/** The form is refused by a rule that needed more than the form: shown again with everything that was typed. */
export interface Refused {
  kind: 'refused';
  faults: Fault[];
}

export interface Download {
  kind: 'download';
  name: string;
  type: string;
  content: Uint8Array | string;
}

export type Answer = Shown | Redirected | Missing | Refused | Download;

/**
 * Work that takes long and needs no database, such as hashing a password. The transaction ends, the work is done while no
 * connection waits for it, and what it returns carries the form out in a new transaction, as the same person. Much can
 * have changed between the two: what the first one read, the second has to read again before it goes by it.
 */
export interface Interlude<AVisit> {
  kind: 'interlude';
  work(): Promise<(visit: AVisit) => Promise<Answer>>;
}

export const show = (
  title: string,
  body: ComponentChildren,
  more: Partial<Omit<Shown, 'kind' | 'title' | 'body'>> = {},
): Shown => ({
  kind: 'shown',
  title,
  body,
  ...more,
});
export const redirect = (to: string, more: Partial<Omit<Redirected, 'kind' | 'to'>> = {}): Redirected => ({
  kind: 'redirected',
  to,
  ...more,
});
/** There is no such page for this person: said in the same words whether the record is not there or not theirs. */
export const missing = (): Missing => ({ kind: 'missing' });
export const refuse = (...faults: Fault[]): Refused => ({ kind: 'refused', faults });
export const download = (name: string, type: string, content: Uint8Array | string): Download => ({
  kind: 'download',
  name,
  type,
  content,
});
export const interlude = <AVisit>(work: Interlude<AVisit>['work']): Interlude<AVisit> => ({
  kind: 'interlude',
  work,
});

interface Parts<Params extends Shape, Query extends Shape, Form extends Shape> {
  /** Written as Fastify writes it: `/people/:person`. Never personal data, which addresses leak. */
  path: string;
  params?: Params;
  query?: Query;
  form?: Form;
  /** Minutes since they last proved who they are; older, and they sign in again first. */
  provedWithin?: number;
  isConfidential?: boolean;
  /** Whether its form brings a file that is not empty (`<Form upload>`), or which files it may bring. */
  uploads?: true | UploadLimits;
}

interface StaffParts<Params extends Shape, Query extends Shape, Form extends Shape>
  extends Parts<Params, Query, Form> {
  for: readonly Role[];
  get(visit: Visit<Params, Query>): Promise<Answer>;
  post?(visit: Visit<Params, Query>, form: z.output<Form>): Promise<Answer | Interlude<Visit<Params, Query>>>;
}

interface OpenParts<Params extends Shape, Query extends Shape, Form extends Shape>
  extends Parts<Params, Query, Form> {
  for: 'everybody';
  get(visit: OpenVisit<Params, Query>): Promise<Answer>;
  post?(
    visit: OpenVisit<Params, Query>,
    form: z.output<Form>,
  ): Promise<Answer | Interlude<OpenVisit<Params, Query>>>;
}

/** A page as the server knows it; `page()` and `openPage()` make one and keep its types to itself. */
export interface Page<Params extends Shape = Shape> {
  path: string;
  for: readonly Role[] | 'everybody';
  params: Shape | undefined;
  query: Shape | undefined;
  form: Shape | undefined;
  provedWithin: number | undefined;
  /** What its address names stands in no refusal of the audit: that it exists is itself confidential. */
  isConfidential: boolean;
  uploads: UploadLimits | null;
  get(visit: never): Promise<Answer>;
  post: ((visit: never, form: never) => Promise<Answer | Interlude<never>>) | undefined;
  /** The page's address. */
  url(params?: z.input<Params>, query?: Record<string, string | undefined>): string;
}

/** A page for people who have signed in and have one of the roles. */
export function page<Params extends Shape = None, Query extends Shape = None, Form extends Shape = None>(
  parts: StaffParts<Params, Query, Form>,
): Page<Params> {
  return made(parts);
}

/** A page for everybody, signed in or not. */
export function openPage<Params extends Shape = None, Query extends Shape = None, Form extends Shape = None>(
  parts: OpenParts<Params, Query, Form>,
): Page<Params> {
  return made(parts);
}

const ONE_FILE: UploadLimits = { files: 1, bytes: MOST_FILE_BYTES };

function made<Params extends Shape, Query extends Shape, Form extends Shape>(
  parts: StaffParts<Params, Query, Form> | OpenParts<Params, Query, Form>,
): Page<Params> {
  return {
    path: parts.path,
    for: parts.for,
    params: parts.params,
    query: parts.query,
    form: parts.form,
    provedWithin: parts.provedWithin,
    isConfidential: parts.isConfidential ?? false,
    uploads: parts.uploads === true ? ONE_FILE : (parts.uploads ?? null),
    get: parts.get as (visit: never) => Promise<Answer>,
    post: parts.post as Page['post'],
    url: (params, query) => addressOf(parts.path, params ?? {}, query ?? {}),
  };
}

function addressOf(
  path: string,
  params: Record<string, unknown>,
  query: Record<string, string | undefined>,
): string {
  const filled = path.replace(/:([a-zA-Z]+)/g, (_whole, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, value);
  return search.size > 0 ? `${filled}?${search}` : filled;
}
