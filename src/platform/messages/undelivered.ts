import { sql } from 'kysely';
import type { Transaction } from '../database/transaction.ts';

/** A message that did not reach anybody, or has not for a while. */
export interface UndeliveredMessage {
  readonly id: string;
  /** Whom it is for; null for a referrer, to those who may not know who refers. */
  readonly name: string | null;
  /** The first letter of the address and the place after its `@`. */
  readonly maskedEmail: string;
  readonly template: string;
  readonly since: Date;
  readonly attempts: number;
  /** When it is tried next; null when it was given up. */
  readonly nextAt: Date | null;
  /** In words; null when nothing has been tried yet. */
  readonly reason: string | null;
}

/**
 * Messages that were given up, and those that have waited for ten minutes, the latest first.
 *
 * @param after the id of a message: begins with the one before it in time.
 */
export async function undeliveredMessages(
  tx: Transaction,
  after: string | undefined,
  most: number,
): Promise<UndeliveredMessage[]> {
  const { rows } = await sql<UndeliveredMessage>`
    select id, name, masked_email as "maskedEmail", template, created_at as since, attempts, last_error as reason,
      next_attempt_at as "nextAt"
    from messages.undelivered(${after ?? null}, ${most})`.execute(tx);
  return rows;
}

/** Puts a message back in the queue, from the beginning. False when it has been sent meanwhile. */
export async function tryMessageAgain(tx: Transaction, id: string): Promise<boolean> {
  const { rows } = await sql<{ queued: boolean }>`select messages.try_again(${id}) as queued`.execute(tx);
  return rows[0]?.queued ?? false;
}
