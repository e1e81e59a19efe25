import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { writeDocument } from '../platform/history/document.ts';
import { type MemberField, memberDocument } from './network-member.ts';

/** Adds somebody to a young person's network and gives their id. @throws when the asker works for no provider */
export async function addMember(
  tx: Transaction,
  asker: Asker,
  personId: string,
  member: Values<MemberField>,
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('A network is written down by a provider, and its author has none');
  const fixed = { person_id: personId, organisation_id: asker.organisationId };
  return await writeDocument(tx, memberDocument, fixed, member);
}
