import { isDeepStrictEqual } from 'node:util';
import { type SqlBool, sql } from 'kysely';
import { dueOn, thresholdsOn } from '../organisations/index.ts';
import {
  beTheOneWhoMakesPeople,
  findPerson,
  makePerson,
  parseReference,
  personAddress,
} from '../people/index.ts';
import { recordCommand } from '../platform/audit/record.ts';
import type { Clock } from '../platform/clock/clock.ts';
import { formatDate, formatLondon, londonDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { whoWorksIn } from './allocation-queries.ts';
import { likelyMatches } from './match-queries.ts';
import { sentAddress } from './refer-addresses.ts';
import {
  type ActionKind,
  actionInWords,
  after,
  type DecisionKind,
  decisionKinds,
  type ReferralAction,
  type ReferralState,
  stageAllows,
  stageForReferrer,
  stepKinds,
  whyNot,
} from './referral.ts';
import { type CoordinatedReferral, findReferral, type TakenAction } from './referral-queries.ts';
import { countThoseBefore, teamsToChooseFrom } from './suggestion-queries.ts';
import type { OpenSupport } from './support-from-files-queries.ts';

/** What became of a command on a referral. */
export type Outcome =
  | { outcome: 'done' }
  /** There is no such referral, person or team for this asker. */
  | { outcome: 'missing' }
  /** A rule stands against it: why, in words for the one who tried. */
  | { outcome: 'refused'; why: string };

const DONE: Outcome = { outcome: 'done' };
const MISSING: Outcome = { outcome: 'missing' };
const NO_REFERRER = 'This referral came from the system before this one: nobody here sent it';
const refused = (why: string): Outcome => ({ outcome: 'refused', why });

/** Who acts, and by which clock. */
export interface Acting {
  asker: Asker;
  clock: Clock;
}

/** How a referrer was found to be who they say. */
export const waysToVerify = [
  { code: 'telephone', text: 'By telephone, on a number the agency has published' },
  { code: 'email', text: 'By email, at an address the agency has published' },
] as const;

export interface Verification {
  how: (typeof waysToVerify)[number]['code'];
  /** The number or address that was used. */
  contact: string;
  /** Who at the agency confirmed it. */
  confirmedBy: string;
}

/** Records that the agency itself, asked through its published contact, knows the referrer. */
export async function verifyReferrer(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  { how, contact, confirmedBy }: Verification,
): Promise<Outcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral) return MISSING;
  const { referrer } = referral;
  if (!referrer) return refused(NO_REFERRER);
  const outcome = await take(tx, acting, referral, { kind: 'referrer-verified' });
  if (outcome.outcome !== 'done') return outcome;
  await tx
    .insertInto('service.referrer_verification')
    .values({
      referrer_id: referrer.accountId,
      agency_name: referral.agencyName,
      how,
      contact,
      confirmed_by: confirmedBy,
      at: acting.clock.now(),
    })
    .execute();
  // What was decided before is told only now.
  if (referral.state.stage !== 'received') await tellReferrer(tx, referral);
  return DONE;
}

/** Records that nobody could find out who the referrer is: what was decided stays untold, and waits for nobody. */
export async function giveUpVerifying(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  why: string,
): Promise<Outcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral) return MISSING;
  if (!referral.referrer) return refused(NO_REFERRER);
  if (referral.referrer.verified) return refused('The referrer has been verified');
  return await take(tx, acting, referral, { kind: 'referrer-not-verified', why });
}

/**
 * Links the referral to a young person's record.
 * @param version of the referral as it was when the asker chose.
 */
export async function linkPerson(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  personId: string,
  version: number,
): Promise<Outcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral || !(await findPerson(tx, personId))) return MISSING;
  return await take(tx, acting, referral, { kind: 'person-linked', personId }, version);
}

/** As {@link linkPerson}, for a record that was found by searching and is named by its reference. */
export async function linkPersonByReference(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  reference: string,
  version: number,
): Promise<Outcome> {
  const person = await tx
    .selectFrom('service.person')
    .select('id')
    .where('reference', '=', parseReference(reference) ?? '')
    .executeTakeFirst();
  if (!person) return refused('There is no record with this reference that you can open');
  return await linkPerson(tx, acting, referralId, person.id, version);
}

