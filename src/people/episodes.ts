import type { Transaction } from '../platform/database/transaction.ts';

/** The episode of support that is open, to which what is recorded now belongs; null where there is none. */
export async function openEpisode(tx: Transaction, personId: string): Promise<string | null> {
  const found = await tx
    .selectFrom('service.episode')
    .select('id')
    .where('person_id', '=', personId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return found?.id ?? null;
}
