import { newDocumentPage } from '../../people/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { setGoal } from '../plan-commands.ts';
import { goalForm } from './goal-form.tsx';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** A goal is set, in the young person's own words. */
export const newGoalPage = newDocumentPage({
  path: '/people/:person/goals/new',
  for: writersOfPlans,
  documentForm: goalForm,
  initial: { status: 'not-started' },
  leaveTo: (personId) => plansAddress(personId, 'goals'),
  words: {
    title: 'Add a goal',
    save: 'Save the goal',
    saved: 'The goal is saved. Add the first step towards it',
  },
  record: (tx, asker, personId, goal, now) => setGoal(tx, asker, personId, londonDate(now), goal),
});
