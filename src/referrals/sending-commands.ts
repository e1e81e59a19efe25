import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { dueOn, thresholdsOn } from '../organisations/index.ts';
import { keyOfNames } from '../people/index.ts';
import { recordCommand } from '../platform/audit/record.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Service } from '../platform/service.ts';
import { partAddress } from './refer-addresses.ts';
import { answersAsRead, referredPerson, whatIsCounted } from './referral-answers.ts';
import {
  answersSoFar,
  changedSince,
  type DraftContent,
  firstNeeded,
  sealDraft,
  withPart,
} from './referral-draft.ts';
import type { Part } from './referral-question.ts';
import { areas, findDraft, MOST_DRAFTS } from './referrer-queries.ts';

/** Nobody meets twenty young people to refer in an hour; a program could. */
const SENT_AN_HOUR = 20;

async function newId(tx: Transaction): Promise<string> {
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const row = made.rows[0];
  if (!row) throw new Error('The database gave no id');
  return row.id;
}

/** Begins a draft and gives its id; null when the referrer has as many as one may have. */
export async function startDraft(tx: Transaction, keyring: Keyring, asker: Asker): Promise<string | null> {
  const inHand = await tx
    .selectFrom('service.referral_draft')
    .select((expression) => expression.fn.countAll<string>().as('count'))
    .where('referral_id', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(inHand.count) >= MOST_DRAFTS) return null;
  const id = await newId(tx);
  await recordCommand(tx, { action: 'referral-draft-started', subject: { kind: 'referral-draft', id } });
  await tx
    .insertInto('service.referral_draft')
    .values({ id, account_id: asker.accountId, answers_sealed: sealDraft(keyring, id, {}) })
    .execute();
  return id;
}

/** What became of a page that was to be saved. */
export type SavedPage =
  | { outcome: 'saved'; content: DraftContent }
  /** There is no such draft for them. */
  | { outcome: 'missing' }
  /** It was sent meanwhile. */
  | { outcome: 'sent'; referralId: string }
  /** This page was saved somewhere else since the form was opened. */
  | { outcome: 'changed' };

/** Saves one page of a draft. @param version of the draft that the form was made from. */
export async function savePart(
  tx: Transaction,
  keyring: Keyring,
  draftId: string,
  part: Part,
  version: number,
  answers: Record<string, unknown>,
): Promise<SavedPage> {
  const draft = await findDraft(tx, keyring, draftId, { toChange: true });
  if (!draft) return { outcome: 'missing' };
  if (draft.referralId !== null) return { outcome: 'sent', referralId: draft.referralId };
  const content = withPart(draft.content, part, answers, draft.version + 1);
  const saysTheSame = isDeepStrictEqual(content[part.name]?.fields, draft.content[part.name]?.fields);
  if (!saysTheSame && changedSince(draft.content, part, version)) return { outcome: 'changed' };
  await recordCommand(tx, {
    action: 'referral-draft-saved',
    subject: { kind: 'referral-draft', id: draftId },
    detail: { page: part.name },
  });
  await tx
    .updateTable('service.referral_draft')
    .set({ answers_sealed: sealDraft(keyring, draftId, content) })
    .where('id', '=', draftId)
    .execute();
  return { outcome: 'saved', content };
}

/** Throws a draft away, and what was typed on its pages and not saved. False when there is none that is not sent. */
export async function throwAwayDraft(tx: Transaction, asker: Asker, draftId: string): Promise<boolean> {
  await recordCommand(tx, {
    action: 'referral-draft-thrown-away',
    subject: { kind: 'referral-draft', id: draftId },
  });
  const thrown = await tx
    .deleteFrom('service.referral_draft')
    .where('id', '=', draftId)
    .where('referral_id', 'is', null)
    .executeTakeFirst();
  await discardKeptPages(tx, asker, draftId);
  return thrown.numDeletedRows > 0n;
}

/** What became of a referral that was to be sent. */
export type Sending =
  /** Sent now, or before: a draft makes one referral however often it is sent. */
  | { outcome: 'sent'; referralId: string }
  | { outcome: 'missing' }
  /** The draft was changed somewhere else since its answers were shown. */
  | { outcome: 'changed' }
  | { outcome: 'unanswered' }
  | { outcome: 'too-many' };

/**
 * Sends a draft: the referral, its first action, and the messages that tell the borough's contacts and the coordinators
 * are there together or not at all.
 *
 * @param version of the draft whose answers were checked.
 */
