import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { dueOn, type Threshold, type ThresholdName } from '../organisations/index.ts';
import { type Birth, type Comparable, type Likeness, likenessOf, type Names } from '../people/index.ts';
import { recordLook } from '../platform/audit/record.ts';
import { addDays, type PlainDate, partsOf, plainDate } from '../platform/clock/plain-date.ts';
import { workingDaysBetween } from '../platform/clock/working-days.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { DatePrecision } from '../reference/code-lists.ts';
import {
  fold,
  type ReferralAction,
  type ReferralKind,
  type ReferralState,
  referralAction,
  type Stage,
  type Turn,
} from './referral.ts';
import { type KeptAnswer, keptAnswers } from './referral-answers.ts';

// The queue -----------------------------------------------------------------------------------------------------

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
export const waits = ['look', 'decision', 'provider', 'take-up'] as const;
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
 * The referrals that wait and that the asker may see: those to be looked at or decided, those that need a provider, and
 * those whose provider has not answered. They are few beside all referrals, and found by indexes that hold no other.
 * All of them are read each time, so this has only what they are counted, chosen and sorted by.
 */
async function waiting(tx: Transaction, today: PlainDate) {
  const due = await dueByDay(tx, ['triage', 'take-up'], today);
  const dueOnFrom = (name: 'triage' | 'take-up', day: RawBuilder<unknown>) =>
    sql`coalesce((${due[name]}::date[])[${today}::date - ${day} + 1], ${day})`;
  const received = sql`(r.received_at at time zone 'Europe/London')::date`;
  const started = sql`(l.started_at at time zone 'Europe/London')::date`;
  const notSafe = sql`coalesce(r.safe_now = 'no', false)`;
  return sql`
    with waiting as (
      select r.id, r.id as referral_id, r.kind, r.area, ${received} as received_on, ${notSafe} as said_not_safe,
        r.urgent or (${notSafe} and r.stage = 'received' and r.triaged_at is null) as cannot_wait,
        null::uuid as organisation_id,
        case when r.stage = 'accepted' then 'provider' when r.triaged_at is null then 'look' else 'decision' end as wait,
        case when r.stage = 'accepted' then 'infinity'::date
          when r.triaged_at is null then least(${dueOnFrom('triage', received)}, r.decision_due_on)
          else r.decision_due_on end as due_on
      from service.referral r
      where r.stage in ('received', 'accepted')
      union all
      select l.id, r.id, r.kind, r.area, ${received}, ${notSafe}, r.urgent, l.organisation_id, 'take-up',
        ${dueOnFrom('take-up', started)}
      from service.allocation l
      join service.referral r on r.id = l.referral_id and r.stage = 'allocated'
      where l.ended_at is null and l.taken_up_at is null
    )`;
}

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

/**
 * The days by which what began today, yesterday and so on backwards is due, by the threshold that was in force then; none
 * where no threshold was.
 */
async function dueByDay<Name extends ThresholdName>(
  tx: Transaction,
  names: readonly Name[],
  today: PlainDate,
): Promise<Record<Name, (PlainDate | null)[]>> {
  const { rows } = await sql<{
    name: Name;
    in_force_from: PlainDate;
    value: number;
    unit: Threshold['unit'];
  }>`
    select name, in_force_from, value, unit from reference.threshold
    where name = any (${names}) order by in_force_from desc`.execute(tx);
  const reckoned = names.map((name) => {
    const days = Array.from({ length: DAYS_RECKONED }, (_none, back) => {
      const began = addDays(today, -back);
      const threshold = rows.find((row) => row.name === name && row.in_force_from <= began);
      return threshold ? dueOn(began, threshold) : null;
    });
    return [name, days] as const;
  });
  return Object.fromEntries(reckoned) as Record<Name, (PlainDate | null)[]>;
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
  const day = order === 'due' ? sql.ref('w.due_on') : sql.ref('w.received_on');
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
    select w.*, ${whoseTurn(today)} as whom, r.referrer_id, r.reference, r.given_names, r.family_name, r.known_as,
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
  const { toLookAt, toDecide, toAllocate, toTakeUp, late, unsafe } = first;
  return {
    referrals: found.rows.filter((row) => row.id !== null).map((row) => queuedReferral(row, today)),
    counts: { toLookAt, toDecide, toAllocate, toTakeUp, late, unsafe },
  };
}

