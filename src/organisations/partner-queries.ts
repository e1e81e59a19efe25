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
export async function findOwnOrganisations(tx: Transaction, accountId: string): Promise<Partner[]> {
  return (
    await partners(
      sql<boolean>`exists (
        select from identity.approver p
        where p.organisation_id = o.id and p.account_id = ${accountId} and p.ended_at is null)`,
    ).execute(tx)
  ).rows;
}

/** Somebody asked for by an administrator to speak for an organisation, where those who did are gone. */
export interface ApproverToConfirm {
  id: string;
  organisation: string;
  accountName: string;
  email: string;
  askedBy: string;
  askedAt: Date;
}

/** Those who wait to be confirmed by the one who asks, who speaks for the service; the first asked for first. */
export async function findApproversToConfirm(tx: Transaction, id?: string): Promise<ApproverToConfirm[]> {
  const found = await sql<ApproverToConfirm>`
    select request_id as id, organisation, account_name as "accountName", email, asked_by as "askedBy", asked_at as "askedAt"
    from identity.approvers_to_confirm()
    where ${id ?? null}::uuid is null or request_id = ${id ?? null}::uuid
    order by asked_at`.execute(tx);
  return found.rows;
}

/** That somebody was asked for, named or ended as one who speaks for an organisation. */
export interface ApproverChange {
  at: Date;
  what: 'asked' | 'named' | 'ended';
  organisation: string;
  name: string;
  /** Null where the person who runs the server did it. */
  by: string | null;
}

/** Days back in which changes of who speaks for organisations are shown: a quarter, as roles are looked at again. */
export const CHANGES_DAYS_BACK = 92;

/** What changed lately in who speaks for organisations, the newest first; for one account, where it is given. */
export async function findApproverChanges(
  tx: Transaction,
  now: Date,
  accountId?: string,
): Promise<ApproverChange[]> {
  const since = new Date(now.getTime() - CHANGES_DAYS_BACK * 24 * 3600_000);
  const found = await sql<ApproverChange>`
    select c.at, c.what, o.name as organisation, a.name, b.name as by
    from (
      select asked_at as at, 'asked' as what, organisation_id, account_id, asked_by as by_id from identity.approver_request
      union all select since, 'named', organisation_id, account_id, named_by from identity.approver
      union all select ended_at, 'ended', organisation_id, account_id, ended_by from identity.approver where ended_at is not null
    ) c
    join identity.organisation o on o.id = c.organisation_id
    join identity.account a on a.id = c.account_id
    left join identity.account b on b.id = c.by_id
    where c.at >= ${since} and (${accountId ?? null}::uuid is null or c.account_id = ${accountId ?? null}::uuid)
    order by c.at desc, c.what
    limit 200`.execute(tx);
  return found.rows;
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
