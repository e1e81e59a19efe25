import type { Page } from '../platform/http/page.ts';
import {
  disableAccountPage,
  enableAccountPage,
  endSessionsPage,
  resetAccountPage,
  unlockAccountPage,
} from './pages/account-acts.tsx';
import { accountPage } from './pages/account-page.tsx';
import { accountsPage } from './pages/accounts-page.tsx';
import { approvalPage } from './pages/approval-page.tsx';
import { approvalsPage } from './pages/approvals-page.tsx';
import { boroughCoverPage, endBoroughCoverPage } from './pages/borough-cover-page.tsx';
import { boroughsWithoutContactPage } from './pages/boroughs-without-contact-page.tsx';
import { confirmApproverPage } from './pages/confirm-approver-page.tsx';
import { councilAreasPage } from './pages/council-areas-page.tsx';
import { endApproverPage } from './pages/end-approver-page.tsx';
import { endRolePage } from './pages/end-role-page.tsx';
import { newAccountPage } from './pages/new-account-page.tsx';
import { newApproverPage } from './pages/new-approver-page.tsx';
import { newPartnerPage } from './pages/new-partner-page.tsx';
import { newRolePage } from './pages/new-role-page.tsx';
import { newRolePlacePage } from './pages/new-role-place-page.tsx';
import { partnerPage } from './pages/partner-page.tsx';
import { partnersPage } from './pages/partners-page.tsx';
import { teamPage } from './pages/team-page.tsx';
import { teamsPage } from './pages/teams-page.tsx';

/** The pages on which people are given access: asked for by an administrator, given by who speaks for a partner. */
export const organisationPages: readonly Page[] = [
  accountsPage,
  newAccountPage,
  accountPage,
  disableAccountPage,
  enableAccountPage,
  unlockAccountPage,
  resetAccountPage,
  endSessionsPage,
  newRolePage,
  newRolePlacePage,
  endRolePage,
  partnersPage,
  newPartnerPage,
  partnerPage,
  councilAreasPage,
  newApproverPage,
  endApproverPage,
  approvalsPage,
  approvalPage,
  confirmApproverPage,
  teamsPage,
  teamPage,
  boroughCoverPage,
  endBoroughCoverPage,
  boroughsWithoutContactPage,
];

export { findRolesToAnswerFor } from './account-queries.ts';
export {
  addAccountByOperator,
  disableAccountByOperator,
  resetAccountByOperator,
  type SentLink,
} from './accounts-by-operator.ts';
export { type BoroughWithoutContact, boroughsWithoutContact } from './borough-cover-queries.ts';
export { dueOn, lastBegunOverdue } from './due-on.ts';
export { ApproverChanges } from './pages/approver-changes.tsx';
export { boroughCoverSection } from './pages/borough-cover-page.tsx';
export { findApproverChanges } from './partner-queries.ts';
export { type Reason, type ReasonList, reasonsOf } from './reasons-to-choose.ts';
export { isReviewDue } from './role-place.ts';
export type { TeamProfile, WorksWith } from './team-profile.ts';
export { type ProfiledTeam, profiledTeams } from './team-queries.ts';
export { type Threshold, type ThresholdName, thresholdsOn } from './thresholds.ts';
