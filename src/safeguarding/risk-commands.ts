import type { Clock } from '../platform/clock/clock.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  amendDocument,
  writeDocument,
} from '../platform/history/document.ts';
import { type Risk, type RiskField, riskDocument } from './risk.ts';

/**
 * Records how great somebody judges the risk to a young person to be; gives its id. It counts from now on, and those
 * before it stay as they were. @throws when the asker belongs to no organisation
 */
export async function assessRisk(
  tx: Transaction,
  { asker, clock }: { asker: Asker; clock: Clock },
  personId: string,
  risk: Risk,
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('A risk is assessed for an organisation, and its author has none');
  const episode = await tx
    .selectFrom('service.episode')
    .select('id')
    .where('person_id', '=', personId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  const fixed = {
    person_id: personId,
    episode_id: episode?.id ?? null,
    organisation_id: asker.organisationId,
    assessed_by: asker.accountId,
    assessed_at: clock.now().toISOString(),
  };
  return await writeDocument(tx, riskDocument, fixed, { ...risk });
}

/** Corrects what an assessment says; what it said before is kept. */
export async function correctRisk(
  tx: Transaction,
  id: string,
  correction: Amendment<RiskField>,
): Promise<AmendmentOutcome<RiskField>> {
  return await amendDocument(tx, riskDocument, id, correction);
}
