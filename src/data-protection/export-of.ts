import { parseReference } from '../people/index.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { openAccessRequestOf, personWithReference, referenceOf } from './request-queries.ts';
import { isReadyForExport, readSubjectAccess } from './subject-access.ts';
import { subjectAccessCopy, subjectAccessData } from './subject-access-copy.tsx';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The export of a person, named by the reference or id of their record, as the account that asks may make it: everything with
 * what is marked for redaction, for a machine; and the redacted copy.
 *
 * @throws Refusal where there is no open request for access with a checked identity
 */
export async function exportOf(
  tx: Transaction,
  person: string,
  madeAt: Date,
): Promise<{ data: string; copy: string }> {
  const typed = parseReference(person);
  const personId = UUID.test(person)
    ? person
    : typed === undefined
      ? null
      : await personWithReference(tx, typed);
  const reference = personId === null ? null : await referenceOf(tx, personId);
  if (personId === null || reference === null) throw new Refusal(`There is no record ${person}`);
  const request = await openAccessRequestOf(tx, personId);
  if (!request || !isReadyForExport(request))
    throw new Refusal(
      `${reference} has no open request for access with a checked identity: record it on the page "Requests by right" first`,
    );
  const held = await readSubjectAccess(tx, request.id);
  return {
    data: subjectAccessData(held, { reference, madeAt }),
    copy: subjectAccessCopy(held, { reference, madeAt, kind: 'redacted' }),
  };
}
