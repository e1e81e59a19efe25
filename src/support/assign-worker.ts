import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { findAllocation, workersOf } from './caseload-queries.ts';

export type AssignmentOutcome =
  | { kind: 'saved' }
  | { kind: 'missing' }
  /** Somebody else chose since the form was opened; this is who works with the young person now. */
  | { kind: 'changed-meanwhile'; workerName: string | null }
  /** Not one of the team that has the young person, or no longer. */
  | { kind: 'not-of-the-team' };

/** Makes somebody of the team the young person's worker, or nobody yet; the worker is told that something is new. */
export async function assignWorker(
  tx: Transaction,
  allocationId: string,
  chosen: { workerId: string | null; version: number },
): Promise<AssignmentOutcome> {
  await tx
    .selectFrom('service.allocation')
    .select('id')
    .where('id', '=', allocationId)
    .forNoKeyUpdate()
    .execute();
  const allocation = await findAllocation(tx, allocationId);
  if (!allocation || allocation.endedAt !== null) return { kind: 'missing' };
  if (allocation.version !== chosen.version)
    return { kind: 'changed-meanwhile', workerName: allocation.workerName };
  if (allocation.workerId === chosen.workerId) return { kind: 'saved' };
  if (chosen.workerId !== null) {
    const workers = await workersOf(tx, { teamId: allocation.teamId });
    if (!workers.some(({ accountId }) => accountId === chosen.workerId)) return { kind: 'not-of-the-team' };
  }
  await recordCommand(tx, {
    action: 'assign-worker',
    subject: { kind: 'allocation', id: allocationId },
    personId: allocation.personId,
    detail: { worker: chosen.workerId },
  });
  await tx
    .updateTable('service.allocation')
    .set({ worker_id: chosen.workerId })
    .where('id', '=', allocationId)
    .execute();
  if (chosen.workerId !== null)
    await sql`select messages.tell(${chosen.workerId}, 'new-allocation', '/caseload')`.execute(tx);
  return { kind: 'saved' };
}
