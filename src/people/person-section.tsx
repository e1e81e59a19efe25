import type { ComponentChildren } from 'preact';
import type { Asker, Role, Transaction } from '../platform/database/transaction.ts';
import type { Service } from '../platform/service.ts';
import type { Person } from './person.ts';

/** Whose page it is, and who reads it. */
export interface PersonVisit {
  tx: Transaction;
  asker: Asker;
  service: Service;
  person: Person;
  /** They write casework about the young person ({@link mayWriteAbout}), and do not only read the record. */
  mayWrite: boolean;
}

/** What a capability knows of a young person: a part of their page. Which of its rows come, the database decides. */
export interface PersonSection {
  /** The roles whose page has it. */
  for: readonly Role[];
  /** What the audit calls a look at a page that has it, where that is more than a look at the record. */
  look?: string;
  /** Its heading (of the second level) and what is under it. */
  show(visit: PersonVisit): Promise<ComponentChildren>;
}
