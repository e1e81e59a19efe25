import type { Role } from '../database/transaction.ts';

/** A role as people call it. */
export const roleInWords: Readonly<Record<Role, string>> = {
  referrer: 'Referrer',
  spoc: 'Borough contact',
  coordinator: 'Partnership coordinator',
  analyst: 'Analyst',
  caseworker: 'Caseworker',
  'provider-manager': 'Provider manager',
  'gender-consultant': 'Gender consultant',
  'operations-manager': 'Operations manager',
  'data-protection-lead': 'Data protection lead',
  administrator: 'Administrator',
};
