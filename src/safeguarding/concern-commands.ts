import { sql } from 'kysely';
import { thresholdsOn } from '../organisations/index.ts';
import type { Person } from '../people/index.ts';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { type NamedAgency, toldDueOn, whyNotClose } from './concern.ts';
import { type Concern, type ConcernTold, findConcern } from './concern-queries.ts';

/** Who acts, and by which clock. */
export interface Acting {
  asker: Asker;
  clock: Clock;
}

/** Somebody who was told, or is not yet or need not be. */
export type Telling =
  | {
      agency: NamedAgency | 'other';
      state: 'told';
      name: string;
      how: string;
      at: Date;
      reference: string;
    }
  | { agency: NamedAgency; state: 'not-yet' }
  | { agency: NamedAgency; state: 'not-needed'; whyNot: string };

/** What is feared, and what was done at once. */
export interface Raising {
  danger: boolean;
  dangerDone: string;
  what: string;
  words: string;
  happenedAt: Date;
  told: readonly Telling[];
}

/** What a row about a young person carries, whoever writes it. @throws when the asker belongs to no organisation */
function carried(acting: Acting, person: Pick<Person, 'id' | 'area'>) {
  const { organisationId } = acting.asker;
  if (organisationId === null)
    throw new Error('A concern is written for an organisation, and its author has none');
  return { person_id: person.id, organisation_id: organisationId, area: person.area };
}

/**
 * Raises a concern about a young person: with who has been told, and who must be. Those who answer for them are told at
 * once, by message. Gives its id.
 */
