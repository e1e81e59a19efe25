import { sql } from 'kysely';
import { type Names, namesFrom, namesOfPeople } from '../people/index.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Agency, Told, ToldState } from './concern.ts';

/** Somebody who was told of a concern, or is to be, as it is read. */
export interface ConcernTold extends Told {
  id: string;
  name: string;
  how: string;
  toldAt: Date | null;
  reference: string;
  whyNot: string;
  answer: string;
  /** Who wrote down what stands here now. */
  writtenBy: string | null;
  version: number;
}

export interface Development {
  id: string;
  text: string;
  writtenAt: Date;
  writtenBy: string;
}

/** A concern, with everything that came of it. */
export interface Concern {
  id: string;
  personId: string;
  /** The area responsible for the young person now. */
  personArea: string;
  organisationName: string;
  what: string;
  words: string;
  happenedAt: Date;
  danger: boolean;
  dangerDone: string;
  raisedAt: Date;
  raisedByName: string;
  closedAt: Date | null;
  closedByName: string | null;
  outcome: string | null;
  outcomeReason: string;
  decidedBy: string;
  told: ConcernTold[];
  developments: Development[];
}

/** A concern; `null` when there is none, or none that the asker may see. */
export async function findConcern(tx: Transaction, concernId: string): Promise<Concern | null> {
  const found = await sql<ConcernRow>`
    select c.id, c.person_id, p.area as person_area, o.name as organisation_name, c.what, c.words, c.happened_at, c.danger,
      c.danger_done, c.raised_at, r.name as raised_by_name, c.closed_at, l.name as closed_by_name, c.outcome, c.outcome_reason,
      c.decided_by
    from service.concern c
    join service.person p on p.id = c.person_id
    join identity.organisation o on o.id = c.organisation_id
    join identity.account r on r.id = c.raised_by
    left join identity.account l on l.id = c.closed_by
    where c.id = ${concernId}`.execute(tx);
  const [row] = found.rows;
  if (!row) return null;
  const told = await sql<ToldRow>`
    select t.id, t.agency, t.state, t.name, t.how, t.told_at, t.reference, t.why_not, t.answer, t.answered_at, t.due_on, t.version,
      w.name as written_by
    from service.concern_told t left join identity.account w on w.id = t.recorded_by
    where t.concern_id = ${concernId}
    order by array_position(array['social-care', 'police', 'designated-lead', 'other', 'managers'], t.agency), t.id
    limit 200`.execute(tx);
  const developments = await sql<{ id: string; text: string; written_at: Date; written_by: string }>`
    select d.id, d.text, d.written_at, a.name as written_by
    from service.concern_development d join identity.account a on a.id = d.written_by
    where d.concern_id = ${concernId} order by d.written_at, d.id limit 200`.execute(tx);
  return {
    id: row.id,
    personId: row.person_id,
    personArea: row.person_area,
    organisationName: row.organisation_name,
    what: row.what,
    words: row.words,
    happenedAt: row.happened_at,
    danger: row.danger,
    dangerDone: row.danger_done,
    raisedAt: row.raised_at,
    raisedByName: row.raised_by_name,
    closedAt: row.closed_at,
    closedByName: row.closed_by_name,
    outcome: row.outcome,
    outcomeReason: row.outcome_reason,
    decidedBy: row.decided_by,
    told: told.rows.map((each) => ({
      id: each.id,
      agency: each.agency,
      state: each.state,
      name: each.name,
      how: each.how,
      toldAt: each.told_at,
      reference: each.reference,
      whyNot: each.why_not,
      answer: each.answer,
      answeredAt: each.answered_at,
      dueOn: each.due_on === null ? null : plainDate(each.due_on),
      writtenBy: each.written_by,
      version: each.version,
    })),
    developments: developments.rows.map((each) => ({
      id: each.id,
      text: each.text,
      writtenAt: each.written_at,
      writtenBy: each.written_by,
    })),
  };
}

interface ConcernRow {
  id: string;
  person_id: string;
  person_area: string;
  organisation_name: string;
  what: string;
  words: string;
  happened_at: Date;
  danger: boolean;
  danger_done: string;
  raised_at: Date;
  raised_by_name: string;
  closed_at: Date | null;
  closed_by_name: string | null;
  outcome: string | null;
  outcome_reason: string;
  decided_by: string;
}

interface ToldRow {
  id: string;
  agency: Agency;
  state: ToldState;
  name: string;
  how: string;
  told_at: Date | null;
  reference: string;
  why_not: string;
  answer: string;
  answered_at: Date | null;
  due_on: string | null;
  version: number;
  written_by: string | null;
}

