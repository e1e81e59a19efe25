import type { Page } from '../../platform/http/page.ts';
import { allocatePage } from './allocate-page.tsx';
import { decidePage } from './decide-page.tsx';
import { matchPage } from './match-page.tsx';
import { queuePage } from './queue-page.tsx';
import { verifyReferrerPage } from './verify-referrer-page.tsx';

/** The pages on which coordinators work with referrals, but for the referral’s own, which the application composes. */
export const coordinatorPages: readonly Page[] = [
  queuePage,
  verifyReferrerPage,
  matchPage,
  decidePage,
  allocatePage,
];
