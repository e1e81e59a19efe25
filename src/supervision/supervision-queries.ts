import { sql } from 'kysely';
import { dueOn, type Threshold } from '../organisations/index.ts';
import { isLiving, type Names, namesFrom } from '../people/index.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { standingJoin } from '../support/index.ts';

/** A case as a manager looks at it in supervision: what stands out, and nothing that reckons how good anybody is. */
export interface SupervisedCase extends Names {
  allocationId: string;
  personId: string;
  workerId: string | null;
  workerName: string | null;
  teamName: string;
  weight: number;
  since: Date;
  lastSpokenAt: Date | null;
  riskLevel: string | null;
  riskReviewOn: PlainDate | null;
  /** The earliest review of a plan that is past; null where none is. */
  planOverdueSince: PlainDate | null;
  openConcerns: number;
  notesToSignOff: number;
  /** When the case was last looked at in supervision. */
  lastSupervisedAt: Date | null;
}

/** Whether the note `n` waits for a manager: nobody has signed off what it says now. */
const waitsForSignOff = sql`n.needs_sign_off and n.deleted_at is null and not exists (
  select from service.note_sign_off s where s.note_id = n.id and s.note_version = n.version)`;

/** Most of what one page has: a provider's whole open work is looked at by worker. */
const MOST = 200;

/**
 * The open cases of the asker's provider, or of one worker of it, the longest without contact first.
 * @param workerId null for those that nobody works yet.
 */
export async function supervisedCases(
  tx: Transaction,
  organisationId: string,
  workerId: string | null,
  today: PlainDate,
): Promise<SupervisedCase[]> {
  const { rows } = await sql<CaseRow>`
    with al as materialized (
      select l.id, l.person_id, l.organisation_id, l.team_id, l.worker_id, l.started_at, l.weight
      from service.allocation l
      where l.organisation_id = ${organisationId} and l.ended_at is null
        and ${workerId === null ? sql`l.worker_id is null` : sql`l.worker_id = ${workerId}`}
        and ${isLiving('l.person_id')}
      order by l.started_at, l.id limit ${MOST}
    )
    select al.id, al.person_id, al.worker_id, al.weight, al.started_at, t.name as team_name, w.name as worker_name,
      p.given_names, p.family_name, p.known_as, standing.last_spoken_at, risk.level, risk.review_on, plan.due_on, concern.open, note.waiting,
      decided.at as supervised_at
    from al
    join service.person p on p.id = al.person_id
    join identity.team t on t.id = al.team_id
    left join identity.account w on w.id = al.worker_id
    ${standingJoin}
    left join lateral (
      select r.level, r.review_on from service.risk_assessment r where r.person_id = al.person_id
      order by r.assessed_at desc, r.id desc limit 1) risk on true
    left join lateral (
      select min(d.due_on) as due_on from (
        select s.review_due_on as due_on from service.safety_plan s
        where s.person_id = al.person_id and s.organisation_id = al.organisation_id
        union all
        select g.review_due_on from service.goal g
        where g.person_id = al.person_id and g.organisation_id = al.organisation_id and g.status in ('not-started', 'going')
        union all
        select c.refresh_by from service.case_summary c where c.person_id = al.person_id and c.organisation_id = al.organisation_id
      ) d where d.due_on < ${today}::date) plan on true
    cross join lateral (
      select count(*)::int as open from service.concern c where c.person_id = al.person_id and c.closed_at is null) concern
    cross join lateral (
      select count(*)::int as waiting from service.case_note n
      where n.person_id = al.person_id and n.organisation_id = al.organisation_id and ${waitsForSignOff}) note
    left join lateral (
      select n.happened_at as at from service.case_note n
      where n.person_id = al.person_id and n.organisation_id = al.organisation_id and n.kind = 'supervision-decision' and n.deleted_at is null
      order by n.happened_at desc limit 1) decided on true
    order by standing.last_spoken_at nulls first, al.started_at, al.id`.execute(tx);
  return rows.map((row) => ({
    allocationId: row.id,
    personId: row.person_id,
    workerId: row.worker_id,
    workerName: row.worker_name,
    teamName: row.team_name,
    ...namesFrom(row),
    weight: row.weight,
    since: row.started_at,
    lastSpokenAt: row.last_spoken_at,
    riskLevel: row.level,
    riskReviewOn: row.review_on === null ? null : plainDate(row.review_on),
    planOverdueSince: row.due_on === null ? null : plainDate(row.due_on),
    openConcerns: row.open,
    notesToSignOff: row.waiting,
    lastSupervisedAt: row.supervised_at,
  }));
}

interface CaseRow {
  id: string;
  person_id: string;
  worker_id: string | null;
  worker_name: string | null;
  team_name: string;
  given_names: string;
  family_name: string;
  known_as: string;
  weight: number;
  started_at: Date;
  last_spoken_at: Date | null;
  level: string | null;
  review_on: string | null;
  due_on: string | null;
  open: number;
  waiting: number;
  supervised_at: Date | null;
}

