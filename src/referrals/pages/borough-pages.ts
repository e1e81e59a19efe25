import type { Page } from '../../platform/http/page.ts';
import type { BoroughSection } from '../borough-section.ts';
import { boroughReferralPage } from './borough-referral-page.tsx';
import { boroughReferralsPage } from './borough-referrals-page.tsx';

/** The pages of a borough's single point of contact, with what each capability knows of their borough. */
export const boroughPages = (sections: readonly BoroughSection[]): readonly Page[] => [
  boroughReferralsPage(sections),
  boroughReferralPage,
];
