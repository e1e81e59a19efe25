import { randomUUID } from 'node:crypto';
import cookies from '@fastify/cookie';
import formBody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { sql } from 'kysely';
import { type ComponentChildren, h } from 'preact';
import { isDatabaseAway } from '../database/is-away.ts';
import { isOvertaken, isRefusedByPolicy } from '../database/is-refused.ts';
import type { Asker, Transaction } from '../database/transaction.ts';
import { Entry } from '../forms/entry.ts';
import type { Fault } from '../forms/fault.ts';
import type { FormTokens } from '../forms/form.tsx';
import { type Body, readForm, typedFields } from '../forms/read-form.ts';
import {
  discardKeptForm,
  findKeptForm,
  type KeptForm,
  keepForm,
  keepFormOfEndedSession,
} from '../identity/kept-forms.ts';
import { newToken } from '../identity/token.ts';
import type { Service } from '../service.ts';
import { cookieNames, cookieOptions } from './cookies.ts';
import { beganHere, csrfToken, isCsrfToken } from './csrf.ts';
import { parseFormBody } from './form-body.ts';
import { letConnectionsEnd } from './let-connections-end.ts';
import { hasWords, OwnWords } from './own-words.tsx';
import { type Answer, type Interlude, missing, type Page, redirect, type Visitor } from './page.ts';
import { readUpload, TornUpload, type UploadedFile } from './read-upload.ts';
import { reportFault } from './report-fault.ts';
import { securityHeaders } from './security-headers.ts';
import { SendAgain } from './send-again.tsx';
import { subjectOf } from './subject-of.ts';
import { claimSubmission, releaseSubmission, settleSubmission, submissionId } from './submission.ts';

/** A page ready to be put into the service's frame. */
export interface Frame {
  title: string;
  body: ComponentChildren;
  path: string;
  asker: Asker | null;
  tokens: FormTokens;
  faulty: boolean;
  plain: boolean;
  bare: boolean;
  /** Whether it says no instead of showing what the address names. */
  refused: boolean;
  backTo?: string | undefined;
  /** What was just done, for the top of the page. */
  notice?: string | undefined;
  /** When something was typed on this page and not sent, if it is not shown already. */
  keptAt?: Date | undefined;
  /** Whether a form was not carried out because something changed meanwhile, and is shown again. */
  overtaken?: boolean | undefined;
}

/** Why a request is refused; the words are the service's own. */
export type RefusalKind =
  | 'missing'
  | 'not-sent'
  | 'not-for-your-role'
  | 'stale-form'
  | 'too-much'
  | 'torn-upload'
  | 'busy'
  | 'away'
  | 'broken';

export interface ServerParts {
  service: Service;
  pages: readonly Page[];
  /** Writes the whole document round a page. */
  draw(frame: Frame): string;
  refusalPages: Record<RefusalKind, { title: string; body: ComponentChildren }>;
  /**
   * Where people go to sign in, and where they do it again before a sensitive act.
   * @param typed whether what arrived after their session had ended is kept for them, where something did.
   */
  signInAddress(page: Page, returnTo: string, typed?: 'kept' | 'lost'): string;
  signInAgainAddress(returnTo: string): string;
  /** Adds what is not a page: the files of the pages. */
  extend?(server: FastifyInstance): Promise<void>;
}

const refusalStatus: Record<RefusalKind, number> = {
  missing: 404,
  'not-sent': 404,
  'not-for-your-role': 403,
  'stale-form': 403,
  'too-much': 413,
  'torn-upload': 400,
  busy: 503,
  away: 503,
  broken: 500,
};

