/** What other floors and capabilities may use of referrals. */

export { type Addition, additionsTo } from './addition-queries.ts';
export { acknowledgeReferral } from './borough-commands.ts';
export { countBoroughReferrals } from './borough-queries.ts';
export type { BoroughSection } from './borough-section.ts';
export { AddedByReferrer, additionsSection } from './pages/additions-section.tsx';
export { boroughPages } from './pages/borough-pages.ts';
export { coordinatorPages } from './pages/coordinator-pages.ts';
export { KeptAnswers } from './pages/kept-answers.tsx';
export { referralPage } from './pages/referral-page.tsx';
export { referrerPages } from './pages/referrer-pages.ts';
export { reopeningSection } from './pages/reopening-notice.tsx';
export { waitingPages } from './pages/waiting-pages.ts';
export { waitingSection } from './pages/waiting-section.tsx';
export { countQueue as countReferrals } from './queue-queries.ts';
export {
  actionInWords,
  decisionReasons,
  fold,
  importedDecisions,
  kindInWords,
  type ReferralAction,
  type ReferralKind,
  referralKinds,
  type Stage,
  stageInWords,
} from './referral.ts';
export { answersAsRead, keptAnswers, type ReadAnswer, readAnswers } from './referral-answers.ts';
export type { CoordinatedReferral } from './referral-queries.ts';
export type { ReferralSection, ReferralVisit } from './referral-section.tsx';
export type { ReferrerSection } from './referrer-section.tsx';
export { countSupportFromFiles } from './support-from-files-queries.ts';
export { countWaiting } from './waiting-queries.ts';
