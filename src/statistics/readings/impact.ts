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
  const counts = sql.join(eventKinds.flatMap((kind) => [sql.id(`${kind}_before`), sql.id(`${kind}_after`)]));
  return sql<BeforeAndAfter>`
    with followed as materialized (
      select person_id, day from (${cohort}) cohort where day + 364 <= ${period.to}::date
    ), counted as (
      select ${sql.join(
        eventKinds.flatMap((kind) => [
          sql`count(*) filter (where kind = ${sql.lit(kind)} and occurred_on < day) as ${sql.id(`${kind}_before`)}`,
          sql`count(*) filter (where kind = ${sql.lit(kind)} and occurred_on >= day) as ${sql.id(`${kind}_after`)}`,
        ]),
      )}
      from followed left join as_at.event_facts(${asAt}) event
        on event.person_id = followed.person_id and occurred_on - day >= -365 and occurred_on - day < 365
      group by followed.person_id
    ), alike as (
      select *, count(*) as people from counted group by ${counts}
    )
    select each.kind, each.before::int as before, each.after::int as after, sum(people)::int as people
    from alike cross join lateral (values ${sql.join(
      eventKinds.map(
        (kind) => sql`(${sql.lit(kind)}, ${sql.id(`${kind}_before`)}, ${sql.id(`${kind}_after`)})`,
      ),
    )}) each (kind, before, after)
    group by 1, 2, 3`;
}

export function impactOn(kind: EventKind, cohort: 'engaged' | 'never engaged'): QueryReading<BeforeAndAfter> {
  return {
    kind: 'query',
    statement: `before and after, ${cohort}`,
    sql: (asked) => beforeAndAfter(cohort === 'engaged' ? engaged(asked) : neverEngaged(asked), asked),
    pick: (row) => (row.kind === kind ? row : null),
  };
}
