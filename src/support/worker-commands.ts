import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Workload } from './worker-queries.ts';

/**
 * Sets how many points somebody carries.
 * @param version of their capacity as it was when the asker opened it, 0 where none was set.
 * @returns false when somebody has set it since; nothing is changed then.
 */
export async function setCapacity(
  tx: Transaction,
  organisationId: string,
  workerId: string,
  points: number,
  version: number,
): Promise<boolean> {
  // There may be no row to hold yet.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`capacity ${organisationId} ${workerId}`}, 0))`.execute(
    tx,
  );
  const now = await tx
    .selectFrom('service.worker_capacity')
    .select('version')
    .where('organisation_id', '=', organisationId)
    .where('worker_id', '=', workerId)
    .executeTakeFirst();
  if ((now?.version ?? 0) !== version) return false;
  await recordCommand(tx, {
    action: 'set-capacity',
    subject: { kind: 'account', id: workerId },
    detail: { points },
  });
  if (now)
    await tx
      .updateTable('service.worker_capacity')
      .set({ points })
      .where('organisation_id', '=', organisationId)
      .where('worker_id', '=', workerId)
      .execute();
  else
    await tx
      .insertInto('service.worker_capacity')
      .values({ organisation_id: organisationId, worker_id: workerId, points })
      .execute();
  return true;
}

export interface ArrangedCover {
  worker: Workload;
  standIn: Workload;
  startsOn: PlainDate;
  endsOn: PlainDate;
}

/**
 * Arranges that somebody stands in for somebody of the same team, who could see the cases anyway and now has them in their
 * own caseload; they are told.
 * @returns false where the two have no team in common.
 */
export async function arrangeCover(
  tx: Transaction,
  organisationId: string,
  { worker, standIn, startsOn, endsOn }: ArrangedCover,
): Promise<boolean> {
  if (!worker.teams.some(({ teamId }) => standIn.teams.some((team) => team.teamId === teamId))) return false;
  await recordCommand(tx, {
    action: 'arrange-cover',
    subject: { kind: 'account', id: worker.workerId },
    detail: { by: standIn.workerId, from: startsOn, until: endsOn },
  });
  await tx
    .insertInto('service.cover')
    .values({
      organisation_id: organisationId,
      worker_id: worker.workerId,
      covered_by: standIn.workerId,
      starts_on: startsOn,
      ends_on: endsOn,
    })
    .execute();
  await sql`select messages.tell(${standIn.workerId}, 'new-allocation', '/caseload')`.execute(tx);
  return true;
}

/** Ends cover before its time; what has ended already stays as it is. */
export async function endCover(tx: Transaction, coverId: string, clock: Clock): Promise<void> {
  await recordCommand(tx, { action: 'end-cover', subject: { kind: 'cover', id: coverId } });
  await tx
    .updateTable('service.cover')
    .set({ ended_at: clock.now() })
    .where('id', '=', coverId)
    .where('ended_at', 'is', null)
    .execute();
}
