import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { type Difference, reconcile, type Side } from '../platform/forms/conflict.ts';
import { type Change, changesOf } from '../platform/history/changes.ts';
import {
  type AllegationField,
  type AllegationProgress,
  allegationFields,
  progressAsText,
} from './allegation.ts';
import { versionsOfAllegation } from './allegation-queries.ts';

/** What is said against somebody who works with young people. */
export interface RaisedAllegation {
  organisationId: string;
  /** The colleague who was chosen; null where their name was typed. */
  aboutAccountId: string | null;
  /** What the chosen one is called, or what was typed. */
  aboutName: string;
  what: string;
  happened: string;
  /** Whom of the young people it concerns, and what is said to have happened to them. */
  youngPerson: { personId: string; what: string } | null;
}

/**
 * Raises an allegation. Those who receive it are told that something waits; says how many they are: whoever it may be about
 * is none of them (need_to_know.may_be_about). The audit holds that something confidential was written, and neither what nor
 * about whom.
 */
export async function raiseAllegation(
  tx: Transaction,
  { asker, clock }: { asker: Asker; clock: Clock },
  raised: RaisedAllegation,
): Promise<number> {
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('The database gave no id');
  await recordCommand(tx, { action: 'confidential-written', subject: { kind: 'confidential', id } });
  await tx
    .insertInto('service.allegation')
    .values({
      id,
      organisation_id: raised.organisationId,
      about_account: raised.aboutAccountId,
      about_name: raised.aboutName,
      what: raised.what,
      happened: raised.happened,
      raised_by: asker.accountId,
      raised_at: clock.now(),
    })
    .execute();
  if (raised.youngPerson !== null) {
    await tx
      .insertInto('service.allegation_person')
      .values({
        allegation_id: id,
        person_id: raised.youngPerson.personId,
        what: raised.youngPerson.what,
      })
      .execute();
  }
  const told = await sql<{ told: number }>`select messages.tell_of_allegation(${id}) as told`.execute(tx);
  return told.rows[0]?.told ?? 0;
}

/** What somebody typed over what is known of an allegation's progress. */
export interface ProgressTyped {
  /** The version the form was opened with. */
  version: number;
  /** The version its author has been shown since. */
  seen?: number | undefined;
  progress: AllegationProgress;
  choices: Readonly<Partial<Record<AllegationField, Side | undefined>>>;
}

export type ProgressOutcome =
  | { kind: 'saved' }
  | { kind: 'nothing-changed' }
  | { kind: 'missing' }
  /** What both changed does not go together: the officer's name and when they were told, or an end and its outcome. */
  | { kind: 'refused'; field: AllegationField; why: string }
  | {
      kind: 'changed-meanwhile';
      version: number;
      differences: Difference<AllegationField>[];
      undecided: AllegationField[];
      changes: Change<AllegationField>[];
    };

/** Records what one who receives it has done about an allegation; what was written before is kept. */
export async function recordProgress(
  tx: Transaction,
  clock: Clock,
  allegationId: string,
  typed: ProgressTyped,
): Promise<ProgressOutcome> {
  const held = await tx
    .selectFrom('service.allegation')
    .select('closed_at')
    .where('id', '=', allegationId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const versions = held ? await versionsOfAllegation(tx, allegationId, typed.version) : [];
  const [base, now] = [versions[0], versions.at(-1)];
  if (!held || !base || !now || base.version !== typed.version) return { kind: 'missing' };
  const outcome = reconcile({
    base: base.values,
    theirs: now.values,
    mine: progressAsText(typed.progress),
    choices: typed.choices,
    seen: typed.seen === now.version,
  });
  if (outcome.kind === 'to-show') {
    const { differences, undecided } = outcome;
    return {
      kind: 'changed-meanwhile',
      version: now.version,
      differences,
      undecided,
      changes: changesOf(versions),
    };
  }
  const { officerTold, officerName, officerReference, beingDone, outcome: ended, closed } = outcome.values;
  const changed = allegationFields.filter((field) => outcome.values[field] !== now.values[field]);
  if (changed.length === 0) return { kind: 'nothing-changed' };
  if ((officerTold === '') !== (officerName === ''))
    return { kind: 'refused', field: 'officerName', why: 'Enter both who was told and when' };
  if (closed === 'yes' && ended === '')
    return { kind: 'refused', field: 'outcome', why: 'Enter what came of it before it is closed' };
  await recordCommand(tx, {
    action: 'confidential-changed',
    subject: { kind: 'confidential', id: allegationId },
  });
  await tx
    .updateTable('service.allegation')
    .set({
      officer_told_at: officerTold === '' ? null : new Date(officerTold),
      officer_name: officerName,
      officer_reference: officerReference,
      being_done: beingDone,
      outcome: ended,
      closed_at: closed === 'yes' ? (held.closed_at ?? clock.now()) : null,
    })
    .where('id', '=', allegationId)
    .execute();
  return { kind: 'saved' };
}

/** Names somebody who receives allegations of an organisation, or of every one. False when they are named already. */
export async function nameRecipient(
  tx: Transaction,
  asker: Asker,
  { organisationId, accountId }: { organisationId: string | null; accountId: string },
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'recipient-named',
    subject: { kind: 'account', id: accountId },
    detail: { organisation: organisationId },
  });
  const made = await sql`
    insert into service.allegation_recipient (organisation_id, account_id, named_by)
    values (${organisationId}, ${accountId}, ${asker.accountId})
    on conflict (organisation_id, account_id) where ended_at is null do nothing`.execute(tx);
  return (made.numAffectedRows ?? 0n) > 0n;
}

/** Ends that somebody receives allegations. False when there is nothing to end. */
export async function endRecipient(tx: Transaction, clock: Clock, recipientId: string): Promise<boolean> {
  const recipient = await tx
    .selectFrom('service.allegation_recipient')
    .select('account_id')
    .where('id', '=', recipientId)
    .where('ended_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!recipient) return false;
  await recordCommand(tx, {
    action: 'recipient-ended',
    subject: { kind: 'account', id: recipient.account_id },
  });
  await tx
    .updateTable('service.allegation_recipient')
    .set({ ended_at: clock.now() })
    .where('id', '=', recipientId)
    .execute();
  return true;
}
