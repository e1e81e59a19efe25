import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { everybodyWaiting, type Waiting } from './waiting-queries.ts';

export type WaitingOutcome =
  | { kind: 'saved' }
  /** They do not wait, or no longer; or not for the asker. */
  | { kind: 'missing' }
  /** Somebody else recorded something since the form was opened. */
  | { kind: 'changed-meanwhile' };

/** Records what is done for somebody while they wait. */
export async function recordMeanwhile(
  tx: Transaction,
  personId: string,
  { meanwhile, localProvision, version }: { meanwhile: string; localProvision: string; version: number },
): Promise<WaitingOutcome> {
  return await changeEntry(tx, personId, version, 'record-waiting', () => ({
    detail: {},
    values: { meanwhile, local_provision: localProvision },
  }));
}

/** Moves somebody before all who were not moved up, with the reason. */
export async function moveUp(
  tx: Transaction,
  personId: string,
  { reason, why, version }: { reason: string; why: string; version: number },
  clock: Clock,
): Promise<WaitingOutcome> {
  return await changeEntry(tx, personId, version, 'move-up', ({ movedUpAt }) => ({
    detail: { reason },
    values: { moved_up_at: movedUpAt ?? clock.now(), moved_up_reason: reason, moved_up_why: why },
  }));
}

/** Puts somebody who was moved up back to where they stand by when they were accepted. */
export async function moveBack(tx: Transaction, personId: string, version: number): Promise<WaitingOutcome> {
  return await changeEntry(tx, personId, version, 'move-back', () => ({
    detail: {},
    values: { moved_up_at: null, moved_up_reason: '', moved_up_why: '' },
  }));
}

interface EntryValues {
  meanwhile?: string;
  local_provision?: string;
  moved_up_at?: Date | null;
  moved_up_reason?: string;
  moved_up_why?: string;
}

async function changeEntry(
  tx: Transaction,
  personId: string,
  version: number,
  action: string,
  change: (waiting: Waiting) => { detail: Record<string, string>; values: EntryValues },
): Promise<WaitingOutcome> {
  // There may be no row to hold yet.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`waiting ${personId}`}, 0))`.execute(tx);
  const [waiting] = await everybodyWaiting(tx, personId);
  if (!waiting) return { kind: 'missing' };
  if (waiting.entry.version !== version) return { kind: 'changed-meanwhile' };
  const { detail, values } = change(waiting);
  await recordCommand(tx, {
    action,
    subject: { kind: 'episode', id: waiting.episodeId },
    personId,
    detail,
  });
  await writeEntry(tx, waiting, values);
  return { kind: 'saved' };
}

async function writeEntry(
  tx: Transaction,
  { episodeId, personId, area, entry }: Waiting,
  values: EntryValues,
): Promise<void> {
  if (entry.version > 0) {
    await tx.updateTable('service.waiting_entry').set(values).where('episode_id', '=', episodeId).execute();
    return;
  }
  await tx
    .insertInto('service.waiting_entry')
    .values({ episode_id: episodeId, person_id: personId, area, ...values })
    .execute();
}
