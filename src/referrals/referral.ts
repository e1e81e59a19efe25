/** What happens to a referral, as actions; its state is the actions, folded. Pure: no I/O here. */

export const referralKinds = ['intervention', 'intelligence'] as const;
export type ReferralKind = (typeof referralKinds)[number];

export const stages = [
  'received',
  'accepted',
  'allocated',
  'declined',
  'signposted',
  'intelligence-only',
] as const;
export type Stage = (typeof stages)[number];

/** Why a referral is not taken up (import-format.md, decision_reason). */
export const decisionReasons = [
  { code: 'no-county-lines-link', text: 'No known link to county lines' },
  { code: 'at-risk-only', text: 'At risk, with no known link to county lines' },
  { code: 'outside-criteria', text: 'Outside the criteria: age or area' },
  { code: 'similar-provision-in-borough', text: 'The borough has similar support' },
  { code: 'no-consent', text: 'No consent to support' },
  { code: 'other', text: 'Another reason' },
] as const;
export type DecisionReason = (typeof decisionReasons)[number]['code'];

/** One thing that happened to a referral. */
export type ReferralAction =
  | { kind: 'sent' }
  | { kind: 'referrer-verified' }
  | { kind: 'person-linked'; personId: string }
  | { kind: 'person-set-apart'; personId: string }
  | { kind: 'accepted' }
  | { kind: 'declined'; reason: DecisionReason }
  | { kind: 'signposted'; reason: DecisionReason; to: string }
  | { kind: 'kept-as-intelligence' }
  | { kind: 'allocated'; organisationId: string; teamId: string };
export type ActionKind = ReferralAction['kind'];

/** Where a referral stands. */
export interface ReferralState {
  stage: Stage;
  kind: ReferralKind;
  personId: string | null;
  /** People it was decided not to be about. */
  setApart: readonly string[];
}

/** Which actions a stage allows. */
export const allowedActions = {
  received: [
    'referrer-verified',
    'person-linked',
    'person-set-apart',
    'accepted',
    'declined',
    'signposted',
    'kept-as-intelligence',
  ],
  accepted: ['referrer-verified', 'allocated'],
  allocated: ['referrer-verified'],
  declined: ['referrer-verified'],
  signposted: ['referrer-verified'],
  'intelligence-only': ['referrer-verified', 'person-linked', 'person-set-apart'],
} as const satisfies Record<Stage, readonly ActionKind[]>;

/** The state before anything but its sending has happened. */
export function sentReferral(kind: ReferralKind): ReferralState {
  return { stage: 'received', kind, personId: null, setApart: [] };
}

/** Why an action cannot be done now, in words for the one who tried; null when it can. */
export function whyNot(state: ReferralState, action: ReferralAction): string | null {
  if (!(allowedActions[state.stage] as readonly ActionKind[]).includes(action.kind)) {
    return state.stage === 'received'
      ? 'This cannot be done before the referral is decided'
      : `The referral has already been ${stageInWords[state.stage].toLowerCase()}`;
  }
  switch (action.kind) {
    case 'accepted':
      if (state.kind === 'intelligence')
        return 'An intelligence referral asks for no support, so there is nothing to accept';
      return state.personId === null ? 'Match the young person first: link a record, or make one' : null;
    case 'allocated':
      return state.personId === null ? 'Match the young person first: link a record, or make one' : null;
    case 'person-set-apart':
      return state.personId === action.personId ? 'This referral is linked to that young person' : null;
    default:
      return null;
  }
}

/** The state after an action. Folding never refuses: what happened, happened. */
export function after(state: ReferralState, action: ReferralAction): ReferralState {
  switch (action.kind) {
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
      return { ...state, stage: 'accepted' };
    case 'declined':
      return { ...state, stage: 'declined' };
    case 'signposted':
      return { ...state, stage: 'signposted' };
    case 'kept-as-intelligence':
      return { ...state, stage: 'intelligence-only' };
    case 'allocated':
      return { ...state, stage: 'allocated' };
    case 'sent':
    case 'referrer-verified':
      return state;
  }
}

/** The state that a list of actions comes to. */
export function fold(kind: ReferralKind, actions: readonly ReferralAction[]): ReferralState {
  return actions.reduce(after, sentReferral(kind));
}

/** A stage as people who work with the referral read it. */
export const stageInWords: Record<Stage, string> = {
  received: 'Waiting for a decision',
  accepted: 'Accepted, waiting for a provider',
  allocated: 'Allocated',
  declined: 'Declined',
  signposted: 'Signposted',
  'intelligence-only': 'Kept as intelligence',
};

/** A stage as the referrer is told it: never a reason, never whether the young person was known. */
export const stageForReferrer: Record<Stage, string> = {
  received: 'Received',
  accepted: 'Accepted',
  allocated: 'Accepted, and a worker has been asked to make contact',
  declined: 'We are not able to offer support',
  signposted: 'We have suggested other support',
  'intelligence-only': 'Received and being used to keep young people safe',
};
