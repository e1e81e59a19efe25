import type { Page } from '../platform/http/page.ts';
import { boroughPage } from './pages/borough-page.tsx';
import { correctDeathPage, deathPage } from './pages/death-page.tsx';
import { reopenSupportPage } from './pages/reopen-support-page.tsx';
import { editTransitionPlanPage, transitionPlanPage } from './pages/transition-plan-page.tsx';
import { turning18Page } from './pages/turning-18-page.tsx';

/** What other floors and capabilities may use of what changes a life while a record lasts. */

export { isAdult } from './growing-up.ts';
export { countDiedInSupport, countTurned18, countTurning18, endedSupport } from './life-event-queries.ts';
export { reopenAddress } from './pages/life-event-addresses.ts';
export { lifeEventsSection } from './pages/life-events-section.tsx';
export { mayReopen, maySeePlans } from './pages/who-records.ts';

/** The pages of a change of borough, of growing up, and of a death. */
export const lifeEventPages: readonly Page[] = [
  boroughPage,
  transitionPlanPage,
  editTransitionPlanPage,
  turning18Page,
  reopenSupportPage,
  deathPage,
  correctDeathPage,
];
