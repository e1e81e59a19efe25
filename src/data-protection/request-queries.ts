import { sql } from 'kysely';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { RequestKind, RequestOutcome, RequestStage } from './rights-request.ts';

/** What somebody asked of the service by right. */
export interface RightsRequest {
  id: string;
  personId: string | null;
  kind: RequestKind;
  receivedOn: PlainDate;
  askedBy: string;
  fromWhom: string;
  what: string;
  identityCheckedOn: PlainDate | null;
  identityHow: string;
  acknowledgedOn: PlainDate | null;
  dueOn: PlainDate;
  extendedBecause: string;
  stage: RequestStage;
  outcome: RequestOutcome | null;
  decision: string;
  answeredOn: PlainDate | null;
  version: number;
}

const A_PAGE = 50;

/** Which requests: those that are open, those of them that are late on a day, or those that are over. */
export type RequestPart = 'open' | { lateOn: PlainDate } | 'over';

/** Requests of a part, the first due first: what is late leads. Those that are over, the newest first. */
export async function listRequests(
  tx: Transaction,
  part: RequestPart,
  after?: string,
): Promise<{ requests: RightsRequest[]; next: string | undefined }> {
  const over = part === 'over';
  let query = tx.selectFrom('service.rights_request as r').selectAll();
  if (typeof part === 'object') query = query.where('r.due_on', '<', part.lateOn);
  query = over
    ? query.where('r.stage', '<>', 'open').orderBy('r.answered_on', 'desc').orderBy('r.id', 'desc')
    : query.where('r.stage', '=', 'open').orderBy('r.due_on').orderBy('r.id');
  if (after !== undefined)
    query = query.where(
      over
        ? sql<boolean>`(r.answered_on, r.id) < (select b.answered_on, b.id from service.rights_request b where b.id = ${after})`
        : sql<boolean>`(r.due_on, r.id) > (select b.due_on, b.id from service.rights_request b where b.id = ${after})`,
    );
  const rows = await query.limit(A_PAGE + 1).execute();
  const requests = rows.slice(0, A_PAGE).map(requestFrom);
  return { requests, next: rows.length > A_PAGE ? requests.at(-1)?.id : undefined };
}

/** How many requests wait for an answer, and how many of them are late. */
export async function countOpenRequests(
  tx: Transaction,
  today: PlainDate,
): Promise<{ open: number; late: number }> {
  const { rows } = await sql<{ open: number; late: number }>`
    select count(*)::int as open, count(*) filter (where due_on < ${today}::date)::int as late
    from service.rights_request where stage = 'open'`.execute(tx);
  return rows[0] ?? { open: 0, late: 0 };
}

export async function findRightsRequest(tx: Transaction, id: string): Promise<RightsRequest | null> {
  const row = await rowOf(tx, id);
  return row ? requestFrom(row) : null;
}

/** The open request for access of a person, for whom the command makes an export. */
export async function openAccessRequestOf(tx: Transaction, personId: string): Promise<RightsRequest | null> {
  const row = await tx
    .selectFrom('service.rights_request')
    .selectAll()
    .where('person_id', '=', personId)
    .where('kind', '=', 'access')
    .where('stage', '=', 'open')
    .orderBy('received_on')
    .limit(1)
    .executeTakeFirst();
  return row ? requestFrom(row) : null;
}

const rowOf = (tx: Transaction, id: string) =>
  tx.selectFrom('service.rights_request').selectAll().where('id', '=', id).executeTakeFirst();

function requestFrom(row: NonNullable<Awaited<ReturnType<typeof rowOf>>>): RightsRequest {
  const dateOrNull = (value: string | null) => (value === null ? null : plainDate(value));
  return {
    id: row.id,
    personId: row.person_id,
    kind: row.kind as RequestKind,
    receivedOn: plainDate(row.received_on),
    askedBy: row.asked_by,
    fromWhom: row.from_whom,
    what: row.what,
    identityCheckedOn: dateOrNull(row.identity_checked_on),
    identityHow: row.identity_how,
    acknowledgedOn: dateOrNull(row.acknowledged_on),
    dueOn: plainDate(row.due_on),
    extendedBecause: row.extended_because,
    stage: row.stage as RequestStage,
    outcome: row.outcome as RequestOutcome | null,
    decision: row.decision,
    answeredOn: dateOrNull(row.answered_on),
    version: row.version,
  };
}

/** The reference of a record, for a data protection lead; null for anybody else. */
export async function referenceOf(tx: Transaction, personId: string): Promise<string | null> {
  const found = await sql<{ reference: string }>`
    select reference from need_to_know.references_of(array[${personId}]::uuid[])`.execute(tx);
  return found.rows[0]?.reference ?? null;
}

/** The record with a reference, for a data protection lead. */
export async function personWithReference(tx: Transaction, reference: string): Promise<string | null> {
  const found = await sql<{ id: string | null }>`
    select need_to_know.person_with_reference(${reference}) as id`.execute(tx);
  return found.rows[0]?.id ?? null;
}

/** That the processing of a record is restricted. */
export interface ProcessingRestriction {
  id: string;
  since: PlainDate;
  why: string;
}

export async function currentProcessingRestriction(
  tx: Transaction,
  personId: string,
): Promise<ProcessingRestriction | null> {
  const row = await tx
    .selectFrom('service.processing_restriction')
    .select(['id', 'since', 'why'])
    .where('person_id', '=', personId)
    .where('lifted_on', 'is', null)
    .executeTakeFirst();
  return row ? { ...row, since: plainDate(row.since) } : null;
}

/** Somebody who is asked to correct a record. */
export interface Corrector {
  name: string;
  /** Empty where they belong to none. */
  organisation: string;
}

/** Who is asked to correct the record of a request for correction, for a data protection lead; nobody before it is known who asks. */
export async function whoCorrects(tx: Transaction, requestId: string): Promise<Corrector[]> {
  const found =
    await sql<Corrector>`select name, organisation from need_to_know.who_corrects(${requestId})`.execute(tx);
  return found.rows;
}

/** What somebody asks by right to be corrected in a record. */
export interface CorrectionAsked {
  id: string;
  what: string;
  receivedOn: PlainDate;
  dueOn: PlainDate;
  /** Who is told what was done. */
  lead: string;
  leadEmail: string;
}

/** What is asked to be corrected in a record and not answered yet, the first due first, for those who can correct it. */
export async function correctionsAsked(tx: Transaction, personId: string): Promise<CorrectionAsked[]> {
  const found = await sql<{
    id: string;
    what: string;
    received_on: string;
    due_on: string;
    lead: string;
    lead_email: string;
  }>`select * from need_to_know.corrections_asked(${personId})`.execute(tx);
  return found.rows.map((row) => ({
    id: row.id,
    what: row.what,
    receivedOn: plainDate(row.received_on),
    dueOn: plainDate(row.due_on),
    lead: row.lead,
    leadEmail: row.lead_email,
  }));
}
