import type { Transaction } from '../platform/database/transaction.ts';
import type { CodedWord } from '../reference/code-lists.ts';

/** A list of reasons that the administrator keeps. */
export type ReasonList =
  | 'decision'
  | 'hand-back'
  | 'queue-jump'
  | 'closing'
  | 'specialism'
  | 'concern-outcome';

export interface Reason extends CodedWord {
  /** Retired reasons are no longer offered, and still read. */
  isRetired: boolean;
}

/** Every reason of a list that was ever used, in its order: offer those that are not retired, read with all of them. */
export async function reasonsOf(tx: Transaction, list: ReasonList): Promise<Reason[]> {
  const rows = await tx
    .selectFrom('reference.reason')
    .select(['code', 'text', 'retired_on'])
    .where('list', '=', list)
    .orderBy('place')
    .orderBy('code')
    .execute();
  return rows.map(({ code, text, retired_on }) => ({ code, text, isRetired: retired_on !== null }));
}