/** The most a form may weigh: the longest note and its neighbours several times over. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Every page of the service as an HTTP server, not yet listening. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { service } = parts;
  const server = fastify({
    bodyLimit: MOST_BYTES,
    // Who opened what belongs in the audit, under its rules, and not in a log.
    logger: false,
    // What the one proxy in front added, and nothing that a browser wrote before it: limits are by this address.
    trustProxy: (_address, hops) => service.environment === 'production' && hops === 0,
    // A form that trickles in for longer than this holds its connection for nothing.
    requestTimeout: 120_000,
    routerOptions: { ignoreTrailingSlash: true },
    // An address that cannot be read at all reaches no hook either, and so neither cookies nor headers of ours.
    frameworkErrors: (_error, _request, reply) => {
      reply.headers(securityHeaders);
      const nobody = { path: '/', csrfCookie: '' };
      return sendRefusal(parts, reply, 'missing', null, nobody);
    },
  });
  letConnectionsEnd(server);
  await server.register(cookies);
  // Forms are all that pages are sent. What reads as JSON could have in a field what no form can.
  server.removeAllContentTypeParsers();
  await server.register(formBody, { bodyLimit: MOST_BYTES, parser: parseFormBody });
  // Read by pages that take a file, and by no other: elsewhere such a form has no fields.
  await server.register(multipart, { throwFileSizeLimit: false });
  server.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(securityHeaders))
      if (!reply.hasHeader(name)) reply.header(name, value);
  });
  await parts.extend?.(server);

  server.get('/health', async () => {
    await service.database.asVisitor((tx) => sql`select 1`.execute(tx));
    return 'ok';
  });
  server.post('/kept-form', (request, reply) => keepTyped(parts, request, reply));
  for (const page of parts.pages) {
    server.get(page.path, (request, reply) => serve(parts, page, request, reply));
    if (page.post) server.post(page.path, (request, reply) => serve(parts, page, request, reply));
  }

  server.setNotFoundHandler((request, reply) => refuse(parts, request, reply, 'missing'));
  server.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    if (error instanceof TornUpload) return refuse(parts, request, reply, 'torn-upload');
    if (error.statusCode === 413) return refuse(parts, request, reply, 'too-much');
    if (error.statusCode === 503) return refuse(parts, request, reply, 'busy');
    if (error.statusCode !== undefined && error.statusCode < 500)
      return refuse(parts, request, reply, 'missing');
    reportFault(error);
    if (isDatabaseAway(error)) return sendAway(parts, request, reply);
    return refuse(parts, request, reply, 'broken');
  });
  return server;
}

/** What a request carries, read once. */
interface Request {
  method: 'GET' | 'POST';
  url: string;
  path: string;
  params: unknown;
  query: Record<string, string | undefined>;
  body: Body;
  files: readonly UploadedFile[];
  sessionToken: string | undefined;
  csrfCookie: string;
  address: string;
  device: string;
}

function read(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): Request {
  const names = cookieNames(parts.service);
  const token = request.cookies[names.session];
  // The database holds no text with a null byte, and so no session.
  const sessionToken = token?.includes('\0') ? undefined : token;
  let visit = request.cookies[names.visit];
  if (visit === undefined) {
    visit = newToken();
    reply.setCookie(names.visit, visit, cookieOptions(parts.service));
  }
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    url: request.url,
    path: request.url.split('?')[0] ?? '/',
    params: request.params,
    query: request.query as Record<string, string | undefined>,
    body: (request.body ?? {}) as Body,
    files: [],
    sessionToken,
    csrfCookie: sessionToken ?? visit,
    address: request.ip,
    device: request.headers['user-agent'] ?? '',
  };
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Answers a request for a page. */
async function serve(
  parts: ServerParts,
  page: Page,
  raw: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { service } = parts;
  const bare = read(parts, raw, reply);
  if (takesSeveral(page) && raw.isMultipart()) {
    const whyNot = await whyNotTakenIn(service, page, bare);
    if (whyNot === 'sign-in') return reply.redirect(parts.signInAddress(page, bare.path), 303);
    if (whyNot !== null) return await refuse(parts, raw, reply, whyNot);
  }
  const request = await withUpload(service, page, raw, bare);
  if (request.method === 'POST') {
    if (!isOwnForm(service, raw, request)) {
      await recordForeignForm(service, request, page);
      return await refuse(parts, raw, reply, 'stale-form');
    }
  }
  try {
    return await carryOut(parts, page, request, raw, reply);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return await sendOvertaken(parts, page, request, raw, reply, error);
  }
}

