import type { RawBuilder } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

/** Asks a function of the database to do something, `select … as done`. @returns whether it did. */
export async function whether(
  tx: Transaction,
  asked: RawBuilder<{ done: boolean | null }>,
): Promise<boolean> {
  const answer = await asked.execute(tx);
  return answer.rows[0]?.done ?? false;
}
