import { sql } from 'kysely';
import { addDays, monthsCompleted } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { daysOf } from './notable.ts';
import type { Report } from './report-queries.ts';

/**
 * A warning for who is about to publish, for everybody, less than a year of which no longer report is out: with what it tells,
 * what a report of the year hides may be worked out, and that report is refused then, for good.
 *
 * @returns null where there is nothing to warn of
 */
export async function warningOfShortPublic(
  tx: Transaction,
  { kind, period, editions }: Pick<Report, 'kind' | 'period' | 'editions'>,
): Promise<string | null> {
  if (!editions.includes('public') || kind === 'borough-profile') return null;
  if (addDays(period.to, 1) >= monthsCompleted(period.from, 12)) return null;
  const { rows } = await sql<{ told: boolean }>`
    select exists (
      select from service.report_publication
      where kind = ${kind} and edition = 'public' and period_from <= ${period.from} and period_to >= ${period.to}
        and (period_from, period_to) <> (${period.from}::date, ${period.to}::date)) as told`.execute(tx);
  if (rows[0]?.told) return null;
  return `This is a report of ${daysOf(period)} days for everybody, and none of a longer period that these days are in is published yet. What is published is never taken back: with these numbers anybody could work out some of what a later report of the whole year hides, and that report may then be refused. Publish the longer one first, or give this one an internal edition alone.`;
}
