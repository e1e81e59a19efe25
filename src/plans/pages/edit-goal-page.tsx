import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { amendDocument, fieldsOf, findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { goalDocument, goalInWords, goalValueInWords } from '../goal.ts';
import { faultsOfGoal, GoalForm, goalAsTyped, goalControls, goalForm, goalTyped } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { About, writersOfPlans } from './plan-parts.tsx';

const fields = fieldsOf(goalDocument);

/** A goal is changed, or how far it is; what it said before is kept. */
export const editGoalPage = page({
  path: '/people/:person/goals/:goal/edit',
  for: writersOfPlans,
  params: z.object({ person: z.uuid(), goal: z.uuid() }),
  form: goalForm.extend(amendmentShape(fields)),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPerson(tx, params.person);
    const found = { id: params.goal, personId: params.person, organisationId: asker.organisationId };
    const goal = person && (await findOwnDocument(tx, goalDocument, found));
    if (!person || !goal) return missing();
    await recordLook(tx, {
      action: 'view-goals',
      subject: { kind: 'goal', id: params.goal },
      personId: person.id,
    });
    const today = londonDate(service.clock.now());
    const { review } = await thresholdsOn(tx, today);
    const typed = entry({ ...goalAsTyped(goal.values), version: String(goal.version) });
    return show(
      'Change the goal',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change the goal</h1>
        <About person={person} />
        <GoalForm entry={typed} latest={formatDate(dueOn(today, review))}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <div class="govuk-button-group">
            <Button>Save the goal</Button>
            <a class="govuk-link" href={plansAddress(person.id, 'goals')}>
              Cancel
            </a>
          </div>
        </GoalForm>
      </>,
      { backTo: plansAddress(person.id, 'goals') },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const found = { id: params.goal, personId: params.person, organisationId: asker.organisationId };
    if (!(await findOwnDocument(tx, goalDocument, found))) return missing();
    const faults = faultsOfGoal(form);
    if (faults.length > 0) return refuse(...faults);
    const today = londonDate(service.clock.now());
    const { review } = await thresholdsOn(tx, today);
    const outcome = await amendDocument(tx, goalDocument, params.goal, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => goalTyped(form, dueOn(today, review)),
    });
    const leaveTo = plansAddress(params.person, 'goals');
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(leaveTo, { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(leaveTo, { notice: 'The goal is changed' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-goals',
          subject: { kind: 'goal', id: params.goal },
          personId: params.person,
        });
        return changedMeanwhile({
          called: 'this goal',
          outcome,
          entry: entry(),
          controls: goalControls,
          fieldInWords: goalInWords,
          valueInWords: goalValueInWords,
          seen: form.seen,
          leaveTo,
        });
    }
  },
});
