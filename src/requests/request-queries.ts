import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Names } from '../people/index.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { RequestKind, RequestState, Subject, Topic } from './request.ts';

/** Whom a request is about, as far as the reader may see them. */
export interface About {
  referralId: string | null;
  referralReference: string | null;
  /** The person that was asked about, or that the referral is linked to now. */
  personId: string | null;
  personReference: string | null;
  /** Null where they are not the reader's to see. */
  names: Names | null;
}

/** A request as its readers have it. */
export interface AskedRequest extends RequestState {
  id: string;
  kind: RequestKind;
  about: About;
  area: string;
  areaName: string;
  topics: readonly Topic[];
  question: string;
  askedById: string;
  askedBy: string;
  /** For which provider's work it was asked; null for a coordinator's. */
  askedFor: string | null;
  askedAt: Date;
  dueOn: PlainDate;
  owner: string | null;
  takenAt: Date | null;
  /** Empty until it is answered. */
  answer: string;
  answeredBy: string | null;
  answeredAt: Date | null;
  withdrawnWhy: string;
  withdrawnAt: Date | null;
  version: number;
}

interface Row {
  id: string;
  kind: RequestKind;
  referral_id: string | null;
  referral_reference: string | null;
  person_id: string | null;
  person_reference: string | null;
  given_names: string | null;
  family_name: string | null;
  known_as: string | null;
  area: string;
  area_name: string;
  topics: Topic[];
  question: string;
  asked_by: string;
  asker_name: string | null;
  provider_name: string | null;
  asked_at: Date;
  due_on: string;
  owner_id: string | null;
  owner_name: string | null;
  taken_at: Date | null;
  state: RequestState['state'];
  answer: string;
  answerer_name: string | null;
  answered_at: Date | null;
  withdrawn_why: string;
  withdrawn_at: Date | null;
  version: number;
}

/** Requests with what is read beside them; `from` gives the rows of service.request, as q. */
function requests(from: RawBuilder<unknown>, order: RawBuilder<unknown>): RawBuilder<Row> {
  return sql<Row>`
    select q.id, q.kind, q.referral_id, r.reference as referral_reference, p.id as person_id, p.reference as person_reference,
      coalesce(p.given_names, r.given_names) as given_names, coalesce(p.family_name, r.family_name) as family_name,
      coalesce(p.known_as, r.known_as) as known_as, q.area, a.name as area_name, q.topics, q.question, q.asked_by,
      asker.name as asker_name, o.name as provider_name, q.asked_at, q.due_on, q.owner_id, owner.name as owner_name, q.taken_at,
      q.state, q.answer, answerer.name as answerer_name, q.answered_at, q.withdrawn_why, q.withdrawn_at, q.version
    from (${from}) q
    join reference.area a on a.code = q.area
    left join service.referral r on r.id = q.referral_id
    left join service.person p on p.id = coalesce(q.person_id, r.person_id)
    left join identity.account asker on asker.id = q.asked_by
    left join identity.organisation o on o.id = q.organisation_id
    left join identity.account owner on owner.id = q.owner_id
    left join identity.account answerer on answerer.id = q.answered_by
    order by ${order}`;
}

function asked(row: Row): AskedRequest {
  return {
    id: row.id,
    kind: row.kind,
    about: {
      referralId: row.referral_id,
      referralReference: row.referral_reference,
      personId: row.person_id,
      personReference: row.person_reference,
      names:
        row.family_name === null
          ? null
          : {
              givenNames: row.given_names ?? '',
              familyName: row.family_name,
              knownAs: row.known_as ?? '',
            },
    },
    area: row.area,
    areaName: row.area_name,
    topics: row.topics,
    question: row.question,
    askedById: row.asked_by,
    askedBy: row.asker_name ?? 'Somebody whose account is gone',
    askedFor: row.provider_name,
    askedAt: row.asked_at,
    dueOn: plainDate(row.due_on),
    ownerId: row.owner_id,
    owner: row.owner_name,
    takenAt: row.taken_at,
    state: row.state,
    answer: row.answer,
    answeredBy: row.answerer_name,
    answeredAt: row.answered_at,
    withdrawnWhy: row.withdrawn_why,
    withdrawnAt: row.withdrawn_at,
    version: row.version,
  };
}

/** A request; `null` when there is none of these kinds, or none that the asker may see. */
export async function findRequest(
  tx: Transaction,
  id: string,
  kind?: RequestKind,
): Promise<AskedRequest | null> {
  const ofKind = kind === undefined ? sql`true` : sql`kind = ${kind}`;
  const found = await requests(
    sql`select * from service.request where id = ${id} and ${ofKind}`,
    sql`q.id`,
  ).execute(tx);
  return found.rows[0] ? asked(found.rows[0]) : null;
}

/** The requests of a list, and whether there are more than it shows. */
export interface SomeRequests {
  requests: AskedRequest[];
  more: boolean;
}

