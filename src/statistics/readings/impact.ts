import { type RawBuilder, sql } from 'kysely';
import type { Asked } from '../measure.ts';
import type { QueryReading } from '../reading.ts';

/** How many people had so many events in the year before and so many in the year after. */
export interface BeforeAndAfter {
  readonly kind: EventKind;
  readonly before: number;
  readonly after: number;
  readonly people: number;
}

export const eventKinds = ['missing', 'arrest', 'conviction'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Whose events are counted: of those who ever engaged, or of those who were accepted and never did. */
export type Cohort = 'engaged' | 'never engaged';

/**
 * Of those who were followed for the whole year after, each person once: who engaged from the day on which the first episode in
 * which they did was allocated, who never did from the first day on which they were accepted. The day itself is in the year after.
 */
function beforeAndAfter({ asAt, period }: Asked): RawBuilder<BeforeAndAfter & { readonly cohort: Cohort }> {
  const counts = eventKinds.map((kind) => ({
    kind: sql.lit(kind),
    before: sql.id(`${kind}_before`),
    after: sql.id(`${kind}_after`),
  }));
  return sql`
    with engaged as materialized (
      select person_id, min(allocated_on) as day from as_at.support_facts(${asAt})
      where first_engaged_on is not null and person_id is not null group by person_id
    ), never_engaged as (
      select person_id, min(decided_on) as day from as_at.referral_facts(${asAt})
      where decision = 'accepted' and person_id is not null and person_id not in (select person_id from engaged)
      group by person_id
    ), followed as materialized (
      select 'engaged' as cohort, person_id, day from engaged where day + 364 <= ${period.to}::date
      union all
      select 'never engaged', person_id, day from never_engaged where day + 364 <= ${period.to}::date
    ), counted as (
      select cohort, ${sql.join(
        counts.map(
          ({
            kind,
            before,
            after,
          }) => sql`count(*) filter (where kind = ${kind} and occurred_on < day) as ${before},
            count(*) filter (where kind = ${kind} and occurred_on >= day) as ${after}`,
        ),
      )}
      from followed left join as_at.event_facts(${asAt}) event
        on event.person_id = followed.person_id and occurred_on - day >= -365 and occurred_on - day < 365
      group by cohort, followed.person_id
    )
    -- A kind at a time, in one pass: of each row the counts of the other kinds are null.
    select cohort, case ${sql.join(
      counts.map(({ kind, before }) => sql`when grouping(${before}) = 0 then ${kind}`),
      sql` `,
    )} end as kind,
      coalesce(${sql.join(counts.map(({ before }) => before))})::int as before,
      coalesce(${sql.join(counts.map(({ after }) => after))})::int as after, count(*)::int as people
    from counted
    group by grouping sets (${sql.join(counts.map(({ before, after }) => sql`(cohort, ${before}, ${after})`))})`;
}

export function impactOn(
  kind: EventKind,
  cohort: Cohort,
): QueryReading<BeforeAndAfter, BeforeAndAfter & { readonly cohort: Cohort }> {
  return {
    kind: 'query',
    statement: 'before and after',
    effort: 4,
    sql: beforeAndAfter,
    pick({ cohort: of, ...row }) {
      return of === cohort && row.kind === kind ? row : null;
    },
  };
}
