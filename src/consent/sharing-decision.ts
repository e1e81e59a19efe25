import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Values } from '../platform/forms/conflict.ts';
import type { Document } from '../platform/history/document.ts';
import { type CodedWord, wordFor } from '../reference/code-lists.ts';

/**
 * Consent, and decisions to share what is known, whether it was shared or not (golden rules of the DfE's advice on
 * information sharing, 2024: domain guide 3.3). Pure.
 */

/** Consent to be supported is another thing than consent to share, and neither is the lawful basis by itself. */
export const decisionKinds = [
  { code: 'sharing', text: 'To share information with somebody' },
  { code: 'support', text: 'To be supported by us' },
] as const satisfies readonly CodedWord[];

export const consentAnswers = [
  { code: 'given', text: 'Consent was given' },
  { code: 'refused', text: 'Consent was refused' },
  { code: 'withdrawn', text: 'Consent was withdrawn' },
  { code: 'not-sought', text: 'Nobody was asked' },
] as const satisfies readonly CodedWord[];

export const askedPeople = [
  { code: 'young-person', text: 'The young person' },
  { code: 'parental-responsibility', text: 'Somebody with parental responsibility' },
  { code: 'both', text: 'Both' },
] as const satisfies readonly CodedWord[];

export const sharedAnswers = [
  { code: 'yes', text: 'Yes, it is shared' },
  { code: 'in-part', text: 'Only what is needed of it is shared' },
  { code: 'no', text: 'No, it is not shared' },
] as const satisfies readonly CodedWord[];

/** What allows sharing without consent, and where it stands. */
export const sharingRules = [
  {
    code: 'safeguarding',
    text: 'Safeguarding a child, or an adult at risk',
    source:
      'UK GDPR, Article 6(1)(e) or (ea), with the Data Protection Act 2018, Schedule 1, paragraph 18; Working Together to Safeguard Children',
  },
  {
    code: 'vital-interests',
    text: 'Somebody’s life is in danger',
    source: 'UK GDPR, Articles 6(1)(d) and 9(2)(c)',
  },
  {
    code: 'prevention-of-crime',
    text: 'To prevent or detect a crime, or to arrest or prosecute somebody',
    source: 'Data Protection Act 2018, Schedule 2, paragraph 2, and Schedule 1, paragraph 10',
  },
  {
    code: 'court-order',
    text: 'A court has ordered it',
    source: 'Data Protection Act 2018, Schedule 2, paragraph 5',
  },
  {
    code: 'legal-duty',
    text: 'A law requires it',
    source: 'UK GDPR, Article 6(1)(c): name the law in the reasons',
  },
  {
    code: 'social-care',
    text: 'To provide health or social care',
    source: 'Data Protection Act 2018, Schedule 1, paragraph 2',
  },
  {
    code: 'legal-claims',
    text: 'For legal advice, or a claim or defence in law',
    source: 'Data Protection Act 2018, Schedule 1, paragraph 33, and Schedule 2, paragraph 5',
  },
] as const satisfies readonly (CodedWord & { source: string })[];

export type DecisionField =
  | 'kind'
  | 'what'
  | 'withWhom'
  | 'consent'
  | 'asked'
  | 'askedName'
  | 'withdrawnOn'
  | 'shared'
  | 'rule'
  | 'reasons'
  | 'decidedBy'
  | 'decidedOn'
  | 'reviewDueOn';

export const decisionDocument: Document<DecisionField> = {
  table: 'sharing_decision',
  kind: 'sharing-decision',
  columns: {
    kind: 'kind',
    what: 'what',
    withWhom: 'with_whom',
    consent: 'consent',
    asked: { orNull: 'asked' },
    askedName: 'asked_name',
    withdrawnOn: { orNull: 'withdrawn_on' },
    shared: 'shared',
    rule: { orNull: 'rule' },
    reasons: 'reasons',
    decidedBy: 'decided_by',
    decidedOn: 'decided_on',
    reviewDueOn: { orNull: 'review_due_on' },
  },
  // What is put together from two forms must be what one of them could have said.
  isSound: (values) => whatIsMissing(values).length === 0 && sameValues(values, tidied(values)),
};

