import { sql } from 'kysely';
import { isLiving, type Names, namesFrom } from '../people/index.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Contact } from './contact.ts';
import { type StandingRow, standingFrom, standingJoin } from './contact-queries.ts';
import { engagementsOf } from './engagement-queries.ts';
import type { MyCase } from './my-day.ts';
import { type Cover, coversFrom, holdsOn } from './worker-queries.ts';

/** Whose work the asker does on a day: their own, and that of those they stand in for. */
export interface WorkOfDay {
  workerIds: readonly string[];
  standsInFor: readonly Cover[];
}

export async function workOfDay(tx: Transaction, asker: Asker, today: PlainDate): Promise<WorkOfDay> {
  const covers = asker.organisationId === null ? [] : await coversFrom(tx, asker.organisationId, today);
  const standsInFor = covers.filter(
    (cover) => cover.coveredById === asker.accountId && holdsOn(cover, today),
  );
  return { workerIds: [asker.accountId, ...standsInFor.map(({ workerId }) => workerId)], standsInFor };
}

/** The young people these work with now, the latest allocated first: more of them than anybody can work with. */
export async function myCases(
  tx: Transaction,
  { workerIds }: Pick<WorkOfDay, 'workerIds'>,
  most: number,
): Promise<MyCase[]> {
  const found = await sql<CaseRow>`
    select al.id as allocation_id, al.person_id, p.given_names, p.family_name, p.known_as, al.started_at, standing.*,
      coalesce(
        (select max(h.current_to) from history.allocation h where h.id = al.id and h.worker_id is distinct from al.worker_id),
        al.started_at) as mine_since
    from (
      select id, person_id, organisation_id, worker_id, started_at from service.allocation
      where worker_id = any (${[...workerIds]}::uuid[]) and ended_at is null and ${isLiving('person_id')}
      order by started_at desc, id desc limit ${most}
    ) al
    join service.person p on p.id = al.person_id
    ${standingJoin}
    order by al.started_at desc, al.id desc`.execute(tx);
  const engagements = await engagementsOf(
    tx,
    found.rows.map((row) => row.person_id),
  );
  return found.rows.map((row) => ({
    ...namesFrom(row),
    ...standingFrom(row),
    allocationId: row.allocation_id,
    personId: row.person_id,
    startedAt: row.started_at,
    mineSince: row.mine_since,
    engagement: engagements.get(row.allocation_id)?.engagement ?? null,
  }));
}

/** A contact that is planned, and with or about whom. */
export interface PlannedForDay extends Names, Omit<Contact, 'outcome'> {
  id: string;
  personId: string;
  plannedFor: Date;
  place: string;
  /** Who planned it, or took over what was planned. */
  workerId: string;
  workerName: string;
}

/**
 * What was planned until some instant and not recorded, by one of these or with a young person they now work with, the
 * earliest first.
 */
export async function plannedUntil(
  tx: Transaction,
  { workerIds }: Pick<WorkOfDay, 'workerIds'>,
  until: Date,
  most: number,
): Promise<PlannedForDay[]> {
  const found = await sql<PlannedRow>`
    with mine as (
      (select c.id from service.contact c
        where c.worker_id = any (${[...workerIds]}::uuid[]) and c.outcome = 'planned' and c.planned_for < ${until}
        order by c.planned_for, c.id limit ${most})
      union
      (select c.id from service.allocation al
        join service.contact c on c.person_id = al.person_id and c.organisation_id = al.organisation_id
          and c.outcome = 'planned' and c.planned_for < ${until}
        where al.worker_id = any (${[...workerIds]}::uuid[]) and al.ended_at is null
        order by c.planned_for, c.id limit ${most})
    )
    select c.id, c.person_id, c.planned_for, c.how, c.with_whom, c.place, c.worker_id, w.name as worker_name,
      p.given_names, p.family_name, p.known_as
    from mine
    join service.contact c on c.id = mine.id
    join service.person p on p.id = c.person_id
    join identity.account w on w.id = c.worker_id
    where ${isLiving('c.person_id')}
    order by c.planned_for, c.id limit ${most}`.execute(tx);
  return found.rows.map((row) => ({
    ...namesFrom(row),
    id: row.id,
    personId: row.person_id,
    plannedFor: row.planned_for,
    // The table's own checks name the same codes.
    how: row.how as Contact['how'],
    withWhom: row.with_whom as Contact['withWhom'],
    place: row.place,
    workerId: row.worker_id,
    workerName: row.worker_name,
  }));
}

/** The young people these work with now, by name: whom one note may be about. */
export async function whomTheyWorkWith(
  tx: Transaction,
  { workerIds }: Pick<WorkOfDay, 'workerIds'>,
  most: number,
): Promise<(Names & { personId: string })[]> {
  const found = await sql<NamesRow & { person_id: string }>`
    select al.person_id, p.given_names, p.family_name, p.known_as
    from (
      select person_id from service.allocation
      where worker_id = any (${[...workerIds]}::uuid[]) and ended_at is null and ${isLiving('person_id')}
      order by started_at desc limit ${most}
    ) al
    join service.person p on p.id = al.person_id
    order by p.given_names, p.family_name, p.id`.execute(tx);
  return found.rows.map((row) => ({ ...namesFrom(row), personId: row.person_id }));
}

interface NamesRow {
  given_names: string;
  family_name: string;
  known_as: string;
}

interface CaseRow extends NamesRow, StandingRow {
  allocation_id: string;
  person_id: string;
  started_at: Date;
  mine_since: Date;
}

interface PlannedRow extends NamesRow {
  id: string;
  person_id: string;
  planned_for: Date;
  how: string;
  with_whom: string;
  place: string;
  worker_id: string;
  worker_name: string;
}
