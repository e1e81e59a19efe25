import { type RawBuilder, sql } from 'kysely';

/**
 * Holds for whoever is not recorded to have died: every list of things to do about young people asks it, so that nobody
 * is asked to ring, visit or review somebody who is dead. Their record stays, and where support is still open after a
 * death a caseload has it apart, to be closed. It looks in the index of the dead alone (person_died), which is small.
 *
 * @param personId column with the young person's id, such as `al.person_id`.
 */
export function isLiving(personId: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from service.person dead where dead.id = ${sql.ref(personId)} and dead.died_on is not null)`;
}
