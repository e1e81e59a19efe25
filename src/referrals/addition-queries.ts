import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

export const additionKinds = ['information', 'file', 'withdrawal'] as const;
export type AdditionKind = (typeof additionKinds)[number];

/** Something that a referrer added to a sent referral, as they are told of it: not what. */
export interface OwnAddition {
  id: string;
  kind: AdditionKind;
  addedAt: Date;
}

/** The same, as those who work with the referral read it. */
export interface Addition extends OwnAddition {
  referralId: string;
  /** Empty for a file. */
  words: string;
}

/** The most that a page shows; more than thirty an hour are refused. */
const MOST_SHOWN = 100;

/** What the referrer who asks has added to a sent referral, newest first. */
export async function ownAdditions(tx: Transaction, referralId: string): Promise<OwnAddition[]> {
  const found = await sql<OwnAddition>`
    select id, kind, added_at as "addedAt" from service.referral_addition
    where referral_id = ${referralId} order by added_at desc, id desc limit ${MOST_SHOWN}`.execute(tx);
  return found.rows;
}

/** What was added to referrals since they were sent, newest first. */
export async function additionsTo(tx: Transaction, referralIds: readonly string[]): Promise<Addition[]> {
  const found = await sql<Addition>`
    select id, referral_id as "referralId", kind, added_at as "addedAt", words from service.referral_addition
    where referral_id = any (${[...referralIds]}::uuid[]) order by added_at desc, id desc limit ${MOST_SHOWN}`.execute(
    tx,
  );
  return found.rows;
}