function queuedReferral(row: QueueRow, today: PlainDate): QueuedReferral {
  return {
    referralId: row.referral_id,
    place: { cannotWait: row.cannot_wait, day: row.sorted_by, id: row.id },
    reference: row.reference,
    ...namesOf(row),
    ...birthOf(row),
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
  late: number;
  unsafe: number;
}

const countsOf = (today: PlainDate) => sql`
  count(*) filter (where wait = 'look') as "toLookAt",
  count(*) filter (where wait in ('look', 'decision')) as "toDecide",
  count(*) filter (where wait = 'provider') as "toAllocate",
  count(*) filter (where wait = 'take-up') as "toTakeUp",
  count(*) filter (where due_on < ${today}::date) as late,
  count(*) filter (where said_not_safe) as unsafe`;

export async function countQueue(tx: Transaction, today: PlainDate): Promise<QueueCounts> {
  const counted = await sql<QueueCounts>`
    ${await waiting(tx, today)} select ${countsOf(today)} from waiting`.execute(tx);
  return counted.rows[0] ?? { toLookAt: 0, toDecide: 0, toAllocate: 0, toTakeUp: 0, late: 0, unsafe: 0 };
}

// One referral --------------------------------------------------------------------------------------------------

/** An action with who took it and when. */
export interface TakenAction {
  sequence: number;
  action: ReferralAction;
  at: Date;
  by: string;
  /** The reason it was taken for, as the list of reasons has it; empty where it has none. */
  reasonInWords: string;
}

/** What happened to a referral, in order. The names of referrers are in no list of colleagues. */
async function actionsOf(tx: Transaction, referralId: string, referrer: Referrer): Promise<TakenAction[]> {
  const found = await tx
    .selectFrom('service.referral_action as a')
    .leftJoin('identity.account as c', 'c.id', 'a.by_account')
    .leftJoin('reference.reason as w', (join) =>
      join
        .on('w.list', '=', sql`case a.kind when 'handed-back' then 'hand-back' else 'decision' end`)
        .on('w.code', '=', sql`a.details ->> 'reason'`),
    )
    .select(['a.sequence', 'a.kind', 'a.details', 'a.at', 'a.by_account', 'c.name'])
    // A code that no list has still reads.
    .select(sql<string>`coalesce(w.text, a.details ->> 'reason', '')`.as('reason'))
    .where('a.referral_id', '=', referralId)
    .orderBy('a.sequence')
    .execute();
  return found.map((row) => ({
    sequence: row.sequence,
    action: referralAction.parse({ ...(row.details as object), kind: row.kind }),
    at: row.at,
    by:
      row.by_account === referrer.accountId ? referrer.name : (row.name ?? 'Somebody whose account is gone'),
    reasonInWords: row.reason,
  }));
}

/** Who sent a referral, and how it is known that they are who they say. */
export interface Referrer {
  accountId: string;
  name: string;
  email: string;
  agencyName: string;
  verified: { at: Date; by: string; agencyName: string } | null;
}

/** A referral as a coordinator works with it. */
export interface CoordinatedReferral extends Names, Birth {
  id: string;
  reference: string;
  kind: ReferralKind;
  receivedAt: Date;
  decisionDueOn: PlainDate;
  area: string;
  areaName: string;
  gender: string;
  ethnicity: string;
  postcode: string;
  agencyKind: string;
  /** The episode of support that it began or joined. */
  episodeId: string | null;
  answers: KeptAnswer[];
  referrer: Referrer;
  actions: TakenAction[];
  state: ReferralState;
  /** The sequence of the last action: whoever acts says which they had seen. */
  version: number;
}

/** A referral of the asker's areas; `null` when there is none, or it is not theirs to see. */
export async function findReferral(tx: Transaction, id: string): Promise<CoordinatedReferral | null> {
  const row = await tx
    .selectFrom('service.referral as r')
    .innerJoin('reference.area as a', 'a.code', 'r.area')
    .selectAll('r')
    .select('a.name as area_name')
    .where('r.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const referrer = await referrerOf(tx, id, row.agency_name);
  if (!referrer) return null;
  const actions = await actionsOf(tx, id, referrer);
  const kind = row.kind as ReferralKind;
  return {
    id,
    reference: row.reference,
    kind,
    receivedAt: row.received_at,
    decisionDueOn: plainDate(row.decision_due_on),
    area: row.area,
    areaName: row.area_name,
    ...namesOf(row),
    ...birthOf(row),
    gender: row.gender,
    ethnicity: row.ethnicity,
    postcode: row.postcode,
    agencyKind: row.agency_kind,
    episodeId: row.episode_id,
    answers: keptAnswers.parse(row.answers),
    referrer,
    actions,
    state: fold(
      kind,
      actions.map(({ action }) => action),
    ),
    version: actions.at(-1)?.sequence ?? 0,
  };
}

async function referrerOf(tx: Transaction, referralId: string, agencyName: string): Promise<Referrer | null> {
  const found = await sql<{
    account_id: string;
    name: string;
    email: string;
    verified_at: Date | null;
    verified_by: string | null;
    verified_agency: string | null;
  }>`
    select f.account_id, f.name, f.email, v.at as verified_at, c.name as verified_by, v.agency_name as verified_agency
    from need_to_know.referrer_of(${referralId}) f
    left join lateral (
      select * from service.referrer_verification x where x.referrer_id = f.account_id order by x.at desc limit 1
    ) v on true
    left join identity.account c on c.id = v.recorded_by`.execute(tx);
  const row = found.rows[0];
  if (!row) return null;
  return {
    accountId: row.account_id,
    name: row.name,
    email: row.email,
    agencyName,
    verified:
      row.verified_at === null
        ? null
        : {
            at: row.verified_at,
            by: row.verified_by ?? 'somebody whose account is gone',
            agencyName: row.verified_agency ?? '',
          },
  };
}

/** Finds a referral for a page that shows it, and writes down that it was looked at. */
export async function lookAtReferral(tx: Transaction, id: string): Promise<CoordinatedReferral | null> {
  const referral = await findReferral(tx, id);
  if (referral) {
    await recordLook(tx, {
      action: 'view-referral',
      subject: { kind: 'referral', id },
      personId: referral.state.personId,
    });
  }
  return referral;
}

// Likely matches ------------------------------------------------------------------------------------------------

/** Somebody on record who may be the young person of a referral. */
export interface LikelyMatch extends Comparable {
  personId: string;
  /** Null, like all but name, year of birth and area, where the record is not the asker's to open. */
  reference: string | null;
  areaName: string;
  /** Whom to ask about a record that is out of reach; empty where its area has nobody. */
  ask: string;
  likeness: Likeness;
}

/** Most of what a person can compare on one page. */
const MOST_MATCHES = 20;

/** People on record who may be the young person of a referral, over everyone, the likeliest first. */
export async function likelyMatches(tx: Transaction, referral: CoordinatedReferral): Promise<LikelyMatch[]> {
  const found = await sql<{
    person_id: string;
    reference: string | null;
    given_names: string;
    family_name: string;
    known_as: string;
    birth_year: number | null;
    date_of_birth: string | null;
    date_of_birth_precision: string | null;
    postcode: string;
    area_name: string;
    same_phone: boolean;
    ask: string | null;
  }>`
    select m.person_id, m.reference, m.given_names, m.family_name, m.known_as, m.birth_year, m.date_of_birth,
      m.date_of_birth_precision, m.postcode, a.name as area_name, m.same_phone, m.ask
    from need_to_know.likely_matches(${referral.id}, ${MOST_MATCHES}) with ordinality m
    join reference.area a on a.code = m.area
    order by m.ordinality`.execute(tx);
  const told: Comparable = {
    ...referral,
    birthYear: referral.dateOfBirth === null ? null : partsOf(referral.dateOfBirth)[0],
  };
  return found.rows.map((row) => {
    const onRecord: Comparable = {
      ...namesOf(row),
      ...birthOf({ ...row, date_of_birth_precision: row.date_of_birth_precision ?? 'not-known' }),
      birthYear: row.birth_year,
      postcode: row.postcode,
    };
    return {
      ...onRecord,
      personId: row.person_id,
      reference: row.reference,
      areaName: row.area_name,
      ask: row.ask ?? '',
      likeness: likenessOf(told, onRecord, row.same_phone),
    };
  });
}

/** Writes down that the people a referral may be about were shown. */
export async function recordLooksAtMatches(tx: Transaction, matches: readonly LikelyMatch[]): Promise<void> {
  await sql`
    select audit.look('view-likely-match', 'person', id, id)
    from unnest(${matches.map(({ personId }) => personId)}::uuid[]) id`.execute(tx);
}

// Allocation ----------------------------------------------------------------------------------------------------

/** A provider's team that can be given a young person. */
export interface ProviderTeam {
  teamId: string;
  teamName: string;
  organisationId: string;
  organisationName: string;
}

/** Every team of every provider, by name. */
export async function providerTeams(tx: Transaction): Promise<ProviderTeam[]> {
  return await tx
    .selectFrom('identity.team as t')
    .innerJoin('identity.organisation as o', 'o.id', 't.organisation_id')
    .select(['t.id as teamId', 't.name as teamName', 'o.id as organisationId', 'o.name as organisationName'])
    .where('o.kind', '=', 'provider')
    .orderBy('o.name')
    .orderBy('t.name')
    .execute();
}

/** Somebody who works in a provider's team, or manages the provider. */
export interface TeamMember {
  accountId: string;
  name: string;
  role: 'caseworker' | 'provider-manager';
}

export async function whoWorksIn(tx: Transaction, teamId: string): Promise<TeamMember[]> {
  const found = await sql<TeamMember>`
    select account_id as "accountId", name, role from need_to_know.who_works_in(${teamId}) order by name`.execute(
    tx,
  );
  return found.rows;
}

/** To whom a referral is allocated now. */
export interface PresentAllocation {
  organisationName: string;
  teamName: string;
  workerName: string | null;
  startedAt: Date;
}

export async function findAllocation(tx: Transaction, referralId: string): Promise<PresentAllocation | null> {
  const found = await tx
    .selectFrom('service.allocation as l')
    .innerJoin('identity.organisation as o', 'o.id', 'l.organisation_id')
    .innerJoin('identity.team as t', 't.id', 'l.team_id')
    .leftJoin('identity.account as w', 'w.id', 'l.worker_id')
    .select([
      'o.name as organisationName',
      't.name as teamName',
      'w.name as workerName',
      'l.started_at as startedAt',
    ])
    .where('l.referral_id', '=', referralId)
    .where('l.ended_at', 'is', null)
    .executeTakeFirst();
  return found ?? null;
}

// This person's history ------------------------------------------------------------------------------------------

/** Another referral of the young person. */
export interface EarlierReferral {
  id: string;
  reference: string;
  kind: ReferralKind;
  stage: Stage;
  receivedAt: Date;
  agencyName: string;
  /** Why it was decided as it was; empty where it needed no reason, or is not decided. */
  reasonInWords: string;
}

/** An episode of support. */
export interface EpisodeInShort {
  id: string;
  openedAt: Date;
  closedAt: Date | null;
  /** The providers that worked in it, by name. */
  providers: string[];
}

/** What went before, as far as the asker may see it, the newest first. */
export interface PersonHistory {
  referrals: EarlierReferral[];
  episodes: EpisodeInShort[];
}

/** Most of what one page tells of before; the rest is on the young person's own. */
const MOST_OF_BEFORE = 10;

/** The other referrals and the episodes of support of the young person of a referral. */
export async function historyOf(
  tx: Transaction,
  personId: string,
  butReferral: string,
): Promise<PersonHistory> {
  const referrals = await sql<EarlierReferral>`
    select r.id, r.reference, r.kind, r.stage, r.received_at as "receivedAt", r.agency_name as "agencyName",
      coalesce((
        select coalesce(w.text, a.details ->> 'reason')
        from service.referral_action a
        left join reference.reason w on w.list = 'decision' and w.code = a.details ->> 'reason'
        where a.referral_id = r.id and a.kind in ('declined', 'signposted', 'decision-amended') and a.details ? 'reason'
          and r.stage in ('declined', 'signposted')
        order by a.sequence desc limit 1), '') as "reasonInWords"
    from service.referral r where r.person_id = ${personId} and r.id <> ${butReferral}
    order by r.received_at desc, r.id desc limit ${MOST_OF_BEFORE}`.execute(tx);
  return { referrals: referrals.rows, episodes: await episodesOf(tx, personId) };
}

async function episodesOf(tx: Transaction, personId: string): Promise<EpisodeInShort[]> {
  const found = await sql<EpisodeInShort>`
    select e.id, e.opened_at as "openedAt", e.closed_at as "closedAt", array(
        select distinct o.name from service.allocation l join identity.organisation o on o.id = l.organisation_id
        where l.episode_id = e.id and (e.closed_at is not null or l.ended_at is null) order by o.name) as providers
    from service.episode e where e.person_id = ${personId}
    order by e.opened_at desc limit ${MOST_OF_BEFORE}`.execute(tx);
  return found.rows;
}

/** The support that somebody has now. */
export interface PresentSupport {
  since: Date;
  /** The providers that work with them; none yet while they wait for one. */
  providers: string[];
}

export async function supportNow(tx: Transaction, personId: string): Promise<PresentSupport | null> {
  const open = (await episodesOf(tx, personId)).find(({ closedAt }) => closedAt === null);
  return open ? { since: open.openedAt, providers: open.providers } : null;
}

const namesOf = (row: { given_names: string; family_name: string; known_as: string }): Names => ({
  givenNames: row.given_names,
  familyName: row.family_name,
  knownAs: row.known_as,
});

const birthOf = (row: { date_of_birth: string | null; date_of_birth_precision: string }): Birth => ({
  dateOfBirth: row.date_of_birth === null ? null : plainDate(row.date_of_birth),
  dateOfBirthPrecision: row.date_of_birth_precision as DatePrecision,
});
