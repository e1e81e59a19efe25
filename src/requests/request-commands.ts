import { type RawBuilder, sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { acknowledgeReferral } from '../referrals/index.ts';
import {
  answeringRole,
  askableKinds,
  type RequestAct,
  type RequestKind,
  type Subject,
  type Topic,
  whyNot,
  whyNotDueOn,
} from './request.ts';
import { answerAddress, queueAddress, requestAddress } from './request-addresses.ts';
import {
  type AskedRequest,
  findReferrerQuestion,
  findRequest,
  type ReferrerQuestion,
} from './request-queries.ts';

/** Who acts, and by which clock. */
export interface Acting {
  asker: Asker;
  clock: Clock;
}

/** What became of a command on a request. */
export type Outcome =
  | { outcome: 'done' }
  /** There is no such request, referral or person for this asker, or they have no such part in it. */
  | { outcome: 'missing' }
  /** A rule stands against it, or somebody else was first: why, in words for the one who tried, and in which field. */
  | { outcome: 'refused'; field: string; why: string };

const DONE: Outcome = { outcome: 'done' };
const MISSING: Outcome = { outcome: 'missing' };
const refused = (field: string, why: string): Outcome => ({ outcome: 'refused', field, why });

/** What is asked for, and by when. */
export interface Asking {
  kind: RequestKind;
  topics: readonly Topic[];
  question: string;
  dueOn: PlainDate;
}

/** How the audit calls asking for each kind. */
const askCommands: Readonly<Record<RequestKind, string>> = {
  information: 'ask-referrer',
  'intelligence-check': 'ask-for-check',
  consultation: 'ask-for-consultation',
  borough: 'ask-borough',
};

/** Who is missing among those whom a restriction names, as whoever asks them is told. */
const nobodyNamed: Readonly<Record<Exclude<RequestKind, 'information'>, string>> = {
  'intelligence-check': 'no analyst',
  consultation: 'no gender consultant',
  borough: 'no contact of the borough',
};

export type Asked =
  /** `told` says how many were told that something waits for them. */
  { outcome: 'done'; requestId: string; told: number } | Exclude<Outcome, { outcome: 'done' }>;

/** Asks somebody something about a referral or a young person, and tells those who are to answer that it waits. */
export async function ask(
  tx: Transaction,
  { asker, clock }: Acting,
  about: Subject,
  { kind, topics, question, dueOn }: Asking,
): Promise<Asked> {
  if (!askableKinds(asker.role, about.kind).includes(kind)) return { outcome: 'missing' };
  const subject = await subjectOf(tx, about);
  if (!subject) return { outcome: 'missing' };
  if (subject.isWithdrawn)
    return { outcome: 'refused', field: 'question', why: 'The referrer has withdrawn this referral' };
  if (kind === 'information' && !subject.isVerified) {
    return {
      outcome: 'refused',
      field: 'question',
      why: 'Verify the referrer first: until then nothing about this referral is shown to whoever sent it',
    };
  }
  if (subject.hasDied) {
    return {
      outcome: 'refused',
      field: 'question',
      why: 'This young person is recorded as having died: nothing is asked about them any more',
    };
  }
  const now = clock.now();
  const wrongDay = whyNotDueOn(dueOn, londonDate(now));
  if (wrongDay !== undefined) return { outcome: 'refused', field: 'dueOn', why: wrongDay };
  if (kind !== 'information' && (await reachesNobody(tx, kind, subject))) {
    return {
      outcome: 'refused',
      field: 'question',
      why: `This record is restricted, and it names ${nobodyNamed[kind]}: nobody could answer. A manager or coordinator who is named must name whoever should answer first, under “Change who may open this record”`,
    };
  }
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, {
    action: askCommands[kind],
    subject: { kind: 'request', id },
    personId: subject.personId,
    detail: { referral: about.kind === 'referral' ? about.id : null },
  });
  const isProviders = asker.role === 'caseworker' || asker.role === 'provider-manager';
  await tx
    .insertInto('service.request')
    .values({
      id,
      kind,
      ...(about.kind === 'referral' ? { referral_id: about.id } : { person_id: about.id }),
      ...(isProviders ? { organisation_id: asker.organisationId } : {}),
      ...(kind === 'borough' ? { topics: [...topics] } : {}),
      ...(kind === 'information' ? { owner_id: subject.referrerId } : {}),
      area: subject.area,
      question,
      asked_by: asker.accountId,
      asked_at: now,
      due_on: dueOn,
    })
    .execute();
  const referralId = about.kind === 'referral' ? about.id : null;
  const told = await tellThoseAsked(tx, { id, kind, referralId, area: subject.area }, subject.referrerId);
  return { outcome: 'done', requestId: id, told };
}

interface SubjectFound {
  area: string;
  personId: string | null;
  referrerId: string | null;
  isVerified: boolean;
  isWithdrawn: boolean;
  hasDied: boolean;
}

