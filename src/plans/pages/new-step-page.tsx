import { z } from 'zod';
import { DocumentFormView, findPersonToWriteAbout, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { findOwnDocument } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { goalDocument } from '../goal.ts';
import { addStep } from '../plan-commands.ts';
import { stepForm } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { Said, writersOfPlans } from './plan-parts.tsx';

/** A step towards a goal is agreed: whose it is, and by when. */
export const newStepPage = page({
  path: '/people/:person/goals/:goal/steps/new',
  for: writersOfPlans,
  params: z.object({ person: z.uuid(), goal: z.uuid() }),
  form: stepForm.form,

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    const found = { id: params.goal, personId: params.person, organisationId: asker.organisationId };
    const goal = person && (await findOwnDocument(tx, goalDocument, found));
    if (!person || !goal) return missing();
    await recordLook(tx, {
      action: 'view-goals',
      subject: { kind: 'goal', id: params.goal },
      personId: person.id,
    });
    const typed = entry({ status: 'not-started' });
    const backTo = plansAddress(person.id, 'goals');
    const asking = { tx, today: londonDate(service.clock.now()) };
    const above = (
      <div class="hw-note">
        <h2 class="govuk-visually-hidden">Towards which goal</h2>
        <Said called="Towards" text={goal.values.words} />
      </div>
    );
    return show(
      'Add a step',
      <DocumentFormView
        title="Add a step"
        person={person}
        entry={typed}
        above={above}
        save="Save the step"
        leaveTo={backTo}
      >
        {await stepForm.questions(typed, asking)}
      </DocumentFormView>,
      { backTo },
    );
  },

  async post({ tx, asker, service, params }, form) {
    if (!(await mayWriteAbout(tx, asker, params.person))) return missing();
    const asking = { tx, today: londonDate(service.clock.now()) };
    const faults = stepForm.faults(form, asking.today);
    if (faults.length > 0) return refuse(...faults);
    const of = { personId: params.person, goalId: params.goal };
    const added = await addStep(tx, asker, of, await stepForm.typed(form, asking));
    if (added === null) return missing();
    return redirect(plansAddress(params.person, 'goals'), { notice: 'The step is saved' });
  },
});
