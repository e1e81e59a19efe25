import { z } from 'zod';
import { findPerson } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { amendmentShape, changedMeanwhile, choicesIn } from '../../platform/forms/amendment.tsx';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { amendDocument, fieldsOf } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { goalValueInWords, stepDocument, stepInWords } from '../goal.ts';
import { findOwnStep } from '../plan-queries.ts';
import { faultsOfStep, StepForm, stepAsTyped, stepControls, stepForm, stepTyped } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { About, writersOfPlans } from './plan-parts.tsx';

const fields = fieldsOf(stepDocument);

/** A step towards a goal is changed, or how far it is; what it said before is kept. */
export const editStepPage = page({
  path: '/people/:person/goals/:goal/steps/:step',
  for: writersOfPlans,
  params: z.object({ person: z.uuid(), goal: z.uuid(), step: z.uuid() }),
  form: stepForm.extend(amendmentShape(fields)),

  async get({ tx, asker, params, entry }) {
    const person = await findPerson(tx, params.person);
    const step = person && (await findOwnStep(tx, { ...params, organisationId: asker.organisationId }));
    if (!person || !step) return missing();
    await recordLook(tx, {
      action: 'view-goals',
      subject: { kind: 'goal-step', id: params.step },
      personId: person.id,
    });
    const typed = entry({ ...stepAsTyped(step.values), version: String(step.version) });
    return show(
      'Change the step',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change the step</h1>
        <About person={person} />
        <StepForm entry={typed}>
          <input type="hidden" name="version" value={typed.value('version')} />
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

  async post({ tx, asker, params, entry }, form) {
    if (!(await findOwnStep(tx, { ...params, organisationId: asker.organisationId }))) return missing();
    const faults = faultsOfStep(form);
    if (faults.length > 0) return refuse(...faults);
    const outcome = await amendDocument(tx, stepDocument, params.step, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => stepTyped(form),
    });
    const leaveTo = plansAddress(params.person, 'goals');
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(leaveTo, { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(leaveTo, { notice: 'The step is changed' });
      case 'changed-meanwhile':
        await recordLook(tx, {
          action: 'view-goals',
          subject: { kind: 'goal-step', id: params.step },
          personId: params.person,
        });
        return changedMeanwhile({
          called: 'this step',
          outcome,
          entry: entry(),
          controls: stepControls,
          fieldInWords: stepInWords,
          valueInWords: goalValueInWords,
          seen: form.seen,
          leaveTo,
        });
    }
  },
});
