import { sql } from 'kysely';
import { type Birth, birthFrom, isLiving, type Names, namesFrom } from '../people/index.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { type StandingRow, standingJoin } from './contact-queries.ts';

/** A young person that a team works with. */
export interface Case extends Names, Birth {
  allocationId: string;
  personId: string;
  since: Date;
  endedAt: Date | null;
  teamName: string;
  workerId: string | null;
  workerName: string | null;
  /** How much work it is, of a worker’s points: 1 light to 5 intensive. */
  weight: number;
  /** When the provider took it up; null while its answer is waited for. */
  takenUpAt: Date | null;
  /** When somebody last spoke with them, by what the asker may see. */
  lastContactAt: Date | null;
}

/**
 * Which part of a caseload: that of some workers, of a team, of nobody yet, what ended lately; all that is open, else.
 * Those who have died are apart from all that is open: what is left to do is to close their support.
 */
export interface CaseloadPart {
  workerIds?: readonly string[] | undefined;
  teamId?: string | undefined;
  withoutWorker?: boolean | undefined;
  ended?: boolean | undefined;
  died?: boolean | undefined;
}

/** A page of the caseload of whoever asks, the latest allocated first, and whether there is more. */
export async function readCaseload(
  tx: Transaction,
  part: CaseloadPart,
  page: { after?: string | undefined; most: number },
): Promise<{ cases: Case[]; more: boolean }> {
  const wanted = [part.ended ? sql`al.ended_at is not null` : sql`al.ended_at is null`];
  if (part.died) wanted.push(sql`not ${isLiving('al.person_id')}`);
  else if (!part.ended) wanted.push(isLiving('al.person_id'));
  if (part.workerIds !== undefined) wanted.push(sql`al.worker_id = any (${[...part.workerIds]}::uuid[])`);
  if (part.teamId !== undefined) wanted.push(sql`al.team_id = ${part.teamId}`);
  if (part.withoutWorker) wanted.push(hasNoWorker);
  if (page.after !== undefined) {
    wanted.push(sql`(al.started_at, al.id) < (
      select b.started_at, b.id from service.allocation b where b.id = ${page.after})`);
  }
  const found = await sql<CaseRow>`
    with al as materialized (
      select al.id, al.person_id, al.organisation_id, al.team_id, al.worker_id, al.started_at, al.ended_at, al.weight, al.taken_up_at
      from service.allocation al where ${sql.join(wanted, sql` and `)}
      order by al.started_at desc, al.id desc limit ${page.most + 1}
    )
    select al.id as allocation_id, al.person_id, al.started_at, al.ended_at, al.weight, al.taken_up_at, t.name as team_name,
      al.worker_id, w.name as worker_name, p.given_names, p.family_name, p.known_as, p.date_of_birth, p.date_of_birth_precision,
      standing.*
    from al
    join service.person p on p.id = al.person_id
    join identity.team t on t.id = al.team_id
    left join identity.account w on w.id = al.worker_id
    ${standingJoin}
    order by al.started_at desc, al.id desc`.execute(tx);
  return { cases: found.rows.slice(0, page.most).map(caseFrom), more: found.rows.length > page.most };
}

interface CaseRow extends StandingRow {
  allocation_id: string;
  person_id: string;
  started_at: Date;
  ended_at: Date | null;
  weight: number;
  taken_up_at: Date | null;
  team_name: string;
  worker_id: string | null;
  worker_name: string | null;
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: string;
}

function caseFrom(row: CaseRow): Case {
  return {
    allocationId: row.allocation_id,
    personId: row.person_id,
    since: row.started_at,
    endedAt: row.ended_at,
    weight: row.weight,
    takenUpAt: row.taken_up_at,
    teamName: row.team_name,
    workerId: row.worker_id,
    workerName: row.worker_name,
    ...namesFrom(row),
    ...birthFrom(row),
    lastContactAt: row.last_spoken_at,
  };
}

/** Somebody who can be given cases, and the team they work in. */
export interface Worker {
  accountId: string;
  name: string;
  teamId: string;
  teamName: string;
}

