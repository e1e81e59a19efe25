import type { Asker, Transaction } from '../database/transaction.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Claims a form for being carried out. The same form sent again, at once or later, waits for the first and gets the
 * place it led to. A form without an id of its own is not one of ours.
 */
export async function claimSubmission(
  tx: Transaction,
  asker: Asker,
  id: string | undefined,
): Promise<
  { state: 'claimed'; id: string } | { state: 'done'; location: string | null } | { state: 'malformed' }
> {
  if (id === undefined || !UUID.test(id)) return { state: 'malformed' };
  const claimed = await tx
    .insertInto('identity.submission')
    .values({ id, account_id: asker.accountId })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (claimed) return { state: 'claimed', id };
  const earlier = await tx
    .selectFrom('identity.submission')
    .select('location')
    .where('id', '=', id)
    .executeTakeFirst();
  return earlier ? { state: 'done', location: earlier.location } : { state: 'malformed' };
}

/** Remembers where a form that was carried out led to. */
export async function settleSubmission(tx: Transaction, id: string, location: string): Promise<void> {
  await tx.updateTable('identity.submission').set({ location }).where('id', '=', id).execute();
}

/** Lets go of a form that a rule refused, so that it can be sent again, mended. */
export async function releaseSubmission(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom('identity.submission').where('id', '=', id).execute();
}