export async function raiseConcern(
  tx: Transaction,
  acting: Acting,
  person: Pick<Person, 'id' | 'area'>,
  raising: Raising,
): Promise<string> {
  const id = await newId(tx);
  await recordCommand(tx, {
    action: 'raise-concern',
    subject: { kind: 'concern', id },
    personId: person.id,
    detail: { danger: raising.danger },
  });
  const episode = await tx
    .selectFrom('service.episode')
    .select('id')
    .where('person_id', '=', person.id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  const now = acting.clock.now();
  await tx
    .insertInto('service.concern')
    .values({
      id,
      ...carried(acting, person),
      episode_id: episode?.id ?? null,
      what: raising.what,
      words: raising.words,
      happened_at: raising.happenedAt,
      danger: raising.danger,
      danger_done: raising.dangerDone,
      raised_by: acting.asker.accountId,
      raised_at: now,
    })
    .execute();
  for (const telling of raising.told) await insertTold(tx, acting, person, id, telling);
  await tellThoseWhoAnswer(tx, acting, person, id, now);
  return id;
}

async function tellThoseWhoAnswer(
  tx: Transaction,
  acting: Acting,
  person: Pick<Person, 'id' | 'area'>,
  concernId: string,
  now: Date,
): Promise<void> {
  const told = await sql<{ name: string }>`
    select name from messages.tell_of_concern(${concernId}) order by name`.execute(tx);
  if (told.rows.length === 0) return;
  await tx
    .insertInto('service.concern_told')
    .values({
      ...carried(acting, person),
      concern_id: concernId,
      agency: 'managers',
      state: 'told',
      name: told.rows.map(({ name }) => name).join(', '),
      how: 'message',
      told_at: now,
      told_by: acting.asker.accountId,
    })
    .execute();
}

async function insertTold(
  tx: Transaction,
  acting: Acting,
  person: Pick<Person, 'id' | 'area'>,
  concernId: string,
  telling: Telling,
): Promise<void> {
  await tx
    .insertInto('service.concern_told')
    .values({
      ...carried(acting, person),
      concern_id: concernId,
      agency: telling.agency,
      told_by: acting.asker.accountId,
      ...(await columnsOf(tx, acting, telling)),
    })
    .execute();
}

async function columnsOf(tx: Transaction, { clock }: Acting, telling: Telling) {
  const now = clock.now();
  const { 'concern-answer': answer } = await thresholdsOn(tx, londonDate(now));
  const at = telling.state === 'told' ? telling.at : now;
  return {
    state: telling.state,
    due_on: toldDueOn(telling.agency, telling.state, at, answer),
    name: telling.state === 'told' ? telling.name : '',
    how: telling.state === 'told' ? telling.how : '',
    told_at: telling.state === 'told' ? telling.at : null,
    reference: telling.state === 'told' ? telling.reference : '',
    why_not: telling.state === 'not-needed' ? telling.whyNot : '',
  };
}

/** What became of something that was done with a concern. */
export type ConcernOutcome =
  | { kind: 'done' }
  /** There is no such concern for this asker. */
  | { kind: 'missing' }
  /** Why it cannot be done, in words. */
  | { kind: 'refused'; why: string };

const DONE: ConcernOutcome = { kind: 'done' };
const MISSING: ConcernOutcome = { kind: 'missing' };
const CLOSED: ConcernOutcome = {
  kind: 'refused',
  why: 'This concern has been closed: raise a new one if there is reason to',
};

/** Records that somebody was told of a concern, or need not be; whoever was still to be told is not any more. */
export async function tellOfConcern(
  tx: Transaction,
  acting: Acting,
  concernId: string,
  telling: Exclude<Telling, { state: 'not-yet' }>,
): Promise<ConcernOutcome> {
  const concern = await lockConcern(tx, concernId);
  if (!concern) return MISSING;
  if (concern.closedAt !== null) return CLOSED;
  await recordCommand(tx, {
    action: 'tell-of-concern',
    subject: { kind: 'concern', id: concernId },
    personId: concern.personId,
    detail: { agency: telling.agency, state: telling.state },
  });
  const open = concern.told.find(({ agency, state }) => agency === telling.agency && state === 'not-yet');
  if (open) {
    await tx
      .updateTable('service.concern_told')
      .set(await columnsOf(tx, acting, telling))
      .where('id', '=', open.id)
      .execute();
  } else {
    await insertTold(tx, acting, { id: concern.personId, area: concern.personArea }, concernId, telling);
  }
  return DONE;
}

/** What somebody answered who was told of a concern. */
export interface Answer {
  text: string;
  at: Date;
  /** Their number for it. */
  reference: string;
}

export type AnswerOutcome =
  | ConcernOutcome
  /** Somebody else recorded an answer meanwhile: this is what it says. */
  | { kind: 'answered-meanwhile'; told: ConcernTold };

/** Records what somebody answered; an answer stands as it was recorded, and what comes later is added to the concern. */
export async function answerConcern(
  tx: Transaction,
  concernId: string,
  toldId: string,
  answer: Answer,
): Promise<AnswerOutcome> {
  const concern = await lockConcern(tx, concernId);
  const told = concern?.told.find(({ id }) => id === toldId);
  if (!concern || !told || told.state !== 'told') return MISSING;
  if (told.answeredAt !== null) return { kind: 'answered-meanwhile', told };
  if (concern.closedAt !== null) return CLOSED;
  await recordCommand(tx, {
    action: 'answer-concern',
    subject: { kind: 'concern', id: concernId },
    personId: concern.personId,
    detail: { agency: told.agency },
  });
  await tx
    .updateTable('service.concern_told')
    .set({
      answer: answer.text,
      answered_at: answer.at,
      ...(answer.reference === '' ? {} : { reference: answer.reference }),
    })
    .where('id', '=', toldId)
    .execute();
  return DONE;
}

/** Adds to a concern what came to be known, or was done, after it was raised. */
export async function addToConcern(
  tx: Transaction,
  acting: Acting,
  concernId: string,
  text: string,
): Promise<ConcernOutcome> {
  const concern = await lockConcern(tx, concernId);
  if (!concern) return MISSING;
  await recordCommand(tx, {
    action: 'add-to-concern',
    subject: { kind: 'concern', id: concernId },
    personId: concern.personId,
  });
  await tx
    .insertInto('service.concern_development')
    .values({
      ...carried(acting, { id: concern.personId, area: concern.personArea }),
      concern_id: concernId,
      text,
      written_by: acting.asker.accountId,
      written_at: acting.clock.now(),
    })
    .execute();
  return DONE;
}

/** How a concern ended: what came of it, why, and who decided so. */
export interface Closing {
  outcome: string;
  reason: string;
  decidedBy: string;
  /** How many things that happened since it was raised whoever closes it was shown. */
  seen: number;
}

/** Closes a concern in which nothing is waited for any more. */
export async function closeConcern(
  tx: Transaction,
  acting: Acting,
  concernId: string,
  { outcome, reason, decidedBy, seen }: Closing,
): Promise<ConcernOutcome> {
  const concern = await lockConcern(tx, concernId);
  if (!concern) return MISSING;
  if (concern.closedAt !== null) {
    return { kind: 'refused', why: `${concern.closedByName ?? 'Somebody'} has closed this concern already` };
  }
  const why = whyNotClose(concern.told);
  if (why !== undefined) return { kind: 'refused', why };
  if (concern.developments.length > seen)
    return { kind: 'refused', why: 'Something was added to this concern since you opened it: read it first' };
  await recordCommand(tx, {
    action: 'close-concern',
    subject: { kind: 'concern', id: concernId },
    personId: concern.personId,
    detail: { outcome },
  });
  await tx
    .updateTable('service.concern')
    .set({
      closed_at: acting.clock.now(),
      closed_by: acting.asker.accountId,
      outcome,
      outcome_reason: reason,
      decided_by: decidedBy,
    })
    .where('id', '=', concernId)
    .execute();
  return DONE;
}

/** A concern as it is when nobody else can change it any more before this transaction ends. */
async function lockConcern(tx: Transaction, concernId: string): Promise<Concern | null> {
  await tx.selectFrom('service.concern').select('id').where('id', '=', concernId).forNoKeyUpdate().execute();
  return await findConcern(tx, concernId);
}

async function newId(tx: Transaction): Promise<string> {
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  return id;
}
