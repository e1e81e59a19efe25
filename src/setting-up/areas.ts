import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { codeFrom } from '../platform/text/code-from.ts';

/** A part of the region that coordinators work in. */
export interface Patch {
  code: string;
  name: string;
  isRetired: boolean;
  /** How many areas in use it has. */
  areas: number;
}

/** A borough or other authority that can be responsible for a young person. */
export interface AreaToSetUp {
  code: string;
  name: string;
  patch: string | null;
  patchName: string | null;
  isRetired: boolean;
}

/** Every patch that there ever was, those in use first. */
export async function findPatchesToSetUp(tx: Transaction): Promise<Patch[]> {
  const { rows } = await sql<Patch>`
    select p.code, p.name, p.retired_on is not null as "isRetired",
      (select count(*)::int from reference.area a where a.patch = p.code and a.retired_on is null) as areas
    from reference.patch p order by p.retired_on is not null, p.name, p.code`.execute(tx);
  return rows;
}

/** Every area that the administrator keeps, those in use first; not "elsewhere" and "not known", which every service has. */
export async function findAreasToSetUp(tx: Transaction): Promise<AreaToSetUp[]> {
  const { rows } = await sql<AreaToSetUp>`
    select a.code, a.name, a.patch, p.name as "patchName", a.retired_on is not null as "isRetired"
    from reference.area a left join reference.patch p on p.code = a.patch
    where a.kind = 'borough' order by a.retired_on is not null, a.name, a.code`.execute(tx);
  return rows;
}

/** Adds a patch. @returns its code, or null when there is one of that code. */
export async function addPatch(tx: Transaction, name: string): Promise<string | null> {
  const code = codeFrom(name);
  await recordCommand(tx, {
    action: 'patch-added',
    subject: { kind: 'patch', id: null },
    detail: { patch: code },
  });
  const made = await tx
    .insertInto('reference.patch')
    .values({ code, name })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  return made?.code ?? null;
}

/** Renames a patch, or takes it out of use from `retiredOn`; null puts it back. */
export async function changePatch(
  tx: Transaction,
  code: string,
  { name, retiredOn }: { name: string; retiredOn: PlainDate | null },
): Promise<void> {
  await recordCommand(tx, {
    action: 'patch-changed',
    subject: { kind: 'patch', id: null },
    detail: { patch: code },
  });
  await tx
    .updateTable('reference.patch')
    .set({ name, retired_on: keptOrSet(retiredOn) })
    .where('code', '=', code)
    .execute();
}

/** Adds an area. @returns false when there is one of that code. */
export async function addArea(
  tx: Transaction,
  { code, name, patch }: { code: string; name: string; patch: string },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'area-added',
    subject: { kind: 'area', id: null },
    detail: { area: code, patch },
  });
  const made = await tx
    .insertInto('reference.area')
    .values({ code, name, patch, kind: 'borough' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  return made !== undefined;
}

/** Renames an area, moves it to another patch, or takes it out of use from `retiredOn`; null puts it back. */
export async function changeArea(
  tx: Transaction,
  code: string,
  { name, patch, retiredOn }: { name: string; patch: string; retiredOn: PlainDate | null },
): Promise<void> {
  await recordCommand(tx, {
    action: 'area-changed',
    subject: { kind: 'area', id: null },
    detail: { area: code, patch },
  });
  await tx
    .updateTable('reference.area')
    .set({ name, patch, retired_on: keptOrSet(retiredOn) })
    .where('code', '=', code)
    .execute();
}

/** What was retired before keeps its day. */
export const keptOrSet = (retiredOn: PlainDate | null) =>
  retiredOn === null ? null : sql<PlainDate>`coalesce(retired_on, ${retiredOn}::date)`;

/** A borough with those who are told of its referrals. */
export interface BoroughContacts {
  code: string;
  name: string;
  patchName: string | null;
  contacts: { accountId: string; name: string }[];
}

/** Every borough in use with its contacts, those that have none first. */
export async function findBoroughContacts(tx: Transaction): Promise<BoroughContacts[]> {
  const { rows } = await sql<BoroughContacts>`
    select a.code, a.name, p.name as "patchName", coalesce(held.contacts, '[]') as contacts
    from reference.area a
    left join reference.patch p on p.code = a.patch
    left join (
      select area, json_agg(json_build_object('accountId', c.id, 'name', c.name) order by c.name, c.id) as contacts
      from (
        select distinct unnest(g.areas) as area, g.account_id
        from identity.access_grant g
        where g.role = 'spoc' and g.approved_at is not null and g.ended_at is null) g
      join identity.account c on c.id = g.account_id and c.disabled_at is null
      group by area) held on held.area = a.code
    where a.kind = 'borough' and a.retired_on is null
    order by held.contacts is not null, a.name`.execute(tx);
  return rows;
}
