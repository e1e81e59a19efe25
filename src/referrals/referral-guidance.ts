import type { Answers } from './referral-answers-so-far.ts';
import { ageTold, mayBeUnder } from './referral-birth.ts';

/** What a referrer ought to know before they send, from what they answered. Nothing here stops a referral. */
export type Guidance =
  | 'not-safe-now'
  | 'tell-social-care'
  | 'child-to-the-nrm'
  | 'over-25'
  | 'outside-london'
  | 'none-of-the-criteria'
  | 'no-consent';

/** The oldest the service takes on (domain guide 1.4); older is for a coordinator to decide, not for a form. */
const OLDEST = 25;
const ADULT = 18;

/** What to tell the referrer, the most urgent first. */
export function guidanceFor(answers: Answers): Guidance[] {
  const age = ageTold(answers);
  const maybeChild = mayBeUnder(ADULT, answers);
  const guidance: Guidance[] = [];
  if (answers.is('safeNow', 'no')) guidance.push('not-safe-now');
  if (maybeChild && !answers.is('socialCareTold', 'yes')) guidance.push('tell-social-care');
  if (maybeChild && !answers.is('nrm', 'yes')) guidance.push('child-to-the-nrm');
  if (age !== undefined && age > OLDEST) guidance.push('over-25');
  if (answers.is('area', 'out-of-london')) guidance.push('outside-london');
  if (answers.ticked('criteria').includes('none')) guidance.push('none-of-the-criteria');
  if (answers.is('consents', 'no')) guidance.push('no-consent');
  return guidance;
}