export const decisionInWords: Readonly<Record<DecisionField, string>> = {
  kind: 'What it is about',
  what: 'What exactly',
  withWhom: 'With whom',
  consent: 'Consent',
  asked: 'Who was asked',
  askedName: 'Their name',
  withdrawnOn: 'Withdrawn on',
  shared: 'Is it shared?',
  rule: 'Shared without consent because',
  reasons: 'Reasons',
  decidedBy: 'Who decided',
  decidedOn: 'Decided on',
  reviewDueOn: 'To be looked at again on',
};

/** What a field of a decision says, as it is read. */
export function decisionValueInWords(field: DecisionField, value: string): string {
  switch (field) {
    case 'kind':
      return wordFor(decisionKinds, value);
    case 'consent':
      return wordFor(consentAnswers, value);
    case 'asked':
      return value === '' ? 'Nobody' : wordFor(askedPeople, value);
    case 'shared':
      return value === 'not-asked' ? 'Not asked: it is about support' : wordFor(sharedAnswers, value);
    case 'rule':
      return value === '' ? 'It rests on no rule' : wordFor(sharingRules, value);
    case 'withdrawnOn':
    case 'decidedOn':
    case 'reviewDueOn':
      return value === '' ? 'No day' : formatDate(plainDate(value));
    default:
      return value || 'Nothing written';
  }
}

/** A field of a decision that the rest of it makes necessary, and what to say to whoever left it out. */
export interface Lacking {
  field: DecisionField;
  message: string;
}

/**
 * What a decision still needs so that it can be answered for: who was asked, unless nobody was; when consent was
 * withdrawn; with whom and whether it is shared; and where it is shared without consent, the rule that allows it and why.
 */
export function whatIsMissing(values: Values<DecisionField>): Lacking[] {
  const lacking: Lacking[] = [];
  const need = (field: DecisionField, message: string) => {
    if (values[field] === '') lacking.push({ field, message });
  };
  if (values.consent !== 'not-sought') need('asked', 'Choose who was asked');
  if (values.consent === 'withdrawn') need('withdrawnOn', 'Enter the day consent was withdrawn');
  if (values.kind === 'sharing') {
    need('withWhom', 'Enter with whom');
    need('shared', 'Choose whether it is shared');
    if (values.consent !== 'given' && (values.shared === 'yes' || values.shared === 'in-part')) {
      need('rule', 'Choose what allows sharing it without consent');
      need('reasons', 'Enter why it is shared without consent');
    }
  }
  return lacking;
}

/** A decision without the answers that the rest of it leaves no room for: nobody is named where nobody was asked. */
export function tidied(values: Values<DecisionField>): Values<DecisionField> {
  const isSharing = values.kind === 'sharing';
  const wasAsked = values.consent !== 'not-sought';
  const isSharedWithout =
    isSharing && values.consent !== 'given' && (values.shared === 'yes' || values.shared === 'in-part');
  return {
    ...values,
    withWhom: isSharing ? values.withWhom : '',
    asked: wasAsked ? values.asked : '',
    askedName: wasAsked ? values.askedName : '',
    withdrawnOn: values.consent === 'withdrawn' ? values.withdrawnOn : '',
    shared: isSharing ? values.shared : 'not-asked',
    rule: isSharedWithout ? values.rule : '',
  };
}

function sameValues(some: Values<DecisionField>, others: Values<DecisionField>): boolean {
  return (Object.keys(some) as DecisionField[]).every((field) => some[field] === others[field]);
}

/** One decision as it is read. */
export interface SharingDecision {
  id: string;
  organisationId: string;
  organisationName: string;
  recordedAt: Date;
  values: Values<DecisionField>;
}

/** Whether a decision keeps something from somebody: consent was refused or withdrawn, or it is not shared. */
export function isRefusal({ values }: Pick<SharingDecision, 'values'>): boolean {
  return values.consent === 'refused' || values.consent === 'withdrawn' || values.shared === 'no';
}

/**
 * Whether consent rests on somebody with parental responsibility alone, who agrees for nobody that is an adult: the young
 * person is asked themselves.
 */
export function isToAskAfresh({ values }: Pick<SharingDecision, 'values'>, isAdult: boolean): boolean {
  return isAdult && values.consent === 'given' && values.asked === 'parental-responsibility';
}

/** Whether a decision has a day on which it should have been looked at again. */
export function isReviewLate({ values }: Pick<SharingDecision, 'values'>, today: PlainDate): boolean {
  return values.reviewDueOn !== '' && values.reviewDueOn < today;
}