/** Records that the referral is not about somebody who seemed likely. */
export async function setPersonApart(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  personId: string,
): Promise<Outcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral) return MISSING;
  const matches = await likelyMatches(tx, referral);
  if (!matches.some((match) => match.personId === personId)) return MISSING;
  return await take(tx, acting, referral, { kind: 'person-set-apart', personId });
}

/**
 * Makes a record of the young person from the referral, and links it.
 * @param seen the likely matches the asker was shown and says are somebody else: each is recorded as set apart.
 */
export async function makePersonOfReferral(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  seen: readonly string[],
  version: number,
): Promise<Outcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral) return MISSING;
  // Nothing may be written before it is sure that all of it will be: a refusal does not undo.
  const why = standsAgainst(referral, { kind: 'person-linked', personId: 'not made yet' }, version);
  if (why !== null) return refused(why);
  await beTheOneWhoMakesPeople(tx);
  const matches = await likelyMatches(tx, referral);
  if (matches.some(({ personId }) => !seen.includes(personId))) {
    return refused(
      'A record that may be the same young person was made or changed since you opened this page',
    );
  }
  let current = referral;
  for (const { personId } of matches) {
    const apart: ReferralAction = { kind: 'person-set-apart', personId };
    if (whyNot(current.state, apart) !== null) continue;
    await take(tx, acting, current, apart);
    current = afterTaking(current, acting, apart);
  }
  const personId = await makePerson(tx, referral);
  return await take(tx, acting, current, { kind: 'person-linked', personId });
}

/** What can be done to a referral by one act that needs nothing beside it. */
export type ActOnReferral = Extract<
  ReferralAction,
  { kind: 'triaged' | DecisionKind | 'decision-amended' | 'decision-reversed' | 'promoted' }
>;

/**
 * Takes one action on a referral: looks at it first, decides it, amends or reverses the decision, makes of intelligence a
 * referral for support. A referrer whom somebody has verified is told that there is news where what they read changes.
 * @param version of the referral as it was when the asker chose.
 */
export async function actOnReferral(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  action: ActOnReferral,
  version: number,
): Promise<Outcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral) return MISSING;
  if ((action.kind === 'declined' || action.kind === 'signposted') && (await isLikelySomebody(tx, referral)))
    return refused(
      'Somebody on record may be this young person. Match the referral first, or say of each that it is somebody else: a referral that is declined unmatched is missing from their history',
    );
  const outcome = await take(tx, acting, referral, action, version);
  if (outcome.outcome !== 'done') return outcome;
  const { referrer, state } = referral;
  if (referrer?.verified && !isDeepStrictEqual(toldOf(state), toldOf(after(state, action))))
    await tellReferrer(tx, referral);
  if (action.kind === 'accepted') await joinSupport(tx, acting, afterTaking(referral, acting, action));
  // Told of here first: it may be another area's from now on.
  if (action.kind === 'decision-reversed' || action.kind === 'promoted')
    await sql`select need_to_know.follow_person(${referral.id})`.execute(tx);
  return DONE;
}

/** Whether a referral that waits again is still the asker's to decide, or has gone to the area that is responsible now. */
export async function isStillTheirs(tx: Transaction, referralId: string): Promise<boolean> {
  return (await findReferral(tx, referralId)) !== null;
}

/**
 * A referral about somebody whom a provider works with waits for none: it is theirs from now on, and whoever works with the
 * young person is told that there is something new.
 */
