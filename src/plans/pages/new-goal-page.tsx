import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { setGoal } from '../plan-commands.ts';
import { faultsOfGoal, GoalForm, goalForm, goalTyped } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { About, writersOfPlans } from './plan-parts.tsx';

/** A goal is set, in the young person's own words. */
export const newGoalPage = page({
  path: '/people/:person/goals/new',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  form: goalForm,

  async get({ tx, service, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const today = londonDate(service.clock.now());
    const { review } = await thresholdsOn(tx, today);
    const typed = entry({ status: 'not-started' });
    return show(
      'Add a goal',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Add a goal</h1>
        <About person={person} />
        <GoalForm entry={typed} latest={formatDate(dueOn(today, review))}>
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

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    const faults = faultsOfGoal(form);
    if (faults.length > 0) return refuse(...faults);
    const today = londonDate(service.clock.now());
    const { review } = await thresholdsOn(tx, today);
    await setGoal(tx, asker, person.id, today, goalTyped(form, dueOn(today, review)));
    return redirect(plansAddress(person.id, 'goals'), {
      notice: 'The goal is saved. Add the first step towards it',
    });
  },
});
