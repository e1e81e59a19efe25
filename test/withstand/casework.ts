import type pg from 'pg';
import { provider, type Someone, someone } from '../support/service.ts';
import { allocated, youngPerson } from '../support/young-person.ts';
import type { Fields } from './plain-browser.ts';

/** A caseworker, and a young person who was allocated to them. */
export async function caseworker(owner: pg.Client): Promise<{ worker: Someone; personId: string }> {
  const place = await provider(owner);
  const worker = await someone(owner, 'caseworker', place);
  const { id: personId } = await youngPerson(owner);
  await allocated(owner, personId, { ...place, workerId: worker.accountId });
  return { worker, personId };
}

/** Where a note about a young person is written. */
export const newNotePath = (personId: string): string => `/people/${personId}/notes/new`;

/** What makes a note of the form, which has the day and the time in it already. */
export const noteSaying = (fact: string): Fields => ({ kind: 'contact-telephone', fact });
