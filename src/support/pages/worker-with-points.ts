import type { Workload } from '../worker-queries.ts';

/** A worker as a choice of whom to give work to: their name, and how much of what they can carry they have. */
export function workerWithPoints({ name, used, points }: Workload): string {
  const over = used > points ? `, ${used - points} too many` : '';
  return `${name}, ${used} of ${points} points${over}`;
}
