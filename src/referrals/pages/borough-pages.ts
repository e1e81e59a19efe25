import type { Page } from '../../platform/http/page.ts';
import { boroughReferralPage } from './borough-referral-page.tsx';
import { boroughReferralsPage } from './borough-referrals-page.tsx';

/** The pages of a borough's single point of contact. */
export const boroughPages: readonly Page[] = [boroughReferralsPage, boroughReferralPage];
