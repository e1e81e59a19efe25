import type { Page } from '../platform/http/page.ts';
import { accessReviewsPage } from './pages/access-reviews-page.tsx';
import { answerRightsRequestPage } from './pages/answer-page.tsx';
import { breachPage, newBreachPage } from './pages/breach-page.tsx';
import { breachesPage } from './pages/breaches-page.tsx';
import {
  endMarkPage,
  exportPage,
  markPage,
  notRedactedPage,
  redactedCopyPage,
  unreadPartsPage,
  wholeCopyPage,
} from './pages/export-page.tsx';
import { newRightsRequestPage } from './pages/new-request-page.tsx';
import { processingPage } from './pages/processing-page.tsx';
import { requestProgressPage } from './pages/progress-page.tsx';
import { rightsRequestPage } from './pages/request-page.tsx';
import { rightsRequestsPage } from './pages/requests-page.tsx';
import { accessDayPage, unusualAccessPage } from './pages/unusual-access-page.tsx';

/** What other floors may use of the data protection lead's work. */

export { overdueReviews } from './access-queries.ts';
export { countBreaches } from './breach-queries.ts';
export { exportOf } from './export-of.ts';
export { correctionsSection } from './pages/corrections-section.tsx';
export { processingSection } from './pages/processing-section.tsx';
export { withProcessingNotice } from './pages/with-processing-notice.tsx';
export { countOpenRequests } from './request-queries.ts';
export { answerDueOn } from './rights-request.ts';

export const dataProtectionPages: readonly Page[] = [
  rightsRequestsPage,
  newRightsRequestPage,
  rightsRequestPage,
  requestProgressPage,
  answerRightsRequestPage,
  processingPage,
  exportPage,
  markPage,
  endMarkPage,
  unreadPartsPage,
  redactedCopyPage,
  notRedactedPage,
  wholeCopyPage,
  breachesPage,
  newBreachPage,
  breachPage,
  unusualAccessPage,
  accessDayPage,
  accessReviewsPage,
];