async function joinSupport(tx: Transaction, acting: Acting, referral: CoordinatedReferral): Promise<void> {
  const { personId } = referral.state;
  if (personId === null) return;
  const { rows: supporting } = await sql<{
    organisation_id: string;
    team_id: string;
    worker_id: string | null;
  }>`select organisation_id, team_id, worker_id from need_to_know.supporting(${referral.id})`.execute(tx);
  const [first] = supporting;
  if (!first) return;
  const joined: ReferralAction = {
    kind: 'allocated',
    organisationId: first.organisation_id,
    teamId: first.team_id,
    workerId: first.worker_id,
    why: 'They had support already, which this referral joins',
  };
  await take(tx, acting, referral, joined);
  for (const { team_id, worker_id } of supporting) {
    const told = (await whoWorksIn(tx, team_id)).filter(
      ({ role, accountId }) => role === 'provider-manager' || worker_id === null || accountId === worker_id,
    );
    for (const accountId of new Set(told.map((member) => member.accountId)))
      await sql`select messages.tell(${accountId}, 'new-allocation', ${personAddress(personId)})`.execute(tx);
  }
}

/** Whether a referral that is matched with nobody may be about somebody on record of whom nobody has said that it is not. */
export async function isLikelySomebody(tx: Transaction, referral: CoordinatedReferral): Promise<boolean> {
  const { stage, personId, setApart } = referral.state;
  if (personId !== null || !stageAllows(stage, 'person-linked')) return false;
  return (await likelyMatches(tx, referral)).some((match) => !setApart.includes(match.personId));
}

/** What a verified referrer reads of a referral. */
const toldOf = ({ stage, wordsToReferrer }: ReferralState) => [stageForReferrer[stage], wordsToReferrer];

export interface Allocating {
  teamId: string;
  /** Null where the team itself decides who works with the young person. */
  workerId: string | null;
  /** Needed where the team is not the one that was suggested first. */
  why: string;
  /** Why they are supported before others who have waited longer, a code of the list of reasons `queue-jump`. */
  jump?: string | null;
  /** Of the referral as it was when the asker chose; as it is now where nothing says. */
  version?: number | undefined;
}

/** As of every command, or a question that this allocation needs an answer to. */
export type AllocatingOutcome = Outcome | { outcome: 'unanswered'; field: 'why' | 'jump'; message: string };