/** The caseworkers of a provider, or of one of its teams, in the order of teams and names. */
export async function workersOf(
  tx: Transaction,
  of: { organisationId: string } | { teamId: string },
): Promise<Worker[]> {
  const within = 'teamId' in of ? sql`t.id = ${of.teamId}` : sql`t.organisation_id = ${of.organisationId}`;
  const found = await sql<{ account_id: string; name: string; team_id: string; team_name: string }>`
    select distinct a.id as account_id, a.name, t.id as team_id, t.name as team_name
    from identity.team t
    join identity.access_grant g on g.team_id = t.id and g.role = 'caseworker'
      and g.approved_at is not null and g.ended_at is null
    join identity.account a on a.id = g.account_id and a.disabled_at is null
    where ${within}
    order by t.name, a.name`.execute(tx);
  return found.rows.map((row) => ({
    accountId: row.account_id,
    name: row.name,
    teamId: row.team_id,
    teamName: row.team_name,
  }));
}

/**
 * Whose work some young people are in a provider now: the names of their workers there, by the young person's id. Those without
 * a worker are not in it.
 */
export async function workersByPerson(
  tx: Transaction,
  organisationId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ person_id: string; workers: string }>`
    select l.person_id, string_agg(distinct w.name, ', ' order by w.name) as workers
    from service.allocation l join identity.account w on w.id = l.worker_id
    where l.organisation_id = ${organisationId} and l.ended_at is null and l.person_id = any (${[...personIds]}::uuid[])
    group by l.person_id`.execute(tx);
  return new Map(found.rows.map(({ person_id, workers }) => [person_id, workers]));
}

/** One allocation, with whom it is about and who works on it. */
export interface Allocation {
  id: string;
  personId: string;
  organisationName: string;
  teamId: string;
  teamName: string;
  workerId: string | null;
  workerName: string | null;
  weight: number;
  /** How many whom the team could support had waited longer, and why this one went first: a code of `queue-jump`. */
  wentBefore: number;
  jumpReason: string;
  startedAt: Date;
  takenUpAt: Date | null;
  endedAt: Date | null;
  /** Why it ended; empty while it is open. */
  endReason: string;
  version: number;
}

/** An allocation; `null` when there is none, or none that the asker may see. */
export async function findAllocation(tx: Transaction, allocationId: string): Promise<Allocation | null> {
  const [found] = await readAllocations(tx, sql`al.id = ${allocationId}`);
  return found ?? null;
}

/** An allocation that waits for the provider’s answer. */
export interface ToAnswer extends Names {
  allocationId: string;
  teamName: string;
  since: Date;
}

/** What waits for the answer of a provider, the longest first; a manager answers it within days. */
export async function toAnswer(tx: Transaction, organisationId: string, most: number): Promise<ToAnswer[]> {
  const { rows } = await sql<ToAnswer>`
    select al.id as "allocationId", t.name as "teamName", al.started_at as since, p.given_names as "givenNames",
      p.family_name as "familyName", p.known_as as "knownAs"
    from service.allocation al
    join service.person p on p.id = al.person_id
    join identity.team t on t.id = al.team_id
    where al.organisation_id = ${organisationId} and al.ended_at is null and al.taken_up_at is null
      and ${isLiving('al.person_id')}
    order by al.started_at, al.id limit ${most}`.execute(tx);
  return rows;
}

/** How many wait for the answer of a provider. @param most where to stop counting */
export async function countToAnswer(tx: Transaction, organisationId: string, most: number): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from service.allocation al
      where al.organisation_id = ${organisationId} and al.ended_at is null and al.taken_up_at is null
        and ${isLiving('al.person_id')}
      limit ${most}
    ) counted`.execute(tx);
  return counted.rows[0]?.count ?? 0;
}

/**
 * Whether an allocation has no worker, or one whom the restriction of the record shuts out. A restriction is told to those
 * alone whom it names.
 */
const hasNoWorker = sql<boolean>`(al.worker_id is null or exists (
  select from service.restriction r
  where r.person_id = al.person_id and r.lifted_at is null and not exists (
    select from service.restriction_reader n
    where n.restriction_id = r.id and n.account_id = al.worker_id and n.ended_at is null)))`;

/**
 * How many a provider works with, or is to answer about, of whom nobody is the worker: those whom the caseload shows as
 * without one. @param most where to stop counting
 */
export async function countWithoutWorker(
  tx: Transaction,
  organisationId: string,
  most: number,
): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from service.allocation al
      where al.organisation_id = ${organisationId} and al.ended_at is null and ${hasNoWorker}
        and ${isLiving('al.person_id')}
      limit ${most}
    ) counted`.execute(tx);
  return counted.rows[0]?.count ?? 0;
}

/**
 * How many open cases of a provider have a worker who cannot work on them: their account is closed, or they work in the team no
 * longer. @param most where to stop counting
 */
