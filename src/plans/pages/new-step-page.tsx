import { z } from 'zod';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { goalDocument } from '../goal.ts';
import { addStep } from '../plan-commands.ts';
import { faultsOfStep, StepForm, stepForm, stepTyped } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { About, Said, writersOfPlans } from './plan-parts.tsx';

/** A step towards a goal is agreed: whose it is, and by when. */
export const newStepPage = page({
  path: '/people/:person/goals/:goal/steps/new',
  for: writersOfPlans,
  params: z.object({ person: z.uuid(), goal: z.uuid() }),
  form: stepForm,

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const found = { id: params.goal, personId: params.person, organisationId: asker.organisationId };
    const goal = person && (await findOwnDocument(tx, goalDocument, found));
    if (!person || !goal) return missing();
    await recordLook(tx, {
      action: 'view-goals',
      subject: { kind: 'goal', id: params.goal },
      personId: person.id,
    });
    const typed = entry({ status: 'not-started' });
    return show(
      'Add a step',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Add a step</h1>
        <About person={person} />
        <div class="hw-note">
          <h2 class="govuk-visually-hidden">Towards which goal</h2>
          <Said called="Towards" text={goal.values.words} />
        </div>
        <StepForm entry={typed}>
          <div class="govuk-button-group">
            <Button>Save the step</Button>
            <a class="govuk-link" href={plansAddress(person.id, 'goals')}>
              Cancel
            </a>
          </div>
        </StepForm>
      </>,
      { backTo: plansAddress(person.id, 'goals') },
    );
  },

  async post({ tx, asker, params }, form) {
    const faults = faultsOfStep(form);
    if (faults.length > 0) return refuse(...faults);
    const of = { personId: params.person, goalId: params.goal };
    const added = await addStep(tx, asker, of, stepTyped(form));
    if (added === null) return missing();
    return redirect(plansAddress(params.person, 'goals'), { notice: 'The step is saved' });
  },
});
