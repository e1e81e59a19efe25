import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { dueOn, type Threshold, type ThresholdName } from '../organisations/index.ts';
import { type Birth, birthFrom, type Names, namesFrom } from '../people/index.ts';
import { addDays, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import { workingDaysBetween } from '../platform/clock/working-days.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ReferralKind, Turn } from './referral.ts';

/** An area whose referrals the asker may see. */
export interface AreaInReach {
  code: string;
  name: string;
  patch: string | null;
  patchName: string | null;
}

/** The areas whose referrals the asker may see, by name. */
export async function areasInReach(tx: Transaction): Promise<AreaInReach[]> {
  return await tx
    .selectFrom('reference.area as a')
    .leftJoin('reference.patch as p', 'p.code', 'a.patch')
    .select(['a.code', 'a.name', 'a.patch', 'p.name as patchName'])
    .where(sql<SqlBool>`a.code = any (array(select need_to_know.areas('referral')))`)
    .orderBy('a.name')
    .execute();
}

/** What the queue's referrals wait for. */
export const waits = ['look', 'decision', 'provider', 'take-up', 'verify'] as const;
export type Wait = (typeof waits)[number];

/** The orders the queue is read in. */
export const queueOrders = ['due', 'longest', 'newest'] as const;
export type QueueOrder = (typeof queueOrders)[number];

/** What of the queue is looked at. */
export interface QueueFilter {
  /** `decision` has those too that nobody has looked at yet. */
  wait?: Wait | undefined;
  whom?: Turn | undefined;
  kind?: ReferralKind | undefined;
  /** Only these areas. */
  areas?: readonly string[] | undefined;
  isLate?: boolean | undefined;
  /** Only those whose referrer said that the young person was not safe. */
  isUnsafe?: boolean | undefined;
}

/** A place in the queue, to go on from. */
export interface QueuePlace {
  cannotWait: boolean;
  /** The day it is sorted by; `infinity` where none is set. */
  day: string;
  id: string;
}

/** A referral as the queue lists it. */
export interface QueuedReferral extends Names, Birth {
  referralId: string;
  place: QueuePlace;
  reference: string;
  areaName: string;
  kind: ReferralKind;
  wait: Wait;
  /** Whose turn it is, each once; never empty. */
  whom: readonly Turn[];
  /** The provider that has not answered; empty unless that is what it waits for. */
  providerName: string;
  /** By when what it waits for is to happen; null where no day is set for it. */
  dueOn: PlainDate | null;
  isLate: boolean;
  /** Since the referral was received. */
  workingDaysWaiting: number;
  isUrgent: boolean;
  /** Whether the referrer said that the young person was not safe. */
  saidNotSafe: boolean;
  referrerIsVerified: boolean;
}

/**
 * The referrals that wait and that the asker may see: those to be looked at or decided, those that need a provider, those
 * whose provider has not answered, and those whose decision nobody can be told who is not verified. They are few beside all referrals, and found by indexes that hold no other.
 * All of them are read each time, so this has only what they are counted, chosen and sorted by.
 */
async function waiting(tx: Transaction, today: PlainDate) {
  const { days, due } = await dueByDay(tx, ['triage', 'take-up'], today);
  // When each of the days began: a few steps of a search for each row, where its own day in London would cost ten times more.
  const starts = sql`(
    select array_agg(day::timestamp at time zone 'Europe/London' order by day) from unnest(${days}::date[]) as day)`;
  const dueOnFrom = (name: 'triage' | 'take-up', at: RawBuilder<unknown>) =>
    sql`coalesce((${due[name]}::date[])[width_bucket(${at}, ${starts})], ${londonDay(at)})`;
  const notSafe = sql`coalesce(r.safe_now = 'no', false)`;
  return sql`
    with waiting as (
      select r.id, r.id as referral_id, r.kind, r.area, r.received_at, ${notSafe} as said_not_safe,
        r.urgent or (${notSafe} and r.stage = 'received' and r.triaged_at is null) as cannot_wait,
        null::uuid as organisation_id,
        case when r.stage = 'accepted' then 'provider' when r.triaged_at is null then 'look' else 'decision' end as wait,
        case when r.stage = 'accepted' then 'infinity'::date
          when r.triaged_at is null then least(${dueOnFrom('triage', sql`r.received_at`)}, r.decision_due_on)
          else r.decision_due_on end as due_on
      from service.referral r
      where r.stage in ('received', 'accepted')
      union all
      select l.id, r.id, r.kind, r.area, r.received_at, ${notSafe}, r.urgent, l.organisation_id, 'take-up',
        ${dueOnFrom('take-up', sql`l.started_at`)}
      from service.allocation l
      join service.referral r on r.id = l.referral_id and r.stage = 'allocated'
      where l.ended_at is null and l.taken_up_at is null
      union all
      select r.id, r.id, r.kind, r.area, r.received_at, ${notSafe}, false, null, 'verify', 'infinity'
      from service.referral r
      where r.verify_to_tell and r.stage not in ('received', 'accepted', 'withdrawn')
        and not exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id)
    )`;
}

const londonDay = (at: RawBuilder<unknown>) => sql`(${at} at time zone 'Europe/London')::date`;

/** Whose turn it is with a row `w` of those that wait: whoever is asked has it, until they are late. */
const whoseTurn = (today: PlainDate) => sql`(
  select case when w.wait = 'take-up' then array['provider'] else '{}' end
    || coalesce(array_agg(distinct case q.kind when 'information' then 'referrer' when 'intelligence-check' then 'analyst'
        when 'consultation' then 'gender-consultant' when 'borough' then 'borough' end), '{}')
    || case when w.wait <> 'take-up' and coalesce(min(q.due_on) < ${today}::date, true)
      then array['coordinator'] else '{}' end
  from service.request q where q.referral_id = w.referral_id and q.state = 'open')`;

/** How far back the days are reckoned by which something was due: whatever began before is late. */
const DAYS_RECKONED = 120;

/** The days by which what began on one of the last days is due. */
interface DueByDay<Name extends ThresholdName> {
  /** Those days, the first first. */
  days: PlainDate[];
  /** In the same order, by the threshold that was in force then; null where none was. */
  due: Record<Name, (PlainDate | null)[]>;
}

async function dueByDay<Name extends ThresholdName>(
  tx: Transaction,
  names: readonly Name[],
  today: PlainDate,
): Promise<DueByDay<Name>> {
  const { rows } = await sql<{
    name: Name;
    in_force_from: PlainDate;
    value: number;
    unit: Threshold['unit'];
  }>`
    select name, in_force_from, value, unit from reference.threshold
    where name = any (${names}) order by in_force_from desc`.execute(tx);
  const days = Array.from({ length: DAYS_RECKONED }, (_none, at) => addDays(today, at + 1 - DAYS_RECKONED));
  const reckoned = names.map((name) => {
    const due = days.map((began) => {
      const threshold = rows.find((row) => row.name === name && row.in_force_from <= began);
      return threshold ? dueOn(began, threshold) : null;
    });
    return [name, due] as const;
  });
  return {
    days,
    due: Object.fromEntries(reckoned) as DueByDay<Name>['due'],
  };
}

/** What a page of the queue is. */
export interface QueueView {
  filter: QueueFilter;
  order: QueueOrder;
  after?: QueuePlace | undefined;
  atMost: number;
}

/** The queue as it is read: a page of it, in the order wanted, and how many wait in the whole of it. */
export interface Queue {
  referrals: QueuedReferral[];
  counts: QueueCounts;
}

/** The queue that the asker may see. What is counted and what is shown comes of one look at all that waits. */
export async function readQueue(
  tx: Transaction,
  { filter, order, after, atMost }: QueueView,
  today: PlainDate,
): Promise<Queue> {
  const day = order === 'due' ? sql.ref('w.due_on') : londonDay(sql.ref('w.received_at'));
  // Those that cannot wait stand before the others where the queue is read by what is due.
  const rank = order === 'due' ? sql`(not w.cannot_wait)::int` : sql`0`;
  const [goesOn, direction] = order === 'newest' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
  const { wait, whom, kind, areas, isLate, isUnsafe } = filter;
  const wanted = [
    wait === undefined
      ? []
      : [wait === 'decision' ? sql`w.wait in ('look', 'decision')` : sql`w.wait = ${wait}`],
    whom === undefined ? [] : [sql`${whoseTurn(today)} @> array[${whom}]`],
    kind === undefined ? [] : [sql`w.kind = ${kind}`],
    areas === undefined ? [] : [sql`w.area = any (${areas})`],
    isLate ? [sql`w.due_on < ${today}::date`] : [],
    isUnsafe ? [sql`w.said_not_safe`] : [],
    after === undefined
      ? []
      : [
          sql`(${rank}, ${day}, w.id) ${goesOn} (${order === 'due' && !after.cannotWait ? 1 : 0}, ${after.day}::date, ${after.id}::uuid)`,
        ],
  ].flat();
  const found = await sql<QueueCounts & (QueueRow | { id: null })>`
    ${await waiting(tx, today)}, counts as (select ${countsOf(today)} from waiting)
    select counts.*, page.* from counts left join (
    select w.*, ${londonDay(sql.ref('w.received_at'))} as received_on, ${whoseTurn(today)} as whom, r.referrer_id, r.reference, r.given_names, r.family_name, r.known_as,
      r.date_of_birth, r.date_of_birth_precision, r.urgent, a.name as area_name, coalesce(o.name, '') as provider_name,
      exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id) as verified
    from (
      select w.*, ${rank} as rank, ${day} as sorted_by from waiting w
      where ${sql.join([sql`true`, ...wanted], sql` and `)}
      order by rank ${direction}, ${day} ${direction}, w.id ${direction} limit ${atMost}
    ) w
    join service.referral r on r.id = w.referral_id
    join reference.area a on a.code = w.area
    left join identity.organisation o on o.id = w.organisation_id
    ) page on true
    order by page.rank ${direction}, page.sorted_by ${direction}, page.id ${direction}`.execute(tx);
  const [first] = found.rows;
  if (!first) throw new Error('Counting gives a row, however little waits');
  const { toLookAt, toDecide, toAllocate, toTakeUp, toVerify, late, unsafe } = first;
  return {
    referrals: found.rows.filter((row) => row.id !== null).map((row) => queuedReferral(row, today)),
    counts: { toLookAt, toDecide, toAllocate, toTakeUp, toVerify, late, unsafe },
  };
}

function queuedReferral(row: QueueRow, today: PlainDate): QueuedReferral {
  return {
    referralId: row.referral_id,
    place: { cannotWait: row.cannot_wait, day: row.sorted_by, id: row.id },
    reference: row.reference,
    ...namesFrom(row),
    ...birthFrom(row),
    areaName: row.area_name,
    kind: row.kind,
    wait: row.wait,
    whom: row.whom,
    providerName: row.provider_name,
    dueOn: row.due_on === NO_DAY ? null : plainDate(row.due_on),
    isLate: row.due_on < today,
    workingDaysWaiting: workingDaysBetween(plainDate(row.received_on), today),
    isUrgent: row.urgent,
    saidNotSafe: row.said_not_safe,
    referrerIsVerified: row.verified,
  };
}

/** How the database writes the day that never comes: later than every other, as a word too. */
const NO_DAY = 'infinity';

interface QueueRow {
  id: string;
  referral_id: string;
  reference: string;
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: string;
  area_name: string;
  kind: ReferralKind;
  wait: Wait;
  whom: Turn[];
  provider_name: string;
  due_on: string;
  sorted_by: string;
  received_on: string;
  cannot_wait: boolean;
  urgent: boolean;
  said_not_safe: boolean;
  verified: boolean;
}

/** How many referrals wait for what, of all that the asker may see. */
export interface QueueCounts {
  /** Nobody has looked at them. */
  toLookAt: number;
  /** With those nobody has looked at. */
  toDecide: number;
  toAllocate: number;
  toTakeUp: number;
  /** They are decided, and their referrers read nothing of it until somebody has verified them. */
  toVerify: number;
  late: number;
  unsafe: number;
}

const countsOf = (today: PlainDate) => sql`
  count(*) filter (where wait = 'look') as "toLookAt",
  count(*) filter (where wait in ('look', 'decision')) as "toDecide",
  count(*) filter (where wait = 'provider') as "toAllocate",
  count(*) filter (where wait = 'take-up') as "toTakeUp",
  count(*) filter (where wait = 'verify') as "toVerify",
  count(*) filter (where due_on < ${today}::date) as late,
  count(*) filter (where said_not_safe) as unsafe`;

export async function countQueue(tx: Transaction, today: PlainDate): Promise<QueueCounts> {
  const counted = await sql<QueueCounts>`
    ${await waiting(tx, today)} select ${countsOf(today)} from waiting`.execute(tx);
  return (
    counted.rows[0] ?? {
      toLookAt: 0,
      toDecide: 0,
      toAllocate: 0,
      toTakeUp: 0,
      toVerify: 0,
      late: 0,
      unsafe: 0,
    }
  );
}
