import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { entriesOf, type HeldSection, idsIn, type Json, type PartRead, partOf, sectionsOf } from './held.ts';
import type { Mark } from './redaction.ts';
import type { RightsRequest } from './request-queries.ts';

/** How recently somebody must have signed in to see or take an export, in minutes (need_to_know.subject_access). */
export const PROVED_WITHIN = 15;

/** Everything held about somebody who asked for it, and what is blacked out of it. */
export interface SubjectAccess {
  sections: HeldSection[];
  marks: Mark[];
}

/**
 * Reads everything that is held for an open request for access, the identity of whose asker was checked. Empty for any other:
 * the database decides, and each call is in the audit.
 */
export async function readSubjectAccess(tx: Transaction, requestId: string): Promise<SubjectAccess> {
  const { rows } = await sql<{ table_name: string; is_earlier: boolean; held: Record<string, Json> }>`
    select table_name, is_earlier, held from need_to_know.subject_access(${requestId})`.execute(tx);
  const held = rows.map((row) => ({
    table: row.table_name,
    isEarlier: row.is_earlier,
    values: row.held,
  }));
  return {
    sections: sectionsOf(held, await namesOf(tx, idsIn(held))),
    marks: await marksOf(tx, requestId),
  };
}

/** Whether a request is one for which there can be an export. */
export const isReadyForExport = (request: RightsRequest): request is RightsRequest & { personId: string } =>
  request.kind === 'access' &&
  request.stage === 'open' &&
  request.personId !== null &&
  request.identityCheckedOn !== null;

/** Names for the ids of colleagues, organisations and teams, and for the codes of councils. */
async function namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id::text, name from identity.account where id = any (${[...ids]}::uuid[])
    union all select id::text, name from identity.organisation where id = any (${[...ids]}::uuid[])
    union all select id::text, name from identity.team where id = any (${[...ids]}::uuid[])
    union all select code, name from reference.area`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const READ_A_PART = 'read-part-of-what-is-held';

/** Writes down that somebody opened a part of what is held. */
export async function recordPartRead(
  tx: Transaction,
  request: { id: string; personId: string },
  section: HeldSection,
): Promise<void> {
  await recordCommand(tx, {
    action: READ_A_PART,
    subject: { kind: 'rights-request', id: request.id },
    personId: request.personId,
    detail: { part: partOf(section), entries: entriesOf(section) },
  });
}

/** The parts of what is held that somebody has opened for a request, each as they last saw it. */
export async function partsReadBy(
  tx: Transaction,
  requestId: string,
  accountId: string,
): Promise<ReadonlyMap<string, PartRead>> {
  const { rows } = await sql<PartRead & { part: string }>`
    select distinct on (d.detail ->> 'part') d.detail ->> 'part' as part, e.at, coalesce(d.detail ->> 'entries', '') as entries
    from audit.entry e cross join lateral (select convert_from(e.body, 'UTF8')::jsonb -> 'detail' as detail) d
    where e.subject_id = ${requestId} and e.actor_id = ${accountId} and e.action = ${READ_A_PART} and e.outcome = 'done'
    order by d.detail ->> 'part', e.at desc`.execute(tx);
  return new Map(rows.map(({ part, at, entries }) => [part, { at, entries }]));
}

/** What the lead has decided to black out, or to show, for a request. */
export async function marksOf(tx: Transaction, requestId: string): Promise<Mark[]> {
  const rows = await tx
    .selectFrom('service.redaction_mark')
    .select(['id', 'table_name', 'row_id', 'field', 'decided_on', 'passage', 'decision', 'reason'])
    .where('rights_request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id, table_name, row_id, field, decided_on, passage, decision, reason }) => ({
    id,
    place:
      table_name === null || row_id === null || field === null
        ? null
        : { table: table_name, rowId: row_id, field },
    decidedOn: decided_on,
    passage,
    decision: decision === 'show' ? 'show' : 'redact',
    reason,
  }));
}

/**
 * Marks a field, a passage of one, or a passage wherever it stands. What was decided before about the whole of a field, in
 * the same words, ends.
 */
export async function markForRedaction(
  tx: Transaction,
  request: { id: string; personId: string },
  mark: Omit<Mark, 'id'>,
  now: Date,
): Promise<void> {
  await recordCommand(tx, {
    action: 'mark-for-redaction',
    subject: { kind: 'rights-request', id: request.id },
    personId: request.personId,
    detail: { decision: mark.decision, reason: mark.reason },
  });
  if (mark.place !== null && mark.passage === '')
    await tx
      .updateTable('service.redaction_mark')
      .set({ ended_at: now })
      .where('rights_request_id', '=', request.id)
      .where('row_id', '=', mark.place.rowId)
      .where('table_name', '=', mark.place.table)
      .where('field', '=', mark.place.field)
      .where('decided_on', '=', mark.decidedOn)
      .where('passage', '=', '')
      .where('ended_at', 'is', null)
      .execute();
  await tx
    .insertInto('service.redaction_mark')
    .values({
      rights_request_id: request.id,
      person_id: request.personId,
      table_name: mark.place?.table ?? null,
      row_id: mark.place?.rowId ?? null,
      field: mark.place?.field ?? null,
      decided_on: mark.decidedOn,
      passage: mark.passage,
      decision: mark.decision,
      reason: mark.reason,
    })
    .execute();
}

/** Takes a mark away. */
export async function endMark(
  tx: Transaction,
  request: { id: string; personId: string },
  markId: string,
  now: Date,
): Promise<void> {
  await recordCommand(tx, {
    action: 'end-redaction',
    subject: { kind: 'rights-request', id: request.id },
    personId: request.personId,
  });
  await tx
    .updateTable('service.redaction_mark')
    .set({ ended_at: now })
    .where('id', '=', markId)
    .where('rights_request_id', '=', request.id)
    .where('ended_at', 'is', null)
    .execute();
}
