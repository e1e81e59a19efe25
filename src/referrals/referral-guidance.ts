import { ageOn, type PlainDate } from '../platform/clock/plain-date.ts';
import { referredPerson } from './referral-answers.ts';
import type { WholeReferral } from './referral-draft.ts';

/** What a referrer ought to know before they send, from what they answered. Nothing here stops a referral. */
export type Guidance =
  | 'not-safe-now'
  | 'tell-social-care'
  | 'child-to-the-nrm'
  | 'over-25'
  | 'outside-london'
  | 'no-consent';

/** The oldest the service takes on (domain guide 1.4); older is for a coordinator to decide, not for a form. */
const OLDEST = 25;
const ADULT = 18;

/** What to tell the referrer, the most urgent first. */
export function guidanceFor(
  { you, 'young-person': they, concern }: WholeReferral,
  today: PlainDate,
): Guidance[] {
  const { dateOfBirth } = referredPerson(they, today);
  const age = dateOfBirth === null ? undefined : ageOn(dateOfBirth, today);
  // Somebody whose age is not known is treated as a child until it is.
  const maybeChild = age === undefined || age < ADULT;
  const guidance: Guidance[] = [];
  if (concern.safeNow === 'no') guidance.push('not-safe-now');
  if (maybeChild && concern.socialCareTold !== 'yes') guidance.push('tell-social-care');
  if (maybeChild && concern.nrm !== 'yes') guidance.push('child-to-the-nrm');
  if (age !== undefined && age > OLDEST) guidance.push('over-25');
  if (they.area === 'out-of-london') guidance.push('outside-london');
  if (you.kind === 'intervention' && you.consents === 'no') guidance.push('no-consent');
  return guidance;
}
