import type { z } from 'zod';
import type { Database } from '../database/transaction.ts';

/** What a job works with. */
export interface JobGround {
  /** Reaches the database as the background does: only inside `asTask`, with that task's rights. */
  readonly database: Database;
  /** Aborted when the worker was told to stop and has waited a while: finish what is in hand and begin nothing new. */
  readonly stopping: AbortSignal;
}

/** One kind of background work. */
export interface Job {
  readonly name: string;
  run(payload: unknown, ground: JobGround): Promise<void>;
}

/**
 * Background work under a name. It may be done twice, and by two workers at once: doing it again must change nothing.
 *
 * @param payload ids only: a queue is read by whoever looks after the server.
 */
export function job<Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  work: (payload: Payload, ground: JobGround) => Promise<void>,
): Job {
  return { name, run: async (given, ground) => await work(payload.parse(given), ground) };
}