/** A concern as lists have it. */
export interface ListedConcern extends Names {
  id: string;
  personId: string;
  personReference: string;
  hasDied: boolean;
  raisedAt: Date;
  raisedByName: string;
  danger: boolean;
  closedAt: Date | null;
  outcome: string | null;
  /** The day by which the first who is waited for had to be told, or to answer; null where nobody is. */
  dueOn: PlainDate | null;
  /** Who is still to be told. */
  toTell: readonly Agency[];
  /** Nobody has been told but those whom the service itself told, and somebody is to be. */
  isUntold: boolean;
}

/** Where a page of open concerns ends: what nobody was told of is first, then what is due first; what waits for nobody last. */
export type OpenPlace = Pick<ListedConcern, 'isUntold' | 'dueOn' | 'id'>;

/** Open concerns that nobody was told of; that somebody has not answered; or those of these whose answer is late on a day. */
export type AnswerStanding = 'untold' | 'unanswered' | { lateOn: PlainDate };

/** The day by which the first who is waited for had to be told, or to answer, of the rows `t` of a concern. */
const firstDue = sql`min(t.due_on) filter (where t.answered_at is null)`;

/** Whether somebody is to be told, and nobody has been but those whom the service itself told, of the rows `t` of a concern. */
const untold = sql`coalesce(bool_or(t.state = 'not-yet') and not bool_or(t.state = 'told' and t.agency <> 'managers'), false)`;

/** What a concern still waits for: the earliest day, of those who are to be told or have not answered, and who these are. */
const dueFirst = sql`
  cross join lateral (
    select ${firstDue} as due_on, ${untold} as is_untold,
      coalesce(array_agg(t.agency order by t.id) filter (where t.state = 'not-yet'), '{}') as to_tell
    from service.concern_told t
    where t.concern_id = c.id and t.person_id = c.person_id
  ) w`;

const listed = sql`
  c.id, c.person_id, p.reference as person_reference, p.given_names, p.family_name, p.known_as,
  p.died_on is not null as has_died, c.raised_at,
  r.name as raised_by_name, c.danger, c.closed_at, c.outcome`;

/**
 * The open concerns in reach, of everybody or of one young person: those nobody was told of first, then the unanswered, the
 * longest due before the others. Few are open at a time, so they are put in order as they are read. Those about somebody who has died stay: an
 * answer that is owed then is owed most of all, to whoever reviews the death and to others in the same danger.
 */
export async function openConcerns(
  tx: Transaction,
  of: { personId?: string | undefined; answer?: AnswerStanding | undefined },
  page: { after?: OpenPlace | undefined; most: number },
): Promise<{ concerns: ListedConcern[]; more: boolean }> {
  const wanted = [sql`c.closed_at is null`];
  if (of.personId !== undefined) wanted.push(sql`c.person_id = ${of.personId}`);
  if (of.answer === 'untold') wanted.push(sql`w.is_untold`);
  else if (of.answer === 'unanswered') wanted.push(sql`w.due_on is not null`);
  else if (of.answer !== undefined) wanted.push(sql`w.due_on < ${of.answer.lateOn}::date`);
  if (page.after !== undefined) {
    wanted.push(
      sql`(not w.is_untold, coalesce(w.due_on, 'infinity'::date), c.id)
        > (not ${page.after.isUntold}::boolean, coalesce(${page.after.dueOn}::date, 'infinity'::date), ${page.after.id}::uuid)`,
    );
  }
  const found = await sql<ListedRow>`
    select ${listed}, w.due_on, w.to_tell, w.is_untold
    from service.concern c
    join service.person p on p.id = c.person_id
    join identity.account r on r.id = c.raised_by
    ${dueFirst}
    where ${sql.join(wanted, sql` and `)}
    order by not w.is_untold, coalesce(w.due_on, 'infinity'::date), c.id
    limit ${page.most + 1}`.execute(tx);
  return { concerns: found.rows.slice(0, page.most).map(listedFrom), more: found.rows.length > page.most };
}

/** The closed concerns in reach, of everybody or of one young person, the latest closed first. */
export async function closedConcerns(
  tx: Transaction,
  of: { personId?: string | undefined },
  page: { after?: string | undefined; most: number },
): Promise<{ concerns: ListedConcern[]; more: boolean }> {
  const wanted = [sql`c.closed_at is not null`];
  if (of.personId !== undefined) wanted.push(sql`c.person_id = ${of.personId}`);
  if (page.after !== undefined) {
    wanted.push(
      sql`(c.closed_at, c.id) < (select b.closed_at, b.id from service.concern b where b.id = ${page.after})`,
    );
  }
  const found = await sql<ListedRow>`
    select ${listed}, null::date as due_on, '{}'::text[] as to_tell, false as is_untold
    from service.concern c
    join service.person p on p.id = c.person_id
    join identity.account r on r.id = c.raised_by
    where ${sql.join(wanted, sql` and `)}
    order by c.closed_at desc, c.id desc
    limit ${page.most + 1}`.execute(tx);
  return { concerns: found.rows.slice(0, page.most).map(listedFrom), more: found.rows.length > page.most };
}

