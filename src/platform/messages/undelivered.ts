import { sql } from 'kysely';
import type { Transaction } from '../database/transaction.ts';

/** A message that did not reach anybody, or has not for a while. */
export interface UndeliveredMessage {
  readonly id: string;
  /** Whom it is for. */
  readonly name: string;
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
    select m.id, a.name, m.template, m.created_at as since, m.attempts, m.last_error as reason,
      case when m.state = 'queued' then m.next_attempt_at end as "nextAt"
    from messages.message m join identity.account a on a.id = m.account_id
    where m.state <> 'sent' and (m.state = 'failed' or m.created_at < now() - interval '10 minutes')
      and (${after ?? null}::uuid is null
        or (m.created_at, m.id) < (select b.created_at, b.id from messages.message b where b.id = ${after ?? null}::uuid))
    order by m.created_at desc, m.id desc limit ${most}`.execute(tx);
  return rows;
}

/** Puts a message back in the queue, from the beginning. False when it has been sent meanwhile. */
export async function tryMessageAgain(tx: Transaction, id: string): Promise<boolean> {
  const { rows } = await sql<{ queued: boolean }>`select messages.try_again(${id}) as queued`.execute(tx);
  return rows[0]?.queued ?? false;
}
