import { type RawBuilder, sql } from 'kysely';
import type { Asked } from '../measure.ts';
import type { CountSource, QueryReading, Window } from '../reading.ts';
import { lastDays } from './support.ts';

/** Services that young people were referred on to, by the day. */
export const onwardReferrals: CountSource = {
  name: 'onward referrals',
  records: ({ asAt }) => sql`select made_on as on_day, service from as_at.onward_facts(${asAt})`,
  dimensions: { service: { sql: () => sql`coalesce(nullif(service, ''), 'unknown')`, values: 17 } },
};

/** Young people who were brought home, by the day on which they were home. */
export const completedRescues: CountSource = {
  name: 'completed rescues',
  records: ({ asAt }) => sql`
    select (completed_at at time zone 'Europe/London')::date as on_day
    from as_at.rescue_facts(${asAt}) where outcome = 'rescued' and completed_at is not null`,
  dimensions: {},
};

export interface RescueRequests {
  readonly window: Window;
  readonly force: string;
  readonly requests: number;
  readonly rescues: number;
}

/** Requests up to the last day of each period, all time, and how many of them ended in a rescue. */
export const rescueRequests: QueryReading<RescueRequests> = {
  kind: 'query',
  statement: 'rescue requests',
  sql: (asked) => sql<RescueRequests>`
    select "window", coalesce(nullif(police_force, ''), 'unknown') as force, count(*)::int as requests,
      (count(*) filter (where outcome = 'rescued'))::int as rescues
    from as_at.rescue_facts(${asked.asAt}) join (${lastDays(asked)}) ends
      on (requested_at at time zone 'Europe/London')::date <= last_day
    group by 1, 2`,
};

export interface Individuals {
  readonly window: Window;
  readonly key: string;
  readonly individuals: number;
}

/** Distinct individuals who were identified in each period, by something recorded of them; blank is `unknown`. */
function individualsBy(column: string): QueryReading<Individuals> {
  return {
    kind: 'query',
    statement: `individuals by ${column}`,
    // Distinct first and then counted: `count(distinct …)` would sort them all.
    sql: (asked) => sql<Individuals>`
      select "window", key, count(*)::int as individuals
      from (
        select distinct "window", individual_ref, coalesce(nullif(nullif(${sql.ref(column)}, ''), 'not-known'), 'unknown') as key
        from (${identifiedIn(asked)}) identified
      ) individual group by 1, 2`,
  };
}

export const individualsByBorough = individualsBy('residence_borough');
export const individualsByForce = individualsBy('police_force');
export const individualsByTown = individualsBy('town');

export interface EveryIndividual {
  readonly window: Window;
  readonly hasForce: boolean;
  readonly hasTown: boolean;
  readonly individuals: number;
}

/** Every individual of each period once, and whether a force and a town are recorded of them. */
export const everyIndividual: QueryReading<EveryIndividual> = {
  kind: 'query',
  statement: 'individuals',
  sql: (asked) => sql<EveryIndividual>`
    select "window", "hasForce", "hasTown", count(*)::int as individuals
    from (
      select "window", individual_ref, coalesce(bool_or(police_force <> ''), false) as "hasForce", coalesce(bool_or(town <> ''), false) as "hasTown"
      from (${identifiedIn(asked)}) identified group by 1, 2
    ) individual group by 1, 2, 3`,
};

function identifiedIn({ asAt, period, comparison }: Asked): RawBuilder<unknown> {
  const of = (window: Window, { from, to }: { from: string; to: string }) => sql`
    select ${sql.lit(window)} as "window", individual_ref, residence_borough, police_force, town
    from as_at.county_link_facts(${asAt}) where identified_on between ${from}::date and ${to}::date`;
  return comparison
    ? sql`${of('current', period)} union all ${of('previous', comparison)}`
    : of('current', period);
}

export const returnStatuses = ['included', 'unconfirmed', 'no-date-of-birth', 'not-active'] as const;
export interface OnReturn {
  readonly status: (typeof returnStatuses)[number];
  readonly individuals: number;
}

/** Individuals identified on or before the last day, each by the row that comes furthest towards being returned. */
export const nationalReturn: QueryReading<OnReturn> = {
  kind: 'query',
  statement: 'the national return',
  sql: ({ asAt, period: { to } }) => sql<OnReturn>`
    select (array['unconfirmed', 'no-date-of-birth', 'not-active', 'included'])[reached] as status, count(*)::int as individuals
    from (
      select individual_ref, max(case
        when confirmed is distinct from 'yes' then 1
        when date_of_birth is null then 2
        when ${to}::date - last_activity_on between 0 and 30 then 4
        else 3 end) as reached
      from as_at.county_link_facts(${asAt}) where identified_on <= ${to}::date
      group by individual_ref) best
    group by 1`,
};

export interface NrmCount {
  readonly what:
    | 'first responder'
    | 'exploitation'
    | 'reasonable'
    | 'conclusive'
    | 'first panel'
    | 'days to reasonable'
    | 'days to conclusive'
    | 'days waiting';
  readonly value: string;
  readonly count: number;
}

/**
 * Referrals to the National Referral Mechanism of the period, counted one way after another; the days are their distribution. One
 * waits whose conclusive decision is pending, or has not been recorded although the case did not end at reasonable grounds.
 */
export const nrmCounts: QueryReading<NrmCount> = {
  kind: 'query',
  statement: 'National Referral Mechanism',
  sql: ({ asAt, period: { from, to } }) => {
    const counted = (what: NrmCount['what'], value: RawBuilder<unknown>, where = sql`true`) =>
      sql`select ${sql.lit(what)} as what, ${value} as value, count(*)::int as count from nrm where ${where} group by 2`;
    const known = (column: string) => sql`coalesce(nullif(${sql.ref(column)}, ''), 'unknown')`;
    return sql<NrmCount>`
      with nrm as materialized (
        select * from as_at.nrm_facts(${asAt}) where referred_on between ${from}::date and ${to}::date)
      ${sql.join(
        [
          counted('first responder', known('first_responder')),
          counted('exploitation', known('exploitation_type')),
          counted('reasonable', known('reasonable_grounds')),
          counted('conclusive', known('conclusive_grounds')),
          counted('first panel', known('decided_at_first_panel'), sql`conclusive_grounds = 'positive'`),
          counted(
            'days to reasonable',
            sql`(reasonable_grounds_on - referred_on)::text`,
            sql`reasonable_grounds in ('positive', 'negative') and reasonable_grounds_on is not null`,
          ),
          counted(
            'days to conclusive',
            sql`(conclusive_grounds_on - referred_on)::text`,
            sql`conclusive_grounds in ('positive', 'negative') and conclusive_grounds_on is not null`,
          ),
          counted(
            'days waiting',
            sql`(${to}::date - referred_on)::text`,
            sql`conclusive_grounds = 'pending' or (coalesce(conclusive_grounds, '') = ''
              and coalesce(reasonable_grounds, '') not in ('negative', 'withdrawn'))`,
          ),
        ],
        sql` union all `,
      )}`;
  },
};

export interface Training {
  readonly quadrant: string;
  readonly sessions: number;
  readonly attendees: number;
}

export const training: QueryReading<Training> = {
  kind: 'query',
  statement: 'training',
  sql: ({ asAt, period: { from, to } }) => sql<Training>`
    select coalesce(nullif(quadrant, ''), 'unknown') as quadrant, count(*)::int as sessions, coalesce(sum(attendees), 0)::int as attendees
    from as_at.training_facts(${asAt}) where delivered_on between ${from}::date and ${to}::date
    group by 1`,
};
