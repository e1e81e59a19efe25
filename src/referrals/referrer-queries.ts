import { sql } from 'kysely';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ReferralKind, Stage } from './referral.ts';
import { type DraftContent, openDraft } from './referral-draft.ts';

/** A referral that is being written. Row-level security shows a referrer their own, for a fortnight. */
export interface Draft {
  id: string;
  version: number;
  content: DraftContent;
  savedAt: Date;
  expiresAt: Date;
  /** The referral that was made of it; its answers are gone from the draft then. */
  referralId: string | null;
}

const draftColumns = ['id', 'version', 'answers_sealed', 'recorded_at', 'expires_at', 'referral_id'] as const;

interface DraftRow {
  id: string;
  version: number;
  answers_sealed: Buffer;
  recorded_at: Date;
  expires_at: Date;
  referral_id: string | null;
}

function opened(keyring: Keyring, row: DraftRow): Draft {
  return {
    id: row.id,
    version: row.version,
    content: openDraft(keyring, row.id, row.answers_sealed),
    savedAt: row.recorded_at,
    expiresAt: row.expires_at,
    referralId: row.referral_id,
  };
}

/** A draft of the one who asks, or null. With `toChange` nobody else can change it until this transaction ends. */
export async function findDraft(
  tx: Transaction,
  keyring: Keyring,
  id: string,
  { toChange = false } = {},
): Promise<Draft | null> {
  const query = tx.selectFrom('service.referral_draft').select(draftColumns).where('id', '=', id);
  const row = await (toChange ? query.forUpdate() : query).executeTakeFirst();
  return row ? opened(keyring, row) : null;
}

/** The most drafts one referrer may have open. */
export const MOST_DRAFTS = 20;

/** The drafts of the one who asks that are not sent, last saved first. */
export async function draftsInHand(tx: Transaction, keyring: Keyring): Promise<Draft[]> {
  const rows = await tx
    .selectFrom('service.referral_draft')
    .select(draftColumns)
    .where('referral_id', 'is', null)
    .orderBy('recorded_at', 'desc')
    .limit(MOST_DRAFTS)
    .execute();
  return rows.map((row) => opened(keyring, row));
}

/** A sent referral as its referrer is told of it. */
export interface SentReferral {
  id: string;
  reference: string;
  kind: ReferralKind;
  receivedAt: Date;
  stage: Stage;
  /** What the coordinator wrote for them; empty until somebody has verified who they are. */
  words: string;
  /** When a decision they had been told of was taken back; null where there is another, or none was. */
  takenBackAt: Date | null;
}

/** How many sent referrals one page shows. */
export const SENT_A_PAGE = 20;

/**
 * Sent referrals of the one who asks, newest first.
 * @param before id of the last referral of the page before.
 */
export async function sentReferrals(
  tx: Transaction,
  before?: string,
): Promise<{ referrals: SentReferral[]; older: boolean }> {
  const beforeThat =
    before === undefined
      ? sql`true`
      : sql`(r.received_at, r.id) < (select b.received_at, b.id from service.referral b where b.id = ${before})`;
  const found = await sql<SentReferral>`
    select r.id, r.reference, r.kind, r.received_at as "receivedAt", told.stage, told.words,
      r.taken_back_at as "takenBackAt"
    from (
      select r.id, r.reference, r.kind, r.received_at, r.taken_back_at
      from service.referral r
      where r.referrer_id = identity.account_id() and ${beforeThat}
      order by r.received_at desc, r.id desc limit ${SENT_A_PAGE + 1}
    ) r
    cross join lateral need_to_know.told_to_referrer(r.id) told
    order by r.received_at desc, r.id desc`.execute(tx);
  return { referrals: found.rows.slice(0, SENT_A_PAGE), older: found.rows.length > SENT_A_PAGE };
}

/** A sent referral of the one who asks, or null. */
export async function findSentReferral(tx: Transaction, id: string): Promise<SentReferral | null> {
  const found = await sql<SentReferral>`
    select r.id, r.reference, r.kind, r.received_at as "receivedAt", told.stage, told.words,
      r.taken_back_at as "takenBackAt"
    from service.referral r cross join lateral need_to_know.told_to_referrer(r.id) told
    where r.id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

/** An area that can be responsible for a young person. */
export interface Area {
  code: string;
  name: string;
  kind: 'borough' | 'elsewhere' | 'not-known';
  isRetired: boolean;
}

/** Every area, the boroughs by name and the others after them. */
export async function areas(tx: Transaction): Promise<Area[]> {
  const rows = await tx
    .selectFrom('reference.area')
    .select(['code', 'name', 'kind', 'retired_on'])
    .orderBy(sql`kind <> 'borough'`)
    .orderBy('name')
    .execute();
  return rows.map(({ retired_on, ...row }) => ({
    ...row,
    kind: row.kind as Area['kind'],
    isRetired: retired_on !== null,
  }));
}

/** The areas to choose from: what is retired is still read, and not offered. */
export async function areasOffered(tx: Transaction): Promise<Area[]> {
  return (await areas(tx)).filter(({ isRetired }) => !isRetired);
}

/** What the asker said of their job and agency in the last referral that they sent, by the question's key; nothing at first. */
export async function lastSaidOfOneself(tx: Transaction): Promise<Record<string, string>> {
  const said = await sql<{ key: string; value: string }>`
    select key, value from need_to_know.last_said_of_oneself()`.execute(tx);
  return Object.fromEntries(said.rows.map(({ key, value }) => [key, value]));
}
