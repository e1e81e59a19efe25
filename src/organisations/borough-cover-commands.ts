import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/**
 * Names who stands in for the borough's contact who asks, both days included: they have what the contact has of the
 * boroughs, and are told. The database refuses whoever is no contact of
 * the same council, and more than a quarter.
 */
export async function nameStandIn(
  tx: Transaction,
  asker: Asker,
  { standInId, startsOn, endsOn }: { standInId: string; startsOn: PlainDate; endsOn: PlainDate },
): Promise<void> {
  await recordCommand(tx, {
    action: 'name-stand-in',
    subject: { kind: 'account', id: standInId },
    detail: { grant: asker.grantId, from: startsOn, until: endsOn },
  });
  await tx
    .insertInto('identity.borough_cover')
    .values({
      grant_id: asker.grantId,
      stand_in_id: standInId,
      starts_on: startsOn,
      ends_on: endsOn,
      named_by: asker.accountId,
    })
    .execute();
  await sql`select messages.tell(${standInId}, 'something-waits', '/borough/cover')`.execute(tx);
}

/** Ends cover before its last day. Either of the two may; what has ended stays as it was. */
export async function endBoroughCover(
  tx: Transaction,
  asker: Asker,
  clock: Clock,
  coverId: string,
): Promise<void> {
  await recordCommand(tx, { action: 'end-borough-cover', subject: { kind: 'borough-cover', id: coverId } });
  await tx
    .updateTable('identity.borough_cover')
    .set({ ended_at: clock.now(), ended_by: asker.accountId })
    .where('id', '=', coverId)
    .where('ended_at', 'is', null)
    .execute();
}
