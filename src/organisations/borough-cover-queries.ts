import { sql } from 'kysely';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** Somebody who stands in for a borough's contact, or is going to. */
export interface BoroughCover {
  id: string;
  coveredId: string;
  coveredName: string;
  standInId: string;
  standInName: string;
  /** The boroughs of the one who is covered, by name. */
  areas: readonly string[];
  startsOn: PlainDate;
  /** The last day. */
  endsOn: PlainDate;
}

/** Cover that has not ended and that somebody gives or has, the first to begin first. */
export async function boroughCoversOf(
  tx: Transaction,
  accountId: string,
  today: PlainDate,
): Promise<BoroughCover[]> {
  const { rows } = await sql<CoverRow>`
    select c.id, g.account_id as covered_id, covered.name as covered_name, c.stand_in_id, standing.name as stand_in_name,
      array(select a.name from reference.area a where a.code = any (g.areas) order by a.name) as areas, c.starts_on, c.ends_on
    from identity.borough_cover c
    join identity.access_grant g on g.id = c.grant_id
    join identity.account covered on covered.id = g.account_id
    join identity.account standing on standing.id = c.stand_in_id
    where c.ended_at is null and c.ends_on >= ${today}::date and g.ended_at is null
      and (c.stand_in_id = ${accountId}
        or c.grant_id = any (array(select own.id from identity.access_grant own where own.account_id = ${accountId})))
    order by c.starts_on, c.id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    coveredId: row.covered_id,
    coveredName: row.covered_name,
    standInId: row.stand_in_id,
    standInName: row.stand_in_name,
    areas: row.areas,
    startsOn: plainDate(row.starts_on),
    endsOn: plainDate(row.ends_on),
  }));
}

interface CoverRow {
  id: string;
  covered_id: string;
  covered_name: string;
  stand_in_id: string;
  stand_in_name: string;
  areas: string[];
  starts_on: string;
  ends_on: string;
}

/** A colleague who is a borough's contact. */
export interface Contact {
  accountId: string;
  name: string;
  areas: readonly string[];
}

/** Those who may be named to stand in: everybody else of their council who has been approved as a borough's contact. */
export async function contactsToChoose(
  tx: Transaction,
  asker: { accountId: string; organisationId: string | null },
): Promise<Contact[]> {
  const { rows } = await sql<Contact>`
    select c.id as "accountId", c.name,
      array(select distinct a.name from reference.area a join identity.access_grant o on a.code = any (o.areas)
        where o.account_id = c.id and o.role = 'spoc' and o.approved_at is not null and o.ended_at is null order by a.name) as areas
    from identity.account c
    join identity.access_grant g on g.account_id = c.id
      and g.role = 'spoc' and g.approved_at is not null and g.ended_at is null
      and g.organisation_id is not distinct from ${asker.organisationId}::uuid
    where c.id <> ${asker.accountId}
    group by c.id, c.name
    order by c.name, c.id`.execute(tx);
  return rows;
}

/** A borough in which nobody is told of referrals. */
export interface BoroughWithoutContact {
  area: string;
  name: string;
  /** Referrals that wait there, no more than were to be counted; null for those who may not know. */
  waiting: number | null;
}

/**
 * Boroughs that have no contact and nobody who stands in for one, those first where most waits: of the areas that the asker
 * answers for, or all.
 */
export async function boroughsWithoutContact(
  tx: Transaction,
  most: number,
): Promise<BoroughWithoutContact[]> {
  const { rows } = await sql<BoroughWithoutContact>`
    select area, name, waiting from need_to_know.boroughs_without_contact(${most})
    order by waiting desc nulls last, name`.execute(tx);
  return rows;
}