/**
 * What was asked about a referral or a young person, the newest first; about a young person, what was asked about their
 * referrals too.
 * @param before id of the last request of the page before.
 */
export async function requestsAbout(
  tx: Transaction,
  about: Subject,
  { before, atMost }: { before?: string | undefined; atMost: number },
): Promise<SomeRequests> {
  const older =
    before === undefined
      ? sql`true`
      : sql`(s.asked_at, s.id) < (select b.asked_at, b.id from service.request b where b.id = ${before})`;
  const newest = (whose: RawBuilder<unknown>) => sql`
    (select s.id, s.asked_at from service.request s where ${whose} and ${older} order by s.asked_at desc, s.id desc limit ${atMost + 1})`;
  const rows =
    about.kind === 'referral'
      ? newest(sql`s.referral_id = ${about.id}`)
      : sql`${newest(sql`s.person_id = ${about.id}`)}
        union all
        ${newest(sql`s.referral_id = any (array(select f.id from service.referral f where f.person_id = ${about.id}))`)}
        order by asked_at desc, id desc limit ${atMost + 1}`;
  // About most there is none, and what is read beside them is planned for longer than all the rest of a page.
  const ids = (await sql<{ id: string }>`${rows}`.execute(tx)).rows.map(({ id }) => id);
  if (ids.length === 0) return { requests: [], more: false };
  const found = await requests(
    sql`select * from service.request where id = any (${ids}::uuid[])`,
    sql`q.asked_at desc, q.id desc`,
  ).execute(tx);
  return { requests: found.rows.slice(0, atMost).map(asked), more: found.rows.length > atMost };
}

/** The parts of a queue: nobody's yet, one's own, those that others took, whoever's are late, and what was answered. */
export const queueParts = ['waiting', 'mine', 'colleagues', 'late', 'answered'] as const;
export type QueuePart = (typeof queueParts)[number];

const inPart = (part: QueuePart | 'open', me: string, today: PlainDate): RawBuilder<SqlBool> => {
  switch (part) {
    case 'open':
      return sql`s.state = 'open'`;
    case 'waiting':
      return sql`s.state = 'open' and s.owner_id is null`;
    case 'mine':
      return sql`s.state = 'open' and s.owner_id = ${me}`;
    case 'colleagues':
      return sql`s.state = 'open' and s.owner_id <> ${me}`;
    case 'late':
      return sql`s.state = 'open' and s.due_on < ${today}::date`;
    case 'answered':
      return sql`s.state = 'answered'`;
  }
};

/**
 * A part of the queue of those who answer a kind: the first to be answered first, and of the answered the newest first.
 *
 * A borough's contact has a few areas of many: each is read by itself and no further than a page, since no index has
 * several areas in one order.
 *
 * @param part `open` for all that are not answered, whoever has them.
 * @param me account of the one whose own part is meant.
 * @param after id of the last request of the page before.
 */
export async function queuedRequests(
  tx: Transaction,
  kind: Exclude<RequestKind, 'information'>,
  {
    part,
    me,
    today,
    after,
    atMost,
  }: {
    part: QueuePart | 'open';
    me: string;
    today: PlainDate;
    after?: string | undefined;
    atMost: number;
  },
): Promise<SomeRequests> {
  const isAnswered = part === 'answered';
  const place = (row: string) =>
    isAnswered
      ? sql`${sql.ref(`${row}.answered_at`)}, ${sql.ref(`${row}.id`)}`
      : sql`${sql.ref(`${row}.due_on`)}, ${sql.ref(`${row}.id`)}`;
  const order = (row: string) =>
    isAnswered
      ? sql`${sql.ref(`${row}.answered_at`)} desc, ${sql.ref(`${row}.id`)} desc`
      : sql`${sql.ref(`${row}.due_on`)}, ${sql.ref(`${row}.id`)}`;
  const further =
    after === undefined
      ? sql`true`
      : sql`(${place('s')}) ${isAnswered ? sql`<` : sql`>`} (select ${place('b')} from service.request b where b.id = ${after})`;
  const page = (where: RawBuilder<unknown>) => sql`
    select s.* from service.request s where s.kind = ${kind} and ${inPart(part, me, today)} and ${further} and ${where}
    order by ${order('s')} limit ${atMost + 1}`;
  const rows =
    kind === 'borough'
      ? sql`select f.* from need_to_know.areas('request') as mine(area) cross join lateral (${page(sql`s.area = mine.area`)}) f
          order by ${order('f')} limit ${atMost + 1}`
      : page(sql`true`);
  const found = await requests(rows, order('q')).execute(tx);
  return { requests: found.rows.slice(0, atMost).map(asked), more: found.rows.length > atMost };
}

/** How many requests of a kind wait for those who answer it. */
export interface QueueCounts {
  waiting: number;
  mine: number;
  colleagues: number;
  late: number;
}

