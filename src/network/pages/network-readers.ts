import type { Role } from '../../platform/database/transaction.ts';

/** Who reads the network and how to reach a young person safely, and who of them writes it. */
export const readersOfNetwork = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];
export const writersOfNetwork = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];