/** Gives the young person to a provider's team, or to a worker of it, and tells them that somebody waits. */
export async function allocateReferral(
  tx: Transaction,
  acting: Acting,
  referralId: string,
  { teamId, workerId, why, jump = null, version }: Allocating,
): Promise<AllocatingOutcome> {
  const referral = await lockReferral(tx, referralId);
  if (!referral) return MISSING;
  const { suggested, all } = await teamsToChooseFrom(tx, referral, londonDate(acting.clock.now()));
  const team = all.find((one) => one.team.teamId === teamId)?.team;
  if (!team) return MISSING;
  const members = await whoWorksIn(tx, teamId);
  const workers = members.filter(({ role }) => role === 'caseworker');
  if (workerId !== null && !workers.some(({ accountId }) => accountId === workerId)) return MISSING;
  const place = suggested.findIndex((one) => one.team.teamId === teamId) + 1;
  const { organisationId } = team;
  const begun = continuing(referral, organisationId);
  if (begun !== null && (await worksWith(tx, organisationId, referral)))
    return refused('This provider works with them already');
  const kind = allocatingBy(referral);
  // Support that had begun is no beginning: nobody who waits is passed over by it.
  const before = begun === null ? await countThoseBefore(tx, referral.state, team) : 0;
  if (stageAllows(referral.state.stage, kind)) {
    if (why === '' && place !== 1 && begun?.organisationId !== organisationId) {
      const message = 'Enter why you chose this team, which is not the one suggested first';
      return { outcome: 'unanswered', field: 'why', message };
    }
    if (before > 0 && jump === null) {
      const message = 'Choose why they are supported before those who have waited longer';
      return { outcome: 'unanswered', field: 'jump', message };
    }
  }
  const outcome = await take(tx, acting, referral, { kind, organisationId, teamId, workerId, why }, version);
  const { personId } = referral.state;
  if (outcome.outcome !== 'done' || personId === null) return outcome;
  const allocation = await tx
    .insertInto('service.allocation')
    .values({
      referral_id: referralId,
      person_id: personId,
      episode_id: referral.episodeId ?? (await beginEpisodeOf(tx, referral, acting.clock)),
      area: referral.area,
      organisation_id: organisationId,
      team_id: teamId,
      worker_id: workerId,
      started_at: acting.clock.now(),
      suggested_place: place === 0 ? null : place,
      went_before: before,
      jump_reason: before === 0 ? '' : (jump ?? ''),
      allocated_on: begun?.allocatedOn ?? null,
      first_engaged_on: begun?.firstEngagedOn ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (begun !== null) await continueIn(tx, allocation.id, begun);
  const told = members.filter(
    ({ role, accountId }) => role === 'provider-manager' || workerId === null || accountId === workerId,
  );
  for (const accountId of new Set(told.map((member) => member.accountId)))
    await sql`select messages.tell(${accountId}, 'new-allocation', '/caseload')`.execute(tx);
  return DONE;
}

/** The action that gives a referral to a provider: support that a file left open is allocated before anybody here has it. */
function allocatingBy({ state, openSupport }: CoordinatedReferral): 'allocated' | 'support-continued' {
  return state.stage === 'allocated' && openSupport.length > 0 ? 'support-continued' : 'allocated';
}

/** Whether a provider can be found for a referral now. */
export const canBeAllocated = (referral: CoordinatedReferral): boolean =>
  stageAllows(referral.state.stage, allocatingBy(referral));

/** What of the support that a file left open goes on with a provider: what the file says is theirs, else the first. */
function continuing({ openSupport }: CoordinatedReferral, organisationId: string): OpenSupport | null {
  return openSupport.find((one) => one.organisationId === organisationId) ?? openSupport[0] ?? null;
}

/** @throws Error where an import has closed it, or taken it away, meanwhile: nothing is done then, and they can try again. */
async function continueIn(tx: Transaction, allocationId: string, { id }: OpenSupport): Promise<void> {
  await tx
    .updateTable('service.imported_support')
    .set({ continued_in: allocationId })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow();
}

async function worksWith(
  tx: Transaction,
  organisationId: string,
  { state }: CoordinatedReferral,
): Promise<boolean> {
  const open = await tx
    .selectFrom('service.allocation')
    .select('id')
    .where('person_id', '=', state.personId)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return open !== undefined;
}

/** The referral as it stands, held so that nobody else acts on it until this transaction has ended. */
async function lockReferral(tx: Transaction, id: string): Promise<CoordinatedReferral | null> {
  const held = await tx
    .selectFrom('service.referral')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  // Read after it is held: whoever held it before has finished, and this sees what they did.
  return held ? await findReferral(tx, id) : null;
}

/** How the audit calls each action. */
const commands = {
  imported: 'import',
  triaged: 'triage-referral',
  'referrer-verified': 'verify-referrer',
  'referrer-not-verified': 'give-up-verifying-referrer',
  'person-linked': 'link-person',
  'person-set-apart': 'set-person-apart',
  accepted: 'accept-referral',
  declined: 'decline-referral',
  signposted: 'signpost-referral',
  'kept-as-intelligence': 'keep-referral-as-intelligence',
  allocated: 'allocate-referral',
  'support-continued': 'continue-support',
  'taken-up': 'take-up-allocation',
  'handed-back': 'hand-back-allocation',
  'decision-amended': 'amend-decision',
  'decision-reversed': 'reverse-decision',
  promoted: 'promote-referral',
  withdrawn: 'withdraw-referral',
  'information-added': 'add-to-referral',
  closed: 'close-referral',
  reopened: 'reopen-support',
} as const satisfies Record<Exclude<ActionKind, 'sent'>, string>;

/** Takes an action on a referral that is held: one more row of what happened, and the row that is read made after it. */
async function take(
  tx: Transaction,
  { asker, clock }: Acting,
  referral: CoordinatedReferral,
  action: Exclude<ReferralAction, { kind: 'sent' }>,
  version = referral.version,
): Promise<Outcome> {
  const why =
    standsAgainst(referral, action, version) ??
    whyNotForTheDead(referral, action) ??
    (action.kind === 'decision-reversed' ? await whyStandsAcceptance(tx, referral) : null);
  if (why !== null) return refused(why);
  const state = after(referral.state, action);
  await recordCommand(tx, {
    action: commands[action.kind],
    subject: { kind: 'referral', id: referral.id },
    // Whom it is about: somebody set apart is told of too, in their own record's log.
    personId: 'personId' in action ? action.personId : state.personId,
    detail: 'reason' in action && action.reason !== undefined ? { reason: action.reason } : {},
  });
  const { kind, ...details } = action;
  await tx
    .insertInto('service.referral_action')
    .values({
      referral_id: referral.id,
      sequence: referral.version + 1,
      area: referral.area,
      person_id: state.personId,
      kind,
      details: JSON.stringify(details),
      at: clock.now(),
      by_account: asker.accountId,
    })
    .execute();
  const changed = {
    ...changesOfState(referral.state, state, clock),
    ...(isOneOf(decisionKinds, kind)
      ? { decided_at: clock.now(), taken_back_at: null, verify_to_tell: isUntold(referral) }
      : {}),
    ...(kind === 'referrer-verified' || kind === 'referrer-not-verified' ? { verify_to_tell: false } : {}),
    ...(kind === 'accepted' ? { episode_id: await beginEpisode(tx, { ...referral, state }, clock) } : {}),
    // It waits for a decision again, and the time for it begins again.
    ...(kind === 'decision-reversed' || kind === 'promoted'
      ? {
          decided_at: null,
          decision_due_on: await decisionDueOn(tx, clock),
          episode_id: null,
          verify_to_tell: false,
          taken_back_at: wasToldOfDecision(referral) ? clock.now() : null,
        }
      : {}),
  };
  if (Object.keys(changed).length > 0)
    await tx.updateTable('service.referral').set(changed).where('id', '=', referral.id).execute();
  if (kind === 'decision-reversed') await endEpisodeOf(tx, referral, clock);
  return DONE;
}

/** Whether the referrer cannot read what is decided: the database shows it to them once somebody has verified who they are. */
const isUntold = ({ referrer }: CoordinatedReferral): boolean =>
  referrer !== null && referrer.verified === null;

/** Whether the referrer reads a decision that stands: the database shows it to them once they are verified. */
const wasToldOfDecision = ({ referrer, state }: CoordinatedReferral): boolean =>
  referrer?.verified != null && state.decision !== null;

const arranging: readonly ActionKind[] = ['accepted', 'allocated', 'support-continued'];

/** Why nothing is arranged for somebody who has died; null for the living, and for what may still be done. */
function whyNotForTheDead({ personDiedOn }: CoordinatedReferral, { kind }: ReferralAction): string | null {
  if (personDiedOn === null || !arranging.includes(kind)) return null;
  return `This young person died on ${formatDate(personDiedOn)}: no support is arranged. Tell the referrer by telephone, and decline the referral`;
}

/** The columns of the row that is read, where an action changes them. */
function changesOfState(now: ReferralState, next: ReferralState, clock: Clock) {
  return {
    ...(next.stage === now.stage ? {} : { stage: next.stage }),
    ...(next.kind === now.kind ? {} : { kind: next.kind }),
    ...(next.personId === now.personId ? {} : { person_id: next.personId }),
    ...(next.wordsToReferrer === now.wordsToReferrer ? {} : { words_to_referrer: next.wordsToReferrer }),
    ...(next.isTriaged === now.isTriaged ? {} : { triaged_at: clock.now() }),
    ...(next.isUrgent === now.isUrgent ? {} : { urgent: next.isUrgent }),
    ...(next.decision?.reason === now.decision?.reason
      ? {}
      : { decision_reason: next.decision?.reason || null }),
  };
}

async function decisionDueOn(tx: Transaction, clock: Clock): Promise<PlainDate> {
  const today = londonDate(clock.now());
  return dueOn(today, (await thresholdsOn(tx, today)).decision);
}

/** The episode of support that an accepted referral begins, joins or goes on with (need_to_know.begin_support). */
async function beginEpisode(
  tx: Transaction,
  { id, state: { personId } }: CoordinatedReferral,
  clock: Clock,
): Promise<string | null> {
  if (personId === null) return null;
  const { rows } = await sql<{ episode: string }>`
    select need_to_know.begin_support(${id}, ${clock.now()}) as episode`.execute(tx);
  return rows[0]?.episode ?? null;
}

/** The episode of a referral that was accepted in the system before this one: it begins here when a provider is asked. */
async function beginEpisodeOf(
  tx: Transaction,
  referral: CoordinatedReferral,
  clock: Clock,
): Promise<string | null> {
  const episodeId = await beginEpisode(tx, referral, clock);
  await tx
    .updateTable('service.referral')
    .set({ episode_id: episodeId })
    .where('id', '=', referral.id)
    .execute();
  return episodeId;
}

/**
 * Ends the episode that began with a referral whose acceptance is taken back, unless it is another referral's too, in
 * whatever area: that the database knows (need_to_know.stands_for_nothing).
 */
async function endEpisodeOf(
  tx: Transaction,
  { id, episodeId }: CoordinatedReferral,
  clock: Clock,
): Promise<void> {
  if (episodeId === null) return;
  await tx
    .updateTable('service.episode')
    .set({ closed_at: clock.now() })
    .where('id', '=', episodeId)
    .where('referral_id', '=', id)
    .where('closed_at', 'is', null)
    .where(sql<SqlBool>`need_to_know.stands_for_nothing(id)`)
    .execute();
}

/** Why the acceptance of a referral cannot be taken back, in words; null where it can, or was not accepted. */
async function whyStandsAcceptance(
  tx: Transaction,
  { id, episodeId }: CoordinatedReferral,
): Promise<string | null> {
  if (episodeId === null) return null;
  const worked = await tx
    .selectFrom('service.allocation')
    .select('id')
    .where('referral_id', '=', id)
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('taken_up_at', 'is not', null)]))
    .limit(1)
    .executeTakeFirst();
  return worked
    ? 'Somebody has worked with this young person because of it. Support that has begun is closed, not taken back'
    : null;
}