export async function countWorkerGone(
  tx: Transaction,
  organisationId: string,
  most: number,
): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from service.allocation al
      where al.organisation_id = ${organisationId} and al.ended_at is null and al.worker_id is not null
        and ${isLiving('al.person_id')}
        and not exists (
          select from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
          where g.account_id = al.worker_id and g.team_id = al.team_id and g.role = 'caseworker'
            and g.approved_at is not null and g.ended_at is null)
      limit ${most}
    ) counted`.execute(tx);
  return counted.rows[0]?.count ?? 0;
}

/** Why a coordinator chose the provider of an allocation, in their words; empty where they gave no reason. */
export async function whyAllocated(tx: Transaction, allocationId: string): Promise<string> {
  const { rows } = await sql<{ why: string | null }>`
    select x.details ->> 'why' as why
    from service.allocation al
    join service.referral_action x on x.referral_id = al.referral_id and x.kind in ('allocated', 'support-continued')
      and x.details ->> 'organisationId' = al.organisation_id::text and x.at <= coalesce(al.ended_at, 'infinity')
    where al.id = ${allocationId}
    order by x.sequence desc limit 1`.execute(tx);
  return rows[0]?.why ?? '';
}

/** Who works with a young person and who did, the latest first, as far as the asker may see. */
export async function allocationsOf(tx: Transaction, personId: string): Promise<Allocation[]> {
  return await readAllocations(tx, sql`al.person_id = ${personId}`);
}

/** Who works with a young person now: what somebody is told who reads none of the allocations. */
export interface WorkingWith {
  organisationName: string;
  teamName: string;
  workerName: string | null;
  startedAt: Date;
}

/** For whoever opened the record in an emergency, an analyst or a gender consultant; nobody for everybody else. */
export async function whoWorksWith(tx: Transaction, personId: string): Promise<WorkingWith[]> {
  const { rows } = await sql<WorkingWith>`
    select w.organisation_name as "organisationName", w.team_name as "teamName", w.worker_name as "workerName",
      w.started_at as "startedAt"
    from need_to_know.works_with(${personId}) w`.execute(tx);
  return rows;
}

/** An episode of support as the system before this one kept it. */
export interface SupportBefore {
  /** The provider as it is called here or, where it is not known here, by the code it had there. */
  providerName: string;
  from: PlainDate | null;
  until: PlainDate | null;
}

/** What the system before this one kept of a young person's support, the latest first. */
export async function supportBefore(tx: Transaction, personId: string): Promise<SupportBefore[]> {
  const { rows } = await sql<SupportBefore>`
    select coalesce(o.name, b.provider, '') as "providerName", coalesce(b.allocated_on, b.first_engaged_on) as "from", b.closed_on as until
    from service.imported_support b left join identity.organisation o on o.code = b.provider
    where b.person_id = ${personId}
    order by coalesce(b.allocated_on, b.first_engaged_on) desc nulls last, b.id desc limit 20`.execute(tx);
  return rows;
}

async function readAllocations(tx: Transaction, which: ReturnType<typeof sql>): Promise<Allocation[]> {
  const found = await sql<AllocationRow>`
    select al.id, al.person_id, o.name as organisation_name, al.team_id, t.name as team_name, al.worker_id,
      w.name as worker_name, al.weight, al.went_before, al.jump_reason, al.started_at, al.taken_up_at, al.ended_at, al.end_reason, al.version
    from service.allocation al
    join identity.organisation o on o.id = al.organisation_id
    join identity.team t on t.id = al.team_id
    left join identity.account w on w.id = al.worker_id
    where ${which}
    order by al.started_at desc, al.id desc limit 50`.execute(tx);
  return found.rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    organisationName: row.organisation_name,
    teamId: row.team_id,
    teamName: row.team_name,
    workerId: row.worker_id,
    workerName: row.worker_name,
    weight: row.weight,
    wentBefore: row.went_before,
    jumpReason: row.jump_reason,
    startedAt: row.started_at,
    takenUpAt: row.taken_up_at,
    endedAt: row.ended_at,
    endReason: row.end_reason ?? '',
    version: row.version,
  }));
}

interface AllocationRow {
  id: string;
  person_id: string;
  organisation_name: string;
  team_id: string;
  team_name: string;
  worker_id: string | null;
  worker_name: string | null;
  weight: number;
  went_before: number;
  jump_reason: string;
  started_at: Date;
  taken_up_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  version: number;
}
