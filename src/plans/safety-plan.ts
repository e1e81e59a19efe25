import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Values } from '../platform/forms/conflict.ts';
import type { Document } from '../platform/history/document.ts';
import { type CodedWord, wordFor } from '../reference/code-lists.ts';

/** What a safety plan says, under which headings, and when it is looked at again (domain guide part 5). Pure. */

/** The parts of a plan that the young person speaks in, in the order they are asked and read. */
export const safetyPlanParts = [
  {
    heading: 'Staying safe day to day',
    fields: ['home', 'daytime', 'travel', 'online', 'dayAndNight'],
  },
  { heading: 'People and places I can go to', fields: ['people', 'places', 'codes'] },
  {
    heading: 'What I do if something happens',
    fields: ['ifMissing', 'ifThreatened', 'ifInDebt', 'ifStopped', 'ifOutOfArea', 'emergency'],
  },
  { heading: 'What sets things off, and how I notice', fields: ['triggers'] },
  { heading: 'Who may see this plan', fields: ['maySee'] },
] as const;
export type SpokenField = (typeof safetyPlanParts)[number]['fields'][number];
export const spokenFields: readonly SpokenField[] = safetyPlanParts.flatMap(({ fields }) => [...fields]);

/** What was done when a plan was last written. */
export const occasions = [
  { code: 'made', text: 'The plan was made' },
  { code: 'review', text: 'It was reviewed' },
  { code: 'after-incident', text: 'It was reviewed after an incident' },
  { code: 'between-reviews', text: 'Something was changed between reviews' },
] as const satisfies readonly CodedWord[];

export type SafetyPlanField =
  | SpokenField
  | 'madeWith'
  | 'occasion'
  | 'incident'
  | 'rehearsedOn'
  | 'reviewedOn'
  | 'reviewDueOn';

export const safetyPlanDocument: Document<SafetyPlanField> = {
  table: 'safety_plan',
  kind: 'safety-plan',
  columns: {
    madeWith: 'made_with',
    home: 'home',
    daytime: 'daytime',
    travel: 'travel',
    online: 'online',
    dayAndNight: 'day_and_night',
    people: 'people',
    places: 'places',
    codes: 'codes',
    ifMissing: 'if_missing',
    ifThreatened: 'if_threatened',
    ifInDebt: 'if_in_debt',
    ifStopped: 'if_stopped',
    ifOutOfArea: 'if_out_of_area',
    emergency: 'emergency',
    triggers: 'triggers',
    maySee: 'may_see',
    rehearsedOn: { orNull: 'rehearsed_on' },
    occasion: 'occasion',
    incident: 'incident',
    reviewedOn: 'reviewed_on',
    reviewDueOn: 'review_due_on',
  },
};

/** The parts of a plan as its form asks for them, as they are read, and as they stand on paper. */
export const safetyPlanInWords: Readonly<Record<SafetyPlanField, string>> = {
  madeWith: 'Who made it together',
  home: 'At home',
  daytime: 'At school, college or work',
  travel: 'When I travel',
  online: 'Online and on my phone',
  dayAndNight: 'By day and at night',
  people: 'People I trust',
  places: 'Places where I am safe',
  codes: 'Our codes and phrases',
  ifMissing: 'If I am away and cannot get home',
  ifThreatened: 'If somebody threatens me',
  ifInDebt: 'If somebody says that I owe them',
  ifStopped: 'If the police stop me',
  ifOutOfArea: 'If I am out of my area',
  emergency: 'When to call 999, and how',
  triggers: 'What sets things off, and how I notice',
  maySee: 'Who may see this plan',
  occasion: 'What was done last',
  incident: 'What the incident showed',
  rehearsedOn: 'Last practised',
  reviewedOn: 'Last reviewed',
  reviewDueOn: 'Next review',
};

/** What a field of a plan says, as it is read. */
export function safetyPlanValueInWords(field: SafetyPlanField, value: string): string {
  switch (field) {
    case 'occasion':
      return wordFor(occasions, value);
    case 'rehearsedOn':
    case 'reviewedOn':
    case 'reviewDueOn':
      return value === '' ? 'Not yet' : formatDate(plainDate(value));
    default:
      return value || 'Nothing written';
  }
}

/** When a plan was last reviewed and is next, or what is wrong with the date that was typed. */
export type ReviewDates =
  | { ok: true; reviewedOn: PlainDate; reviewDueOn: PlainDate }
  | { ok: false; message: string };

/**
 * The review dates of what is saved today. Making and reviewing set both anew; a change between reviews moves neither,
 * unless an earlier review was agreed.
 *
 * @param typed the next review that was agreed; null for the latest that is allowed
 * @param latest the last day that a review begun today may come (threshold `review`)
 * @param before the dates as they stand; null where nothing was written yet
 */
export function reviewDates(given: {
  isReview: boolean;
  today: PlainDate;
  typed: PlainDate | null;
  latest: PlainDate;
  before: { reviewedOn: PlainDate; reviewDueOn: PlainDate } | null;
}): ReviewDates {
  const { isReview, today, typed, latest, before } = given;
  if (typed !== null && typed <= today) return { ok: false, message: 'The next review must be after today' };
  if (typed !== null && typed > latest)
    return { ok: false, message: `The next review must be on or before ${formatDate(latest)}` };
  if (isReview || before === null) return { ok: true, reviewedOn: today, reviewDueOn: typed ?? latest };
  return { ok: true, reviewedOn: before.reviewedOn, reviewDueOn: typed ?? before.reviewDueOn };
}

/** The dates that a version of a plan or profile stands on; null for one that is blank. */
export function datesIn(values: Values<'reviewedOn' | 'reviewDueOn'>) {
  return values.reviewedOn === ''
    ? null
    : { reviewedOn: plainDate(values.reviewedOn), reviewDueOn: plainDate(values.reviewDueOn) };
}

/**
 * Whether a plan names one of the services that stand behind it, which paper for the young person must not: whoever finds
 * it would know who helps them.
 *
 * @param texts what the paper would say
 * @param names of the service and of its providers
 */
export function namesAService(texts: readonly string[], names: readonly string[]): boolean {
  const said = texts.join('\n').toLowerCase();
  return names.some((name) => name.trim() !== '' && said.includes(name.trim().toLowerCase()));
}

/** What a young person is called on paper of their own: the name they go by, or their first. Never the whole name. */
export function nameOnPaper({ knownAs, givenNames }: { knownAs: string; givenNames: string }): string {
  return knownAs.trim() || (givenNames.trim().split(/\s+/)[0] ?? '');
}
