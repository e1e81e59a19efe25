import { type SqlBool, sql } from 'kysely';
import { type Birth, type Comparable, type Likeness, likenessOf, type Names } from '../people/index.ts';
import { recordLook } from '../platform/audit/record.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { daysBetween, type PlainDate, partsOf, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { DatePrecision } from '../reference/code-lists.ts';
import {
  fold,
  type openStages,
  type ReferralAction,
  type ReferralKind,
  type ReferralState,
  referralAction,
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

type OpenStage = (typeof openStages)[number];

/** What of the queue is looked at. */
export interface QueueFilter {
  stage?: OpenStage | undefined;
  kind?: ReferralKind | undefined;
  /** Only these areas. */
  areas?: readonly string[] | undefined;
}

/** A place in the queue, to go on from. */
export interface QueuePlace {
  dueOn: PlainDate;
  id: string;
}

/** A referral as the queue lists it. */
export interface QueuedReferral extends Names, Birth, QueuePlace {
  reference: string;
  areaName: string;
  kind: ReferralKind;
  stage: OpenStage;
  daysWaiting: number;
  isLate: boolean;
  referrerIsVerified: boolean;
}

/** The open referrals the asker may see, the one to be decided first first. */
export async function queuedReferrals(
  tx: Transaction,
  { stage, kind, areas }: QueueFilter,
  after: QueuePlace | undefined,
  atMost: number,
  today: PlainDate,
): Promise<QueuedReferral[]> {
  let query = tx
    .selectFrom('service.referral as r')
    .innerJoin('reference.area as a', 'a.code', 'r.area')
    .select([
      'r.id',
      'r.reference',
      'r.given_names',
      'r.family_name',
      'r.known_as',
      'r.date_of_birth',
      'r.date_of_birth_precision',
      'a.name as area_name',
      'r.kind',
      'r.stage',
      'r.decision_due_on',
      'r.received_at',
      sql<boolean>`exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id)`.as(
        'verified',
      ),
    ])
    // As the index of open referrals says it, so that no other referral is read.
    .where(sql<SqlBool>`r.stage in ('received', 'accepted')`)
    .orderBy('r.decision_due_on')
    .orderBy('r.id')
    .limit(atMost);
  if (stage !== undefined) query = query.where('r.stage', '=', stage);
  if (kind !== undefined) query = query.where('r.kind', '=', kind);
  if (areas !== undefined) query = query.where('r.area', 'in', [...areas]);
  if (after !== undefined)
    query = query.where(sql<SqlBool>`(r.decision_due_on, r.id) > (${after.dueOn}::date, ${after.id}::uuid)`);
  const found = await query.execute();
  return found.map((row) => ({
    id: row.id,
    reference: row.reference,
    ...namesOf(row),
    ...birthOf(row),
    areaName: row.area_name,
    kind: row.kind as ReferralKind,
    stage: row.stage as OpenStage,
    dueOn: plainDate(row.decision_due_on),
    daysWaiting: daysBetween(londonDate(row.received_at), today),
    isLate: row.stage === 'received' && row.decision_due_on < today,
    referrerIsVerified: row.verified,
  }));
}

/** How many referrals wait for what, of all that the asker may see. */
export interface QueueCounts {
  toDecide: number;
  late: number;
  toAllocate: number;
}

export async function countQueue(tx: Transaction, today: PlainDate): Promise<QueueCounts> {
  const counted = await sql<QueueCounts>`
    select count(*) filter (where stage = 'received') as "toDecide",
      count(*) filter (where stage = 'received' and decision_due_on < ${today}::date) as late,
      count(*) filter (where stage = 'accepted') as "toAllocate"
    from service.referral where stage in ('received', 'accepted')`.execute(tx);
  return counted.rows[0] ?? { toDecide: 0, late: 0, toAllocate: 0 };
}

// One referral --------------------------------------------------------------------------------------------------

/** An action with who took it and when. */
export interface TakenAction {
  sequence: number;
  action: ReferralAction;
  at: Date;
  by: string;
}

/** What happened to a referral, in order. The names of referrers are in no list of colleagues. */
async function actionsOf(tx: Transaction, referralId: string, referrer: Referrer): Promise<TakenAction[]> {
  const found = await tx
    .selectFrom('service.referral_action as a')
    .leftJoin('identity.account as c', 'c.id', 'a.by_account')
    .select(['a.sequence', 'a.kind', 'a.details', 'a.at', 'a.by_account', 'c.name'])
    .where('a.referral_id', '=', referralId)
    .orderBy('a.sequence')
    .execute();
  return found.map((row) => ({
    sequence: row.sequence,
    action: referralAction.parse({ ...(row.details as object), kind: row.kind }),
    at: row.at,
    by:
      row.by_account === referrer.accountId ? referrer.name : (row.name ?? 'Somebody whose account is gone'),
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
    ask: string | null;
  }>`
    select m.person_id, m.reference, m.given_names, m.family_name, m.known_as, m.birth_year, m.date_of_birth,
      m.date_of_birth_precision, m.postcode, a.name as area_name, m.ask
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
      likeness: likenessOf(told, onRecord),
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

const namesOf = (row: { given_names: string; family_name: string; known_as: string }): Names => ({
  givenNames: row.given_names,
  familyName: row.family_name,
  knownAs: row.known_as,
});

const birthOf = (row: { date_of_birth: string | null; date_of_birth_precision: string }): Birth => ({
  dateOfBirth: row.date_of_birth === null ? null : plainDate(row.date_of_birth),
  dateOfBirthPrecision: row.date_of_birth_precision as DatePrecision,
});
