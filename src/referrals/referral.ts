import { z } from 'zod';
import type { CodedWord } from '../reference/code-lists.ts';

/** What happens to a referral, as actions; its state is the actions, folded. Pure: no I/O here. */

export const referralKinds = ['intervention', 'intelligence'] as const;
export type ReferralKind = (typeof referralKinds)[number];

/** What a referral asks for, as people read it. */
export const kindInWords: Record<ReferralKind, string> = {
  intervention: 'Support',
  intelligence: 'Intelligence only',
};

export const stages = [
  'received',
  'accepted',
  'allocated',
  'declined',
  'signposted',
  'intelligence-only',
  'withdrawn',
  'closed',
] as const;
export type Stage = (typeof stages)[number];

/** Whose turn it can be to do something about a referral. */
export const turns = [
  'coordinator',
  'referrer',
  'analyst',
  'gender-consultant',
  'borough',
  'provider',
] as const;
export type Turn = (typeof turns)[number];

/**
 * Why a referral is not taken up, as imports say it (import-format.md, decision_reason). What is offered, and the words for
 * each, is the service's own list: `reasonsOf(tx, 'decision')`.
 */
export const decisionReasons = [
  { code: 'no-county-lines-link', text: 'No known link to county lines' },
  { code: 'at-risk-only', text: 'At risk, with no known link to county lines' },
  { code: 'outside-criteria', text: 'Outside the criteria: age or area' },
  { code: 'similar-provision-in-borough', text: 'The borough has similar support' },
  { code: 'no-consent', text: 'No consent to support' },
  { code: 'other', text: 'Another reason' },
] as const satisfies readonly CodedWord[];

/** What files from other systems say was decided, in their words (import-format.md, decision). */
export const importedDecisions = [
  'accepted',
  'declined',
  'signposted',
  'intelligence-only',
  'pending',
] as const;
export type ImportedDecision = (typeof importedDecisions)[number];

/** What files say of the support that followed: none, or episodes of which one goes on, or none does. */
export const importedSupports = ['none', 'open', 'closed'] as const;
export type ImportedSupport = (typeof importedSupports)[number];

const person = { personId: z.uuid() };
/** A code that the service has, or had: a reason that was retired since, or came with an import, still reads. */
const reason = { reason: z.string() };
/** What the referrer reads, once somebody has verified that they are who they say. */
const words = { words: z.string().default('') };

/** One thing that happened to a referral, as it is stored: its kind, and beside it what belongs to it. */
export const referralAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent') }),
  /** It came from the system before this one, as far as it had come there. */
  z.object({
    kind: z.literal('imported'),
    ...person,
    area: z.string(),
    decision: z.enum(importedDecisions),
    decidedOn: z.string().nullable(),
    reason: z.string().default(''),
    support: z.enum(importedSupports).default('none'),
  }),
  /** Somebody has looked at it for the first time, or looked again at how soon it must be worked on. */
  z.object({ kind: z.literal('triaged'), urgent: z.boolean(), note: z.string().default('') }),
  z.object({ kind: z.literal('referrer-verified') }),
  /** The agency could not be asked, or does not know them: what was decided stays untold. */
  z.object({ kind: z.literal('referrer-not-verified'), why: z.string() }),
  z.object({ kind: z.literal('person-linked'), ...person }),
  z.object({ kind: z.literal('person-set-apart'), ...person }),
  z.object({ kind: z.literal('accepted'), ...words }),
  z.object({ kind: z.literal('declined'), ...reason, ...words }),
  z.object({ kind: z.literal('signposted'), ...reason, to: z.string(), ...words }),
  z.object({ kind: z.literal('kept-as-intelligence'), ...words }),
  z.object({
    kind: z.literal('allocated'),
    organisationId: z.uuid(),
    teamId: z.uuid(),
    workerId: z.uuid().nullable().default(null),
    why: z.string().default(''),
  }),
  /** Support that came open from a file goes on with a provider here. */
  z.object({
    kind: z.literal('support-continued'),
    organisationId: z.uuid(),
    teamId: z.uuid(),
    workerId: z.uuid().nullable().default(null),
    why: z.string().default(''),
  }),
  /** The provider will work with them, or will not. */
  z.object({ kind: z.literal('taken-up'), organisationId: z.uuid() }),
  z.object({
    kind: z.literal('handed-back'),
    organisationId: z.uuid(),
    reason: z.string(),
    why: z.string().default(''),
  }),
  z.object({
    kind: z.literal('decision-amended'),
    reason: z.string().optional(),
    to: z.string().optional(),
    why: z.string(),
    ...words,
  }),
  z.object({ kind: z.literal('decision-reversed'), why: z.string() }),
  /** Intelligence from which support is to come: nothing is typed twice. */
  z.object({ kind: z.literal('promoted'), why: z.string() }),
  /** The referrer's own. */
  z.object({ kind: z.literal('withdrawn'), why: z.string().default('') }),
  z.object({ kind: z.literal('information-added') }),
  /** Support has ended; what may be told of how. */
  z.object({ kind: z.literal('closed'), ...words }),
  /**
   * Support that had ended begins again, in a new episode: who asked for it, and why; and the day on which the young person
   * said that they are not safe, where nobody had acted on it.
   */
  z.object({
    kind: z.literal('reopened'),
    askedBy: z.string(),
    why: z.string(),
    notSafeOn: z.string().optional(),
  }),
]);
export type ReferralAction = z.output<typeof referralAction>;
export type ActionKind = ReferralAction['kind'];

