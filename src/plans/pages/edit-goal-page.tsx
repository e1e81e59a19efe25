import { z } from 'zod';
import { editDocumentPage } from '../../people/index.ts';
import { goalForm } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** A goal is changed, or how far it is; what it said before is kept. */
export const editGoalPage = editDocumentPage({
  path: '/people/:person/goals/:goal/edit',
  for: writersOfPlans,
  params: z.object({ person: z.uuid(), goal: z.uuid() }),
  idIn: ({ goal }) => goal,
  documentForm: goalForm,
  look: 'view-goals',
  leaveTo: (personId) => plansAddress(personId, 'goals'),
  words: {
    title: 'Change the goal',
    save: 'Save the goal',
    saved: 'The goal is changed',
    called: 'this goal',
  },
});
