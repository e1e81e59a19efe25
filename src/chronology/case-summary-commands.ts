import { sql } from 'kysely';
import type { Person } from '../people/index.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  amendDocument,
  blank,
  writeDocument,
} from '../platform/history/document.ts';
import { type SummaryField, summaryDocument } from './case-summary.ts';
import { ownSummary } from './case-summary-queries.ts';

/**
 * Writes where things stand, or writes it afresh. Two who write the first one at once are two who changed it at once.
 * @throws when the asker works for no provider
 */
export async function saveSummary(
  tx: Transaction,
  asker: Asker,
  person: Person,
  amendment: Amendment<SummaryField>,
): Promise<AmendmentOutcome<SummaryField>> {
  if (asker.organisationId === null)
    throw new Error('A case is summed up for a provider, and whoever does it has none');
  await sql`select pg_advisory_xact_lock(hashtextextended(${`case_summary ${person.id} ${asker.organisationId}`}, 0))`.execute(
    tx,
  );
  const own = await ownSummary(tx, asker, person.id);
  if (own) return await amendDocument(tx, summaryDocument, own.id, amendment);
  if (amendment.version !== 0) return { kind: 'missing' };
  const fixed = { person_id: person.id, organisation_id: asker.organisationId, area: person.area };
  await writeDocument(tx, summaryDocument, fixed, amendment.values(blank(summaryDocument)));
  return { kind: 'saved' };
}
