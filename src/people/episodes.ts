import type { Clock } from '../platform/clock/clock.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** What an episode of support begins with. */
export interface Beginning {
  personId: string;
  /** The area responsible now. */
  area: string;
  referralId: string;
}

/**
 * The episode of support that an accepted referral belongs to: the open one, which a repeat referral joins, or a new one
 * that names the one before. Gives its id. The command that accepts has been recorded before.
 */
export async function openOrJoinEpisode(
  tx: Transaction,
  beginning: Beginning,
  clock: Clock,
): Promise<string> {
  const last = await tx
    .selectFrom('service.episode')
    .select(['id', 'closed_at'])
    .where('person_id', '=', beginning.personId)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last && last.closed_at === null) return last.id;
  const made = await tx
    .insertInto('service.episode')
    .values({
      person_id: beginning.personId,
      area: beginning.area,
      referral_id: beginning.referralId,
      previous_id: last?.id ?? null,
      opened_at: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

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
