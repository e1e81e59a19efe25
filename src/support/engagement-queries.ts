import { sql } from 'kysely';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { type Engagement, engagementFrom } from './engagement.ts';

/** The engagement of one allocation. */
export interface AllocationEngagement {
  allocationId: string;
  personId: string;
  organisationName: string;
  endedAt: Date | null;
  engagement: Engagement | null;
}

/**
 * Who of these people is engaged with whom: by the id of the allocation, as far as the asker may see the allocation. One
 * query, whoever asks; those who read no case note learn the day and nothing of the contact.
 */
export async function engagementsOf(
  tx: Transaction,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, AllocationEngagement>> {
  if (personIds.length === 0) return new Map();
  const found = await sql<EngagementRow>`
    select e.allocation_id, e.person_id, o.name as organisation_name, e.ended_at, e.first_spoken_at, e.imported_on
    from need_to_know.engagement_of(${[...personIds]}::uuid[]) e
    join identity.organisation o on o.id = e.organisation_id
    order by o.name, e.allocation_id`.execute(tx);
  return new Map(
    found.rows.map((row) => [
      row.allocation_id,
      {
        allocationId: row.allocation_id,
        personId: row.person_id,
        organisationName: row.organisation_name,
        endedAt: row.ended_at,
        engagement: engagementFrom({
          firstSpokenAt: row.first_spoken_at,
          importedOn: row.imported_on === null ? null : plainDate(row.imported_on),
        }),
      },
    ]),
  );
}

interface EngagementRow {
  allocation_id: string;
  person_id: string;
  organisation_name: string;
  ended_at: Date | null;
  first_spoken_at: Date | null;
  imported_on: string | null;
}
