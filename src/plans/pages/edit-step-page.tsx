import { z } from 'zod';
import { editDocumentPage } from '../../people/index.ts';
import { findOwnStep } from '../plan-queries.ts';
import { stepForm } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** A step towards a goal is changed, or how far it is; what it said before is kept. */
export const editStepPage = editDocumentPage({
  path: '/people/:person/goals/:goal/steps/:step',
  for: writersOfPlans,
  params: z.object({ person: z.uuid(), goal: z.uuid(), step: z.uuid() }),
  idIn: ({ step }) => step,
  find: (tx, own, { goal }) => findOwnStep(tx, { ...own, goalId: goal }),
  documentForm: stepForm,
  look: 'view-goals',
  leaveTo: (personId) => plansAddress(personId, 'goals'),
  words: {
    title: 'Change the step',
    save: 'Save the step',
    saved: 'The step is changed',
    called: 'this step',
  },
});