/** Counts the open requests of a kind that the asker may see. */
export async function countQueue(
  tx: Transaction,
  kind: Exclude<RequestKind, 'information'>,
  me: string,
  today: PlainDate,
): Promise<QueueCounts> {
  const counted = await sql<QueueCounts>`
    select count(*) filter (where owner_id is null) as waiting, count(*) filter (where owner_id = ${me}) as mine,
      count(*) filter (where owner_id <> ${me}) as colleagues, count(*) filter (where due_on < ${today}::date) as late
    from service.request where kind = ${kind} and state = 'open'`.execute(tx);
  return counted.rows[0] ?? { waiting: 0, mine: 0, colleagues: 0, late: 0 };
}

/** What an analyst found, with where it comes from. */
export interface Finding {
  id: string;
  finding: string;
  source: string;
  sourceGrade: string;
  intelligenceGrade: string;
  handling: string;
  conditions: string;
  by: string;
  at: Date;
}

/** Most of what one request has: more than this is another check. */
export const MOST_FINDINGS = 200;

/** The findings of a check, in the order they were written. */
export async function findingsOf(tx: Transaction, requestId: string): Promise<Finding[]> {
  const rows = await tx
    .selectFrom('service.check_finding as f')
    .leftJoin('identity.account as c', 'c.id', 'f.written_by')
    .selectAll('f')
    .select('c.name')
    .where('f.request_id', '=', requestId)
    .orderBy('f.written_at')
    .orderBy('f.id')
    .limit(MOST_FINDINGS)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    finding: row.finding,
    source: row.source,
    sourceGrade: row.source_grade,
    intelligenceGrade: row.intelligence_grade,
    handling: row.handling,
    conditions: row.conditions,
    by: row.name ?? 'Somebody whose account is gone',
    at: row.written_at,
  }));
}

/** A gender consultant's own note. */
export interface ConsultationNote {
  id: string;
  note: string;
  by: string;
  at: Date;
}

/** Most of what one consultation has: more than this is another consultation. */
export const MOST_NOTES = 200;

/** The notes of a consultation, in the order they were written. */
export async function consultationNotesOf(tx: Transaction, requestId: string): Promise<ConsultationNote[]> {
  const rows = await tx
    .selectFrom('service.consultation_note as n')
    .leftJoin('identity.account as c', 'c.id', 'n.written_by')
    .select(['n.id', 'n.note', 'n.written_at', 'c.name'])
    .where('n.request_id', '=', requestId)
    .orderBy('n.written_at')
    .orderBy('n.id')
    .limit(MOST_NOTES)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    note: row.note,
    by: row.name ?? 'Somebody whose account is gone',
    at: row.written_at,
  }));
}

/** A question to a referrer, as they are shown it: what they answered is not shown again. */
export interface ReferrerQuestion {
  id: string;
  referralId: string;
  referralReference: string;
  question: string;
  askedAt: Date;
  dueOn: PlainDate;
  answeredAt: Date | null;
}

const questions = (tx: Transaction) =>
  tx
    .selectFrom('service.request as q')
    .innerJoin('service.referral as r', 'r.id', 'q.referral_id')
    .select([
      'q.id',
      'r.id as referral_id',
      'r.reference',
      'q.question',
      'q.asked_at',
      'q.due_on',
      'q.answered_at',
    ]);

const questionFrom = (row: {
  id: string;
  referral_id: string;
  reference: string;
  question: string;
  asked_at: Date;
  due_on: string;
  answered_at: Date | null;
}): ReferrerQuestion => ({
  id: row.id,
  referralId: row.referral_id,
  referralReference: row.reference,
  question: row.question,
  askedAt: row.asked_at,
  dueOn: plainDate(row.due_on),
  answeredAt: row.answered_at,
});

/** A question about a referral of the referrer who asks; `null` when there is none, or it was withdrawn. */
export async function findReferrerQuestion(
  tx: Transaction,
  referralId: string,
  requestId: string,
): Promise<ReferrerQuestion | null> {
  const row = await questions(tx)
    .where('q.id', '=', requestId)
    .where('q.referral_id', '=', referralId)
    .executeTakeFirst();
  return row ? questionFrom(row) : null;
}

/** Most of the questions that a referrer is shown at once. */
export const MOST_QUESTIONS = 50;

/** The questions that wait for the referrer who asks, the first to be answered first; of one referral, or of all. */
export async function questionsWaiting(tx: Transaction, referralId?: string): Promise<ReferrerQuestion[]> {
  let query = questions(tx)
    .where('q.state', '=', 'open')
    .where(sql<SqlBool>`r.referrer_id = identity.account_id()`)
    .orderBy('q.due_on')
    .orderBy('q.id')
    .limit(MOST_QUESTIONS);
  if (referralId !== undefined) query = query.where('q.referral_id', '=', referralId);
  return (await query.execute()).map(questionFrom);
}
