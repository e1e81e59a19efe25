import { sql } from 'kysely';
import { isReviewDue } from '../organisations/index.ts';
import { recordCommand } from '../platform/audit/record.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Role, Transaction } from '../platform/database/transaction.ts';
import { type Reason, reasonsOfDay, reasonsOfLook } from './unusual-access.ts';

/** How many days back unusual access is looked for. */
export const DAYS_BACK = 7;
const DAY = 24 * 3_600_000;

/** What was unusual in what somebody did on one day, and what was found of it. */
export interface UnusualDay {
  accountId: string;
  name: string;
  day: PlainDate;
  reasons: Reason[];
  finding: Finding | null;
}

export interface Finding {
  finding: 'dismissed' | 'raised';
  note: string;
}

/**
 * Unusual access of the last days, the newest first, by the rules of unusual-access.ts; of one account, where it is named.
 * It reads the audit of those days alone.
 */
export async function unusualAccess(tx: Transaction, now: Date, accountId?: string): Promise<UnusualDay[]> {
  const since = new Date(now.getTime() - DAYS_BACK * DAY);
  const days = new Map<string, UnusualDay>();
  const add = (row: { account_id: string; day: string }, reasons: Reason[]) => {
    if (reasons.length === 0 || (accountId !== undefined && row.account_id !== accountId)) return;
    const key = `${row.account_id} ${row.day}`;
    const known = days.get(key);
    if (known) known.reasons.push(...reasons);
    else
      days.set(key, { accountId: row.account_id, name: '', day: plainDate(row.day), reasons, finding: null });
  };
  const looks = await sql<LookRow>`
    select account_id, day::text, person_id, bool_or(same_name) as same_name, bool_or(unrelated) as unrelated, bool_or(opened) as opened
    from need_to_know.looks_to_explain(${since}) group by 1, 2, 3`.execute(tx);
  for (const row of looks.rows)
    add(
      row,
      reasonsOfLook({
        personId: row.person_id,
        sameName: row.same_name,
        unrelated: row.unrelated,
        opened: row.opened,
      }),
    );
  for (const row of await daysOfAccess(tx, since))
    add(
      row,
      reasonsOfDay({
        records: row.records,
        otherDays: row.other_days,
        usual: row.usual,
        atNight: row.at_night,
        searches: row.searches,
        searchesWithoutLook: row.without_look,
        refusals: row.refusals,
      }),
    );
  await nameAndFind(tx, days);
  return [...days.values()].sort((a, b) => b.day.localeCompare(a.day) || a.name.localeCompare(b.name));
}

interface LookRow {
  account_id: string;
  day: string;
  person_id: string;
  same_name: boolean;
  unrelated: boolean;
  opened: boolean;
}

interface DayRow {
  account_id: string;
  day: string;
  records: number;
  other_days: number;
  usual: number;
  at_night: number;
  searches: number;
  without_look: number;
  refusals: number;
}

