import { type RawBuilder, sql } from 'kysely';
import { addDays, type PlainDate } from '../../platform/clock/plain-date.ts';
import { ethnicities } from '../../reference/code-lists.ts';
import { ethnicGroupOf } from '../../reference/ethnic-groups.ts';
import type { Asked, Period } from '../measure.ts';
import type { CountSource, QueryReading, Window } from '../reading.ts';
import { coded } from './coded.ts';
import { lastDays } from './support.ts';

/** Services that young people were referred on to, by the day. */
export const onwardReferrals: CountSource = {
  name: 'onward referrals',
  records: ({ asAt }) => sql`select made_on as on_day, service from as_at.onward_facts(${asAt})`,
  dimensions: { service: coded('service', 17) },
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

/** What one statement finds of everybody who is linked to a county line. */
type FoundOfIndividuals =
  | ({ readonly what: IndividualsBy | ToldOf } & Individuals)
  | ({ readonly what: 'recorded' } & EveryIndividual)
  | ({ readonly what: 'return' } & OnReturn);

const individualsBy = ['residence_borough', 'police_force', 'town'] as const;
type IndividualsBy = (typeof individualsBy)[number];

/** What is told of a person, once in each period. */
type ToldOf = 'ethnicity' | 'years';

export interface EveryIndividual {
  readonly window: Window;
  readonly hasForce: boolean;
  readonly hasTown: boolean;
  readonly individuals: number;
}

export const returnStatuses = ['included', 'unconfirmed', 'no-date-of-birth', 'not-active'] as const;
export interface OnReturn {
  readonly status: (typeof returnStatuses)[number];
  readonly individuals: number;
}

const knownEthnicities = ethnicities
  .map(({ code }) => code)
  .filter((code) => ethnicGroupOf(code) !== 'unknown');

/** None of whoever seems to have been linked before they were born. */
const completedYears = sql`case when identified_on >= date_of_birth then reference.completed_years(date_of_birth, identified_on) end`;

/**
 * In which windows a link is, as the sum of 8 for the period, 16 for the comparison and 32 for up to the last day: what it is from
 * each day on which that changes, so that a link is compared with few days.
 */
function windowsOf({ period, comparison }: Asked): RawBuilder<unknown> {
  const isIn = (day: PlainDate, window: Period | null) =>
    window !== null && day >= window.from && day <= window.to;
  const windowsOn = (day: PlainDate) =>
    (isIn(day, period) ? 8 : 0) + (isIn(day, comparison) ? 16 : 0) + (day <= period.to ? 32 : 0);
  const days = [period, comparison]
    .flatMap((window) => (window === null ? [] : [window.from, addDays(window.to, 1)]))
    .sort();
  const steps = days.map(
    (day) => sql`when identified_on < ${day}::date then ${sql.lit(windowsOn(addDays(day, -1)))}`,
  );
  return sql`case ${sql.join(steps, sql` `)} else 0 end`;
}

/**
 * All that is counted of individuals. Nearly everybody has one link, and links are counted together without telling apart whose
 * each is: by where they are, and by who they are of. The links of whoever has a second one are then taken off, and each of these
 * people is counted once.
 */
const linkedIndividuals = (asked: Asked): RawBuilder<FoundOfIndividuals> => {
  const { asAt, period, comparison } = asked;
  const inComparison = comparison
    ? sql`identified_on between ${comparison.from}::date and ${comparison.to}::date`
    : sql`false`;
  const toDate = sql`identified_on <= ${period.to}::date`;
  // One number, since each thing that is grouped by is compared for every link: how far towards the return, and which windows.
  const code = sql`case when confirmed is distinct from 'yes' then 1 when date_of_birth is null then 2
      when ${period.to}::date - last_activity_on between 0 and 30 then 4 else 3 end + ${windowsOf(asked)}`;
  const links = sql`
    select ${code} as code, residence_borough, police_force, town, ethnicity, ${completedYears} as years, individual_ref, ordinal
    from as_at.county_link_facts(${asAt}) where ${toDate} or ${inComparison}`;
  // Rows of those with one link stand for several of them, who are told apart by their windows; of the others a row is one of many.
  const individuals = sql`case when individual_ref is null then sum(links) else 1 end`;
  const windows = sql`bit_or(code & 24) as windows`;
  const alike = sql`individual_ref, case when individual_ref is null then code & 24 end`;
  const inEach = (windows: 'windows' | 'code') =>
    sql`(values ('current', 8), ('previous', 16)) each ("window", bit) on ${sql.ref(windows)} & bit > 0`;
  const by = (column: IndividualsBy) => sql`
    select ${sql.lit(column)} as what, "window", key, null::boolean as "hasForce", null::boolean as "hasTown", null as status,
      sum(individuals)::int as individuals
    from (
      select coalesce(nullif(nullif(${sql.ref(column)}, ''), 'not-known'), 'unknown') as key, ${windows}, ${individuals} as individuals
      from linked where not of_whom group by key, ${alike}
    ) individual join ${inEach('windows')} group by "window", key having sum(individuals) > 0`;
  const told = (what: ToldOf) => sql`
    select ${sql.lit(what)}, "window", coalesce(${sql.ref(what)}::text, '') as key, null, null, null, sum(links)::int
    from (
      select "window", ${sql.ref(what)}, links from linked join ${inEach('code')} where of_whom
      union all
      select "window", ${sql.ref(what)}, 1 from once
    ) individual group by "window", key having sum(links) > 0`;
  const alikeLinks = sql`grouping sets ((code, residence_borough, police_force, town), (code, ethnicity, years))`;
  const counted = sql`code, residence_borough, police_force, town, ethnicity, years, grouping(ethnicity) = 0 as of_whom`;
  return sql<FoundOfIndividuals>`
    with several as materialized (
      select * from (${links}) link
      where individual_ref = any (array(select individual_ref from as_at.county_link_facts(${asAt}) where ordinal > 1))
    ), linked as materialized (
      select ${counted}, null as individual_ref, count(*)::int as links from (${links}) link group by ${alikeLinks}
      union all
      select ${counted}, null, -count(*)::int from several group by ${alikeLinks}
      union all
      select code, residence_borough, police_force, town, null, null, false, individual_ref, 1 from several
    ), once as materialized (
      -- Of whom several links tell, the first that says it is believed.
      select "window", min(years) as years,
        (array_agg(ethnicity order by ordinal) filter (where ethnicity = any (${knownEthnicities})))[1] as ethnicity
      from several join ${inEach('code')} group by "window", individual_ref
    )
    ${sql.join(individualsBy.map(by), sql` union all `)}
    union all ${told('ethnicity')} union all ${told('years')}
    union all
    select 'recorded', "window", null, "hasForce", "hasTown", null, sum(individuals)::int
    from (
      select "window", coalesce(bool_or(police_force <> ''), false) as "hasForce", coalesce(bool_or(town <> ''), false) as "hasTown",
        ${individuals} as individuals
      from linked join ${inEach('code')} where not of_whom
      group by "window", individual_ref, case when individual_ref is null then police_force end,
        case when individual_ref is null then town end
    ) individual group by "window", "hasForce", "hasTown" having sum(individuals) > 0
    union all
    select 'return', null, null, null, null, (array['unconfirmed', 'no-date-of-birth', 'not-active', 'included'])[furthest],
      sum(individuals)::int
    from (
      select max(code & 7) as furthest, ${individuals} as individuals
      from linked where code & 32 > 0 and not of_whom group by individual_ref, case when individual_ref is null then code & 7 end
    ) individual group by furthest having sum(individuals) > 0`;
};

/** Distinct individuals who were identified in each period, by something recorded of them; blank is `unknown`. */
function individualsByColumn(column: IndividualsBy | ToldOf): ReadingOfIndividuals<Individuals> {
  return ofIndividuals((row) =>
    row.what === column ? { window: row.window, key: row.key, individuals: row.individuals } : null,
  );
}

export const individualsByBorough = individualsByColumn('residence_borough');
export const individualsByForce = individualsByColumn('police_force');
export const individualsByTown = individualsByColumn('town');
/** Each individual of a period once: by the code of their ethnicity, and by completed years when they were identified. */
export const individualsByEthnicity = individualsByColumn('ethnicity');
export const individualsByYears = individualsByColumn('years');

/** Every individual of each period once, and whether a force and a town are recorded of them. */
export const everyIndividual: ReadingOfIndividuals<EveryIndividual> = ofIndividuals((row) => {
  if (row.what !== 'recorded') return null;
  const { window, hasForce, hasTown, individuals } = row;
  return { window, hasForce, hasTown, individuals };
});

/** Individuals identified on or before the last day, each by the row that comes furthest towards being returned. */
export const nationalReturn: ReadingOfIndividuals<OnReturn> = ofIndividuals((row) =>
  row.what === 'return' ? { status: row.status, individuals: row.individuals } : null,
);

type ReadingOfIndividuals<Row> = QueryReading<Row, FoundOfIndividuals>;

function ofIndividuals<Row>(pick: (row: FoundOfIndividuals) => Row | null): ReadingOfIndividuals<Row> {
  return { kind: 'query', statement: 'individuals', effort: 8, sql: linkedIndividuals, pick };
}

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
