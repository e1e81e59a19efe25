import { z } from 'zod';
import { AboutPerson, findPerson, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { goalInWords, goalStatuses, isLate, openStatuses, stepOwners } from '../goal.ts';
import { type Goal, goalsOf, type Step } from '../plan-queries.ts';
import { goalAddress, plansAddress, stepAddress } from './plan-addresses.ts';
import { Due, readersOfPlans, Said } from './plan-parts.tsx';

/** How many goals a page shows: more than anybody works at. */
const MOST = 60;

/** A young person's goals, those they work at first, each with its steps. */
export const goalsPage = page({
  path: '/people/:person/goals',
  for: readersOfPlans,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-goals',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const goals = await goalsOf(tx, person.id, { most: MOST });
    const today = londonDate(service.clock.now());
    const isWriter = await mayWriteAbout(tx, asker, person.id);
    const part = (heading: string, some: readonly Goal[]) =>
      some.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{heading}</h2>
          {some.map((goal) => (
            <GoalText
              key={goal.id}
              goal={goal}
              personId={person.id}
              today={today}
              isOwn={isWriter && goal.organisationId === asker.organisationId}
            />
          ))}
        </>
      );
    return show(
      'Goals',
      <>
        <h1 class="govuk-heading-l">Goals</h1>
        <AboutPerson person={person} />
        {isWriter && (
          <div class="govuk-button-group">
            <Button href={plansAddress(person.id, 'goals', 'new')}>Add a goal</Button>
            {goals.some(({ organisationId }) => organisationId === asker.organisationId) && (
              <Button href={plansAddress(person.id, 'goals', 'print')} classes="govuk-button--secondary">
                Print them for the young person
              </Button>
            )}
          </div>
        )}
        {goals.length === 0 && (
          <p class="govuk-body">
            No goals yet. Ask the young person what they want, and write it as they say it.
          </p>
        )}
        {part(
          'What they are working at',
          goals.filter(({ status }) => openStatuses.includes(status)),
        )}
        {part(
          'Done or stopped',
          goals.filter(({ status }) => !openStatuses.includes(status)),
        )}
      </>,
      { backTo: plansAddress(person.id, 'plans') },
    );
  },
});

interface GoalTextProps {
  goal: Goal;
  personId: string;
  today: PlainDate;
  isOwn: boolean;
}

function GoalText({ goal, personId, today, isOwn }: GoalTextProps) {
  const isOpen = openStatuses.includes(goal.status);
  return (
    <article class="hw-note" aria-labelledby={`goal-${goal.id}`}>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1 hw-text" id={`goal-${goal.id}`} dir="auto">
        {goal.words}
      </h3>
      <p class="hw-note__meta">
        {wordFor(goalStatuses, goal.status)}. Set on {formatDate(goal.setOn)} with{' '}
        <bdi>{goal.organisationName}</bdi>.
        {isOpen && (
          <>
            {' '}
            Looked at again by <Due on={goal.reviewDueOn} today={today} />
          </>
        )}
      </p>
      <Said called={goalInWords.why} text={goal.why} level={4} />
      <Said called={goalInWords.stoppedBecause} text={goal.stoppedBecause} level={4} />
      {goal.steps.length > 0 && (
        <>
          <h4 class="govuk-heading-s govuk-!-margin-bottom-1">Steps</h4>
          <ul class="govuk-list govuk-list--bullet">
            {goal.steps.map((step) => (
              <li key={step.id}>
                <StepText step={step} today={today} isWatched={isOpen} />
                {isOwn && (
                  <>
                    {' '}
                    <a class="govuk-link" href={stepAddress(personId, goal.id, step.id)}>
                      Change
                      <span class="govuk-visually-hidden">
                        {' '}
                        the step: <bdi>{step.what}</bdi>
                      </span>
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {isOwn && (
        <p class="govuk-body">
          <a class="govuk-link" href={goalAddress(personId, goal.id, 'steps/new')}>
            Add a step
            <span class="govuk-visually-hidden">
              {' '}
              to: <bdi>{goal.words}</bdi>
            </span>
          </a>
          {', '}
          <a class="govuk-link" href={goalAddress(personId, goal.id, 'edit')}>
            change the goal
            <span class="govuk-visually-hidden">
              {' '}
              <bdi>{goal.words}</bdi>
            </span>
          </a>
        </p>
      )}
    </article>
  );
}

function StepText({ step, today, isWatched }: { step: Step; today: PlainDate; isWatched: boolean }) {
  const { what, owner, ownerName, dueOn, status, stoppedBecause } = step;
  return (
    <>
      <span class="hw-text" dir="auto">
        {what}
      </span>
      <br />
      {owner === 'other' ? <bdi>{ownerName}</bdi> : wordFor(stepOwners, owner)}, by{' '}
      {isWatched && isLate({ status, dueOn }, today) ? <Due on={dueOn} today={today} /> : formatDate(dueOn)}.{' '}
      {wordFor(goalStatuses, status)}
      {stoppedBecause !== '' && (
        <>
          : <bdi>{stoppedBecause}</bdi>
        </>
      )}
      .
    </>
  );
}
