import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { workersOf } from './caseload-queries.ts';
import { passOnPlanned } from './contact-commands.ts';

/** To whom the cases of a worker go. */
export interface Moving {
  /** Who takes those that are not named below; null to leave them. */
  all: string | null;
  /** Who takes each, by the id of its allocation. */
  each: ReadonlyMap<string, string>;
}

export type MovingOutcome =
  | { kind: 'moved'; count: number }
  /** One of those named is theirs no longer: somebody else has moved or ended it since. */
  | { kind: 'changed-meanwhile' }
  /** Somebody chosen does not work in the team that has the young person, so could not see them. */
  | { kind: 'not-of-the-team'; workerName: string; teamName: string };

/**
 * Moves the cases of somebody who leaves, or is away for long, to others of their teams: all that is asked, or nothing.
 * Each is an act of its own in its young person's log; whoever takes any is told once.
 */
export async function moveCases(
  tx: Transaction,
  { organisationId, workerId }: { organisationId: string; workerId: string },
  { all, each }: Moving,
): Promise<MovingOutcome> {
  const { rows: cases } = await sql<{ id: string; person_id: string; team_id: string; team_name: string }>`
    select l.id, l.person_id, l.team_id, t.name as team_name
    from service.allocation l join identity.team t on t.id = l.team_id
    where l.worker_id = ${workerId} and l.organisation_id = ${organisationId} and l.ended_at is null
    order by l.id for no key update of l`.execute(tx);
  if ([...each.keys()].some((id) => !cases.some((one) => one.id === id)))
    return { kind: 'changed-meanwhile' };
  const moves = cases.flatMap((one) => {
    const to = each.get(one.id) ?? all;
    return to === null || to === workerId ? [] : [{ ...one, to }];
  });
  const workers = await workersOf(tx, { organisationId });
  for (const { to, team_id, team_name } of moves) {
    if (workers.some(({ accountId, teamId }) => accountId === to && teamId === team_id)) continue;
    const workerName = workers.find(({ accountId }) => accountId === to)?.name ?? 'Whoever you chose';
    return { kind: 'not-of-the-team', workerName, teamName: team_name };
  }
  for (const { id, person_id, to } of moves) {
    await recordCommand(tx, {
      action: 'move-case',
      subject: { kind: 'allocation', id },
      personId: person_id,
      detail: { from: workerId, to },
    });
    await tx.updateTable('service.allocation').set({ worker_id: to }).where('id', '=', id).execute();
    await passOnPlanned(tx, { personId: person_id, from: workerId, to });
  }
  for (const to of new Set(moves.map((move) => move.to)))
    await sql`select messages.tell(${to}, 'new-allocation', '/caseload')`.execute(tx);
  return { kind: 'moved', count: moves.length };
}
