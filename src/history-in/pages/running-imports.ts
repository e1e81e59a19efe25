import type { Role } from '../../platform/database/transaction.ts';

/** Whose work imports are: those who run the whole service. */
export const importers = ['operations-manager'] as const satisfies readonly Role[];

/** Minutes since they proved who they are when they confirm an import: it may change every record of the service. */
export const PROVED_WITHIN = 15;

/** A number of rows or faults, as people read it. */
export const counted = (count: number, called: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? called : `${called}s`}`;
