import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import { formatDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import {
  findHold,
  findRequest,
  findRetention,
  findSubject,
  isErasureAsked,
  isHeld,
  type Subject,
} from './disposal-queries.ts';
import { type Ground, stillOpenInWords } from './retention.ts';

/** Done, or not and why, in words for the one who tried. */
export type Outcome = { done: true } | { done: false; why: string; field?: 'note' };

const refused = (why: string) => ({ done: false as const, why });
const personOf = (subject: Pick<Subject, 'kind' | 'id'>) => (subject.kind === 'person' ? subject.id : null);

/** Proposes that a closed record goes. Those who can be the second person are told that something waits. */
export async function proposeDisposal(
  tx: Transaction,
  asker: Asker,
  { reference, ground, note }: { reference: string; ground: Ground; note: string },
  today: PlainDate,
): Promise<Outcome> {
  const subject = await findSubject(tx, reference);
  if (!subject) return refused('No record has this reference');
  if (subject.open.length > 0) return refused(`This record cannot go yet: ${stillOpenInWords(subject.open)}`);
  if (await isHeld(tx, subject.id))
    return refused('This record is under a legal hold: it has to be lifted first');
  const retention = await findRetention(tx, subject.id);
  if (ground === 'retention-ended' && (!retention || retention.keepUntil >= today)) {
    return refused(
      retention
        ? `This record is kept until ${formatDate(retention.keepUntil)}`
        : 'Until when this record is kept is reckoned tonight: propose it tomorrow, or for another reason',
    );
  }
  if (
    ground === 'erasure-requested' &&
    !(subject.kind === 'person' && (await isErasureAsked(tx, subject.id)))
  )
    return refused(
      'No request for erasure of this record is recorded: record it among the requests by right first',
    );
  if (ground === 'recorded-in-error' && note === '')
    return { done: false, field: 'note', why: 'Enter why it should never have been recorded' };
  await recordCommand(tx, {
    action: 'disposal-proposed',
    subject: { kind: subject.kind, id: subject.id },
    personId: personOf(subject),
    detail: { ground },
  });
  const proposed = await tx
    .insertInto('disposal.request')
    .values({
      subject_kind: subject.kind,
      subject_id: subject.id,
      reference: subject.reference,
      ground,
      note,
      requested_by: asker.accountId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (proposed.numInsertedOrUpdatedRows === 0n)
    return refused('The disposal of this record has been proposed already');
  await tellTheOthers(tx, asker);
  return { done: true };
}

async function tellTheOthers(tx: Transaction, asker: Asker): Promise<void> {
  await sql`
    select messages.tell(g.account_id, 'disposal-proposed', '/disposal')
    from (
      select distinct account_id from identity.access_grant
      where role in ('data-protection-lead', 'operations-manager') and approved_at is not null and ended_at is null
        and account_id <> ${asker.accountId}
    ) g`.execute(tx);
}

/** The second person's word on a proposal. The database refuses the one who proposed it. */
export async function decideDisposal(
  tx: Transaction,
  asker: Asker,
  id: string,
  decision: 'approve' | 'refuse',
  now: Date,
): Promise<Outcome> {
  const request = await findRequest(tx, id);
  if (!request) return refused('There is no such proposal');
  if (request.requestedBy === asker.accountId)
    return refused('You proposed this disposal: somebody else has to decide');
  if (request.approvedAt || request.refusedAt) return refused('This has been decided already');
  if (decision === 'approve' && request.isHeld)
    return refused('This record is under a legal hold: it has to be lifted first');
  if (decision === 'approve' && request.open.length > 0)
    return refused(`This record cannot go yet: ${stillOpenInWords(request.open)}`);
  await recordCommand(tx, {
    action: decision === 'approve' ? 'disposal-approved' : 'disposal-refused',
    subject: { kind: 'disposal', id },
    personId: personOf({ kind: request.kind, id: request.subjectId }),
  });
  const decided = await tx
    .updateTable('disposal.request')
    .set(
      decision === 'approve'
        ? { approved_by: asker.accountId, approved_at: now }
        : { refused_by: asker.accountId, refused_at: now },
    )
    .where('id', '=', id)
    .where('approved_at', 'is', null)
    .where('refused_at', 'is', null)
    .executeTakeFirstOrThrow();
  return decided.numUpdatedRows === 1n ? { done: true } : refused('This has been decided already');
}

/** Keeps a record, open or closed, however long it has been kept, until the hold is lifted. */
export async function placeHold(
  tx: Transaction,
  asker: Asker,
  { reference, reason }: { reference: string; reason: string },
): Promise<Outcome> {
  const subject = await findSubject(tx, reference);
  if (!subject) return refused('No record has this reference');
  await recordCommand(tx, {
    action: 'legal-hold-placed',
    subject: { kind: subject.kind, id: subject.id },
    personId: personOf(subject),
  });
  const placed = await tx
    .insertInto('disposal.legal_hold')
    .values({
      subject_kind: subject.kind,
      subject_id: subject.id,
      reference: subject.reference,
      reason,
      placed_by: asker.accountId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return placed.numInsertedOrUpdatedRows === 0n
    ? refused('This record is under a legal hold already')
    : { done: true };
}

/** Lifts a hold; false when there is none in force. */
export async function liftHold(tx: Transaction, asker: Asker, id: string, now: Date): Promise<boolean> {
  const hold = await findHold(tx, id);
  if (!hold) return false;
  await recordCommand(tx, {
    action: 'legal-hold-lifted',
    subject: { kind: hold.kind, id: hold.subjectId },
    personId: personOf({ kind: hold.kind, id: hold.subjectId }),
  });
  const lifted = await tx
    .updateTable('disposal.legal_hold')
    .set({ lifted_by: asker.accountId, lifted_at: now })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return lifted.numUpdatedRows === 1n;
}
