import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Version } from '../platform/history/changes.ts';
import { type AllegationField, type AllegationProgress, progressAsText } from './allegation.ts';

/** An allegation, as those read it who receive it. */
export interface Allegation extends AllegationProgress {
  id: string;
  organisationName: string;
  aboutName: string;
  what: string;
  happened: string;
  raisedAt: Date;
  raisedByName: string;
  closedAt: Date | null;
  version: number;
  youngPerson: { personId: string; what: string } | null;
}

/** The allegations that the asker receives, the open ones first and the latest of each before the others. */
export async function allegationsReceived(
  tx: Transaction,
  page: { before?: string | undefined; most: number },
): Promise<{ allegations: Allegation[]; more: boolean }> {
  const before =
    page.before === undefined
      ? sql`true`
      : sql`(a.closed_at is null, a.raised_at, a.id) < (
          select b.closed_at is null, b.raised_at, b.id from service.allegation b where b.id = ${page.before})`;
  const found = await readAllegations(tx, before, page.most + 1);
  return { allegations: found.slice(0, page.most), more: found.length > page.most };
}

/** An allegation; `null` when there is none, or none that the asker receives. */
export async function findAllegation(tx: Transaction, id: string): Promise<Allegation | null> {
  const [found] = await readAllegations(tx, sql`a.id = ${id}`, 1);
  return found ?? null;
}

async function readAllegations(
  tx: Transaction,
  which: ReturnType<typeof sql>,
  most: number,
): Promise<Allegation[]> {
  const { rows } = await sql<AllegationRow>`
    select a.id, o.name as organisation_name, a.about_name, a.what, a.happened, a.raised_at, r.name as raised_by_name,
      a.officer_told_at, a.officer_name, a.officer_reference, a.being_done, a.outcome, a.closed_at, a.version,
      y.person_id, y.what as of_person
    from service.allegation a
    join identity.organisation o on o.id = a.organisation_id
    join identity.account r on r.id = a.raised_by
    left join service.allegation_person y on y.allegation_id = a.id
    where ${which}
    order by (a.closed_at is null) desc, a.raised_at desc, a.id desc
    limit ${most}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    organisationName: row.organisation_name,
    aboutName: row.about_name,
    what: row.what,
    happened: row.happened,
    raisedAt: row.raised_at,
    raisedByName: row.raised_by_name,
    officerToldAt: row.officer_told_at,
    officerName: row.officer_name,
    officerReference: row.officer_reference,
    beingDone: row.being_done,
    outcome: row.outcome,
    closedAt: row.closed_at,
    isClosed: row.closed_at !== null,
    version: row.version,
    youngPerson: row.person_id === null ? null : { personId: row.person_id, what: row.of_person ?? '' },
  }));
}

interface AllegationRow extends ProgressRow {
  id: string;
  organisation_name: string;
  about_name: string;
  what: string;
  happened: string;
  raised_at: Date;
  raised_by_name: string;
  version: number;
  person_id: string | null;
  of_person: string | null;
}

interface ProgressRow {
  officer_told_at: Date | null;
  officer_name: string;
  officer_reference: string;
  being_done: string;
  outcome: string;
  closed_at: Date | null;
}

/** The versions of an allegation's progress from one on, the oldest first; none where the asker does not receive it. */
export async function versionsOfAllegation(
  tx: Transaction,
  id: string,
  from = 1,
): Promise<Version<AllegationField>[]> {
  const columns = sql.raw(
    'version, recorded_at, recorded_by, officer_told_at, officer_name, officer_reference, being_done, outcome, closed_at',
  );
  const { rows } = await sql<ProgressRow & { version: number; recorded_at: Date; by_name: string | null }>`
    select v.*, a.name as by_name
    from (
      select ${columns} from service.allegation where id = ${id}
      union all
      select ${columns} from history.allegation where id = ${id}
    ) v
    left join identity.account a on a.id = v.recorded_by
    where v.version >= ${from}
    order by v.version`.execute(tx);
  return rows.map((row) => ({
    version: row.version,
    at: row.recorded_at,
    by: row.by_name,
    values: progressAsText({
      officerToldAt: row.officer_told_at,
      officerName: row.officer_name,
      officerReference: row.officer_reference,
      beingDone: row.being_done,
      outcome: row.outcome,
      isClosed: row.closed_at !== null,
    }),
  }));
}

/** That the asker raised an allegation: nothing of what became of it. */
export interface OwnAllegation {
  id: string;
  organisationName: string;
  raisedAt: Date;
}

export async function allegationsRaised(tx: Transaction): Promise<OwnAllegation[]> {
  const { rows } = await sql<{ id: string; name: string; raised_at: Date }>`
    select r.allegation_id as id, o.name, r.raised_at
    from need_to_know.allegations_raised() r join identity.organisation o on o.id = r.organisation_id
    order by r.raised_at desc`.execute(tx);
  return rows.map((row) => ({ id: row.id, organisationName: row.name, raisedAt: row.raised_at }));
}

/** Somebody who receives allegations. */
export interface Recipient {
  id: string;
  accountId: string;
  name: string;
  /** Null for every organisation. */
  organisationId: string | null;
  organisationName: string | null;
}

/** Who receives allegations now, by organisation and name. */
export async function recipientsNow(tx: Transaction): Promise<Recipient[]> {
  const { rows } = await sql<{
    id: string;
    account_id: string;
    name: string;
    organisation_id: string | null;
    organisation_name: string | null;
  }>`
    select r.id, r.account_id, a.name, r.organisation_id, o.name as organisation_name
    from service.allegation_recipient r
    join identity.account a on a.id = r.account_id
    left join identity.organisation o on o.id = r.organisation_id
    where r.ended_at is null
    order by o.name nulls first, a.name, r.id limit 500`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
  }));
}

/** Those whose staff work with young people for the service: its providers, and the service itself. */
export async function organisationsOfStaff(tx: Transaction): Promise<{ id: string; name: string }[]> {
  return await tx
    .selectFrom('identity.organisation')
    .select(['id', 'name'])
    .where('kind', 'in', ['provider', 'service'])
    .orderBy('name')
    .execute();
}

/** Somebody who works for the service or for one of its providers. */
export interface StaffMember {
  id: string;
  name: string;
  /** The names of those they work for. */
  place: string;
  organisationIds: string[];
}

/** Everybody of the staff whom an allegation may name, or who may be named to receive them, by name: all staff see them. */
export async function staffToName(tx: Transaction): Promise<StaffMember[]> {
  const { rows } = await sql<{ id: string; name: string; place: string; organisation_ids: string[] }>`
    select a.id, a.name, string_agg(distinct o.name, ', ') as place, array_agg(distinct o.id) as organisation_ids
    from identity.account a
    join identity.access_grant g on g.account_id = a.id and g.approved_at is not null and g.ended_at is null
    join identity.organisation o on o.id = g.organisation_id
    where o.kind in ('provider', 'service')
    group by a.id, a.name
    order by a.name, a.id limit 1000`.execute(tx);
  return rows.map(({ id, name, place, organisation_ids }) => ({
    id,
    name,
    place,
    organisationIds: organisation_ids,
  }));
}
