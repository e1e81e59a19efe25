import type { Names } from '../people/index.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** Something about a young person that should have been looked at by a day, and where it is. */
export interface Overdue {
  personId: string;
  names: Names;
  what: string;
  dueOn: PlainDate;
  href: string;
}

/** Finds what is overdue about those whom some workers work with: whoever puts the pages together knows where to look. */
export type FindOverdue = (
  tx: Transaction,
  of: { workerIds: readonly string[]; today: PlainDate; most: number },
) => Promise<Overdue[]>;
