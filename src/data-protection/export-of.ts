import { parseReference } from '../people/index.ts';
import { recordLook } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { openAccessRequestOf, personWithReference, referenceOf } from './request-queries.ts';
import { isReadyForExport, readSubjectAccess } from './subject-access.ts';
import { subjectAccessData } from './subject-access-copy.tsx';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Everything that is held about somebody, for a machine, with what is marked for redaction. They are named by the reference
 * or the id of their record; it is made as the account that asks may make it.
 *
 * @throws Refusal where there is no open request for access with a checked identity
 */
export async function exportOf(tx: Transaction, person: string, madeAt: Date): Promise<string> {
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
  await recordLook(tx, {
    action: 'download-whole-copy',
    subject: { kind: 'rights-request', id: request.id },
    personId,
  });
  return subjectAccessData(await readSubjectAccess(tx, request.id), { reference, madeAt });
}
