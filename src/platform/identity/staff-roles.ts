import { type Role, roles } from '../database/transaction.ts';

export type StaffRole = Exclude<Role, 'referrer'>;

/** The roles of people who work with the service and sign in with a password and a code. */
export const staffRoles = roles.filter((role): role is StaffRole => role !== 'referrer');
