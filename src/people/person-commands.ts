import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { keyOfNames, type Person } from './person.ts';

/** What a new record is made of. */
export type NewPerson = Omit<Person, 'id' | 'reference' | 'areaName' | 'diedOn' | 'version'>;

/**
 * Waits until nobody else is making a person, and keeps it so until the transaction ends: what is looked up
 * afterwards holds every record there is, so that two people cannot each make one for the same young person.
 */
export async function beTheOneWhoMakesPeople(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.makingAPerson})`.execute(tx);
}

/**
 * Makes a young person's record and gives its id. Whoever calls this has looked for the records there are.
 * @throws when the area is none that the asker answers for
 */
export async function makePerson(tx: Transaction, person: NewPerson): Promise<string> {
  const id = (await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx)).rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, { action: 'make-person', subject: { kind: 'person', id }, personId: id });
  await tx
    .insertInto('service.person')
    .values({
      id,
      given_names: person.givenNames,
      family_name: person.familyName,
      known_as: person.knownAs,
      name_key: keyOfNames(person),
      date_of_birth: person.dateOfBirth,
      date_of_birth_precision: person.dateOfBirthPrecision,
      gender: person.gender,
      ethnicity: person.ethnicity,
      postcode: person.postcode,
      area: person.area,
    })
    .execute();
  return id;
}
