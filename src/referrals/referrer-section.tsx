import type { ComponentChildren } from 'preact';
import type { Role, Transaction } from '../platform/database/transaction.ts';

/** What another capability has to tell a referrer: a part of the page of their referrals, and of each one that was sent. */
export interface ReferrerSection {
  for: readonly Role[];
  /**
   * Its heading (of the second level) and what is under it; null where there is nothing to tell.
   * @param visit.referralId the sent referral it is about; of all of them where it is left out.
   */
  show(visit: { tx: Transaction; referralId?: string }): Promise<ComponentChildren>;
}