/** The referral as it stands once an action was taken on it in this transaction. */
function afterTaking(
  referral: CoordinatedReferral,
  { asker, clock }: Acting,
  action: ReferralAction,
): CoordinatedReferral {
  const sequence = referral.version + 1;
  return {
    ...referral,
    version: sequence,
    state: after(referral.state, action),
    actions: [...referral.actions, { sequence, action, at: clock.now(), by: asker.name, reasonInWords: '' }],
  };
}

/** Why an action cannot be taken by somebody who had seen a version of the referral; null where it can. */
function standsAgainst(
  referral: CoordinatedReferral,
  action: ReferralAction,
  version: number,
): string | null {
  const why = whyNot(referral.state, action);
  if (why === null) return since(referral, version);
  const decided = stageAllows(referral.state.stage, action.kind) ? undefined : lastStep(referral.actions);
  return decided ? `${why}, by ${decided.by} on ${formatLondon(decided.at)}` : why;
}

/** The action that brought a referral to its stage, if it is past the first. */
export function lastStep(actions: readonly TakenAction[]): TakenAction | undefined {
  return actions.findLast(({ action }) => isOneOf(stepKinds, action.kind));
}

/** What happened to a referral after a version of it, in words; null where nothing did. */
function since(referral: CoordinatedReferral, version: number): string | null {
  const missed = referral.actions.filter(({ sequence }) => sequence > version);
  if (missed.length === 0) return null;
  const told = missed.map(
    ({ action, by, at }) => `${actionInWords[action.kind]}, by ${by} on ${formatLondon(at)}`,
  );
  return `Something happened since you opened this page. ${told.join('. ')}`;
}

const isOneOf = (kinds: readonly ActionKind[], kind: ActionKind): boolean => kinds.includes(kind);

async function tellReferrer(tx: Transaction, { id, referrer }: CoordinatedReferral): Promise<void> {
  if (referrer === null) return;
  await sql`select messages.tell(${referrer.accountId}, 'referral-news', ${sentAddress(id)})`.execute(tx);
}