async function subjectOf(tx: Transaction, about: Subject): Promise<SubjectFound | null> {
  if (about.kind === 'person') {
    const person = await tx
      .selectFrom('service.person')
      .select(['area', 'died_on'])
      .where('id', '=', about.id)
      .executeTakeFirst();
    return person
      ? {
          area: person.area,
          personId: about.id,
          referrerId: null,
          isVerified: false,
          isWithdrawn: false,
          hasDied: person.died_on !== null,
        }
      : null;
  }
  const referral = await tx
    .selectFrom('service.referral as r')
    .select([
      'r.area',
      'r.person_id',
      'r.referrer_id',
      'r.stage',
      sql<boolean>`exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id)`.as(
        'verified',
      ),
      sql<boolean>`exists (select from service.person p where p.id = r.person_id and p.died_on is not null)`.as(
        'died',
      ),
    ])
    .where('r.id', '=', about.id)
    .executeTakeFirst();
  return referral
    ? {
        area: referral.area,
        personId: referral.person_id,
        referrerId: referral.referrer_id,
        isVerified: referral.verified,
        isWithdrawn: referral.stage === 'withdrawn',
        hasDied: referral.died,
      }
    : null;
}

/** Whether what is asked is about a restricted record that does not exist for anybody who would answer. */
async function reachesNobody(
  tx: Transaction,
  kind: RequestKind,
  { personId, area }: SubjectFound,
): Promise<boolean> {
  if (personId === null) return false;
  const { rows } = await sql<{ closed: boolean }>`
    select need_to_know.is_closed_to_all_who_answer(${personId}, ${answeringRole[kind]}, ${area}) as closed`.execute(
    tx,
  );
  return rows[0]?.closed ?? false;
}

/** Tells those who are to answer, and says how many they are. */
async function tellThoseAsked(
  tx: Transaction,
  request: { id: string; kind: RequestKind; referralId: string | null; area: string },
  referrerId: string | null,
): Promise<number> {
  const path = answerAddress(request);
  const role = answeringRole[request.kind];
  switch (request.kind) {
    case 'information':
      await sql`select messages.tell(${referrerId}, 'referral-question', ${path})`.execute(tx);
      return 1;
    case 'borough':
      return await howMany(
        tx,
        sql`select messages.tell_those_who_answer_for(${request.area}, ${role}, 'borough-asked', ${path}) as told`,
      );
    case 'intelligence-check':
      return await howMany(
        tx,
        sql`select messages.tell_everybody_who_is(${role}, 'check-asked', ${path}) as told`,
      );
    case 'consultation':
      return await howMany(
        tx,
        sql`select messages.tell_everybody_who_is(${role}, 'consultation-asked', ${path}) as told`,
      );
  }
}

async function howMany(tx: Transaction, query: RawBuilder<{ told: number }>): Promise<number> {
  const { rows } = await query.execute(tx);
  return rows[0]?.told ?? 0;
}

/** Takes a request on, from nobody or from a colleague. @param version of the request as the asker saw it. */
export async function takeRequest(
  tx: Transaction,
  { asker, clock }: Acting,
  request: AskedRequest,
  version: number,
): Promise<Outcome> {
  return await change(tx, asker, request, 'take', version, {
    action: 'take-request',
    set: { owner_id: asker.accountId, taken_at: clock.now() },
  });
}

/**
 * Answers a request, or corrects the answer it has, and tells whoever asked. Who answers what nobody had taken, takes it.
 * @param version of the request as the asker saw it.
 */
export async function answerRequest(
  tx: Transaction,
  { asker, clock }: Acting,
  request: AskedRequest,
  answer: string,
  version: number,
): Promise<Outcome> {
  const now = clock.now();
  const isCorrected = request.state === 'answered';
  const outcome = await change(tx, asker, request, isCorrected ? 'correct' : 'answer', version, {
    action: isCorrected ? 'correct-answer' : 'answer-request',
    set: {
      state: 'answered',
      answer,
      answered_by: asker.accountId,
      ...(isCorrected ? {} : { answered_at: now }),
      ...(request.ownerId === null ? { owner_id: asker.accountId, taken_at: now } : {}),
    },
  });
  if (outcome.outcome !== 'done') return outcome;
  await tellAsker(tx, request.askedById, request.id);
  // Whoever answers for the borough about a referral has seen it: they are not asked to say so as well.
  if (request.kind === 'borough' && request.about.referralId !== null)
    await acknowledgeReferral(tx, { asker, clock }, request.about.referralId, '', 0);
  return outcome;
}

/** Asks no longer, and tells whoever had taken it. @param version of the request as the asker saw it. */
export async function withdrawRequest(
  tx: Transaction,
  { asker, clock }: Acting,
  request: AskedRequest,
  why: string,
  version: number,
): Promise<Outcome> {
  const outcome = await change(tx, asker, request, 'withdraw', version, {
    action: 'withdraw-request',
    set: { state: 'withdrawn', withdrawn_why: why, withdrawn_at: clock.now() },
  });
  if (outcome.outcome === 'done' && request.ownerId !== null) {
    const path =
      request.kind === 'information' ? `/refer/sent/${request.about.referralId}` : queueAddress[request.kind];
    await sql`select messages.tell(${request.ownerId}, 'request-withdrawn', ${path})`.execute(tx);
  }
  return outcome;
}

