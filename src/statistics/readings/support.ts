import { type RawBuilder, sql } from 'kysely';
import type { Asked } from '../measure.ts';
import type { CountSource, QueryReading, Window } from '../reading.ts';
import { coded } from './coded.ts';

const outcomes = [1, 2, 3, 4, 5, 6, 7, 8].map((item) => sql.ref(`outcome_${item}`));

/** Episodes of support that had engaged and closed, by the day on which they closed. */
export const closedEpisodes: CountSource = {
  name: 'episodes that engaged and closed',
  records: ({ asAt }) => sql`
    select closed_on as on_day, ${sql.join(outcomes)}, harm, county_lines_involvement, resilience, neet_at_start, neet_at_end
    from as_at.support_facts(${asAt})
    where first_engaged_on is not null and closed_on is not null`,
  dimensions: {
    positive: {
      sql: () =>
        sql`case when 'yes' in (${sql.join(outcomes)}) then 'yes' when 'no' in (${sql.join(outcomes)}) then 'no' else 'unknown' end`,
      values: 3,
    },
    harm: coded('harm', 4),
    involvement: coded('county_lines_involvement', 5),
    resilience: coded('resilience', 4),
    neetAtStart: coded('neet_at_start', 3),
    neetAtEnd: coded('neet_at_end', 3),
  },
};

export interface OpenEpisodes {
  readonly window: Window;
  readonly months: number;
  readonly count: number;
}

/** Episodes that were open on the last day of each period, by completed months since the young person engaged. */
export const openEpisodes: QueryReading<OpenEpisodes> = {
  kind: 'query',
  statement: 'open episodes',
  sql: (asked) => sql<OpenEpisodes>`
    select "window", ${completedMonths(sql`first_engaged_on`, sql`last_day`)} as months, count(*)::int as count
    from as_at.support_facts(${asked.asAt}) join (${lastDays(asked)}) ends on first_engaged_on <= last_day
      and (closed_on is null or closed_on > last_day)
    group by 1, 2`,
};

/** The last day of each period, as rows of `window` and `last_day`. */
export function lastDays({ period, comparison }: Asked): RawBuilder<unknown> {
  const current = sql`select 'current' as "window", ${period.to}::date as last_day`;
  return comparison ? sql`${current} union all select 'previous', ${comparison.to}::date` : current;
}

/** Whole months from one date to another: they step up when the day of the month is reached. */
function completedMonths(from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(extract(year from ${to}) * 12 + extract(month from ${to}) - extract(year from ${from}) * 12 - extract(month from ${from})
    - (extract(day from ${to}) < extract(day from ${from}))::int)::int`;
}
