import type { Role } from '../platform/database/transaction.ts';

/** Who restricts a record that they have (need_to_know.may_restrict). */
export const mayRestrict = [
  'coordinator',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];

/** Who may open a record in an emergency (design.md; the rescue duty worker comes with the rescue desk). */
export const mayBreakGlass = [
  'coordinator',
  'caseworker',
  'provider-manager',
] as const satisfies readonly Role[];
