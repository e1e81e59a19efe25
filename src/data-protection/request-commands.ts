import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  saveSettled,
  settleAmendment,
} from '../platform/history/document.ts';
import { type ProgressField, progressDocument } from './request-progress.ts';
import { currentProcessingRestriction, type RightsRequest } from './request-queries.ts';
import { answerDueOn, type RequestKind, type RequestOutcome } from './rights-request.ts';

export interface NewRequest {
  personId: string | null;
  kind: RequestKind;
  receivedOn: PlainDate;
  askedBy: string;
  fromWhom: string;
  what: string;
}

/** Records that somebody has asked something by right; gives its id. */
export async function recordRequest(tx: Transaction, asked: NewRequest): Promise<string> {
  await recordCommand(tx, {
    action: 'record-rights-request',
    subject: { kind: 'rights-request', id: null },
    personId: asked.personId,
    detail: { kind: asked.kind },
  });
  const { id } = await tx
    .insertInto('service.rights_request')
    .values({
      person_id: asked.personId,
      kind: asked.kind,
      received_on: asked.receivedOn,
      asked_by: asked.askedBy,
      from_whom: asked.fromWhom,
      what: asked.what,
      due_on: answerDueOn({ receivedOn: asked.receivedOn, identityCheckedOn: null, isExtended: false }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Records what was done towards an answer, and reckons its day anew; where somebody else has meanwhile, says what they did. As
 * soon as it is known who asks for a correction, and of which record, those who can correct it are told.
 */
export async function recordProgress(
  tx: Transaction,
  request: RightsRequest,
  amendment: Amendment<ProgressField>,
): Promise<AmendmentOutcome<ProgressField>> {
  const held = await tx
    .selectFrom('service.rights_request')
    .select('id')
    .where('id', '=', request.id)
    .where('stage', '=', 'open')
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) return { kind: 'missing' };
  const settled = await settleAmendment(tx, progressDocument, request.id, amendment);
  if (settled.kind !== 'settled') return settled;
  const { personId, identityCheckedOn, extendedBecause } = settled.values;
  await recordCommand(tx, {
    action: 'progress-rights-request',
    subject: { kind: 'rights-request', id: request.id },
    personId: personId === '' ? null : personId,
    detail: { fields: settled.changed },
  });
  const dueOn = answerDueOn({
    receivedOn: request.receivedOn,
    identityCheckedOn: identityCheckedOn === '' ? null : plainDate(identityCheckedOn),
    isExtended: extendedBecause !== '',
  });
  await saveSettled(tx, progressDocument, request.id, settled, { due_on: dueOn });
  const isKnownNow = personId !== '' && identityCheckedOn !== '';
  const wasKnown = request.personId === personId && request.identityCheckedOn !== null;
  if (request.kind === 'correction' && isKnownNow && !wasKnown)
    await sql`select need_to_know.ask_to_correct(${request.id})`.execute(tx);
  return { kind: 'saved' };
}

/** Records what was answered and why; or, without an outcome, that it was withdrawn. False where it was over already. */
export async function answerRequest(
  tx: Transaction,
  request: RightsRequest,
  answer: { outcome: RequestOutcome | null; decision: string; answeredOn: PlainDate },
): Promise<boolean> {
  await recordCommand(tx, {
    action: answer.outcome === null ? 'withdraw-rights-request' : 'answer-rights-request',
    subject: { kind: 'rights-request', id: request.id },
    personId: request.personId,
    detail: { outcome: answer.outcome },
  });
  const changed = await tx
    .updateTable('service.rights_request')
    .set({
      stage: answer.outcome === null ? 'withdrawn' : 'answered',
      outcome: answer.outcome,
      decision: answer.decision,
      answered_on: answer.answeredOn,
    })
    .where('id', '=', request.id)
    .where('stage', '=', 'open')
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Restricts the processing of a record, which everybody who opens it is then told. False where it is restricted already. */
export async function restrictProcessing(
  tx: Transaction,
  { requestId, personId, since, why }: { requestId: string; personId: string; since: PlainDate; why: string },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'restrict-processing',
    subject: { kind: 'rights-request', id: requestId },
    personId,
  });
  const made = await tx
    .insertInto('service.processing_restriction')
    .values({ person_id: personId, rights_request_id: requestId, since, why })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

/** Lifts the restriction of processing; the day is never before it began. False where there is none. */
export async function liftProcessingRestriction(
  tx: Transaction,
  personId: string,
  today: PlainDate,
): Promise<boolean> {
  const current = await currentProcessingRestriction(tx, personId);
  if (!current) return false;
  await recordCommand(tx, {
    action: 'lift-processing-restriction',
    subject: { kind: 'processing-restriction', id: current.id },
    personId,
  });
  const lifted = await tx
    .updateTable('service.processing_restriction')
    .set({ lifted_on: today < current.since ? current.since : today })
    .where('id', '=', current.id)
    .where('lifted_on', 'is', null)
    .executeTakeFirst();
  return lifted.numUpdatedRows === 1n;
}
