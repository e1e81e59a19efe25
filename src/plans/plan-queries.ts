import { sql } from 'kysely';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Version } from '../platform/history/changes.ts';
import { findOwnDocument } from '../platform/history/document.ts';
import { type GoalStatus, type StepField, type StepOwner, stepDocument } from './goal.ts';
import type { AssessedNeed, NeedDomain, NeedLevel, NeedsAssessment, Viewpoint } from './needs.ts';

/** The assessments of a young person's needs, the newest first, at most so many. */
export async function assessmentsOf(
  tx: Transaction,
  personId: string,
  most: number,
): Promise<NeedsAssessment[]> {
  const { rows } = await sql<AssessmentRow>`
    select n.id, n.organisation_id, o.name as organisation_name, n.stage, n.assessed_on, n.review_due_on, a.name as by_name,
      coalesce((
        select jsonb_object_agg(d.domain, jsonb_build_object('level', d.level, 'words', d.words, 'view', d.whose_view))
        from service.assessed_need d where d.assessment_id = n.id and d.person_id = n.person_id), '{}') as needs
    from service.needs_assessment n
    join identity.organisation o on o.id = n.organisation_id
    left join identity.account a on a.id = n.recorded_by
    where n.person_id = ${personId}
    order by n.assessed_on desc, n.id desc
    limit ${most}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    stage: row.stage,
    assessedOn: plainDate(row.assessed_on),
    reviewDueOn: row.review_due_on === null ? null : plainDate(row.review_due_on),
    byName: row.by_name,
    needs: row.needs,
  }));
}

interface AssessmentRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  stage: NeedsAssessment['stage'];
  assessed_on: string;
  review_due_on: string | null;
  by_name: string | null;
  needs: Partial<Record<NeedDomain, AssessedNeed & { level: NeedLevel; view: Viewpoint | null }>>;
}

export interface Step {
  id: string;
  what: string;
  owner: StepOwner;
  ownerName: string;
  dueOn: PlainDate;
  status: GoalStatus;
  stoppedBecause: string;
}

export interface Goal {
  id: string;
  organisationId: string;
  organisationName: string;
  words: string;
  why: string;
  status: GoalStatus;
  stoppedBecause: string;
  setOn: PlainDate;
  reviewDueOn: PlainDate;
  steps: Step[];
}

/** A young person's goals, those that are open first, then the newest; or those of one provider; or one of them. */
export async function goalsOf(
  tx: Transaction,
  personId: string,
  only: { organisationId?: string | null; goalId?: string; most: number },
): Promise<Goal[]> {
  const ofOne =
    only.organisationId === undefined ? sql`true` : sql`g.organisation_id = ${only.organisationId}`;
  const one = only.goalId === undefined ? sql`true` : sql`g.id = ${only.goalId}`;
  const { rows } = await sql<GoalRow>`
    select g.id, g.organisation_id, o.name as organisation_name, g.words, g.why, g.status, g.stopped_because, g.set_on, g.review_due_on,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', s.id, 'what', s.what, 'owner', s.owner, 'ownerName', s.owner_name,
          'dueOn', s.due_on, 'status', s.status, 'stoppedBecause', s.stopped_because) order by s.due_on, s.id)
        from service.goal_step s where s.goal_id = g.id and s.person_id = g.person_id), '[]') as steps
    from service.goal g
    join identity.organisation o on o.id = g.organisation_id
    where g.person_id = ${personId} and ${ofOne} and ${one}
    order by g.status in ('not-started', 'going') desc, g.set_on desc, g.id desc
    limit ${only.most}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    words: row.words,
    why: row.why,
    status: row.status,
    stoppedBecause: row.stopped_because,
    setOn: plainDate(row.set_on),
    reviewDueOn: plainDate(row.review_due_on),
    steps: row.steps,
  }));
}

interface GoalRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  words: string;
  why: string;
  status: GoalStatus;
  stopped_because: string;
  set_on: string;
  review_due_on: string;
  steps: Step[];
}

/** The names that paper for a young person must not show: those of the providers. */
export async function providerNames(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .selectFrom('identity.organisation')
    .select('name')
    .where('kind', '=', 'provider')
    .execute();
  return rows.map(({ name }) => name);
}

/** A step of a goal of the asker's own provider, as it stands; null where it is not there, or not of that goal. */
export async function findOwnStep(
  tx: Transaction,
  { goalId, ...own }: { id: string; personId: string; organisationId: string | null; goalId: string },
): Promise<Version<StepField> | null> {
  const ofGoal = await tx
    .selectFrom('service.goal_step')
    .select('id')
    .where('id', '=', own.id)
    .where('goal_id', '=', goalId)
    .executeTakeFirst();
  return ofGoal ? await findOwnDocument(tx, stepDocument, own) : null;
}