export async function sendReferral(
  tx: Transaction,
  { keyring, clock }: Pick<Service, 'keyring' | 'clock'>,
  asker: Asker,
  draftId: string,
  version: number,
): Promise<Sending> {
  const draft = await findDraft(tx, keyring, draftId, { toChange: true });
  if (!draft) return { outcome: 'missing' };
  if (draft.referralId !== null) return { outcome: 'sent', referralId: draft.referralId };
  if (draft.version !== version) return { outcome: 'changed' };
  const now = clock.now();
  const today = londonDate(now);
  const answers = answersSoFar(draft.content, today);
  const they = referredPerson(answers);
  const area = (await areas(tx)).find(({ code }) => code === they.area);
  if (firstNeeded(draft.content, answers) !== null || !area) return { outcome: 'unanswered' };
  if (!(await maySend(tx, asker))) return { outcome: 'too-many' };

  const { decision } = await thresholdsOn(tx, today);
  const kind = answers.words('kind');
  const referralId = await newId(tx);
  await recordCommand(tx, {
    action: 'send-referral',
    subject: { kind: 'referral', id: referralId },
    detail: { draft: draftId, kind, area: area.code },
  });
  await tx
    .insertInto('service.referral')
    .values({
      id: referralId,
      kind,
      stage: 'received',
      referrer_id: asker.accountId,
      agency_kind: answers.words('agencyKind'),
      agency_name: answers.words('agencyName'),
      received_at: now,
      decision_due_on: dueOn(today, decision),
      area: area.code,
      given_names: they.givenNames,
      family_name: they.familyName,
      known_as: they.knownAs,
      name_key: keyOfNames(they),
      date_of_birth: they.dateOfBirth,
      date_of_birth_precision: they.dateOfBirthPrecision,
      gender: they.gender,
      ethnicity: they.ethnicity,
      postcode: they.postcode,
      ...whatIsCounted(answers),
      answers: JSON.stringify(answersAsRead(answers, area.name)),
    })
    .execute();
  await tx
    .insertInto('service.referral_action')
    .values({
      referral_id: referralId,
      sequence: 1,
      area: area.code,
      kind: 'sent',
      at: now,
      by_account: asker.accountId,
    })
    .execute();
  await tx
    .updateTable('service.referral_draft')
    .set({ answers_sealed: sealDraft(keyring, draftId, {}), referral_id: referralId })
    .where('id', '=', draftId)
    .execute();
  await sql`select need_to_know.send_attachments(${draftId})`.execute(tx);
  await discardKeptPages(tx, asker, draftId);
  await tellOf(tx, referralId, area);
  await sql`select need_to_know.tell_of_restricted_match(${referralId})`.execute(tx);
  return { outcome: 'sent', referralId };
}

async function maySend(tx: Transaction, asker: Asker): Promise<boolean> {
  const tried = await sql<{ allowed: boolean }>`
    select identity.attempt(${`send-referral ${asker.accountId}`}, ${SENT_AN_HOUR}, 3600) as allowed`.execute(
    tx,
  );
  return tried.rows[0]?.allowed ?? false;
}

/**
 * Tells the borough's contacts and the coordinators that a referral came. Where an area has none of the one or the
 * other, those who run the service are told, so that no referral waits unseen.
 */
async function tellOf(
  tx: Transaction,
  referralId: string,
  area: { code: string; kind: string },
): Promise<void> {
  const told = await sql<{ contacts: number; coordinators: number }>`
    select
      messages.tell_those_who_answer_for(${area.code}, 'spoc', 'referral-received', ${`/borough/referrals/${referralId}`}) as contacts,
      messages.tell_those_who_answer_for(${area.code}, 'coordinator', 'referral-received', ${`/referrals/${referralId}`}) as coordinators
  `.execute(tx);
  const { contacts = 0, coordinators = 0 } = told.rows[0] ?? {};
  const unanswered = [
    ...(area.kind === 'borough' && contacts === 0 ? ['borough-without-contact'] : []),
    ...(coordinators === 0 ? ['area-without-coordinator'] : []),
  ];
  for (const template of unanswered)
    await sql`select messages.tell_operations_managers(${template}, ${`/referrals/${referralId}`})`.execute(
      tx,
    );
}

async function discardKeptPages(tx: Transaction, asker: Asker, draftId: string): Promise<void> {
  await tx
    .deleteFrom('identity.kept_form')
    .where('account_id', '=', asker.accountId)
    .where('path', 'like', `${partAddress(draftId, '')}%`)
    .execute();
}
