import type { Page } from '../platform/http/page.ts';
import { editEtePage } from './pages/edit-ete-page.tsx';
import { editOnwardReferralPage } from './pages/edit-onward-referral-page.tsx';
import { newEtePage } from './pages/new-ete-page.tsx';
import { newOnwardReferralPage } from './pages/new-onward-referral-page.tsx';
import { progressPage } from './pages/progress-page.tsx';

/** What other floors and capabilities may use of progress. */

export { type EtePeriod, eteStatuses, type Neet, neetInWords, neetOn } from './ete.ts';
export { progressSection } from './pages/progress-page.tsx';
export { etePeriodsOf } from './progress-queries.ts';

/** The pages of what comes of the work with a young person. */
export const progressPages: readonly Page[] = [
  progressPage,
  newEtePage,
  editEtePage,
  newOnwardReferralPage,
  editOnwardReferralPage,
];