/** The actions that decide a referral. */
export const decisionKinds = [
  'accepted',
  'declined',
  'signposted',
  'kept-as-intelligence',
] as const satisfies readonly ActionKind[];
export type DecisionKind = (typeof decisionKinds)[number];
export type Decision = Extract<ReferralAction, { kind: DecisionKind }>;
export type Amendment = Extract<ReferralAction, { kind: 'decision-amended' }>;

/** The actions that bring a referral to another stage, or back to an earlier one. */
export const stepKinds = [
  ...decisionKinds,
  'allocated',
  'support-continued',
  'handed-back',
  'decision-reversed',
  'promoted',
  'withdrawn',
  'closed',
  'reopened',
] as const satisfies readonly ActionKind[];

/** What only the referrer does: everything else shows that somebody of the service has looked at the referral. */
const actionsOfTheReferrer: readonly ActionKind[] = ['sent', 'imported', 'withdrawn', 'information-added'];

/** A decision as it stands: what was decided, in the words and for the reason it was last given. */
export interface StandingDecision {
  kind: DecisionKind;
  /** The code of the reason; empty for a decision that needs none. */
  reason: string;
  words: string;
  /** Where the referrer was pointed to; empty where nowhere. */
  to: string;
}

/** Where a referral stands. */
export interface ReferralState {
  stage: Stage;
  kind: ReferralKind;
  /** Whether somebody of the service has looked at it. */
  isTriaged: boolean;
  /** Whether whoever looked at it last found that it cannot wait its turn. */
  isUrgent: boolean;
  personId: string | null;
  /** People it was decided not to be about. */
  setApart: readonly string[];
  /** The decision that stands, with what was amended of it; null before there is one, and once it was taken back. */
  decision: StandingDecision | null;
  /** What the referrer reads of the decision; empty before there is one. */
  wordsToReferrer: string;
}

/** Which actions a stage allows; `sent` and `imported` come before there is a stage. */
export const allowedActions = {
  received: [
    'triaged',
    'referrer-verified',
    'person-linked',
    'person-set-apart',
    'accepted',
    'declined',
    'signposted',
    'kept-as-intelligence',
    'promoted',
    'information-added',
    'withdrawn',
  ],
  accepted: [
    'referrer-verified',
    'referrer-not-verified',
    'allocated',
    'decision-amended',
    'decision-reversed',
    'information-added',
    'withdrawn',
    'closed',
  ],
  allocated: [
    'referrer-verified',
    'referrer-not-verified',
    'support-continued',
    'taken-up',
    'handed-back',
    'decision-amended',
    'information-added',
    'closed',
  ],
  declined: [
    'referrer-verified',
    'referrer-not-verified',
    'decision-amended',
    'decision-reversed',
    'information-added',
  ],
  signposted: [
    'referrer-verified',
    'referrer-not-verified',
    'decision-amended',
    'decision-reversed',
    'information-added',
  ],
  'intelligence-only': [
    'referrer-verified',
    'referrer-not-verified',
    'person-linked',
    'person-set-apart',
    'decision-amended',
    'decision-reversed',
    'promoted',
    'information-added',
  ],
  withdrawn: ['referrer-verified', 'decision-reversed'],
  closed: ['referrer-verified', 'referrer-not-verified', 'information-added', 'reopened'],
} as const satisfies Record<Stage, readonly ActionKind[]>;

/** The state before anything but its sending has happened. */
export function sentReferral(kind: ReferralKind): ReferralState {
  return {
    stage: 'received',
    kind,
    isTriaged: false,
    isUrgent: false,
    personId: null,
    setApart: [],
    decision: null,
    wordsToReferrer: '',
  };
}

