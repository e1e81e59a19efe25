/** What other floors and capabilities may use of referrals. */

export { boroughPages } from './pages/borough-pages.ts';
export { coordinatorPages } from './pages/coordinator-pages.ts';
export { referrerPages } from './pages/referrer-pages.ts';
export { kindInWords, type ReferralKind, type Stage, stageInWords } from './referral.ts';
export { answersAsRead, keptAnswers, type ReadAnswer } from './referral-answers.ts';
export type { WholeReferral } from './referral-draft.ts';
