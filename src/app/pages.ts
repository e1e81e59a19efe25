import { attachmentPages, referralFilesSection } from '../attachments/index.ts';
import { caseSummarySection, chronologyPages } from '../chronology/index.ts';
import { closingPages, notSafeSection } from '../closing/index.ts';
import { consentPages, consentSection } from '../consent/index.ts';
import {
  correctionsSection,
  dataProtectionPages,
  processingSection,
  withProcessingNotice,
} from '../data-protection/index.ts';
import { disposalPages } from '../disposal/index.ts';
import { importPages } from '../history-in/index.ts';
import { lifeEventPages, lifeEventsSection } from '../life-events/index.ts';
import { networkPages, safeContactSection } from '../network/index.ts';
import { boroughCoverSection, organisationPages } from '../organisations/index.ts';
import { peoplePages, personPage } from '../people/index.ts';
import { placePages } from '../places/index.ts';
import { plansPages, plansSection } from '../plans/index.ts';
import type { Page } from '../platform/http/page.ts';
import { identityPages } from '../platform/identity/pages/index.ts';
import { progressPages, progressSection } from '../progress/index.ts';
import {
  additionsSection,
  boroughPages,
  coordinatorPages,
  referralPage,
  referrerPages,
  reopeningSection,
  waitingPages,
  waitingSection,
} from '../referrals/index.ts';
import { reportingPages } from '../reporting/index.ts';
import {
  boroughRequestsSection,
  referrerQuestionsSection,
  requestPages,
  requestsOfPersonSection,
  requestsOfReferralSection,
} from '../requests/index.ts';
import { restrictedPages, restrictionSection } from '../restricted/index.ts';
import { openConcernsSection, riskSection, safeguardingPages } from '../safeguarding/index.ts';
import { settingUpPages } from '../setting-up/index.ts';
import { supervisionPages } from '../supervision/index.ts';
import {
  allocationsSection,
  contactsSection,
  notesSection,
  referralsSection,
  supportPages,
} from '../support/index.ts';
import { messageTemplates } from './message-templates.ts';
import { messagesSection } from './messages-section.tsx';
import { overdueOfWorkers } from './overdue-work.ts';
import { accessibilityPage } from './pages/accessibility-page.tsx';
import { helpPage } from './pages/help-page.tsx';
import { homePage } from './pages/home-page.tsx';
import { outboxPage } from './pages/outbox-page.tsx';
import { overduePage } from './pages/overdue-page.tsx';
import { privacyPage } from './pages/privacy-page.tsx';
import { roleHomePage } from './pages/role-home-page.tsx';
import { undeliveredPage } from './pages/undelivered-page.tsx';

const asMade: readonly Page[] = [
  homePage,
  roleHomePage,
  overduePage,
  helpPage,
  privacyPage,
  accessibilityPage,
  ...identityPages,
  ...organisationPages,
  ...referrerPages([referrerQuestionsSection]),
  ...attachmentPages,
  ...boroughPages([boroughRequestsSection, boroughCoverSection]),
  ...coordinatorPages,
  ...waitingPages,
  referralPage([additionsSection, referralFilesSection, requestsOfReferralSection, messagesSection]),
  ...requestPages,
  ...supportPages(overdueOfWorkers),
  ...plansPages,
  ...progressPages,
  ...consentPages,
  personPage([
    restrictionSection,
    processingSection,
    correctionsSection,
    safeContactSection,
    lifeEventsSection,
    reopeningSection,
    notSafeSection,
    openConcernsSection,
    caseSummarySection,
    riskSection,
    waitingSection,
    allocationsSection,
    plansSection,
    progressSection,
    consentSection,
    contactsSection,
    referralsSection,
    requestsOfPersonSection,
    notesSection,
  ]),
  ...networkPages,
  ...lifeEventPages,
  ...safeguardingPages,
  ...peoplePages,
  ...chronologyPages,
  ...supervisionPages,
  ...closingPages,
  ...restrictedPages,
  ...disposalPages,
  ...dataProtectionPages,
  ...settingUpPages(messageTemplates),
  ...placePages,
  ...importPages,
  ...reportingPages,
  undeliveredPage,
  outboxPage,
];

/**
 * Every page of the service; those about a young person say so where the processing of the record is restricted. The access
 * matrix must have a row for each (test/access).
 */
export const pages: readonly Page[] = asMade.map(withProcessingNotice);
