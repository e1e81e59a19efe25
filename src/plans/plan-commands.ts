import { sql } from 'kysely';
import { openEpisode } from '../people/index.ts';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { findOwnDocument, writeDocument } from '../platform/history/document.ts';
import { type GoalField, goalDocument, type StepField, stepDocument } from './goal.ts';
import { type AssessmentStage, type Needs, needDomainCodes } from './needs.ts';

/** Sets a goal and gives its id. @throws when the asker works for no provider */
export async function setGoal(
  tx: Transaction,
  asker: Asker,
  personId: string,
  today: PlainDate,
  goal: Values<GoalField>,
): Promise<string> {
  const fixed = {
    person_id: personId,
    organisation_id: providerOf(asker),
    episode_id: await openEpisode(tx, personId),
    set_on: today,
  };
  return await writeDocument(tx, goalDocument, fixed, goal);
}

/** Adds a step to a goal of the asker's own provider; gives its id, or null where there is no such goal. */
export async function addStep(
  tx: Transaction,
  asker: Asker,
  of: { personId: string; goalId: string },
  step: Values<StepField>,
): Promise<string | null> {
  const organisationId = providerOf(asker);
  const goal = await findOwnDocument(tx, goalDocument, {
    id: of.goalId,
    personId: of.personId,
    organisationId,
  });
  if (!goal) return null;
  const fixed = { goal_id: of.goalId, person_id: of.personId, organisation_id: organisationId };
  return await writeDocument(tx, stepDocument, fixed, step);
}

/** Records an assessment of needs and gives its id. @throws when the asker works for no provider */
export async function recordNeeds(
  tx: Transaction,
  asker: Asker,
  personId: string,
  assessment: {
    stage: AssessmentStage;
    assessedOn: PlainDate;
    /** Null after the last. */
    reviewDueOn: PlainDate | null;
    needs: Needs;
  },
): Promise<string> {
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  const about = { person_id: personId, organisation_id: providerOf(asker) };
  const { stage, assessedOn, reviewDueOn, needs } = assessment;
  const episodeId = await openEpisode(tx, personId);
  await recordCommand(tx, {
    action: 'record-needs',
    subject: { kind: 'needs-assessment', id },
    personId,
    detail: { stage },
  });
  await tx
    .insertInto('service.needs_assessment')
    .values({
      id,
      ...about,
      episode_id: episodeId,
      stage,
      assessed_on: assessedOn,
      review_due_on: reviewDueOn,
    })
    .execute();
  await tx
    .insertInto('service.assessed_need')
    .values(
      needDomainCodes.flatMap((domain) => {
        const need = needs[domain];
        if (!need) return [];
        const { level, words, view } = need;
        return [{ assessment_id: id, ...about, domain, level, words, whose_view: view }];
      }),
    )
    .execute();
  return id;
}

function providerOf({ organisationId }: Asker): string {
  if (organisationId === null) throw new Error('A plan is written for a provider, and its author has none');
  return organisationId;
}
