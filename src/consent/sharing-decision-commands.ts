import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { writeDocument } from '../platform/history/document.ts';
import { type DecisionField, decisionDocument } from './sharing-decision.ts';

/** Records consent, or a decision to share or not, and gives its id. @throws when the asker works for no provider */
export async function recordSharingDecision(
  tx: Transaction,
  asker: Asker,
  personId: string,
  decision: Values<DecisionField>,
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('A decision is recorded for a provider, and who records it has none');
  const fixed = { person_id: personId, organisation_id: asker.organisationId };
  return await writeDocument(tx, decisionDocument, fixed, decision);
}
