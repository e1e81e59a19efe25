import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/** Says where the asker goes alone and by when they are to be back; gives its id. */
export async function goOut(
  tx: Transaction,
  asker: Asker,
  { goingTo, expectedBackAt }: { goingTo: string; expectedBackAt: Date },
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('Whoever goes out works for a provider, and this one has none');
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, { action: 'go-out', subject: { kind: 'check-in', id } });
  await tx
    .insertInto('service.check_in')
    .values({
      id,
      worker_id: asker.accountId,
      organisation_id: asker.organisationId,
      going_to: goingTo,
      expected_back_at: expectedBackAt,
    })
    .execute();
  return id;
}

/** Says that a worker is back, or was reached and is safe; false where they are already, or it is not the asker's to say. */
export async function checkIn(tx: Transaction, asker: Asker, checkInId: string, now: Date): Promise<boolean> {
  return await change(tx, checkInId, 'check-in', { checked_in_at: now, checked_in_by: asker.accountId });
}

/** Says that a worker will be back later than they had said; false where they are back already, or it is not theirs. */
export async function stayLonger(tx: Transaction, checkInId: string, expectedBackAt: Date): Promise<boolean> {
  return await change(tx, checkInId, 'stay-longer', { expected_back_at: expectedBackAt });
}

async function change(
  tx: Transaction,
  checkInId: string,
  action: 'check-in' | 'stay-longer',
  to: { checked_in_at: Date; checked_in_by: string } | { expected_back_at: Date },
): Promise<boolean> {
  const held = await tx
    .selectFrom('service.check_in')
    .select('id')
    .where('id', '=', checkInId)
    .where('checked_in_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) return false;
  await recordCommand(tx, { action, subject: { kind: 'check-in', id: checkInId } });
  await tx.updateTable('service.check_in').set(to).where('id', '=', checkInId).execute();
  return true;
}