/** Whether the stage allows an action of this kind, whatever else may stand against it. */
export function stageAllows(stage: Stage, kind: ActionKind): boolean {
  return (allowedActions[stage] as readonly ActionKind[]).includes(kind);
}

/** Why an action cannot be done now, in words for the one who tried; null when it can. */
export function whyNot(state: ReferralState, action: ReferralAction): string | null {
  if (!stageAllows(state.stage, action.kind)) {
    return state.stage === 'received'
      ? action.kind === 'decision-reversed'
        ? 'There is no decision to reverse'
        : 'This cannot be done before the referral is decided'
      : `The referral has already been ${alreadyInWords[state.stage]}`;
  }
  switch (action.kind) {
    case 'accepted':
      if (state.kind === 'intelligence')
        return 'An intelligence referral asks for no support, so there is nothing to accept';
      return state.personId === null ? MATCH_FIRST : null;
    case 'allocated':
      return state.personId === null ? MATCH_FIRST : null;
    case 'promoted':
      return state.kind === 'intervention' ? 'This referral asks for support already' : null;
    case 'person-linked':
      return state.personId === action.personId ? 'This referral is linked to that young person' : null;
    case 'person-set-apart':
      if (state.personId === action.personId) return 'This referral is linked to that young person';
      return state.setApart.includes(action.personId)
        ? 'That this is somebody else has been recorded already'
        : null;
    default:
      return null;
  }
}

const MATCH_FIRST = 'Match the young person first: link a record, or make one';

/** The state after an action. Folding never refuses: what happened, happened. */
export function after(state: ReferralState, action: ReferralAction): ReferralState {
  const isTriaged =
    state.isTriaged ||
    !actionsOfTheReferrer.includes(action.kind) ||
    (action.kind === 'imported' && action.decision !== 'pending');
  return { ...step(state, action), isTriaged };
}

function step(state: ReferralState, action: ReferralAction): ReferralState {
  switch (action.kind) {
    case 'imported':
      return imported(state, action);
    case 'triaged':
      return { ...state, isUrgent: action.urgent };
    case 'person-linked':
      return {
        ...state,
        personId: action.personId,
        setApart: state.setApart.filter((id) => id !== action.personId),
      };
    case 'person-set-apart':
      return {
        ...state,
        setApart: [...state.setApart.filter((id) => id !== action.personId), action.personId],
      };
    case 'accepted':
    case 'declined':
    case 'signposted':
    case 'kept-as-intelligence':
      return { ...withDecision(state, decisionOf(action)), stage: stageAfter[action.kind] };
    case 'allocated':
    case 'support-continued':
      return { ...state, stage: 'allocated' };
    case 'handed-back':
      return { ...state, stage: 'accepted' };
    case 'decision-amended': {
      if (state.decision === null) return state;
      const { reason = state.decision.reason, to = state.decision.to, words } = action;
      return withDecision(state, { kind: state.decision.kind, reason, to, words });
    }
    case 'decision-reversed':
      return { ...withDecision(state, null), stage: 'received' };
    case 'promoted':
      return { ...withDecision(state, null), kind: 'intervention', stage: 'received' };
    case 'withdrawn':
      return { ...state, stage: 'withdrawn' };
    case 'closed':
      return { ...state, stage: 'closed', wordsToReferrer: action.words };
    case 'reopened':
      // That support has ended is no longer so: the words of the acceptance are.
      return {
        ...withDecision(state, state.decision),
        stage: 'accepted',
        isUrgent: state.isUrgent || action.notSafeOn !== undefined,
      };
    case 'sent':
    case 'referrer-verified':
    case 'referrer-not-verified':
    case 'taken-up':
    case 'information-added':
      return state;
  }
}

const stageAfter = {
  accepted: 'accepted',
  declined: 'declined',
  signposted: 'signposted',
  'kept-as-intelligence': 'intelligence-only',
} as const satisfies Record<DecisionKind, Stage>;

/** The state in which a referral comes from another system. It was looked at there if it was decided. */
function imported(
  state: ReferralState,
  { personId, decision, reason, support }: Extract<ReferralAction, { kind: 'imported' }>,
): ReferralState {
  const kind = importedDecision[decision];
  return {
    ...state,
    personId,
    stage: stageOfImported(decision, support),
    decision: kind === null ? null : { kind, reason, words: '', to: '' },
  };
}

const importedDecision: Record<ImportedDecision, DecisionKind | null> = {
  accepted: 'accepted',
  declined: 'declined',
  signposted: 'signposted',
  'intelligence-only': 'kept-as-intelligence',
  pending: null,
};

