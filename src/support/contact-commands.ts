import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { ContactHow, ContactOutcome, ContactPerson } from './contact.ts';

interface ContactParts {
  how: ContactHow;
  withWhom: ContactPerson;
  place: string;
}

/** A contact that is still to come. */
export interface PlannedContact extends ContactParts {
  plannedFor: Date;
}

/** A contact that was made, tried or called off. */
export interface MadeContact extends ContactParts {
  outcome: ContactOutcome;
  happenedAt: Date;
}

/** Plans a contact, to be made by the one who plans it; gives its id. @throws when they may not write about the person */
export async function planContact(
  tx: Transaction,
  asker: Asker,
  personId: string,
  { plannedFor, ...parts }: PlannedContact,
): Promise<string> {
  return await addContact(tx, asker, personId, 'plan-contact', {
    ...parts,
    outcome: 'planned',
    plannedFor,
    happenedAt: null,
  });
}

/** Records a contact that nobody had planned; gives its id. @throws when they may not write about the person */
export async function recordContact(
  tx: Transaction,
  asker: Asker,
  personId: string,
  contact: MadeContact,
): Promise<string> {
  return await addContact(tx, asker, personId, 'record-contact', { ...contact, plannedFor: null });
}

async function addContact(
  tx: Transaction,
  asker: Asker,
  personId: string,
  action: 'plan-contact' | 'record-contact',
  contact: ContactParts & {
    outcome: ContactOutcome | 'planned';
    plannedFor: Date | null;
    happenedAt: Date | null;
  },
): Promise<string> {
  if (asker.organisationId === null)
    throw new Error('A contact is made for a provider, and whoever made it has none');
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, {
    action,
    subject: { kind: 'contact', id },
    personId,
    detail: { outcome: contact.outcome },
  });
  await sql`
    insert into service.contact (id, person_id, episode_id, organisation_id, worker_id, planned_for, happened_at, how, with_whom,
      outcome, place)
    values (${id}, ${personId}, (select e.id from service.episode e where e.person_id = ${personId} and e.closed_at is null),
      ${asker.organisationId}, ${asker.accountId}, ${contact.plannedFor}, ${contact.happenedAt}, ${contact.how}, ${contact.withWhom},
      ${contact.outcome}, ${contact.place})`.execute(tx);
  return id;
}

export type OutcomeOfRecording = 'saved' | 'missing' | 'changed-meanwhile';

/** Records what came of a contact that was planned, or puts right what was recorded of one. */
export async function recordOutcome(
  tx: Transaction,
  contactId: string,
  version: number,
  contact: MadeContact,
): Promise<OutcomeOfRecording> {
  // Held until this is done; none where it is not of the asker's own provider.
  const held = await tx
    .selectFrom('service.contact')
    .select(['person_id', 'version'])
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) return 'missing';
  if (held.version !== version) return 'changed-meanwhile';
  await recordCommand(tx, {
    action: 'record-contact',
    subject: { kind: 'contact', id: contactId },
    personId: held.person_id,
    detail: { outcome: contact.outcome },
  });
  await tx
    .updateTable('service.contact')
    .set({
      how: contact.how,
      with_whom: contact.withWhom,
      outcome: contact.outcome,
      happened_at: contact.happenedAt,
      place: contact.place,
    })
    .where('id', '=', contactId)
    .execute();
  return 'saved';
}

/**
 * Gives what somebody planned with a young person to who works with them from now on, so that it stands on one day alone. It is
 * part of the command that passes the case on.
 */
export async function passOnPlanned(
  tx: Transaction,
  { personId, from, to }: { personId: string; from: string | null; to: string },
): Promise<void> {
  if (from === null) return;
  await tx
    .updateTable('service.contact')
    .set({ worker_id: to })
    .where('person_id', '=', personId)
    .where('worker_id', '=', from)
    .where('outcome', '=', 'planned')
    .execute();
}
