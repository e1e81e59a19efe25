/** What other floors and capabilities may use of referrals. */

export { referrerPages } from './pages/referrer-pages.ts';
export type { ReferralKind, Stage } from './referral.ts';
export { answersAsRead, type ReadAnswer } from './referral-answers.ts';
export type { WholeReferral } from './referral-draft.ts';