async function daysOfAccess(tx: Transaction, since: Date): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    with entry as (
      select e.actor_id, e.at, case when e.outcome = 'done' then e.person_id end as person_id, e.action, e.outcome,
        (e.at at time zone 'Europe/London') as local
      from audit.entry e
      where e.at >= ${since} and e.actor_id is not null
        and e.actor_role not in ('referrer', 'data-protection-lead')
        and (e.person_id is not null or e.action = 'search' or e.outcome = 'refused')
    ), done as (
      select actor_id, local::date as day, count(distinct person_id)::int as records,
        count(distinct person_id) filter (where extract(hour from local) >= 23 or extract(hour from local) < 5)::int as at_night,
        count(*) filter (where action = 'search')::int as searches,
        count(*) filter (where action = 'search' and not exists (
          select from audit.entry l
          where l.actor_id = entry.actor_id and l.person_id is not null and l.outcome = 'done' and l.at > entry.at
            and l.at <= entry.at + interval '10 minutes'))::int as without_look,
        count(*) filter (where outcome = 'refused')::int as refusals
      from entry group by 1, 2
    )
    select actor_id as account_id, day::text, records,
      ((count(*) filter (where records > 0) over theirs) - (records > 0)::int)::int as other_days,
      coalesce((sum(records) over theirs - records)::float
        / nullif((count(*) filter (where records > 0) over theirs) - (records > 0)::int, 0), 0) as usual, at_night, searches, without_look, refusals
    from done window theirs as (partition by actor_id)`.execute(tx);
  return rows;
}

async function nameAndFind(tx: Transaction, days: ReadonlyMap<string, UnusualDay>): Promise<void> {
  const { rows } = await sql<{
    account_id: string;
    name: string;
    day: string | null;
    finding: 'dismissed' | 'raised' | null;
    note: string | null;
  }>`
    select a.id as account_id, a.name, f.day::text, f.finding, f.note
    from identity.account a left join service.access_finding f on f.account_id = a.id
      and f.day = any (${[...new Set([...days.values()].map(({ day }) => day))]}::date[])
    where a.id = any (${[...new Set([...days.values()].map(({ accountId }) => accountId))]}::uuid[])`.execute(
    tx,
  );
  for (const day of days.values())
    for (const row of rows.filter(({ account_id }) => account_id === day.accountId)) {
      day.name = row.name;
      if (row.day === day.day && row.finding !== null)
        day.finding = { finding: row.finding, note: row.note ?? '' };
    }
}

/** What was found of somebody's access on a day, and in which version; null where nobody has looked. */
export async function findFinding(
  tx: Transaction,
  accountId: string,
  day: PlainDate,
): Promise<(Finding & { version: number }) | null> {
  const row = await tx
    .selectFrom('service.access_finding')
    .select(['finding', 'note', 'version'])
    .where('account_id', '=', accountId)
    .where('day', '=', day)
    .executeTakeFirst();
  return row
    ? { finding: row.finding === 'raised' ? 'raised' : 'dismissed', note: row.note, version: row.version }
    : null;
}

/**
 * Records what was found of somebody's access on a day: once more replaces it, and the history keeps it.
 * @param version of what was found before, as the asker saw it; 0 where nothing was.
 * @returns false where somebody has recorded something since; nothing is changed then.
 */
export async function recordFinding(
  tx: Transaction,
  accountId: string,
  day: PlainDate,
  { finding, note }: Finding,
  version: number,
): Promise<boolean> {
  // There may be no row to hold yet.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`access finding ${accountId} ${day}`}, 0))`.execute(
    tx,
  );
  if (((await findFinding(tx, accountId, day))?.version ?? 0) !== version) return false;
  await recordCommand(tx, {
    action: 'review-access',
    subject: { kind: 'account', id: accountId },
    detail: { finding, day },
  });
  await tx
    .insertInto('service.access_finding')
    .values({ account_id: accountId, day, finding, note })
    .onConflict((conflict) => conflict.columns(['account_id', 'day']).doUpdateSet({ finding, note }))
    .execute();
  return true;
}

/** References of records, for a data protection lead. */
export async function referencesOf(
  tx: Transaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ person_id: string; reference: string }>`
    select person_id, reference from need_to_know.references_of(${[...personIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ person_id, reference }) => [person_id, reference]));
}

/** A role that somebody holds, and when the one who answers for it last confirmed it. */
export interface HeldRole {
  name: string;
  role: Role;
  organisation: string | null;
  reviewedAt: Date;
}

const MOST_ROLES = 200;

/** Roles in force that nobody has confirmed for a quarter, the longest first. */
export async function overdueReviews(tx: Transaction, now: Date): Promise<HeldRole[]> {
  const { rows } = await sql<{ name: string; role: Role; organisation: string | null; reviewed_at: Date }>`
    select a.name, g.role, o.name as organisation, coalesce(r.reviewed_at, g.approved_at) as reviewed_at
    from identity.access_grant g
    join identity.account a on a.id = g.account_id
    left join identity.organisation o on o.id = g.organisation_id
    left join lateral (select max(v.reviewed_at) as reviewed_at from identity.grant_review v where v.grant_id = g.id) r on true
    where g.approved_at is not null and g.ended_at is null and g.role <> 'referrer'
    order by 4, a.name limit ${MOST_ROLES}`.execute(tx);
  return rows
    .map(({ reviewed_at, ...role }) => ({ ...role, reviewedAt: reviewed_at }))
    .filter(({ reviewedAt }) => isReviewDue(reviewedAt, now));
}
