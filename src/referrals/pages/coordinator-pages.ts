import type { Page } from '../../platform/http/page.ts';
import { allocatePage } from './allocate-page.tsx';
import { amendDecisionPage } from './amend-decision-page.tsx';
import { decidePage } from './decide-page.tsx';
import { matchPage } from './match-page.tsx';
import { notVerifiedPage } from './not-verified-page.tsx';
import { promotePage } from './promote-page.tsx';
import { queuePage } from './queue-page.tsx';
import { reverseDecisionPage } from './reverse-decision-page.tsx';
import { triagePage } from './triage-page.tsx';
import { verifyReferrerPage } from './verify-referrer-page.tsx';

/** The pages on which coordinators work with referrals, but for the referral’s own, which the application composes. */
export const coordinatorPages: readonly Page[] = [
  queuePage,
  triagePage,
  verifyReferrerPage,
  notVerifiedPage,
  matchPage,
  decidePage,
  amendDecisionPage,
  reverseDecisionPage,
  promotePage,
  allocatePage,
];