/** When somebody's case began, and when they were last spoken with in it. */
interface LastSpoken {
  since: Date;
  lastSpokenAt: Date | null;
}

/** Whether nobody has spoken with somebody for as long as brings their case before a manager. */
export function isSilent({ since, lastSpokenAt }: LastSpoken, without: Threshold, today: PlainDate): boolean {
  return dueOn(londonDate(lastSpokenAt ?? since), without) <= today;
}

/** A case in which nobody has spoken with the young person for too long. */
export interface SilentCase extends Names, LastSpoken {
  allocationId: string;
  personId: string;
  workerName: string | null;
}

/** The open cases of the asker's provider that are {@link isSilent}, the longest first. @param most how many at most */
export async function silentCases(
  tx: Transaction,
  organisationId: string,
  { without, today, most }: { without: Threshold; today: PlainDate; most: number },
): Promise<SilentCase[]> {
  const { rows } = await sql<
    Pick<
      CaseRow,
      | 'id'
      | 'person_id'
      | 'worker_name'
      | 'given_names'
      | 'family_name'
      | 'known_as'
      | 'started_at'
      | 'last_spoken_at'
    >
  >`
    with al as materialized (
      select l.id, l.person_id, l.organisation_id, l.worker_id, l.started_at
      from service.allocation l
      where l.organisation_id = ${organisationId} and l.ended_at is null and ${isLiving('l.person_id')}
    )
    select al.id, al.person_id, w.name as worker_name, p.given_names, p.family_name, p.known_as, al.started_at, standing.last_spoken_at
    from al
    join service.person p on p.id = al.person_id
    left join identity.account w on w.id = al.worker_id
    ${standingJoin}
    order by coalesce(standing.last_spoken_at, al.started_at), al.id limit ${most}`.execute(tx);
  return rows
    .map((row) => ({
      allocationId: row.id,
      personId: row.person_id,
      workerName: row.worker_name,
      ...namesFrom(row),
      since: row.started_at,
      lastSpokenAt: row.last_spoken_at,
    }))
    .filter((one) => isSilent(one, without, today));
}

/** Who of a provider has open cases, and what of each worker's work stands out. */
export interface SupervisedWorker {
  workerId: string | null;
  name: string | null;
  cases: number;
  used: number;
  notesToSignOff: number;
}

/** Cases that nobody works yet, then the workers of a provider, the heaviest caseload first. */
export async function supervisedWorkers(
  tx: Transaction,
  organisationId: string,
): Promise<SupervisedWorker[]> {
  const { rows } = await sql<SupervisedWorker>`
    select l.worker_id as "workerId", a.name, count(*)::int as cases, sum(l.weight)::int as used, coalesce(sum(note.waiting), 0)::int as "notesToSignOff"
    from service.allocation l
    left join identity.account a on a.id = l.worker_id
    cross join lateral (
      select count(*) as waiting from service.case_note n
      where n.person_id = l.person_id and n.organisation_id = l.organisation_id and ${waitsForSignOff}) note
    where l.organisation_id = ${organisationId} and l.ended_at is null and ${isLiving('l.person_id')}
    group by l.worker_id, a.name order by l.worker_id is null desc, used desc, a.name, l.worker_id limit 500`.execute(
    tx,
  );
  return rows;
}

/** A note that waits for the manager's word. */
export interface NoteToSignOff extends Names {
  noteId: string;
  personId: string;
  kind: string;
  happenedAt: Date;
  /** When what it says now was written. */
  writtenAt: Date;
  authorName: string;
}

/**
 * Notes of the asker's provider that wait for sign-off, the oldest first, and whether there are more: those about somebody
 * who has died as well, whose record is kept and must be right.
 */
export async function notesToSignOff(
  tx: Transaction,
  organisationId: string,
  most: number,
): Promise<{ notes: NoteToSignOff[]; more: boolean }> {
  const { rows } = await sql<{
    id: string;
    person_id: string;
    kind: string;
    happened_at: Date;
    recorded_at: Date;
    author_name: string;
    given_names: string;
    family_name: string;
    known_as: string;
  }>`
    select n.id, n.person_id, n.kind, n.happened_at, n.recorded_at, a.name as author_name, p.given_names, p.family_name, p.known_as
    from service.case_note n
    join service.person p on p.id = n.person_id
    join identity.account a on a.id = n.author_id
    where n.organisation_id = ${organisationId} and ${waitsForSignOff}
    order by n.happened_at, n.id limit ${most + 1}`.execute(tx);
  return {
    notes: rows.slice(0, most).map((row) => ({
      noteId: row.id,
      personId: row.person_id,
      kind: row.kind,
      happenedAt: row.happened_at,
      writtenAt: row.recorded_at,
      authorName: row.author_name,
      ...namesFrom(row),
    })),
    more: rows.length > most,
  };
}
