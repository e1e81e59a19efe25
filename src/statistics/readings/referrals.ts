import { sql } from 'kysely';
import { addDays, addMonths, monthsCompleted, type PlainDate } from '../../platform/clock/plain-date.ts';
import { ethnicities } from '../../reference/code-lists.ts';
import { ethnicGroupOf } from '../../reference/ethnic-groups.ts';
import type { Period } from '../measure.ts';
import type { CountSource, QueryReading } from '../reading.ts';
import { coded, yesOrNo } from './coded.ts';

/** The ages of measures.md, in completed years when the referral was received. */
export const ageBands = ['0-10', '11-15', '16-17', '18-25', '26+', 'unknown'] as const;

/** Whoever seems to have been referred before they were born is of no age. */
const ageBand = sql`case when age < 0 then 'unknown' when age <= 10 then '0-10' when age <= 15 then '11-15'
  when age <= 17 then '16-17' when age <= 25 then '18-25' when age > 25 then '26+' else 'unknown' end`;

/** @param years completed years; null where they are not known */
export function ageBandOf(years: number | null): (typeof ageBands)[number] {
  if (years === null || years < 0) return 'unknown';
  if (years <= 10) return '0-10';
  if (years <= 15) return '11-15';
  if (years <= 17) return '16-17';
  return years <= 25 ? '18-25' : '26+';
}

const groupOfEthnicity = new Map<unknown, string>(ethnicities.map(({ code }) => [code, ethnicGroupOf(code)]));

/** Referrals of every kind and decision, by the day on which they were received. */
export const referrals: CountSource = {
  name: 'referrals',
  effort: 4,
  records: ({ asAt }) => sql`
    select received_on as on_day, area, gender, ethnicity, age, education_status, education_setting, social_care_status, disabilities, gang_link, missing_linked, longest_missing_days, agency, residence_ward, decision, decision_reason
    from as_at.referral_facts(${asAt})`,
  dimensions: {
    borough: {
      sql: () => sql.ref('area'),
      values: 36,
      named: (area) => (area === 'not-known' ? 'unknown' : String(area)),
    },
    gender: coded('gender', 5),
    age: { sql: () => ageBand, values: 6 },
    ethnicGroup: {
      sql: () => sql.ref('ethnicity'),
      values: 22,
      named: (code) => groupOfEthnicity.get(code) ?? 'unknown',
    },
    education: coded('education_status', 3),
    setting: coded('education_setting', 11),
    socialCare: coded('social_care_status', 6),
    disabled: { sql: () => sql`cardinality(disabilities) > 0`, values: 3, named: yesOrNo },
    gangLink: coded('gang_link', 3),
    missing: coded('missing_linked', 3),
    missingDays: coded('longest_missing_days', 100),
    agency: coded('agency', 14),
    // Spans of three months from the first day; a day of the previous period is in none.
    quarter: {
      sql: ({
        period: { from, to },
      }) => sql`case when on_day < ${from}::date or on_day > ${to}::date then 'none'
        when on_day < ${monthsCompleted(from, 3)}::date then '1' when on_day < ${monthsCompleted(from, 6)}::date then '2'
        when on_day < ${monthsCompleted(from, 9)}::date then '3' else '4' end`,
      values: 5,
    },
    ward: coded('residence_ward', 700),
    decision: coded('decision', 5),
    reason: coded('decision_reason', 7),
  },
};

/** Referrals that were accepted, by the day on which they were received, and whether anybody engaged with the young person. */
export const acceptedReferrals: CountSource = {
  name: 'accepted referrals',
  effort: 2,
  records: ({ asAt }) => sql`
    select r.received_on as on_day, e.referral_id is not null as engaged
    from as_at.referral_facts(${asAt}) r
    left join (
      select distinct referral_id from as_at.support_facts(${asAt}) where first_engaged_on is not null
    ) e on e.referral_id = r.referral_id
    where r.decision = 'accepted'`,
  dimensions: { engaged: { sql: () => sql.ref('engaged'), values: 2, named: yesOrNo } },
};

export interface DayOfReferrals {
  readonly day: PlainDate;
  readonly count: number;
}

/** Referrals by the day on which they were received, from a year before the period to its end. */
export const referralsByDay: QueryReading<DayOfReferrals> = {
  kind: 'query',
  statement: 'referrals by day',
  sql: ({ asAt, period, comparison }) => sql<DayOfReferrals>`
    select received_on as day, count(*)::int as count from as_at.referral_facts(${asAt})
    where received_on between ${comparison ? aYearEarlier(period).from : period.from}::date and ${period.to}::date
    group by received_on`,
};

/** The same span a year earlier: what ends with a month ends with it then too. */
export function aYearEarlier({ from, to }: Period): Period {
  return { from: addMonths(from, -12), to: addDays(addMonths(addDays(to, 1), -12), -1) };
}