/** Runs a page as whoever asks, and sends what it answers. */
async function carryOut(
  parts: ServerParts,
  page: Page,
  request: Request,
  raw: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { service } = parts;
  if (page.for === 'everybody') {
    const asker = await askerOf(service, request);
    const visited = await service.database.asVisitor((tx) =>
      visit(page, request, {
        tx,
        asker,
        service,
        visitor: {
          address: request.address,
          device: request.device,
          sessionToken: request.sessionToken ?? null,
          browser: request.csrfCookie,
        },
      }),
    );
    if (isInterlude(visited)) return await serve(parts, await goneOn(page, visited), raw, reply);
    return send(parts, raw, reply, request, visited, asker);
  }

  const began =
    request.sessionToken === undefined
      ? null
      : await service.database.asPerson(request.sessionToken, (tx, asker) =>
          visitAsPerson(page, request, service, tx, asker),
        );
  if (began === null) {
    if (request.method === 'GET') return reply.redirect(parts.signInAddress(page, request.url), 303);
    const fields = typedFields(request.body);
    const isKept =
      request.sessionToken !== undefined &&
      (await keepFormOfEndedSession(service, request.sessionToken, request.path, fields));
    const typed = Object.keys(fields).length === 0 ? undefined : isKept ? 'kept' : 'lost';
    return reply.redirect(parts.signInAddress(page, request.path, typed), 303);
  }
  const { outcome, asker } = began.result;
  if (outcome === 'not-for-your-role') return await refuse(parts, raw, reply, 'not-for-your-role');
  if (outcome === 'prove-again') return reply.redirect(parts.signInAgainAddress(request.path), 303);
  if (isInterlude(outcome)) return await serve(parts, await goneOn(page, outcome), raw, reply);
  return send(parts, raw, reply, request, outcome, asker);
}

/**
 * Answers a form that the database did not take, because something changed while it was written: all that it did is undone.
 * Where its page still opens, that is shown again with everything that was typed; else their own words are. A row that was
 * not theirs to write is written down in the audit, in a transaction of its own.
 */
async function sendOvertaken(
  parts: ServerParts,
  page: Page,
  request: Request,
  raw: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  const { service } = parts;
  const began =
    request.sessionToken === undefined
      ? null
      : await service.database.asPerson(request.sessionToken, async (tx, asker) => {
          if (isRefusedByPolicy(error)) await recordRefusal(tx, 'out-of-reach', page, request.params);
          if (request.method === 'GET' || !isFor(page, asker.role)) return null;
          const words = await keepUnsent(page, request, service, tx, asker);
          const again = await visit(page, request, { tx, asker, service }, null, 'shown-again');
          const isShown = !isInterlude(again) && again.answer.kind === 'shown';
          return {
            asker,
            visited: isShown ? { ...again, overtaken: true } : { answer: missing(), faulty: false, words },
          };
        });
  if (!began?.result) return await refuse(parts, raw, reply, 'missing');
  return send(parts, raw, reply, request, began.result.visited, began.result.asker);
}

/** Keeps for its writer, sealed, what a form says that was not carried out, and gives it back; nothing where it has no words. */
async function keepUnsent(
  page: Page,
  request: Request,
  service: Service,
  tx: Transaction,
  asker: Asker,
): Promise<Typed | undefined> {
  const typed = typedFields(request.body);
  if (!page.form || !hasWords(typed)) return undefined;
  await keepForm(tx, service.keyring, asker, request.path, typed);
  return typed;
}

/** Writes down that a page was refused, and what it is about where the address names it. */
async function recordRefusal(
  tx: Transaction,
  action: string,
  page: Pick<Page, 'path' | 'isConfidential'>,
  params: unknown,
): Promise<void> {
  const subject = page.isConfidential ? null : subjectOf(page.path, params);
  await sql`select audit.refused(${action}, ${page.path}, ${subject?.kind ?? null}, ${subject?.id ?? null}::uuid)`.execute(
    tx,
  );
}

const isInterlude = (outcome: Visited | Interlude<never>): outcome is Interlude<never> => 'work' in outcome;

const takesSeveral = ({ uploads }: Page): boolean => uploads !== null && uploads.files > 1;

/** Why nothing is read of what is sent: several files are more than is taken in from anybody before it is known who they are. */
async function whyNotTakenIn(
  service: Service,
  page: Page,
  { sessionToken, params }: Request,
): Promise<'sign-in' | 'not-for-your-role' | null> {
  if (sessionToken === undefined) return 'sign-in';
  const began = await service.database.asPerson(sessionToken, async (tx, { role }) => {
    if (isFor(page, role)) return null;
    await recordRefusal(tx, 'not-for-your-role', page, params);
    return 'not-for-your-role';
  });
  return began === null ? 'sign-in' : began.result;
}

