import { sql } from 'kysely';
import { isLiving } from '../people/index.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** How much somebody works on, of what they can carry. */
export interface Workload {
  workerId: string;
  name: string;
  /** The teams of the provider that they work in, by name; none for somebody who has left, or cannot sign in, with cases of theirs open. */
  teams: readonly { teamId: string; teamName: string }[];
  cases: number;
  /** The weights of their open cases, added up. */
  used: number;
  /** Points they carry. */
  points: number;
  /** Of what was set for them; 0 where the service's own figure holds. */
  capacityVersion: number;
}

/**
 * The workload of everybody who works in a provider's teams, and of whoever still has cases there; or of one of them.
 * @param usual points of whoever has no capacity of their own (threshold `caseload`).
 */
export async function workloadsOf(
  tx: Transaction,
  organisationId: string,
  usual: number,
  workerId?: string,
): Promise<Workload[]> {
  const only = (column: string) =>
    workerId === undefined ? sql`true` : sql`${sql.ref(column)} = ${workerId}`;
  const { rows } = await sql<Workload>`
    with staff as (
      select g.account_id, jsonb_agg(distinct jsonb_build_object('teamId', t.id, 'teamName', t.name)) as teams
      from identity.access_grant g
      join identity.team t on t.id = g.team_id
      join identity.account s on s.id = g.account_id and s.disabled_at is null
      where t.organisation_id = ${organisationId} and g.role = 'caseworker' and g.approved_at is not null and g.ended_at is null
        and ${only('g.account_id')}
      group by g.account_id
    ), work as (
      select l.worker_id, count(*)::int as cases, sum(l.weight)::int as used
      from service.allocation l
      where l.organisation_id = ${organisationId} and l.ended_at is null and l.worker_id is not null and ${only('l.worker_id')}
        and ${isLiving('l.person_id')}
      group by l.worker_id
    )
    select a.id as "workerId", a.name, coalesce(staff.teams, '[]') as teams, coalesce(work.cases, 0) as cases,
      coalesce(work.used, 0) as used, coalesce(c.points, ${usual}) as points, coalesce(c.version, 0) as "capacityVersion"
    from staff full join work on work.worker_id = staff.account_id
    join identity.account a on a.id = coalesce(staff.account_id, work.worker_id)
    left join service.worker_capacity c on c.worker_id = a.id and c.organisation_id = ${organisationId}
    order by a.name, a.id limit 500`.execute(tx);
  return rows;
}

/** Somebody stands in for somebody else, both days included. */
export interface Cover {
  id: string;
  workerId: string;
  workerName: string;
  coveredById: string;
  coveredByName: string;
  startsOn: PlainDate;
  endsOn: PlainDate;
}

/** Who stands in for whom in a provider, now or on a day to come, the first to begin first. */
export async function coversFrom(
  tx: Transaction,
  organisationId: string,
  today: PlainDate,
  which: { workerId?: string; coverId?: string } = {},
): Promise<Cover[]> {
  const wanted = [
    sql`c.organisation_id = ${organisationId}`,
    sql`c.ends_on >= ${today}::date`,
    sql`c.ended_at is null`,
  ];
  if (which.workerId !== undefined) wanted.push(sql`c.worker_id = ${which.workerId}`);
  if (which.coverId !== undefined) wanted.push(sql`c.id = ${which.coverId}`);
  const { rows } = await sql<Omit<Cover, 'startsOn' | 'endsOn'> & { starts_on: string; ends_on: string }>`
    select c.id, c.worker_id as "workerId", w.name as "workerName", c.covered_by as "coveredById", b.name as "coveredByName",
      c.starts_on, c.ends_on
    from service.cover c
    join identity.account w on w.id = c.worker_id
    join identity.account b on b.id = c.covered_by
    where ${sql.join(wanted, sql` and `)}
    order by c.starts_on, c.id limit 500`.execute(tx);
  return rows.map(({ starts_on, ends_on, ...cover }) => ({
    ...cover,
    startsOn: plainDate(starts_on),
    endsOn: plainDate(ends_on),
  }));
}

/** Whether somebody stands in on a day. */
export const holdsOn = ({ startsOn, endsOn }: Pick<Cover, 'startsOn' | 'endsOn'>, day: PlainDate): boolean =>
  startsOn <= day && day <= endsOn;
