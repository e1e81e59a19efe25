import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { acknowledgementNow } from './borough-queries.ts';

/** The most characters of what a borough knows and can offer. */
export const MOST_OF_A_NOTE = 5_000;

/** What became of a borough's word. */
export type Acknowledging =
  | { outcome: 'done' }
  /** No such referral in their areas. */
  | { outcome: 'missing' }
  /** Somebody else of the borough wrote something since the page was opened. */
  | { outcome: 'changed' };

/**
 * Says for the borough that it has seen a referral, and what it knows and can offer. Coordinators are told of words,
 * not of a mere acknowledgement, which they find on the referral.
 *
 * @param version of what the borough had said when the page was opened; 0 when it had said nothing.
 */
export async function acknowledgeReferral(
  tx: Transaction,
  { asker, clock }: { asker: Asker; clock: Clock },
  referralId: string,
  note: string,
  version: number,
): Promise<Acknowledging> {
  const referral = await tx
    .selectFrom('service.referral')
    .select(['area', 'person_id'])
    .where('id', '=', referralId)
    .executeTakeFirst();
  if (!referral) return { outcome: 'missing' };
  // Two contacts of a borough may answer at once, and there is no row to lock before the first has.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`borough ${referral.area} ${referralId}`}, 0))`.execute(
    tx,
  );
  const before = await acknowledgementNow(tx, referralId);
  // Two who only say that they have seen it say the same thing.
  const onlySeen = version === 0 && note === '';
  if (before && before.version !== version) return { outcome: onlySeen ? 'done' : 'changed' };
  if (before?.note === note) return { outcome: 'done' };

  await recordCommand(tx, {
    action: before ? 'borough-note-changed' : 'referral-acknowledged',
    subject: { kind: 'referral', id: referralId },
    personId: referral.person_id,
    detail: { area: referral.area, words: note !== '' },
  });
  if (before) {
    await tx
      .updateTable('service.borough_acknowledgement')
      .set({ note })
      .where('id', '=', before.id)
      .execute();
  } else {
    await tx
      .insertInto('service.borough_acknowledgement')
      .values({
        referral_id: referralId,
        area: referral.area,
        acknowledged_by: asker.accountId,
        at: clock.now(),
        note,
      })
      .execute();
  }
  if (note !== '') {
    await sql`select messages.tell_those_who_answer_for(${referral.area}, 'coordinator', 'borough-answered',
      ${`/referrals/${referralId}`})`.execute(tx);
  }
  return { outcome: 'done' };
}
