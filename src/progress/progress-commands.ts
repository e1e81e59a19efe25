import { openEpisode } from '../people/index.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { writeDocument } from '../platform/history/document.ts';
import { type EteField, eteDocument } from './ete.ts';
import { type OnwardField, onwardDocument } from './onward-referral.ts';

/** Records what somebody does, and gives its id. @throws when the asker works for no provider */
export async function recordEtePeriod(
  tx: Transaction,
  asker: Asker,
  personId: string,
  period: Values<EteField>,
): Promise<string> {
  const fixed = { person_id: personId, organisation_id: providerOf(asker) };
  return await writeDocument(tx, eteDocument, fixed, period);
}

/** Records a referral on to another service, and gives its id. @throws when the asker works for no provider */
export async function recordOnwardReferral(
  tx: Transaction,
  asker: Asker,
  personId: string,
  referral: Values<OnwardField>,
): Promise<string> {
  const fixed = {
    person_id: personId,
    organisation_id: providerOf(asker),
    episode_id: await openEpisode(tx, personId),
  };
  return await writeDocument(tx, onwardDocument, fixed, referral);
}

function providerOf({ organisationId }: Asker): string {
  if (organisationId === null)
    throw new Error('Progress is recorded for a provider, and who records it has none');
  return organisationId;
}
