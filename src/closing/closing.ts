import type { Values } from '../platform/forms/conflict.ts';
import type { Document } from '../platform/history/document.ts';
import type { CodedWord } from '../reference/code-lists.ts';

/** How support ends: what a closing says, and when it may be submitted. Pure. */

/** The eight items of a positive outcome (domain guide 1.5; Year 3 Strategic Assessment p.11), in their published order. */
export const outcomeItems = [
  { item: 1, text: 'They feel safer and less vulnerable', led: 'young-person' },
  { item: 2, text: 'They are safer, and the risk of harm is lower', led: 'professional' },
  {
    item: 3,
    text: 'They know the risks and have the resilience to meet them, through safety planning',
    led: 'professional',
  },
  {
    item: 4,
    text: 'They understand criminal and sexual exploitation, and what was done to them',
    led: 'professional',
  },
  { item: 5, text: 'They have the skills to stay safe in different places', led: 'young-person' },
  { item: 6, text: 'They manage relationships, and have healthy attachments', led: 'professional' },
  {
    item: 7,
    text: 'They have resilience and influence over the decisions in their life',
    led: 'professional',
  },
  { item: 8, text: 'They are connected to other services', led: 'young-person' },
] as const;
export type OutcomeItem = (typeof outcomeItems)[number]['item'];

export const met = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const views = [
  { code: 'young-person', text: 'The young person’s' },
  { code: 'professional', text: 'A professional’s' },
  { code: 'both', text: 'Both' },
] as const satisfies readonly CodedWord[];

/** Codes of import-format.md, and "not known". */
export const changes = {
  harm: [
    { code: 'reduced', text: 'Reduced' },
    { code: 'same', text: 'The same' },
    { code: 'increased', text: 'Increased' },
    { code: 'not-known', text: 'Not known' },
  ],
  resilience: [
    { code: 'increased', text: 'Increased' },
    { code: 'same', text: 'The same' },
    { code: 'decreased', text: 'Decreased' },
    { code: 'not-known', text: 'Not known' },
  ],
  countyLines: [
    { code: 'ceased', text: 'Has stopped' },
    { code: 'reduced', text: 'Reduced' },
    { code: 'same', text: 'The same' },
    { code: 'increased', text: 'Increased' },
    { code: 'not-known', text: 'Not known' },
  ],
} as const satisfies Record<string, readonly CodedWord[]>;

export const followUps = [
  { code: 'agreed', text: 'They agreed to be asked after 3 and 12 months' },
  { code: 'declined', text: 'They do not want to be asked' },
  { code: 'not-asked', text: 'They could not be asked' },
] as const satisfies readonly CodedWord[];

/** What came of asking somebody, months later, how they are. */
export const followUpAnswers = [
  { code: 'reached', text: 'They answered' },
  { code: 'not-reached', text: 'They could not be reached' },
  { code: 'declined', text: 'They did not want to say' },
] as const satisfies readonly CodedWord[];

export const states = ['draft', 'submitted', 'returned', 'signed-off'] as const;
export type ClosingState = (typeof states)[number];

export const stateInWords: Record<ClosingState, string> = {
  draft: 'Being written',
  submitted: 'Waiting for the manager',
  returned: 'Returned by the manager',
  'signed-off': 'Signed off',
};

type ItemField = `outcome${OutcomeItem}` | `view${OutcomeItem}` | `evidence${OutcomeItem}`;
export type ClosingField =
  | 'reason'
  | 'summary'
  | ItemField
  | 'harm'
  | 'resilience'
  | 'countyLines'
  | 'neetAtStart'
  | 'neetAtEnd'
  | 'handover'
  | 'feedback'
  | 'followUp'
  | 'wordsToReferrer';

const itemColumns = Object.fromEntries(
  outcomeItems.flatMap(({ item }) => [
    [`outcome${item}`, { orNull: `outcome_${item}` }],
    [`view${item}`, { orNull: `view_${item}` }],
    [`evidence${item}`, `evidence_${item}`],
  ]),
) as Record<ItemField, string | { orNull: string }>;

/** A closing, as it is kept and changed. */
export const closingDocument: Document<ClosingField> = {
  table: 'closing',
  kind: 'closing',
  columns: {
    reason: { orNull: 'reason' },
    summary: 'summary',
    ...itemColumns,
    harm: { orNull: 'harm' },
    resilience: { orNull: 'resilience' },
    countyLines: { orNull: 'county_lines' },
    neetAtStart: { orNull: 'neet_at_start' },
    neetAtEnd: { orNull: 'neet_at_end' },
    handover: 'handover',
    feedback: 'feedback',
    followUp: { orNull: 'follow_up' },
    wordsToReferrer: 'words_to_referrer',
  },
};

export const closingFieldInWords: Readonly<Record<ClosingField, string>> = {
  reason: 'Why support ends',
  summary: 'What was done, and how it ended',
  ...(Object.fromEntries(
    outcomeItems.flatMap(({ item, text }) => [
      [`outcome${item}`, text],
      [`view${item}`, `Whose view: ${text}`],
      [`evidence${item}`, `What shows it: ${text}`],
    ]),
  ) as Record<ItemField, string>),
  harm: 'Harm to them',
  resilience: 'Their resilience',
  countyLines: 'Their exploitation through county lines',
  neetAtStart: 'Not in education, training or work at the start',
  neetAtEnd: 'Not in education, training or work at the end',
  handover: 'Who goes on supporting them',
  feedback: 'What the young person says',
  followUp: 'Whether they may be asked later how they are',
  wordsToReferrer: 'What the referrer is told',
};

/** The reason of a closing after which nobody can be asked anything. */
export const DIED = 'deceased';

/** All that is asked when a young person has died: what they would say of it, and what is hoped for them, is not. */
export const fieldsAfterDeath = [
  'reason',
  'summary',
  'wordsToReferrer',
] as const satisfies readonly ClosingField[];

/** What must be said before a manager is asked to sign off: for each field that lacks it, what to do. */
export function lackingIn(
  values: Values<ClosingField>,
  hasDied = false,
): { field: ClosingField; message: string }[] {
  const lacking: { field: ClosingField; message: string }[] = [];
  const need = (field: ClosingField, message: string) => {
    if (values[field] === '') lacking.push({ field, message });
  };
  need('reason', 'Choose why support ends');
  need('summary', 'Enter what was done and how it ended');
  if (hasDied || values.reason === DIED) {
    need('wordsToReferrer', 'Enter what the referrer is told');
    return lacking;
  }
  for (const { item, text } of outcomeItems) {
    need(`outcome${item}`, `Choose an answer, or “Not known”: ${text}`);
    if (values[`outcome${item}`] !== 'yes') continue;
    need(`evidence${item}`, `Enter what shows it: ${text}`);
    need(`view${item}`, `Choose whose view it is: ${text}`);
  }
  need('harm', 'Choose how harm to them has changed, or “Not known”');
  need('resilience', 'Choose how their resilience has changed, or “Not known”');
  need('countyLines', 'Choose how their exploitation has changed, or “Not known”');
  need('neetAtStart', 'Choose whether they were in education, training or work at the start');
  need('neetAtEnd', 'Choose whether they are in education, training or work now');
  need('handover', 'Enter who goes on supporting them, or that nobody does and why');
  need('followUp', 'Choose whether they may be asked later how they are');
  need('wordsToReferrer', 'Enter what the referrer is told');
  return lacking;
}

/** Words for the referrer that tell nothing of the young person. */
export const DEFAULT_WORDS =
  'The support that followed your referral has ended. If you are worried about a young person again, refer them again: nothing is held against anybody who comes back.';