const isFor = (page: Page, role: Asker['role']): boolean =>
  page.for !== 'everybody' && page.for.includes(role);

/** The request with what a form with files carries, on a page that takes some; without a session nothing is taken in. */
async function withUpload(
  service: Service,
  page: Page,
  raw: FastifyRequest,
  request: Request,
): Promise<Request> {
  if (page.uploads === null || request.sessionToken === undefined || !raw.isMultipart()) return request;
  const upload = await readUpload(raw, page.uploads, (body) => isOwnForm(service, raw, { ...request, body }));
  return upload === null ? request : { ...request, ...upload };
}

/** The page as it goes on after an interlude: all that is asked of a visit is asked again. */
async function goneOn(page: Page, { work }: Interlude<never>): Promise<Page> {
  return { ...page, post: await work() };
}

/** Whether a form was sent from a page that this browser had from us. */
function isOwnForm(service: Service, raw: FastifyRequest, request: Request): boolean {
  return (
    beganHere(raw.headers, service.publicUrl) &&
    isCsrfToken(service.keyring, request.csrfCookie, one(request.body._csrf))
  );
}

/** A form that was not ours may be somebody else's attempt to act as this person: it is in the audit under their name. */
async function recordForeignForm(
  service: Service,
  request: Request,
  page: Pick<Page, 'path' | 'isConfidential'>,
): Promise<void> {
  const record = (tx: Transaction) => recordRefusal(tx, 'form-not-ours', page, request.params);
  const asThem =
    request.sessionToken === undefined ? null : await service.database.asPerson(request.sessionToken, record);
  if (asThem === null) await service.database.asVisitor(record);
}

/** What came of a visit: the answer, and what its form is to show. */
interface Visited {
  answer: Answer;
  faulty: boolean;
  keptAt?: Date | undefined;
  overtaken?: boolean | undefined;
  /** What was typed on a page that is not there for them any more. */
  words?: Typed | undefined;
}

type Typed = Readonly<Record<string, string | string[]>>;

async function visitAsPerson(
  page: Page,
  request: Request,
  service: Service,
  tx: Transaction,
  asker: Asker,
): Promise<{ asker: Asker; outcome: Visited | Interlude<never> | 'not-for-your-role' | 'prove-again' }> {
  if (!isFor(page, asker.role)) {
    await recordRefusal(tx, 'not-for-your-role', page, request.params);
    return { asker, outcome: 'not-for-your-role' };
  }
  if (page.provedWithin !== undefined && !isRecent(asker.provedAgainAt, page.provedWithin, service)) {
    if (request.method === 'POST')
      await keepForm(tx, service.keyring, asker, request.path, typedFields(request.body));
    return { asker, outcome: 'prove-again' };
  }
  const kept = page.form ? await findKeptForm(tx, service.keyring, asker, request.path) : null;

  let claim: string | null = null;
  if (request.method === 'POST') {
    const claimed = await claimSubmission(tx, asker, submissionId(request.path, request.body));
    if (claimed.state === 'done')
      return { asker, outcome: { answer: redirect(claimed.location ?? request.path), faulty: false } };
    if (claimed.state === 'malformed') return { asker, outcome: { answer: missing(), faulty: false } };
    claim = claimed.id;
  }
  const visited = await visit(page, request, { tx, asker, service }, kept);
  if (isInterlude(visited)) {
    if (claim !== null) await releaseSubmission(tx, claim);
    return { asker, outcome: visited };
  }
  if (visited.answer.kind === 'missing') {
    await recordRefusal(tx, 'no-such-page-for-them', page, request.params);
    visited.words = (await keepUnsent(page, request, service, tx, asker)) ?? kept?.fields;
  }
  if (claim !== null) {
    if (visited.answer.kind === 'redirected') {
      await settleSubmission(tx, claim, visited.answer.to);
      if (kept) await discardKeptForm(tx, asker, request.path);
    } else {
      await releaseSubmission(tx, claim);
    }
  }
  return { asker, outcome: visited };
}

/** A file without anything in it is none, on a page that takes one. */
const filesOf = ({ files }: Request) => ({
  files,
  file: files.find(({ content }) => content.length > 0) ?? null,
});

