import { sql } from 'kysely';
import { type Birth, type Names, namesFrom } from '../people/index.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { DatePrecision } from '../reference/code-lists.ts';
import type { Stage } from './referral.ts';
import { type Reopening, reopeningFrom } from './reopening.ts';
import type { Standing } from './waiting.ts';

/** Somebody with an open episode of support whom no provider supports. */
export interface Waiting extends Standing, Names, Birth {
  episodeId: string;
  personId: string;
  reference: string;
  gender: string;
  ethnicity: string;
  area: string;
  areaName: string;
  receivedAt: Date;
  /** The referral that can be allocated, or the last one; null where there is none. */
  referral: { id: string; stage: Stage } | null;
  handedBack: { at: Date; by: string; reason: string } | null;
  /** How support that had ended begins again; null where it begins for the first time. */
  reopening: Reopening | null;
  /** Their referral cannot wait its turn. */
  isUrgent: boolean;
  entry: WaitingEntry;
}

/** What a coordinator has recorded about the wait. */
export interface WaitingEntry {
  /** What is being done for them while they wait. */
  meanwhile: string;
  /** What the borough provides until then. */
  localProvision: string;
  /** A code of the list of reasons `queue-jump`; empty while they stand where they were accepted. */
  movedUpReason: string;
  movedUpWhy: string;
  /** 0 while nothing is recorded. */
  version: number;
}

/** Everybody who waits, as far as the asker answers for them, in the order they stand; or one of them. */
export async function everybodyWaiting(tx: Transaction, personId?: string): Promise<Waiting[]> {
  // Few wait, and what is read beside them is planned for longer than finding that somebody does not.
  if (personId !== undefined && !(await isWaiting(tx, personId))) return [];
  const { rows } = await sql<WaitingRow>`
    select w.episode_id, w.person_id, w.received_at, w.referral_id, w.stage, w.handed_back_at, w.handed_back_reason,
      o.name as handed_back_by, e.opened_at, e.area, a.name as area_name, p.reference, p.given_names, p.family_name, p.known_as,
      p.date_of_birth, p.date_of_birth_precision, p.gender, p.ethnicity, n.meanwhile, n.local_provision, n.moved_up_at,
      n.moved_up_reason, n.moved_up_why, n.version, coalesce(r.urgent, false) as urgent, x.details ->> 'askedBy' as asked_by,
      x.details ->> 'why' as why_again, x.details ->> 'notSafeOn' as not_safe_on
    from need_to_know.waiting(${personId ?? null}) w
    join service.episode e on e.id = w.episode_id
    join service.person p on p.id = w.person_id
    join reference.area a on a.code = e.area
    left join service.waiting_entry n on n.episode_id = w.episode_id
    left join identity.organisation o on o.id = w.handed_back_by
    left join service.referral r on r.id = w.referral_id
    left join service.referral_action x
      on e.previous_id is not null and x.referral_id = e.referral_id and x.kind = 'reopened' and x.at = e.opened_at
    order by n.moved_up_at nulls last, e.opened_at, e.id`.execute(tx);
  return rows.map((row) => ({
    episodeId: row.episode_id,
    personId: row.person_id,
    reference: row.reference,
    ...namesFrom(row),
    dateOfBirth: row.date_of_birth === null ? null : plainDate(row.date_of_birth),
    dateOfBirthPrecision: row.date_of_birth_precision,
    gender: row.gender,
    ethnicity: row.ethnicity,
    area: row.area,
    areaName: row.area_name,
    receivedAt: row.received_at,
    acceptedAt: row.opened_at,
    movedUpAt: row.moved_up_at,
    referral:
      row.referral_id === null || row.stage === null ? null : { id: row.referral_id, stage: row.stage },
    handedBack:
      row.handed_back_at === null
        ? null
        : { at: row.handed_back_at, by: row.handed_back_by ?? '', reason: row.handed_back_reason ?? '' },
    reopening:
      row.asked_by === null ? null : reopeningFrom(row.asked_by, row.why_again ?? '', row.not_safe_on),
    isUrgent: row.urgent,
    entry: {
      meanwhile: row.meanwhile ?? '',
      localProvision: row.local_provision ?? '',
      movedUpReason: row.moved_up_reason ?? '',
      movedUpWhy: row.moved_up_why ?? '',
      version: row.version ?? 0,
    },
  }));
}

async function isWaiting(tx: Transaction, personId: string): Promise<boolean> {
  const { rows } = await sql`select from need_to_know.waiting(${personId}) limit 1`.execute(tx);
  return rows.length > 0;
}

interface WaitingRow {
  episode_id: string;
  person_id: string;
  received_at: Date;
  referral_id: string | null;
  stage: Stage | null;
  handed_back_at: Date | null;
  handed_back_by: string | null;
  handed_back_reason: string | null;
  opened_at: Date;
  area: string;
  area_name: string;
  reference: string;
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: DatePrecision;
  gender: string;
  ethnicity: string;
  meanwhile: string | null;
  local_provision: string | null;
  moved_up_at: Date | null;
  moved_up_reason: string | null;
  moved_up_why: string | null;
  version: number | null;
  urgent: boolean;
  asked_by: string | null;
  why_again: string | null;
  not_safe_on: string | null;
}

/** What was recorded about a wait before, the latest first, with who recorded it. */
export interface WaitingEntryBefore {
  at: Date;
  by: string;
  meanwhile: string;
  localProvision: string;
  movedUpReason: string;
  movedUpWhy: string;
}

/** Everything that was recorded about somebody’s wait, what stands now first. */
export async function waitingEntriesOf(tx: Transaction, episodeId: string): Promise<WaitingEntryBefore[]> {
  const { rows } = await sql<WaitingEntryBefore>`
    select x.recorded_at as at, coalesce(a.name, 'Somebody whose account is gone') as by, x.meanwhile,
      x.local_provision as "localProvision", x.moved_up_reason as "movedUpReason", x.moved_up_why as "movedUpWhy"
    from (
      select version, recorded_at, recorded_by, meanwhile, local_provision, moved_up_reason, moved_up_why
      from service.waiting_entry where episode_id = ${episodeId}
      union all
      select version, recorded_at, recorded_by, meanwhile, local_provision, moved_up_reason, moved_up_why
      from history.waiting_entry where episode_id = ${episodeId}
    ) x
    left join identity.account a on a.id = x.recorded_by
    order by x.version desc limit 50`.execute(tx);
  return rows;
}

/** How many young people wait for a provider, of those the asker answers for. @param most where to stop counting */
export async function countWaiting(tx: Transaction, most: number): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (select from need_to_know.waiting() limit ${most}) counted`.execute(
    tx,
  );
  return counted.rows[0]?.count ?? 0;
}
