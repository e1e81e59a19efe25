import type { ComponentChildren } from 'preact';
import type { Asker, Role, Transaction } from '../platform/database/transaction.ts';
import type { Service } from '../platform/service.ts';
import type { CoordinatedReferral } from './referral-queries.ts';

/** Which referral's page it is, and who reads it. */
export interface ReferralVisit {
  tx: Transaction;
  asker: Asker;
  service: Service;
  referral: CoordinatedReferral;
}

/** What a capability knows of a referral: a part of its page. Which of its rows come, the database decides. */
export interface ReferralSection {
  /** The roles whose page has it. */
  for: readonly Role[];
  /** Its heading (of the second level) and what is under it. */
  show(visit: ReferralVisit): Promise<ComponentChildren>;
}
