import type { Page } from '../platform/http/page.ts';
import { requestsOfPersonPage, requestsOfReferralPage } from './pages/all-requests-pages.tsx';
import { askAboutPersonPage, askAboutReferralPage } from './pages/ask-page.tsx';
import { boroughRequestPage } from './pages/borough-request-page.tsx';
import { checkPage, newFindingPage } from './pages/check-pages.tsx';
import { consultationPage, newConsultationNotePage } from './pages/consultation-pages.tsx';
import { boroughRequestsPage, checksPage, consultationsPage } from './pages/queue-pages.tsx';
import { referrerQuestionPage } from './pages/referrer-question-page.tsx';
import { requestDueDatePage, requestPage, withdrawRequestPage } from './pages/request-page.tsx';

/** What other floors and capabilities may use of requests. */

export {
  boroughRequestsSection,
  referrerQuestionsSection,
  requestsOfPersonSection,
  requestsOfReferralSection,
} from './pages/requests-sections.tsx';
export { askAddress, queueAddress } from './request-addresses.ts';
export { countQueue, type QueueCounts, questionsWaiting, type ReferrerQuestion } from './request-queries.ts';

/** The pages on which somebody is asked something, and answers. */
export const requestPages: readonly Page[] = [
  askAboutReferralPage,
  askAboutPersonPage,
  requestsOfReferralPage,
  requestsOfPersonPage,
  requestPage,
  withdrawRequestPage,
  requestDueDatePage,
  checksPage,
  checkPage,
  newFindingPage,
  consultationsPage,
  consultationPage,
  newConsultationNotePage,
  boroughRequestsPage,
  boroughRequestPage,
  referrerQuestionPage,
];
