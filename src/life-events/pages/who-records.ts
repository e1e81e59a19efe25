import type { Role } from '../../platform/database/transaction.ts';

/** Who passes responsibility on (need_to_know.move_person). */
export const movers = ['coordinator', 'operations-manager'] as const satisfies readonly Role[];

/** Who opens support again (need_to_know.reopen_support). */
export const reopeners = ['coordinator', 'provider-manager'] as const satisfies readonly Role[];

export const mayReopen = (role: Role): boolean => (reopeners as readonly Role[]).includes(role);

/** Who records a death (need_to_know.record_death). */
export const recordersOfDeaths = [
  'coordinator',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];

/** Who reads plans for turning 18, and who of them writes them. */
export const readersOfTransition = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];
export const maySeePlans = (role: Role): boolean => (readersOfTransition as readonly Role[]).includes(role);
export const writersOfTransition = ['caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** Who is shown who turns 18 or 26. */
export const watchersOfAge = [
  'caseworker',
  'provider-manager',
  'coordinator',
  'operations-manager',
] as const satisfies readonly Role[];
