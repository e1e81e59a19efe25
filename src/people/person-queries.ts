import { sql } from 'kysely';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { birthFrom, type Names, namesFrom, type Person } from './person.ts';

/**
 * A record that the asker opened in an emergency (src/restricted), which their own role does not give them: from here on
 * the transaction reads as somebody who works with the young person would, as far as the opening goes.
 */
export async function findOpenedPerson(tx: Transaction, id: string): Promise<Person | null> {
  const opened = await sql`
    select set_config('role', 'homeward_relationship', true) from need_to_know.opened('person') as opened(person_id)
    where opened.person_id = ${id}`.execute(tx);
  return opened.rows.length > 0 ? await findPerson(tx, id) : null;
}

/** A young person's record; `null` when there is none, or none that the asker may see. */
export async function findPerson(tx: Transaction, id: string): Promise<Person | null> {
  const found = await tx
    .selectFrom('service.person as p')
    .innerJoin('reference.area as a', 'a.code', 'p.area')
    .select([
      'p.id',
      'p.reference',
      'p.given_names',
      'p.family_name',
      'p.known_as',
      'p.date_of_birth',
      'p.date_of_birth_precision',
      'p.gender',
      'p.ethnicity',
      'p.postcode',
      'p.area',
      'a.name as area_name',
      'p.died_on',
      'p.version',
    ])
    .where('p.id', '=', id)
    .executeTakeFirst();
  if (!found) return null;
  return {
    id: found.id,
    reference: found.reference,
    ...namesFrom(found),
    ...birthFrom(found),
    gender: found.gender,
    ethnicity: found.ethnicity,
    postcode: found.postcode,
    area: found.area,
    areaName: found.area_name,
    diedOn: found.died_on === null ? null : plainDate(found.died_on),
    version: found.version,
  };
}

/** What several young people are called, by their ids; who may not be seen is not among them. */
export async function namesOfPeople(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Names>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('service.person')
    .select(['id', 'given_names', 'family_name', 'known_as'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, namesFrom(row)]));
}
