import { sql } from 'kysely';
import { dueOn, lastBegunOverdue, type Threshold } from '../organisations/index.ts';
import { isLiving, type Names, namesFrom } from '../people/index.ts';
import { daysBetween, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Risk, RiskLevel } from './risk.ts';

/** An assessment as it is read. */
export interface RiskAssessment extends Risk {
  id: string;
  personId: string;
  organisationId: string;
  organisationName: string;
  assessedAt: Date;
  assessedByName: string;
  version: number;
  /** When this version of it was written. */
  recordedAt: Date;
}

/** The assessments of a young person, the latest first: the first of all is the one that counts. */
export async function risksOf(
  tx: Transaction,
  personId: string,
  page: { before?: string | undefined; most: number },
): Promise<{ risks: RiskAssessment[]; more: boolean }> {
  const before =
    page.before === undefined
      ? sql`true`
      : sql`(r.assessed_at, r.id) < (
          select b.assessed_at, b.id from service.risk_assessment b where b.id = ${page.before} and b.person_id = ${personId})`;
  const found = await readRisks(tx, sql`r.person_id = ${personId} and ${before}`, page.most + 1);
  return { risks: found.slice(0, page.most), more: found.length > page.most };
}

/** One assessment; `null` when there is none, or none that the asker may see. */
export async function findRisk(tx: Transaction, id: string): Promise<RiskAssessment | null> {
  const [found] = await readRisks(tx, sql`r.id = ${id}`, 1);
  return found ?? null;
}

async function readRisks(
  tx: Transaction,
  which: ReturnType<typeof sql>,
  most: number,
): Promise<RiskAssessment[]> {
  const { rows } = await sql<RiskRow>`
    select r.id, r.person_id, r.organisation_id, o.name as organisation_name, r.level, r.reasons, r.protective, r.being_done,
      r.review_on, r.assessed_at, a.name as assessed_by_name, r.version, r.recorded_at
    from service.risk_assessment r
    join identity.organisation o on o.id = r.organisation_id
    join identity.account a on a.id = r.assessed_by
    where ${which}
    order by r.assessed_at desc, r.id desc
    limit ${most}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    level: row.level,
    reasons: row.reasons,
    protective: row.protective,
    beingDone: row.being_done,
    reviewOn: plainDate(row.review_on),
    assessedAt: row.assessed_at,
    assessedByName: row.assessed_by_name,
    version: row.version,
    recordedAt: row.recorded_at,
  }));
}

interface RiskRow {
  id: string;
  person_id: string;
  organisation_id: string;
  organisation_name: string;
  level: RiskLevel;
  reasons: string;
  protective: string;
  being_done: string;
  review_on: string;
  assessed_at: Date;
  assessed_by_name: string;
  version: number;
  recorded_at: Date;
}

/** A young person whose risk should have been looked at, or looked at again, by now. */
export interface OverdueRisk extends Names {
  personId: string;
  /** Null where nobody has assessed it yet. */
  level: RiskLevel | null;
  reviewOn: PlainDate;
}

/**
 * Those whom the asker's provider, or these of its workers, work with now and whose risk is overdue to be looked at again,
 * the longest first. One that was never assessed is due as a review would be, counted from the day the provider was given
 * the young person.
 *
 * @param page.review the threshold `risk-review`
 */
export async function overdueRisks(
  tx: Transaction,
  today: PlainDate,
  page: {
    workerIds?: readonly string[] | undefined;
    after?: { reviewOn: PlainDate; personId: string } | undefined;
    review: Threshold;
    most: number;
  },
): Promise<{ risks: OverdueRisk[]; more: boolean }> {
  const lastBegun = lastBegunOverdue(today, page.review);
  const due = sql`coalesce(r.review_on, al.began_on + ${daysBetween(lastBegun, today) - 1}::int)`;
  const after =
    page.after === undefined
      ? sql`true`
      : sql`(${due}, p.id) > (${page.after.reviewOn}::date, ${page.after.personId}::uuid)`;
  const whose =
    page.workerIds === undefined ? sql`true` : sql`worker_id = any (${[...page.workerIds]}::uuid[])`;
  const { rows } = await sql<OverdueRow>`
    select p.id as person_id, p.given_names, p.family_name, p.known_as, r.level, r.review_on, al.began_on
    from (
      select person_id, min((started_at at time zone 'Europe/London')::date) as began_on from service.allocation
      where ended_at is null and ${whose} and ${isLiving('person_id')}
      group by person_id
    ) al
    join service.person p on p.id = al.person_id
    left join lateral (
      select l.level, l.review_on from service.risk_assessment l where l.person_id = p.id
      order by l.assessed_at desc, l.id desc limit 1
    ) r on true
    where case when r.review_on is null then al.began_on <= ${lastBegun}::date else r.review_on < ${today}::date end
      and ${after}
    order by ${due}, p.id
    limit ${page.most + 1}`.execute(tx);
  const risks = rows.slice(0, page.most).map((row) => ({
    personId: row.person_id,
    ...namesFrom(row),
    level: row.level,
    reviewOn: row.review_on === null ? dueOn(plainDate(row.began_on), page.review) : plainDate(row.review_on),
  }));
  return { risks, more: rows.length > page.most };
}

interface OverdueRow {
  person_id: string;
  given_names: string;
  family_name: string;
  known_as: string;
  level: RiskLevel | null;
  review_on: string | null;
  began_on: string;
}