/** Gives more time for an answer, or less. @param version of the request as the asker saw it. */
export async function changeDueDate(
  tx: Transaction,
  { asker, clock }: Acting,
  request: AskedRequest,
  dueOn: PlainDate,
  version: number,
): Promise<Outcome> {
  const wrongDay = whyNotDueOn(dueOn, londonDate(clock.now()));
  if (wrongDay !== undefined) return refused('dueOn', wrongDay);
  return await change(tx, asker, request, 'change-due-date', version, {
    action: 'change-due-date',
    set: { due_on: dueOn },
  });
}

/** Answers a question about a referral of the asker's own. What they answered is not shown to them again. */
export async function answerQuestion(
  tx: Transaction,
  { asker, clock }: Acting,
  question: ReferrerQuestion,
  answer: string,
): Promise<Outcome> {
  const held = await tx
    .selectFrom('service.request')
    .select('asked_by')
    .where('id', '=', question.id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) {
    return (await findReferrerQuestion(tx, question.referralId, question.id))
      ? refused('answer', 'You have answered this already')
      : MISSING;
  }
  await recordCommand(tx, { action: 'answer-request', subject: { kind: 'request', id: question.id } });
  await tx
    .updateTable('service.request')
    .set({ state: 'answered', answer, answered_by: asker.accountId, answered_at: clock.now() })
    .where('id', '=', question.id)
    .execute();
  await tellAsker(tx, held.asked_by, question.id);
  return DONE;
}

interface Change {
  action: string;
  set: {
    owner_id?: string;
    taken_at?: Date;
    state?: 'answered' | 'withdrawn';
    answer?: string;
    answered_by?: string;
    answered_at?: Date;
    withdrawn_why?: string;
    withdrawn_at?: Date;
    due_on?: PlainDate;
  };
}

/** Changes a request if it stands as the asker saw it and its state allows the act. */
async function change(
  tx: Transaction,
  asker: Asker,
  seen: AskedRequest,
  act: RequestAct,
  version: number,
  { action, set }: Change,
): Promise<Outcome> {
  // None where they may not change it, or may no longer.
  const held = await tx
    .selectFrom('service.request')
    .select('id')
    .where('id', '=', seen.id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  // Read after it is held: whoever held it before has finished, and this sees what they did.
  const request = await findRequest(tx, seen.id);
  if (!request) return MISSING;
  const why =
    whyNot(request, act, asker.accountId) ?? (request.version === version ? null : whatHappened(request));
  if (why !== null) return refused('version', why);
  if (!held) return MISSING;
  await recordCommand(tx, {
    action,
    subject: { kind: 'request', id: request.id },
    personId: request.about.personId,
  });
  await tx.updateTable('service.request').set(set).where('id', '=', request.id).execute();
  return DONE;
}

/** What became of a request since somebody saw an earlier version of it. */
function whatHappened({ state, answeredBy, owner, takenAt }: AskedRequest): string {
  if (state === 'answered')
    return `${answeredBy ?? 'Somebody'} has changed the answer since you opened this page`;
  return takenAt === null
    ? 'This was changed since you opened this page'
    : `${owner ?? 'Somebody'} has taken this, or it was changed, since you opened this page`;
}

async function tellAsker(tx: Transaction, accountId: string, requestId: string): Promise<void> {
  await sql`select messages.tell(${accountId}, 'request-answered', ${requestAddress(requestId)})`.execute(tx);
}

/** What an analyst found, as they write it down. */
export interface NewFinding {
  finding: string;
  source: string;
  sourceGrade: string;
  intelligenceGrade: string;
  handling: string;
  conditions: string;
}

/** Writes a finding of a check down, for analysts alone. */
export async function writeFinding(
  tx: Transaction,
  { asker, clock }: Acting,
  request: AskedRequest,
  { finding, source, sourceGrade, intelligenceGrade, handling, conditions }: NewFinding,
): Promise<void> {
  await recordCommand(tx, {
    action: 'write-finding',
    subject: { kind: 'request', id: request.id },
    personId: request.about.personId,
  });
  await tx
    .insertInto('service.check_finding')
    .values({
      ...subjectColumns(request),
      finding,
      source,
      source_grade: sourceGrade,
      intelligence_grade: intelligenceGrade,
      handling,
      conditions,
      written_by: asker.accountId,
      written_at: clock.now(),
    })
    .execute();
}

/** Writes a note of a consultation down, for the gender consultants alone. */
export async function writeConsultationNote(
  tx: Transaction,
  { asker, clock }: Acting,
  request: AskedRequest,
  note: string,
): Promise<void> {
  await recordCommand(tx, {
    action: 'write-consultation-note',
    subject: { kind: 'request', id: request.id },
    personId: request.about.personId,
  });
  await tx
    .insertInto('service.consultation_note')
    .values({ ...subjectColumns(request), note, written_by: asker.accountId, written_at: clock.now() })
    .execute();
}

/** Which request a row belongs to, and what that is about: one of the two. */
const subjectColumns = ({ id, about }: AskedRequest) =>
  about.referralId === null
    ? { request_id: id, person_id: about.personId }
    : { request_id: id, referral_id: about.referralId };
