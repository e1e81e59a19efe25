import { sql } from 'kysely';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Person } from './person.ts';
import { findPerson } from './person-queries.ts';

/**
 * Whether the asker writes casework about a young person whose record they have: their team or provider works with them, or
 * did until 28 days ago. Whoever opened the record in an emergency reads it, and writes a note, a contact that they made or a
 * concern; nothing else. The policies of casework say the same (homeward.casework_policies); this is for what is offered.
 */
export async function mayWriteAbout(tx: Transaction, { role }: Asker, personId: string): Promise<boolean> {
  if (role !== 'caseworker' && role !== 'provider-manager') return false;
  const { rows } = await sql<{ may: boolean }>`select need_to_know.acts_on(${personId}) as may`.execute(tx);
  return rows[0]?.may === true;
}

/** The record of a young person about whom the asker writes casework; `null` where they only read it, or have none. */
export async function findPersonToWriteAbout(
  tx: Transaction,
  asker: Asker,
  personId: string,
): Promise<Person | null> {
  const person = await findPerson(tx, personId);
  return person !== null && (await mayWriteAbout(tx, asker, person.id)) ? person : null;
}
