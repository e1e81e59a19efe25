import type { Page } from '../platform/http/page.ts';
import { editGoalPage } from './pages/edit-goal-page.tsx';
import { editSafetyPlanPage } from './pages/edit-safety-plan-page.tsx';
import { editStepPage } from './pages/edit-step-page.tsx';
import { editTriggerProfilePage } from './pages/edit-trigger-profile-page.tsx';
import { goalsPage } from './pages/goals-page.tsx';
import { needsPage } from './pages/needs-page.tsx';
import { newGoalPage } from './pages/new-goal-page.tsx';
import { newNeedsPage } from './pages/new-needs-page.tsx';
import { newStepPage } from './pages/new-step-page.tsx';
import { plansPage } from './pages/plans-page.tsx';
import { printGoalsPage } from './pages/print-goals-page.tsx';
import { printNeedsPage } from './pages/print-needs-page.tsx';
import { printSafetyPlanPage } from './pages/print-safety-plan-page.tsx';
import { printTriggerProfilePage } from './pages/print-trigger-profile-page.tsx';
import { safetyPlanPage } from './pages/safety-plan-page.tsx';
import { triggerProfilePage } from './pages/trigger-profile-page.tsx';

/** What other floors and capabilities may use of plans. */

export { goalStatuses } from './goal.ts';
export { assessmentStages } from './needs.ts';
export { type OverduePlan, overduePlans, type PlanKind, planKindInWords } from './overdue-plans.ts';
export { plansSection } from './pages/plans-page.tsx';

/** The pages of what is planned with a young person. */
export const plansPages: readonly Page[] = [
  plansPage,
  safetyPlanPage,
  editSafetyPlanPage,
  printSafetyPlanPage,
  triggerProfilePage,
  editTriggerProfilePage,
  printTriggerProfilePage,
  needsPage,
  newNeedsPage,
  printNeedsPage,
  goalsPage,
  newGoalPage,
  printGoalsPage,
  editGoalPage,
  newStepPage,
  editStepPage,
];
