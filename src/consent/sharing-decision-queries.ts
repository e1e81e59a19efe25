import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { type DecisionField, decisionDocument, type SharingDecision } from './sharing-decision.ts';

/** The decisions about a young person, the newest first, at most so many. */
export async function sharingDecisionsOf(
  tx: Transaction,
  personId: string,
  most: number,
): Promise<SharingDecision[]> {
  const fields = Object.entries(decisionDocument.columns) as [DecisionField, string | { orNull: string }][];
  const columns = fields.map(
    ([field, column]) =>
      sql`coalesce(d.${sql.id(typeof column === 'string' ? column : column.orNull)}::text, '') as ${sql.id(field)}`,
  );
  const { rows } = await sql<Row>`
    select d.id, d.organisation_id, o.name as organisation_name, d.recorded_at, ${sql.join(columns)}
    from service.sharing_decision d
    join identity.organisation o on o.id = d.organisation_id
    where d.person_id = ${personId}
    order by d.decided_on desc, d.id desc
    limit ${most}`.execute(tx);
  return rows.map(({ id, organisation_id, organisation_name, recorded_at, ...values }) => ({
    id,
    organisationId: organisation_id,
    organisationName: organisation_name,
    recordedAt: recorded_at,
    values,
  }));
}

type Row = Record<DecisionField, string> & {
  id: string;
  organisation_id: string;
  organisation_name: string;
  recorded_at: Date;
};
