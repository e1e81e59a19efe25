import { sql } from 'kysely';
import { dueOn, lastBegunOverdue, type Threshold } from '../organisations/index.ts';
import { isLiving } from '../people/index.ts';
import { daysBetween, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** What of a plan has a date by which it is to be looked at again, or done. */
export type PlanKind = 'safety-plan' | 'trigger-profile' | 'needs' | 'goal' | 'goal-step';

/** What is called by its kind in a list of what is due. */
export const planKindInWords: Readonly<Record<PlanKind, string>> = {
  'safety-plan': 'Safety plan',
  'trigger-profile': 'Trigger profile',
  needs: 'Needs',
  goal: 'Goals',
  'goal-step': 'Steps towards goals',
};

/** Something of a young person's plans that should have been looked at, or done, before a day. */
export interface OverduePlan {
  personId: string;
  givenNames: string;
  familyName: string;
  kind: PlanKind;
  dueOn: PlainDate;
  /** How many: several steps, or goals. */
  count: number;
  /** There is none yet, and there should have been one by now. */
  isFirst: boolean;
}

/**
 * What is overdue in the plans of young people who are worked with now, the longest first: those of some workers, those of
 * a whole provider, or those of one young person. Whose plans the asker may not see are not among them. A safety plan that
 * was never made is due as a review would be, counted from the day the provider was given the young person.
 *
 * @param review the threshold `review`
 */
export async function overduePlans(
  tx: Transaction,
  given: {
    today: PlainDate;
    of: { workerIds: readonly string[] } | { organisationId: string } | { personId: string };
    review: Threshold;
    most: number;
  },
): Promise<OverduePlan[]> {
  const { today, of, review, most } = given;
  const lastBegun = lastBegunOverdue(today, review);
  const whose =
    'workerIds' in of
      ? sql`a.worker_id = any (${[...of.workerIds]}::uuid[])`
      : 'organisationId' in of
        ? sql`a.organisation_id = ${of.organisationId}`
        : sql`a.person_id = ${of.personId}`;
  const { rows } = await sql<OverdueRow>`
    with worked as (
      select a.person_id, a.organisation_id, min((a.started_at at time zone 'Europe/London')::date) as began_on
      from service.allocation a
      where a.ended_at is null and ${whose} and ${isLiving('a.person_id')}
      group by a.person_id, a.organisation_id
    )
    select w.person_id, p.given_names, p.family_name, d.kind, min(d.due_on) as due_on, sum(d.count)::int as count,
      min(w.began_on) filter (where d.is_first) as first_since
    from worked w
    join service.person p on p.id = w.person_id
    cross join lateral (
      select 'safety-plan' as kind, s.review_due_on as due_on, 1 as count, false as is_first from service.safety_plan s
      where s.person_id = w.person_id and s.organisation_id = w.organisation_id and s.review_due_on < ${today}
      union all
      select 'safety-plan', w.began_on + ${daysBetween(lastBegun, today) - 1}::int, 1, true
      where w.began_on <= ${lastBegun}::date and not exists (
        select from service.safety_plan s where s.person_id = w.person_id and s.organisation_id = w.organisation_id)
      union all
      select 'trigger-profile', t.review_due_on, 1, false from service.trigger_profile t
      where t.person_id = w.person_id and t.organisation_id = w.organisation_id and t.review_due_on < ${today}
      union all
      select 'needs', n.review_due_on, 1, false from (
        select l.review_due_on from service.needs_assessment l
        where l.person_id = w.person_id and l.organisation_id = w.organisation_id
        order by l.assessed_on desc, l.id desc limit 1) n
      where n.review_due_on < ${today}
      union all
      select 'goal', min(g.review_due_on), count(*)::int, false from service.goal g
      where g.person_id = w.person_id and g.organisation_id = w.organisation_id
        and g.status in ('not-started', 'going') and g.review_due_on < ${today}
      having count(*) > 0
      union all
      select 'goal-step', min(s.due_on), count(*)::int, false
      from service.goal_step s join service.goal g on g.id = s.goal_id and g.status in ('not-started', 'going')
      where s.person_id = w.person_id and s.organisation_id = w.organisation_id
        and s.status in ('not-started', 'going') and s.due_on < ${today}
      having count(*) > 0
    ) d
    group by w.person_id, p.given_names, p.family_name, d.kind
    order by min(d.due_on), w.person_id, d.kind
    limit ${most}`.execute(tx);
  return rows.map((row) => ({
    personId: row.person_id,
    givenNames: row.given_names,
    familyName: row.family_name,
    kind: row.kind,
    dueOn: row.first_since === null ? plainDate(row.due_on) : dueOn(plainDate(row.first_since), review),
    count: row.count,
    isFirst: row.first_since !== null,
  }));
}

interface OverdueRow {
  person_id: string;
  given_names: string;
  family_name: string;
  kind: PlanKind;
  due_on: string;
  count: number;
  first_since: string | null;
}

/** What one provider has of a young person's plans, in one line each. */
export interface PlanInBrief {
  kind: PlanKind;
  organisationId: string;
  organisationName: string;
  /** When it was last looked at; null for goals and steps, of which there are several. */
  lastOn: PlainDate | null;
  /** When the next thing of it is due; null where nothing more is. */
  dueOn: PlainDate | null;
  /** How many are open. */
  open: number;
}

/** What there is of a young person's plans, the asker's own provider's first. */
export async function plansInBrief(
  tx: Transaction,
  personId: string,
  ownOrganisationId: string | null,
): Promise<PlanInBrief[]> {
  const { rows } = await sql<BriefRow>`
    select b.kind, b.organisation_id, o.name as organisation_name, b.last_on, b.due_on, b.open
    from (
      select 'safety-plan' as kind, s.organisation_id, s.reviewed_on as last_on, s.review_due_on as due_on, 1 as open
      from service.safety_plan s where s.person_id = ${personId}
      union all
      select 'trigger-profile', t.organisation_id, t.reviewed_on, t.review_due_on, 1
      from service.trigger_profile t where t.person_id = ${personId}
      union all
      select 'needs', n.organisation_id, n.assessed_on, n.review_due_on, 1 from (
        select distinct on (l.organisation_id) l.organisation_id, l.assessed_on, l.review_due_on
        from service.needs_assessment l where l.person_id = ${personId}
        order by l.organisation_id, l.assessed_on desc, l.id desc) n
      union all
      select 'goal', g.organisation_id, null, min(g.review_due_on) filter (where g.status in ('not-started', 'going')),
        (count(*) filter (where g.status in ('not-started', 'going')))::int
      from service.goal g where g.person_id = ${personId} group by g.organisation_id
      union all
      select 'goal-step', s.organisation_id, null, min(s.due_on), count(*)::int
      from service.goal_step s join service.goal g on g.id = s.goal_id and g.status in ('not-started', 'going')
      where s.person_id = ${personId} and s.status in ('not-started', 'going') group by s.organisation_id
    ) b
    join identity.organisation o on o.id = b.organisation_id
    order by b.organisation_id is not distinct from ${ownOrganisationId}::uuid desc, o.name`.execute(tx);
  return rows.map((row) => ({
    kind: row.kind,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    lastOn: row.last_on === null ? null : plainDate(row.last_on),
    dueOn: row.due_on === null ? null : plainDate(row.due_on),
    open: row.open,
  }));
}

interface BriefRow {
  kind: PlanKind;
  organisation_id: string;
  organisation_name: string;
  last_on: string | null;
  due_on: string | null;
  open: number;
}
