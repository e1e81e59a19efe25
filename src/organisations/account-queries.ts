import { sql } from 'kysely';
import type { Role, Transaction } from '../platform/database/transaction.ts';

/** An account as a list shows it. */
export interface ListedAccount {
  id: string;
  name: string;
  email: string;
  setUp: boolean;
  locked: boolean;
  disabled: boolean;
  roles: Role[];
}

/** Accounts of staff by name, those with the words in name or address; `after` is the last one that was shown. */
export async function searchAccounts(
  tx: Transaction,
  words: string,
  after: string | null,
  most: number,
): Promise<ListedAccount[]> {
  const found = await sql<ListedAccount>`
    select id, name, email, set_up as "setUp", locked, disabled, roles from identity.search_accounts(${words}, ${after}, ${most})`.execute(
    tx,
  );
  return found.rows;
}

/** An account with what an administrator may know of it. */
export interface Account {
  id: string;
  name: string;
  email: string;
  madeAt: Date;
  setUpAt: Date | null;
  lockedUntil: Date | null;
  disabledAt: Date | null;
}

/** The account of somebody who works with the service. */
export async function findAccount(tx: Transaction, id: string): Promise<Account | null> {
  const found = await tx
    .selectFrom('identity.account')
    .select([
      'id',
      'name',
      'email',
      'created_at as madeAt',
      'totp_confirmed_at as setUpAt',
      'locked_until as lockedUntil',
      'disabled_at as disabledAt',
    ])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
  return found ?? null;
}

/** A role of an account, in whatever state. */
export interface AccountRole {
  id: string;
  role: Role;
  organisation: string | null;
  team: string | null;
  areas: string[];
  requestedBy: string | null;
  requestedAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  refusedAt: Date | null;
  endedAt: Date | null;
  reviewedAt: Date | null;
}

/** The latest roles of an account: asked for, given, refused and ended. */
export async function findRolesOf(tx: Transaction, accountId: string): Promise<AccountRole[]> {
  const found = await sql<AccountRole>`
    select g.id, g.role, o.name as organisation, t.name as team,
      array(select a.name from reference.area a where a.code = any (g.areas) order by a.name) as areas,
      asked.name as "requestedBy", g.requested_at as "requestedAt", gave.name as "approvedBy", g.approved_at as "approvedAt",
      g.refused_at as "refusedAt", g.ended_at as "endedAt",
      coalesce((select max(r.reviewed_at) from identity.grant_review r where r.grant_id = g.id), g.approved_at) as "reviewedAt"
    from identity.access_grant g
    left join identity.organisation o on o.id = g.organisation_id
    left join identity.team t on t.id = g.team_id
    left join identity.account asked on asked.id = g.requested_by
    left join identity.account gave on gave.id = g.approved_by
    where g.account_id = ${accountId} and g.role <> 'referrer'
    order by (g.ended_at is not null or g.refused_at is not null), g.requested_at desc
    limit 50`.execute(tx);
  return found.rows;
}

/** A role that the one who asks answers for. */
export interface RoleToAnswerFor {
  id: string;
  accountName: string;
  email: string;
  role: Role;
  organisation: string;
  team: string | null;
  areas: string[];
  requestedBy: string | null;
  requestedAt: Date;
  approvedAt: Date | null;
  reviewedAt: Date | null;
}

/** Roles that wait for the one who asks, then those they have given, the longest not looked at first. */
export async function findRolesToAnswerFor(
  tx: Transaction,
  only: { id?: string; most: number },
): Promise<RoleToAnswerFor[]> {
  const found = await sql<RoleToAnswerFor>`
    select g.grant_id as id, g.account_name as "accountName", g.email, g.role, g.organisation, g.team,
      array(select a.name from reference.area a where a.code = any (g.areas) order by a.name) as areas,
      g.requested_by as "requestedBy", g.requested_at as "requestedAt", g.approved_at as "approvedAt", g.reviewed_at as "reviewedAt"
    from identity.grants_to_answer_for() g
    where ${only.id ?? null}::uuid is null or g.grant_id = ${only.id ?? null}::uuid
    order by g.approved_at is not null, lower(g.account_name), g.role, g.grant_id
    limit ${only.most}`.execute(tx);
  return found.rows;
}

/** How many young people somebody works with now; in one of their roles, where that is named. For an administrator alone. */
export async function countCasesOf(tx: Transaction, account: string, role?: string): Promise<number> {
  const counted = await sql<{ cases: number }>`
    select need_to_know.count_cases_of(${account}, ${role ?? null}) as cases`.execute(tx);
  return counted.rows[0]?.cases ?? 0;
}
