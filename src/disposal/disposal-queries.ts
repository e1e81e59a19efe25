import { sql } from 'kysely';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Ground, RecordType, RetentionPeriod, StillOpen } from './retention.ts';

/** What is disposed of as one: a person with everything about them, or a referral that was never linked to one. */
export type SubjectKind = 'person' | 'referral';

export interface Subject {
  kind: SubjectKind;
  id: string;
  reference: string;
  /** Why it cannot go yet; empty where it can. */
  open: StillOpen[];
}

/** What a reference names; null when it names nothing. A referral that is linked to a person is part of theirs. */
export async function findSubject(tx: Transaction, reference: string): Promise<Subject | null> {
  const found = await sql<{
    subject_kind: SubjectKind;
    subject_id: string;
    subject_reference: string;
    open: StillOpen[];
  }>`select * from disposal.find_subject(${reference})`.execute(tx);
  const row = found.rows[0];
  return row
    ? { kind: row.subject_kind, id: row.subject_id, reference: row.subject_reference, open: row.open }
    : null;
}

/** A record that has been kept as long as it may be. */
export interface DueRecord {
  kind: SubjectKind;
  id: string;
  reference: string;
  recordType: RecordType;
  closedOn: PlainDate;
  keepUntil: PlainDate;
}

/** Where the next page of due records begins. */
export interface DueAfter {
  keepUntil: string;
  id: string;
}

const PAGE = 25;

/** Records that are due on a day, longest due first: not those held, nor those somebody has proposed already. */
export async function dueRecords(
  tx: Transaction,
  today: PlainDate,
  after: DueAfter | undefined,
): Promise<{ records: DueRecord[]; next: DueAfter | undefined }> {
  let query = tx
    .selectFrom('disposal.retention as r')
    .selectAll()
    .where('r.keep_until', '<', today)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('disposal.legal_hold as h')
            .select('h.id')
            .whereRef('h.subject_id', '=', 'r.subject_id')
            .where('h.lifted_at', 'is', null),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('disposal.request as d')
            .select('d.id')
            .whereRef('d.subject_id', '=', 'r.subject_id')
            .where('d.refused_at', 'is', null),
        ),
      ),
    )
    .orderBy('r.keep_until')
    .orderBy('r.subject_id')
    .limit(PAGE + 1);
  if (after) {
    query = query.where(
      sql<boolean>`(r.keep_until, r.subject_id) > (${after.keepUntil}::date, ${after.id}::uuid)`,
    );
  }
  const rows = await query.execute();
  const records = rows.slice(0, PAGE).map((row) => ({
    kind: row.subject_kind as SubjectKind,
    id: row.subject_id,
    reference: row.reference,
    recordType: row.record_type as RecordType,
    closedOn: plainDate(row.closed_on),
    keepUntil: plainDate(row.keep_until),
  }));
  const last = records.at(-1);
  return {
    records,
    next: rows.length > PAGE && last ? { keepUntil: last.keepUntil, id: last.id } : undefined,
  };
}

/** Until when a closed record is kept; null when it is open, or the night's review has not met it yet. */
export async function findRetention(
  tx: Transaction,
  subjectId: string,
): Promise<{ reference: string; keepUntil: PlainDate } | null> {
  const row = await tx
    .selectFrom('disposal.retention')
    .select(['reference', 'keep_until'])
    .where('subject_id', '=', subjectId)
    .executeTakeFirst();
  return row ? { reference: row.reference, keepUntil: plainDate(row.keep_until) } : null;
}

/** A proposal to dispose of a record, and what became of it. */
export interface DisposalRequest {
  id: string;
  subjectId: string;
  kind: SubjectKind;
  /** Empty once it was carried out. */
  reference: string;
  ground: Ground;
  note: string;
  requestedBy: string;
  requestedByName: string;
  requestedAt: Date;
  decidedByName: string | null;
  approvedAt: Date | null;
  refusedAt: Date | null;
  carriedOutAt: Date | null;
  erasedAt: Date | null;
  isHeld: boolean;
  /** Why it cannot be carried out yet; empty where it can. */
  open: StillOpen[];
}

/** The most that is shown of a list that people empty by working through it. */
const MOST = 100;

/** Proposals on which something is still to be done: to be decided, or approved and not yet carried out. */
export async function openRequests(tx: Transaction): Promise<DisposalRequest[]> {
  return await requests(tx)
    .where('d.refused_at', 'is', null)
    .where('d.carried_out_at', 'is', null)
    .orderBy('d.requested_at')
    .limit(MOST)
    .execute()
    .then((rows) => rows.map(requestOf));
}

/** The disposals that were carried out last, or those before one of them. */
export async function carriedOutRequests(
  tx: Transaction,
  before: string | undefined,
): Promise<{ requests: DisposalRequest[]; next: string | undefined }> {
  let query = requests(tx)
    .where('d.carried_out_at', 'is not', null)
    .orderBy('d.carried_out_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(PAGE + 1);
  if (before) {
    query = query.where(
      sql<boolean>`(d.carried_out_at, d.id) < (select b.carried_out_at, b.id from disposal.request b where b.id = ${before})`,
    );
  }
  const rows = (await query.execute()).map(requestOf);
  const shown = rows.slice(0, PAGE);
  return { requests: shown, next: rows.length > PAGE ? shown.at(-1)?.id : undefined };
}

export async function findRequest(tx: Transaction, id: string): Promise<DisposalRequest | null> {
  const row = await requests(tx).where('d.id', '=', id).executeTakeFirst();
  return row ? requestOf(row) : null;
}

function requests(tx: Transaction) {
  return tx
    .selectFrom('disposal.request as d')
    .innerJoin('identity.account as proposer', 'proposer.id', 'd.requested_by')
    .leftJoin('identity.account as decider', (join) =>
      join.on('decider.id', '=', sql<string>`coalesce(d.approved_by, d.refused_by)`),
    )
    .selectAll('d')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name'])
    .select(sql<StillOpen[]>`coalesce(disposal.waits_for(d.id), '{}')`.as('open'))
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('disposal.legal_hold as h')
          .select('h.id')
          .whereRef('h.subject_id', '=', 'd.subject_id')
          .where('h.lifted_at', 'is', null),
      ).as('is_held'),
    );
}

