import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

/** An organisation that works with the service, with its teams and who speaks for it. */
export interface Partner {
  id: string;
  name: string;
  kind: string;
  kindName: string;
  teams: { id: string; name: string }[];
  /** The areas that a council is responsible for, by name. */
  areas: { code: string; name: string }[];
  approvers: { id: string; name: string; since: string }[];
}

const partners = (where: ReturnType<typeof sql<boolean>>) => sql<Partner>`
  select o.id, o.name, o.kind, k.name as "kindName",
    coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name)
      from identity.team t where t.organisation_id = o.id), '[]') as teams,
    coalesce((select json_agg(json_build_object('code', a.code, 'name', a.name) order by a.name)
      from identity.council_area c join reference.area a on a.code = c.area where c.organisation_id = o.id), '[]') as areas,
    coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'since', p.since) order by p.since)
      from identity.approver p join identity.account a on a.id = p.account_id
      where p.organisation_id = o.id and identity.speaks_for(o.id, a.id)), '[]') as approvers
  from identity.organisation o join reference.organisation_kind k on k.code = o.kind
  where ${where}
  order by (o.kind <> 'service'), o.name
  limit 1000`;

/** Every partner, the service itself first. There are as many as authorities, forces and providers: hundreds. */
export async function findPartners(tx: Transaction): Promise<Partner[]> {
  return (await partners(sql`true`).execute(tx)).rows;
}

export async function findPartner(tx: Transaction, id: string): Promise<Partner | null> {
  return (await partners(sql`o.id = ${id}`).execute(tx)).rows[0] ?? null;
}

/** Organisations that the one who asks speaks for. */
export async function findOwnOrganisations(
  tx: Transaction,
  accountId: string,
): Promise<{ id: string; name: string }[]> {
  return await tx
    .selectFrom('identity.approver as p')
    .innerJoin('identity.organisation as o', 'o.id', 'p.organisation_id')
    .select(['o.id', 'o.name'])
    .where('p.account_id', '=', accountId)
    .where('p.ended_at', 'is', null)
    .orderBy('o.name')
    .execute();
}

/** Every area by name; one that is retired is read and not offered. */
export async function findAreas(
  tx: Transaction,
): Promise<{ code: string; name: string; kind: string; patch: string | null; retired_on: string | null }[]> {
  return await tx
    .selectFrom('reference.area')
    .select(['code', 'name', 'kind', 'patch', 'retired_on'])
    .orderBy('name')
    .execute();
}

/** The patches in use. */
export async function findPatches(tx: Transaction): Promise<{ code: string; name: string }[]> {
  return await tx
    .selectFrom('reference.patch')
    .select(['code', 'name'])
    .where('retired_on', 'is', null)
    .orderBy('name')
    .execute();
}