interface ListedRow {
  id: string;
  person_id: string;
  person_reference: string;
  given_names: string;
  family_name: string;
  known_as: string;
  has_died: boolean;
  raised_at: Date;
  raised_by_name: string;
  danger: boolean;
  closed_at: Date | null;
  outcome: string | null;
  due_on: string | null;
  to_tell: readonly Agency[];
  is_untold: boolean;
}

function listedFrom(row: ListedRow): ListedConcern {
  return {
    id: row.id,
    personId: row.person_id,
    personReference: row.person_reference,
    ...namesFrom(row),
    hasDied: row.has_died,
    raisedAt: row.raised_at,
    raisedByName: row.raised_by_name,
    danger: row.danger,
    closedAt: row.closed_at,
    outcome: row.outcome,
    dueOn: row.due_on === null ? null : plainDate(row.due_on),
    toTell: row.to_tell,
    isUntold: row.is_untold,
  };
}

export interface ConcernCounts {
  open: number;
  /** Of the open: somebody is to be told, and nobody has been. */
  untold: number;
  /** Of the open: somebody is still to be told, or has not answered. */
  unanswered: number;
  /** Of the unanswered: the day by which they had to has passed. */
  late: number;
}

/** How many concerns are open to whoever asks, and how many of them wait for an answer. */
export async function countConcerns(tx: Transaction, today: PlainDate): Promise<ConcernCounts> {
  const found = await sql<ConcernCounts>`
    select count(*)::int as open, (count(*) filter (where w.is_untold))::int as untold, count(w.due_on)::int as unanswered,
      count(*) filter (where w.due_on < ${today}::date)::int as late
    from service.concern c ${dueFirst}
    where c.closed_at is null`.execute(tx);
  return found.rows[0] ?? { open: 0, untold: 0, unanswered: 0, late: 0 };
}

/** A concern of which something is to be done by today, and what: who is to be told, or asked again for an answer. */
export interface OwedConcern extends Names {
  id: string;
  personId: string;
  isUntold: boolean;
  /** The earliest of what is owed. */
  dueOn: PlainDate;
  owed: readonly Told[];
}

/**
 * The open concerns that some workers raised, or that are about young people whom they work with now, of which something is
 * to be done by a day: those nobody was told of first, then the longest due.
 */
export async function owedConcerns(
  tx: Transaction,
  of: { workerIds: readonly string[]; today: PlainDate; most: number },
): Promise<OwedConcern[]> {
  const workers = sql`${[...of.workerIds]}::uuid[]`;
  const { rows } = await sql<OwedRow>`
    select c.id, c.person_id, w.is_untold, w.due_on, w.owed
    from service.concern c
    cross join lateral (
      select ${firstDue} as due_on, ${untold} as is_untold,
        json_agg(json_build_object('agency', t.agency, 'state', t.state, 'dueOn', t.due_on) order by t.due_on, t.id)
          filter (where t.answered_at is null and t.due_on <= ${of.today}::date) as owed
      from service.concern_told t
      where t.concern_id = c.id and t.person_id = c.person_id
    ) w
    where c.closed_at is null and w.due_on <= ${of.today}::date
      and (c.raised_by = any (${workers}) or exists (
        select from service.allocation a
        where a.person_id = c.person_id and a.worker_id = any (${workers}) and a.ended_at is null))
    order by not w.is_untold, w.due_on, c.id
    limit ${of.most}`.execute(tx);
  // Whom they are about, of the few that are left: joined above, everybody in reach would be gone through for each.
  const names = await namesOfPeople(
    tx,
    rows.map((row) => row.person_id),
  );
  return rows.flatMap((row) => {
    const called = names.get(row.person_id);
    if (called === undefined) return [];
    const owed = row.owed.map(({ agency, state, dueOn }) => ({
      agency,
      state,
      dueOn: plainDate(dueOn),
      answeredAt: null,
    }));
    return [
      {
        ...called,
        id: row.id,
        personId: row.person_id,
        isUntold: row.is_untold,
        dueOn: plainDate(row.due_on),
        owed,
      },
    ];
  });
}

interface OwedRow {
  id: string;
  person_id: string;
  is_untold: boolean;
  due_on: string;
  owed: { agency: Agency; state: ToldState; dueOn: string }[];
}