function requestOf(
  row: Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirstOrThrow']>>,
): DisposalRequest {
  return {
    id: row.id,
    subjectId: row.subject_id,
    kind: row.subject_kind as SubjectKind,
    reference: row.reference,
    ground: row.ground as Ground,
    note: row.note,
    requestedBy: row.requested_by,
    requestedByName: row.proposer_name,
    requestedAt: row.requested_at,
    decidedByName: row.decider_name,
    approvedAt: row.approved_at,
    refusedAt: row.refused_at,
    carriedOutAt: row.carried_out_at,
    erasedAt: row.erased_at,
    isHeld: Boolean(row.is_held),
    open: row.open,
  };
}

/** How much a disposal would take away, and of whom. */
export interface Extent {
  /** Null where it is not known. */
  born: PlainDate | null;
  /** Null where nobody ever worked with them. */
  supportEndedOn: PlainDate | null;
  referrals: number;
  allocations: number;
  notes: number;
  contacts: number;
  /** Safety plans, trigger profiles, assessments of needs, goals and plans for turning 18. */
  plans: number;
  concerns: number;
  files: number;
}

/** Null where there is no such proposal for the asker. */
export async function extentOf(tx: Transaction, request: string): Promise<Extent | null> {
  const found = await sql<
    Omit<Extent, 'born' | 'supportEndedOn'> & { born: string | null; support_ended_on: string | null }
  >`select * from disposal.extent_of(${request})`.execute(tx);
  const [row] = found.rows;
  if (!row) return null;
  const { born, support_ended_on, ...counts } = row;
  return {
    ...counts,
    born: born === null ? null : plainDate(born),
    supportEndedOn: support_ended_on === null ? null : plainDate(support_ended_on),
  };
}

/** How many entries of each table were recorded or changed since a disposal was proposed. */
export async function recordedSince(
  tx: Transaction,
  request: string,
): Promise<{ what: string; times: number }[]> {
  return (
    await sql<{ what: string; times: number }>`select * from disposal.recorded_since(${request})`.execute(tx)
  ).rows;
}

/** Whether somebody asked by right that a young person's record is erased, and was not refused. */
export async function isErasureAsked(tx: Transaction, personId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('service.rights_request')
    .select('id')
    .where('person_id', '=', personId)
    .where('kind', '=', 'erasure')
    .where('stage', '<>', 'withdrawn')
    .where(sql<boolean>`outcome is distinct from 'refused'`)
    .executeTakeFirst();
  return found !== undefined;
}

/** How long records of each type are kept, as it is in force on a day. */
export async function retentionPeriods(
  tx: Transaction,
  today: PlainDate,
): Promise<(RetentionPeriod & { source: string })[]> {
  const rows = await tx
    .selectFrom('reference.retention_period')
    .selectAll()
    .distinctOn('record_type')
    .where('in_force_from', '<=', today)
    .orderBy('record_type')
    .orderBy('in_force_from', 'desc')
    .execute();
  return rows.map((row) => ({
    recordType: row.record_type as RecordType,
    inForceFrom: plainDate(row.in_force_from),
    yearsAfterClosing: row.years_after_closing,
    untilAge: row.until_age,
    source: row.source,
  }));
}

/** A court, an inquiry or a claim may want it: it is not disposed of until the hold is lifted. */
export interface LegalHold {
  id: string;
  subjectId: string;
  kind: SubjectKind;
  reference: string;
  reason: string;
  placedByName: string;
  placedAt: Date;
}

/** Holds in force, the newest first, or those before one of them. */
export async function currentHolds(
  tx: Transaction,
  before: string | undefined,
): Promise<{ holds: LegalHold[]; next: string | undefined }> {
  let query = holds(tx)
    .orderBy('h.placed_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(PAGE + 1);
  if (before) {
    query = query.where(
      sql<boolean>`(h.placed_at, h.id) < (select b.placed_at, b.id from disposal.legal_hold b where b.id = ${before})`,
    );
  }
  const rows = (await query.execute()).map(holdOf);
  const shown = rows.slice(0, PAGE);
  return { holds: shown, next: rows.length > PAGE ? shown.at(-1)?.id : undefined };
}

export async function findHold(tx: Transaction, id: string): Promise<LegalHold | null> {
  const row = await holds(tx).where('h.id', '=', id).executeTakeFirst();
  return row ? holdOf(row) : null;
}

export async function isHeld(tx: Transaction, subjectId: string): Promise<boolean> {
  return (await holds(tx).where('h.subject_id', '=', subjectId).executeTakeFirst()) !== undefined;
}

function holds(tx: Transaction) {
  return tx
    .selectFrom('disposal.legal_hold as h')
    .innerJoin('identity.account as placer', 'placer.id', 'h.placed_by')
    .selectAll('h')
    .select('placer.name as placer_name')
    .where('h.lifted_at', 'is', null);
}

function holdOf(row: Awaited<ReturnType<ReturnType<typeof holds>['executeTakeFirstOrThrow']>>): LegalHold {
  return {
    id: row.id,
    subjectId: row.subject_id,
    kind: row.subject_kind as SubjectKind,
    reference: row.reference,
    reason: row.reason,
    placedByName: row.placer_name,
    placedAt: row.placed_at,
  };
}
