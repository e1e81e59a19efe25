import { sql } from 'kysely';
import { dueOn, lastBegunOverdue, type Threshold } from '../organisations/index.ts';
import { isLiving } from '../people/index.ts';
import { daysBetween, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import type { SummaryField } from './case-summary.ts';

/** Where a provider says that things stand with a young person. */
export interface CaseSummary {
  id: string;
  organisationId: string;
  organisationName: string;
  by: string;
  at: Date;
  version: number;
  values: Values<SummaryField>;
}

/** All that somebody writes of a row of summaries, to be compared. */
const wordsOf = (row: 's' | 'h' | 'd') =>
  sql.raw(`(${row}.stands, ${row}.worries, ${row}.working_well, ${row}.next, ${row}.refresh_by)`);

/**
 * Joins to the summaries `s` the version in which each was written as it reads now, `first`; nothing where that is the
 * current one. Whoever moved the young person to another borough changed its area, and wrote none of it.
 */
export const whenFirstWritten = sql`
    left join lateral (
      select h.recorded_at, h.recorded_by from history.case_summary h
      where h.id = s.id and ${wordsOf('h')} = ${wordsOf('s')} and h.version > coalesce((
        select max(d.version) from history.case_summary d where d.id = s.id and ${wordsOf('d')} <> ${wordsOf('s')}), 0)
      order by h.version limit 1
    ) first on true`;

/** The summaries of a young person's case that the asker may see, one a provider, the newest first. */
export async function summariesOf(tx: Transaction, personId: string): Promise<CaseSummary[]> {
  const { rows } = await sql<{
    id: string;
    organisation_id: string;
    organisation_name: string;
    by_name: string | null;
    written_at: Date;
    version: number;
    stands: string;
    worries: string;
    working_well: string;
    next: string;
    refresh_by: string;
  }>`
    select s.*, o.name as organisation_name, a.name as by_name, coalesce(first.recorded_at, s.recorded_at) as written_at
    from service.case_summary s
    join identity.organisation o on o.id = s.organisation_id
    ${whenFirstWritten}
    left join identity.account a on a.id = coalesce(first.recorded_by, s.recorded_by)
    where s.person_id = ${personId} order by written_at desc limit 10`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    by: row.by_name ?? 'Somebody whose account is gone',
    at: row.written_at,
    version: row.version,
    values: {
      stands: row.stands,
      worries: row.worries,
      workingWell: row.working_well,
      next: row.next,
      refreshBy: row.refresh_by,
    },
  }));
}

/** The summary of the asker's own provider. */
export async function ownSummary(
  tx: Transaction,
  { organisationId }: Asker,
  personId: string,
): Promise<CaseSummary | undefined> {
  return (await summariesOf(tx, personId)).find((summary) => summary.organisationId === organisationId);
}

/** A young person of whom a case summary should have been written, or written afresh, by a day. */
export interface OverdueSummary {
  personId: string;
  refreshBy: PlainDate;
  /** There is none yet. */
  isFirst: boolean;
}

/**
 * Summaries of the asker's provider that should have been written afresh before a day, the longest overdue first: of all
 * whom it supports, or of those of some workers. One that was never written is due as long after the day the provider was
 * given the young person.
 *
 * @param lasts the threshold `case-summary`
 */
export async function overdueSummaries(
  tx: Transaction,
  given: { today: PlainDate; lasts: Threshold; workerIds?: readonly string[] | undefined; most: number },
): Promise<OverdueSummary[]> {
  const { today, lasts, workerIds, most } = given;
  const whose = workerIds === undefined ? sql`true` : sql`a.worker_id = any (${[...workerIds]}::uuid[])`;
  const lastBegun = lastBegunOverdue(today, lasts);
  const { rows } = await sql<{ person_id: string; refresh_by: string | null; began_on: string }>`
    select w.person_id, s.refresh_by, w.began_on
    from (
      select a.person_id, a.organisation_id, min((a.started_at at time zone 'Europe/London')::date) as began_on
      from service.allocation a
      where a.organisation_id = (select identity.organisation_id()) and a.ended_at is null and ${whose}
        and ${isLiving('a.person_id')}
      group by a.person_id, a.organisation_id
    ) w
    left join service.case_summary s on s.person_id = w.person_id and s.organisation_id = w.organisation_id
    where case when s.refresh_by is null then w.began_on <= ${lastBegun}::date else s.refresh_by < ${today}::date end
    order by coalesce(s.refresh_by, w.began_on + ${daysBetween(lastBegun, today) - 1}::int), w.person_id
    limit ${most}`.execute(tx);
  return rows.map((row) => ({
    personId: row.person_id,
    refreshBy: row.refresh_by === null ? dueOn(plainDate(row.began_on), lasts) : plainDate(row.refresh_by),
    isFirst: row.refresh_by === null,
  }));
}