interface VisitGround {
  tx: Transaction;
  asker: Asker | null;
  service: Service;
  visitor?: Visitor;
}

/** Runs a page: its `post` where the form reads well, else its `get` with what was typed and what is wrong with it. */
async function visit(
  page: Page,
  request: Request,
  ground: VisitGround,
  kept: KeptForm | null = null,
  form: 'carried-out' | 'shown-again' = 'carried-out',
): Promise<Visited | Interlude<never>> {
  const params = page.params ? page.params.safeParse(request.params) : { success: true as const, data: {} };
  const query = page.query ? page.query.safeParse(request.query) : { success: true as const, data: {} };
  if (!params.success || !query.success) return { answer: missing(), faulty: false };

  const typed = typedFields(request.body);
  const get = async (faults: readonly Fault[]): Promise<Visited> => {
    const restoring = kept !== null && request.query.restore === 'yes';
    const entry = (initial: Record<string, string | string[]> = {}) =>
      request.method === 'POST'
        ? new Entry(typed, faults)
        : new Entry(restoring ? { ...initial, ...kept.fields } : initial);
    const answer = await page.get({
      ...ground,
      params: params.data,
      query: query.data,
      ...filesOf(request),
      entry,
    } as never);
    return {
      answer,
      faulty: faults.length > 0,
      keptAt: restoring || request.method === 'POST' ? undefined : kept?.savedAt,
    };
  };

  if (request.method === 'GET' || !page.post || form === 'shown-again') return await get([]);
  const read = page.form ? readForm(page.form, request.body) : { ok: true as const, value: {} };
  if (!read.ok) return await get(read.faults);
  const entry = () => new Entry(typed);
  const answer = await page.post(
    { ...ground, params: params.data, query: query.data, ...filesOf(request), entry } as never,
    read.value as never,
  );
  if (answer.kind === 'interlude') return answer;
  return answer.kind === 'refused' ? await get(answer.faults) : { answer, faulty: false };
}

function isRecent(provedAgainAt: Date | null, minutes: number, service: Service): boolean {
  return provedAgainAt !== null && service.clock.now().getTime() - provedAgainAt.getTime() < minutes * 60_000;
}

/** Who a browser's session says it is, for the frame of pages that are for everybody. */
async function askerOf(service: Service, request: Request): Promise<Asker | null> {
  if (request.sessionToken === undefined) return null;
  const began = await service.database.asPerson(request.sessionToken, async (_tx, asker) => asker);
  return began?.result ?? null;
}

function send(
  parts: ServerParts,
  raw: FastifyRequest,
  reply: FastifyReply,
  request: Request,
  visited: Visited,
  asker: Asker | null,
): FastifyReply | Promise<FastifyReply> {
  const { answer } = visited;
  switch (answer.kind) {
    case 'missing':
    case 'refused': {
      const { words } = visited;
      if (words === undefined) return refuse(parts, raw, reply, 'missing');
      return sendRefusal(parts, reply, 'not-sent', asker, request, { body: h(OwnWords, { typed: words }) });
    }
    case 'redirected': {
      const names = cookieNames(parts.service);
      if (answer.session === 'end') reply.clearCookie(names.session, cookieOptions(parts.service));
      else if (answer.session) {
        reply.setCookie(names.session, answer.session.token, {
          ...cookieOptions(parts.service),
          maxAge: answer.session.hours * 3600,
        });
      }
      if (answer.notice)
        reply.setCookie(
          names.notice,
          Buffer.from(answer.notice).toString('base64url'),
          cookieOptions(parts.service),
        );
      return reply.redirect(answer.to, 303);
    }
    case 'download':
      return reply
        .header(
          'content-disposition',
          `attachment; filename="${answer.name.replace(/[^A-Za-z0-9._-]/g, '-')}"`,
        )
        .type(answer.type)
        .send(typeof answer.content === 'string' ? answer.content : Buffer.from(answer.content));
    case 'shown': {
      const names = cookieNames(parts.service);
      const notice = raw.cookies[names.notice];
      if (notice !== undefined) reply.clearCookie(names.notice, cookieOptions(parts.service));
      const html = parts.draw({
        title: answer.title,
        body: answer.body,
        path: request.path,
        asker,
        tokens: tokensFor(parts.service, request, asker),
        faulty: visited.faulty,
        plain: answer.plain ?? false,
        bare: answer.bare ?? false,
        refused: (answer.status ?? 200) >= 400,
        backTo: answer.backTo,
        notice: notice === undefined ? undefined : Buffer.from(notice, 'base64url').toString(),
        keptAt: visited.keptAt,
        overtaken: visited.overtaken,
      });
      return reply
        .status(answer.status ?? (visited.overtaken ? 409 : visited.faulty ? 422 : 200))
        .type('text/html; charset=utf-8')
        .send(html);
    }
  }
}

