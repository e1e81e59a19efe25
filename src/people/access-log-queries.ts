import { sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Role, Transaction } from '../platform/database/transaction.ts';

/** What is asked of the access log; everything, where nothing is. */
export interface LogFilter {
  personId?: string | undefined;
  accountId?: string | undefined;
  /** A day in London. */
  day?: PlainDate | undefined;
}

export interface LogEntry {
  id: string;
  at: Date;
  name: string | null;
  role: Role | null;
  /** Whose account an act was about that nobody who was signed in did, such as signing in. */
  accountName: string | null;
  /** Whether the background work of the service did it. */
  isTask: boolean;
  action: string;
  isRefused: boolean;
  person: { id: string; reference: string } | null;
  /** What was typed into a search, while it is kept. */
  searchedFor: string | null;
}

/** A page of the access log, the latest first, and whether there is more. */
export async function readLog(
  tx: Transaction,
  filter: LogFilter,
  page: { after?: string | undefined; most: number },
): Promise<{ entries: LogEntry[]; more: boolean }> {
  const wanted = [sql`true`];
  if (filter.personId !== undefined) wanted.push(sql`e.person_id = ${filter.personId}`);
  if (filter.accountId !== undefined) wanted.push(sql`e.actor_id = ${filter.accountId}`);
  if (filter.day !== undefined) {
    // Counted on by the database, which has a day after the last one that can be typed.
    wanted.push(sql`
      e.at >= ${filter.day}::date::timestamp at time zone 'Europe/London'
      and e.at < (${filter.day}::date + 1)::timestamp at time zone 'Europe/London'`);
  }
  if (page.after !== undefined) {
    wanted.push(sql`(e.at, e.id) < (select p.at, p.id from audit.entry p where p.id = ${page.after})`);
  }
  const found = await sql<LogRow>`
    with e as materialized (
      select * from audit.entry e where ${sql.join(wanted, sql` and `)}
      order by e.at desc, e.id desc limit ${page.most + 1}
    )
    select e.id, e.at, a.name, e.actor_role, s.name as account_name, e.task is not null as is_task, e.action, e.outcome, e.person_id, r.reference, d.text
    from e
    left join identity.account a on a.id = e.actor_id
    left join identity.account s on s.id = e.subject_id and e.subject_kind = 'account' and e.actor_id is null
    left join audit.detail d on d.entry_id = e.id
    left join need_to_know.references_of(array(select person_id from e)) r on r.person_id = e.person_id
    order by e.at desc, e.id desc`.execute(tx);
  return { entries: found.rows.slice(0, page.most).map(entryFrom), more: found.rows.length > page.most };
}

interface LogRow {
  id: string;
  at: Date;
  name: string | null;
  actor_role: Role | null;
  account_name: string | null;
  is_task: boolean;
  action: string;
  outcome: string;
  person_id: string | null;
  reference: string | null;
  text: string | null;
}

function entryFrom(row: LogRow): LogEntry {
  return {
    id: row.id,
    at: row.at,
    name: row.name,
    role: row.actor_role,
    accountName: row.account_name,
    isTask: row.is_task,
    action: row.action,
    isRefused: row.outcome === 'refused',
    person:
      row.person_id === null || row.reference === null
        ? null
        : { id: row.person_id, reference: row.reference },
    searchedFor: row.text,
  };
}

/** The record with a reference, for a data protection lead. */
export async function recordWithReference(tx: Transaction, reference: string): Promise<string | null> {
  const found = await sql<{ id: string | null }>`
    select need_to_know.person_with_reference(${reference}) as id`.execute(tx);
  return found.rows[0]?.id ?? null;
}

/** The account with an e-mail address. */
export async function accountWithEmail(tx: Transaction, email: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from identity.account where lower(email) = lower(${email})`.execute(tx);
  return found.rows[0]?.id ?? null;
}

/** The name of an account. */
export async function accountName(tx: Transaction, accountId: string): Promise<string | null> {
  const found = await tx
    .selectFrom('identity.account')
    .select('name')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return found?.name ?? null;
}
