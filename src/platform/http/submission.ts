import { createHash } from 'node:crypto';
import type { Asker, Transaction } from '../database/transaction.ts';
import type { Body } from '../forms/read-form.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What makes two sent forms the same one: the id that the page was given, where it was sent, and all that was typed. A
 * browser that goes back shows the old page with its old id; what is changed there and sent again is another form, and
 * must not be taken for done. Null for a form without an id, which is not one of ours.
 */
export function submissionId(path: string, body: Body): string | null {
  const id = body._submission;
  if (typeof id !== 'string' || !UUID.test(id)) return null;
  const fields = Object.entries(body)
    .filter(([name]) => name !== '_csrf')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const digest = createHash('sha256')
    .update(JSON.stringify([path, fields]))
    .digest('hex');
  // UUID version 8, whose content is the maker's own.
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/**
 * Claims a form for being carried out. The same form sent again, at once or later, waits for the first and gets the
 * place it led to.
 */
export async function claimSubmission(
  tx: Transaction,
  asker: Asker,
  id: string | null,
): Promise<
  { state: 'claimed'; id: string } | { state: 'done'; location: string | null } | { state: 'malformed' }
> {
  if (id === null) return { state: 'malformed' };
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
