import { sql } from 'kysely';
import type { Asker, Transaction } from '../database/transaction.ts';
import type { Values } from '../forms/conflict.ts';
import type { Version } from './changes.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  amendDocument,
  blank,
  type Document,
  findOwnDocument,
  versionsOfDocument,
  writeDocument,
} from './document.ts';

/** Documents of which each provider has one about a young person: its plan for their safety, how to reach them safely. */

/** A document as it stands, with the provider that writes it. */
export interface CurrentDocument<Field extends string> {
  id: string;
  organisationId: string;
  organisationName: string;
  version: number;
  values: Values<Field>;
  /** Every version that is there, the oldest first. */
  versions: Version<Field>[];
}

/** A document about a young person as each provider has it, at most one each, the asker's own first. */
export async function currentDocuments<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  personId: string,
  ownOrganisationId: string | null,
): Promise<CurrentDocument<Field>[]> {
  const { rows } = await sql<{ id: string; organisation_id: string; name: string; version: number }>`
    select d.id, d.organisation_id, o.name, d.version
    from ${sql.id('service', document.table)} d
    join identity.organisation o on o.id = d.organisation_id
    where d.person_id = ${personId}
    order by d.organisation_id is not distinct from ${ownOrganisationId}::uuid desc, o.name
    limit 10`.execute(tx);
  const found: CurrentDocument<Field>[] = [];
  for (const row of rows) {
    const versions = await versionsOfDocument(tx, document, row.id, Math.max(1, row.version - EARLIER));
    const now = versions.at(-1);
    if (!now) continue;
    found.push({
      id: row.id,
      organisationId: row.organisation_id,
      organisationName: row.name,
      version: row.version,
      values: now.values,
      versions,
    });
  }
  return found;
}

/** How many earlier versions a page shows. */
const EARLIER = 10;

/** The asker's own provider's document about somebody; null where nothing is written yet. */
export async function ownDocument<Field extends string>(
  tx: Transaction,
  document: Document<Field>,
  personId: string,
  organisationId: string | null,
): Promise<(Version<Field> & { id: string }) | null> {
  const id = await ownDocumentId(tx, document, personId, organisationId);
  const now = id === null ? null : await findOwnDocument(tx, document, { id, personId, organisationId });
  return id === null || !now ? null : { ...now, id };
}

async function ownDocumentId(
  tx: Transaction,
  document: Document<string>,
  personId: string,
  organisationId: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id('service', document.table)}
    where person_id = ${personId} and organisation_id = ${organisationId}`.execute(tx);
  return rows[0]?.id ?? null;
}

/**
 * Writes the one document of a kind that the asker's provider has of a young person, or changes it where it is there. Two
 * who write the first one at once are two who changed it at once.
 *
 * @throws when the asker works for no provider
 */
export async function saveDocument<Field extends string>(
  tx: Transaction,
  asker: Asker,
  personId: string,
  document: Document<Field>,
  amendment: Amendment<Field>,
): Promise<AmendmentOutcome<Field>> {
  const { organisationId } = asker;
  if (organisationId === null) throw new Error(`A ${document.kind} is a provider's, and its author has none`);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${document.table} ${personId} ${organisationId}`}, 0))`.execute(
    tx,
  );
  const id = await ownDocumentId(tx, document, personId, organisationId);
  if (id !== null) return await amendDocument(tx, document, id, amendment);
  if (amendment.version !== 0) return { kind: 'missing' };
  const fixed = { person_id: personId, organisation_id: organisationId };
  await writeDocument(tx, document, fixed, amendment.values(blank(document)));
  return { kind: 'saved' };
}