function tokensFor(
  service: Service,
  request: Pick<Request, 'csrfCookie' | 'path'>,
  asker: Asker | null,
): FormTokens {
  return {
    csrf: csrfToken(service.keyring, request.csrfCookie),
    submission: randomUUID(),
    autosave: asker ? `/kept-form?${new URLSearchParams({ for: request.path })}` : undefined,
  };
}

/** Says no, in the same words whatever lies behind the address. */
async function refuse(
  parts: ServerParts,
  raw: FastifyRequest,
  reply: FastifyReply,
  kind: RefusalKind,
): Promise<FastifyReply> {
  const request = read(parts, raw, reply);
  const asker = kind === 'broken' ? null : await askerOf(parts.service, request);
  return sendRefusal(parts, reply, kind, asker, request);
}

/**
 * Says that the database is not there, which nothing can be asked for then. A form of ours comes back with what was typed and
 * its own id: if it was carried out after all, sending it again leads to what it did.
 */
function sendAway(parts: ServerParts, raw: FastifyRequest, reply: FastifyReply): FastifyReply {
  const request = read(parts, raw, reply);
  const submission = one(request.body._submission);
  const sentAgain =
    request.method === 'POST' && submission !== undefined && isOwnForm(parts.service, raw, request)
      ? { submission, body: h(SendAgain, { typed: typedFields(request.body) }) }
      : undefined;
  return sendRefusal(parts, reply, 'away', null, request, sentAgain);
}

function sendRefusal(
  parts: ServerParts,
  reply: FastifyReply,
  kind: RefusalKind,
  asker: Asker | null,
  request: Pick<Request, 'csrfCookie' | 'path'>,
  typed?: { submission?: string; body: ComponentChildren },
): FastifyReply {
  const { title, body } = parts.refusalPages[kind];
  const tokens = tokensFor(parts.service, request, asker);
  return reply
    .status(refusalStatus[kind])
    .type('text/html; charset=utf-8')
    .send(
      parts.draw({
        title,
        body: typed ? [body, typed.body] : body,
        path: request.path,
        asker,
        tokens: { ...tokens, submission: typed?.submission ?? tokens.submission },
        faulty: false,
        plain: false,
        bare: false,
        refused: true,
      }),
    );
}

/** Whether a page of the service is at an address. */
const isAddressOf = (page: Page, path: string): boolean =>
  new RegExp(`^${page.path.replaceAll(/:[^/]+/g, '[^/]+')}$`).test(path);

/** Keeps what somebody is typing on a page with a form, sent by its script; or throws it away at their word. */
async function keepTyped(
  parts: ServerParts,
  raw: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const request = read(parts, raw, reply);
  const forPath = request.query.for;
  if (
    !isOwnForm(parts.service, raw, request) ||
    forPath === undefined ||
    !/^(\/[a-z0-9-]+)+\/?$/.test(forPath)
  ) {
    await recordForeignForm(parts.service, request, { path: '/kept-form', isConfidential: false });
    return reply.status(403).send();
  }
  if (!parts.pages.some((page) => page.post && isAddressOf(page, forPath))) return reply.status(404).send();
  if (request.sessionToken === undefined) return reply.status(401).send();
  const discarding = one(request.body._discard) === 'yes';
  const began = await parts.service.database.asPerson(request.sessionToken, async (tx, asker) => {
    if (discarding) await discardKeptForm(tx, asker, forPath);
    else await keepForm(tx, parts.service.keyring, asker, forPath, typedFields(request.body));
  });
  if (began === null) return reply.status(401).send();
  return discarding ? reply.redirect(forPath, 303) : reply.status(204).send();
}
