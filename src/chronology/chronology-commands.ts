import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/** Something that happened and of which no other record tells. */
export interface NewEvent {
  happenedOn: PlainDate;
  what: string;
  source: string;
  impact: string;
  significant: boolean;
}

/** Adds an event to a young person's chronology. @throws when the asker belongs to no organisation */
export async function addEvent(
  tx: Transaction,
  asker: Asker,
  personId: string,
  event: NewEvent,
): Promise<void> {
  if (asker.organisationId === null)
    throw new Error('An event is recorded for an organisation, and whoever records it has none');
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, { action: 'add-event', subject: { kind: 'chronology-event', id }, personId });
  await tx
    .insertInto('service.chronology_event')
    .values({
      id,
      person_id: personId,
      organisation_id: asker.organisationId,
      happened_on: event.happenedOn,
      what: event.what,
      source: event.source,
      impact: event.impact,
      significant: event.significant,
    })
    .execute();
}
