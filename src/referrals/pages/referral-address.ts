/** The pages on which a coordinator does something about a referral. */
export type ReferralTask =
  | 'triage'
  | 'verify-referrer'
  | 'not-verified'
  | 'match'
  | 'decide'
  | 'amend-decision'
  | 'reverse-decision'
  | 'promote'
  | 'allocate';

/** The address of a referral, or of a task on it. In a file of its own because these pages lead to one another. */
export function referralAddress(referralId: string, task?: ReferralTask): string {
  return `/referrals/${referralId}${task === undefined ? '' : `/${task}`}`;
}
