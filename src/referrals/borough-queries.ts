import { sql } from 'kysely';
import type { Names } from '../people/index.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ReferralKind, Stage } from './referral.ts';

/** A referral as a borough's list shows it. */
export interface BoroughReferral extends Names {
  id: string;
  reference: string;
  kind: ReferralKind;
  stage: Stage;
  receivedAt: Date;
  areaName: string;
  /** When somebody of the borough said that they had seen it. */
  seenAt: Date | null;
}

/** How many referrals one page of a borough's list shows. */
export const BOROUGH_PAGE = 25;

/**
 * Referrals of the areas that the asker answers for, newest first.
 *
 * Each area is read by itself, newest first and no further than a page, since no index has several areas in one order.
 *
 * @param show `open` waits for a decision or a provider; `unseen` is of these what nobody of the borough has seen.
 * @param before id of the last referral of the page before.
 */
export async function boroughReferrals(
  tx: Transaction,
  { show, before }: { show: 'unseen' | 'open' | 'all'; before?: string | undefined },
): Promise<{ referrals: BoroughReferral[]; older: boolean }> {
  const inStage = show === 'all' ? sql`true` : sql`r.stage in ('received', 'accepted')`;
  const unseen =
    show === 'unseen'
      ? sql`not exists (select from service.borough_acknowledgement k where k.referral_id = r.id and k.area = r.area)`
      : sql`true`;
  const beforeThat =
    before === undefined
      ? sql`true`
      : sql`(r.received_at, r.id) < (select b.received_at, b.id from service.referral b where b.id = ${before})`;
  const found = await sql<BoroughReferral>`
    select r.id, r.reference, r.kind, r.stage, r.given_names as "givenNames", r.family_name as "familyName",
      r.known_as as "knownAs", r.received_at as "receivedAt", a.name as "areaName", k.at as "seenAt"
    from need_to_know.areas('referral') as mine(area)
    cross join lateral (
      select r.id, r.reference, r.kind, r.stage, r.given_names, r.family_name, r.known_as, r.received_at, r.area
      from service.referral r
      where r.area = mine.area and ${inStage} and ${unseen} and ${beforeThat}
      order by r.received_at desc, r.id desc limit ${BOROUGH_PAGE + 1}
    ) r
    join reference.area a on a.code = r.area
    left join service.borough_acknowledgement k on k.referral_id = r.id and k.area = r.area
    order by r.received_at desc, r.id desc limit ${BOROUGH_PAGE + 1}`.execute(tx);
  return { referrals: found.rows.slice(0, BOROUGH_PAGE), older: found.rows.length > BOROUGH_PAGE };
}

/** How many referrals of a borough wait for somebody. */
export interface BoroughCounts {
  /** For a decision, or a provider. */
  open: number;
  /** Of these: nobody of the borough has said that they have seen it. */
  unseen: number;
}

/** Counts what {@link boroughReferrals} lists as open and as unseen. @param most where to stop counting */
export async function countBoroughReferrals(tx: Transaction, most: number): Promise<BoroughCounts> {
  const counted = await sql<BoroughCounts>`
    select count(*)::int as open, count(*) filter (where not r.is_seen)::int as unseen
    from (
      select r.is_seen from need_to_know.areas('referral') as mine(area)
      cross join lateral (
        select exists (
          select from service.borough_acknowledgement k where k.referral_id = r.id and k.area = r.area) as is_seen
        from service.referral r where r.area = mine.area and r.stage in ('received', 'accepted') limit ${most}
      ) r limit ${most}
    ) r`.execute(tx);
  return counted.rows[0] ?? { open: 0, unseen: 0 };
}

/** What a borough has said of a referral. */
export interface Acknowledgement {
  id: string;
  areaName: string;
  at: Date;
  /** Who said first that they had seen it. */
  by: string;
  /** What the borough knows and can offer; empty where it has said no more than that it has seen it. */
  note: string;
  /** When the note was last changed and by whom. */
  changedAt: Date;
  changedBy: string;
  version: number;
}

/** What the borough that is responsible now has said of a referral; null while it has said nothing. */
export async function acknowledgementNow(
  tx: Transaction,
  referralId: string,
): Promise<Acknowledgement | null> {
  const found = await sql<Acknowledgement>`
    select k.id, a.name as "areaName", k.at, b.name as by, k.note, k.recorded_at as "changedAt",
      coalesce(c.name, b.name) as "changedBy", k.version
    from service.referral r
    join service.borough_acknowledgement k on k.referral_id = r.id and k.area = r.area
    join reference.area a on a.code = k.area
    join identity.account b on b.id = k.acknowledged_by
    left join identity.account c on c.id = k.recorded_by
    where r.id = ${referralId}`.execute(tx);
  return found.rows[0] ?? null;
}

/** The note as it stood in an earlier version, for the one who changed it from there. */
export async function noteAt(
  tx: Transaction,
  acknowledgementId: string,
  version: number,
): Promise<string | null> {
  const found = await tx
    .selectFrom('history.borough_acknowledgement')
    .select('note')
    .where('id', '=', acknowledgementId)
    .where('version', '=', version)
    .executeTakeFirst();
  return found?.note ?? null;
}
