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

/** Each person who ever engaged, once, from the day on which the first episode in which they did was allocated. */
const engaged = ({ asAt }: Asked) => sql`
  select person_id, min(allocated_on) as day from as_at.support_facts(${asAt})
  where first_engaged_on is not null and person_id is not null group by person_id`;

/** Each person who was accepted and never engaged, once, from the first day on which they were accepted. */
const neverEngaged = ({ asAt }: Asked) => sql`
  select person_id, min(decided_on) as day from as_at.referral_facts(${asAt})
  where decision = 'accepted' and person_id is not null
    and person_id not in (
      select person_id from as_at.support_facts(${asAt}) where first_engaged_on is not null and person_id is not null)
  group by person_id`;

/** Of those who were followed for the whole year after. The day itself is in the year after. */
function beforeAndAfter(cohort: RawBuilder<unknown>, { asAt, period }: Asked): RawBuilder<BeforeAndAfter> {
  return sql<BeforeAndAfter>`
    with followed as materialized (
      select person_id, day from (${cohort}) cohort where day + 364 <= ${period.to}::date
    ), events as (
      select person_id, kind, count(*) filter (where occurred_on < day) as before, count(*) filter (where occurred_on >= day) as after
      from followed join as_at.event_facts(${asAt}) event using (person_id)
      where occurred_on - day >= -365 and occurred_on - day < 365
      group by person_id, kind
    )
    select kinds.kind, coalesce(events.before, 0)::int as before, coalesce(events.after, 0)::int as after, count(*)::int as people
    from followed cross join (values ${sql.join(eventKinds.map((kind) => sql`(${sql.lit(kind)})`))}) kinds (kind)
    left join events on events.person_id = followed.person_id and events.kind = kinds.kind
    group by 1, 2, 3`;
}

export function impactOn(kind: EventKind, cohort: 'engaged' | 'never engaged'): QueryReading<BeforeAndAfter> {
  return {
    kind: 'query',
    statement: `before and after, ${cohort}`,
    sql: (asked) => beforeAndAfter(cohort === 'engaged' ? engaged(asked) : neverEngaged(asked), asked),
    pick: (row) => row.kind === kind,
  };
}