const stageAfterSupport = {
  none: 'accepted',
  open: 'allocated',
  closed: 'closed',
} as const satisfies Record<ImportedSupport, Stage>;

/** Where a referral from another system stands. */
export function stageOfImported(decision: ImportedDecision, support: ImportedSupport): Stage {
  if (decision === 'accepted') return stageAfterSupport[support];
  return decision === 'pending' ? 'received' : decision;
}

const decisionOf = (action: Decision): StandingDecision => ({
  kind: action.kind,
  reason: 'reason' in action ? action.reason : '',
  words: action.words,
  to: 'to' in action ? action.to : '',
});

/** The referrer reads the coordinator's words, and after them where to turn. */
function withDecision(state: ReferralState, decision: StandingDecision | null): ReferralState {
  const wordsToReferrer = decision === null ? '' : `${decision.words}\n\n${decision.to}`.trim();
  return { ...state, decision, wordsToReferrer };
}

/**
 * The state that a list of actions comes to.
 * @param kind what the referral asks for now: one that was promoted asked for something else when it was sent.
 */
export function fold(kind: ReferralKind, actions: readonly ReferralAction[]): ReferralState {
  const wasPromoted = actions.some((action) => action.kind === 'promoted');
  return actions.reduce(after, sentReferral(wasPromoted ? 'intelligence' : kind));
}

/** A stage as people who work with the referral read it. */
export const stageInWords: Record<Stage, string> = {
  received: 'Waiting for a decision',
  accepted: 'Accepted, waiting for a provider',
  allocated: 'Allocated',
  declined: 'Declined',
  signposted: 'Signposted',
  'intelligence-only': 'Kept as intelligence',
  withdrawn: 'Withdrawn by the referrer',
  closed: 'Support has ended',
};

/** A stage as the end of "has already been …". */
const alreadyInWords: Record<Exclude<Stage, 'received'>, string> = {
  accepted: 'accepted',
  allocated: 'allocated to a provider',
  declined: 'declined',
  signposted: 'signposted to other support',
  'intelligence-only': 'kept as intelligence',
  withdrawn: 'withdrawn by the referrer',
  closed: 'closed: support has ended',
};

/** An action as the timeline tells it. */
export const actionInWords: Record<ActionKind, string> = {
  sent: 'Referral sent',
  imported: 'Brought in from the system before this one',
  triaged: 'Looked at',
  'referrer-verified': 'Referrer verified',
  'referrer-not-verified': 'Referrer could not be verified',
  'person-linked': 'Matched with a young person’s record',
  'person-set-apart': 'Found to be somebody else than a person on record',
  accepted: 'Accepted',
  declined: 'Declined',
  signposted: 'Signposted to other support',
  'kept-as-intelligence': 'Kept as intelligence',
  allocated: 'Allocated to a provider',
  'support-continued': 'Support that had begun allocated to a provider here',
  'taken-up': 'Taken up by the provider',
  'handed-back': 'Handed back by the provider',
  'decision-amended': 'Decision amended',
  'decision-reversed': 'Decision reversed',
  promoted: 'Made a referral for support',
  withdrawn: 'Withdrawn by the referrer',
  'information-added': 'Information added by the referrer',
  closed: 'Support ended',
  reopened: 'Support opened again',
};

/** A stage as the referrer is told it: never a reason, never whether the young person was known. */
export const stageForReferrer: Record<Stage, string> = {
  received: 'Received',
  accepted: 'Accepted',
  allocated: 'Accepted, and a worker has been asked to make contact',
  declined: 'We are not able to offer support',
  signposted: 'We have suggested other support',
  'intelligence-only': 'Received and being used to keep young people safe',
  withdrawn: 'Withdrawn by you',
  closed: 'Support has ended',
};

/** Words for the referrer that are safe as they stand: no reason, and nothing about the young person. */
export const defaultWords: Record<DecisionKind, string> = {
  accepted:
    'Thank you for your referral. We have accepted it, and will ask a worker to make contact. Please go on doing what your own agency does to keep the young person safe: this referral does not replace it.',
  declined:
    'Thank you for your referral. We are not able to offer support through this service. If you are worried about a young person, tell the children’s social care team of the council where they live. If somebody is in danger now, call 999.',
  signposted:
    'Thank you for your referral. We think that other support will help more than this service could. We suggest that you contact:',
  'kept-as-intelligence':
    'Thank you for what you told us. It helps us to understand how young people are exploited and to keep them safe. If you are worried about a young person, tell the children’s social care team of the council where they live.',
};
