import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { findAllocation, workersOf } from './caseload-queries.ts';
import { passOnPlanned } from './contact-commands.ts';

export type AssignmentOutcome =
  | { kind: 'saved' }
  | { kind: 'missing' }
  /** Somebody else chose since the form was opened; this is who works with the young person now. */
  | { kind: 'changed-meanwhile'; workerName: string | null }
  /** Not one of the team that has the young person, or no longer. */
  | { kind: 'not-of-the-team' };

interface Assignment {
  workerId: string | null;
  /** How much work it is, 1 light to 5 intensive; as it was where nothing is said. */
  weight?: number | undefined;
  version: number;
}

/**
 * Makes somebody of the team the young person's worker, or nobody yet, and says how much work it is; a worker who is new
 * to it is told that something is new.
 */
export async function assignWorker(
  tx: Transaction,
  allocationId: string,
  chosen: Assignment,
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
  const { workerId, weight = allocation.weight } = chosen;
  const isSame = allocation.workerId === workerId;
  if (isSame && allocation.weight === weight) return { kind: 'saved' };
  if (!isSame && workerId !== null) {
    const workers = await workersOf(tx, { teamId: allocation.teamId });
    if (!workers.some(({ accountId }) => accountId === workerId)) return { kind: 'not-of-the-team' };
  }
  await recordCommand(tx, {
    action: isSame ? 'weigh-case' : 'assign-worker',
    subject: { kind: 'allocation', id: allocationId },
    personId: allocation.personId,
    detail: { worker: workerId, weight },
  });
  await tx
    .updateTable('service.allocation')
    .set({ worker_id: workerId, weight })
    .where('id', '=', allocationId)
    .execute();
  if (!isSame && workerId !== null) {
    await passOnPlanned(tx, { personId: allocation.personId, from: allocation.workerId, to: workerId });
    await sql`select messages.tell(${workerId}, 'new-allocation', '/caseload')`.execute(tx);
  }
  return { kind: 'saved' };
}
