import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';
import { type Code, type CodedWord, wordFor } from '../reference/code-lists.ts';

/** A goal in the young person's own words, and the steps towards it: whose each is, by when, how far it is. Pure. */

export const goalStatuses = [
  { code: 'not-started', text: 'Not started' },
  { code: 'going', text: 'Going' },
  { code: 'done', text: 'Done' },
  { code: 'stopped', text: 'Stopped' },
] as const satisfies readonly CodedWord[];
export type GoalStatus = Code<typeof goalStatuses>;

/** The statuses in which something is still to be done. */
export const openStatuses: readonly GoalStatus[] = ['not-started', 'going'];

export const stepOwners = [
  { code: 'young-person', text: 'The young person' },
  { code: 'worker', text: 'Their worker' },
  { code: 'other', text: 'Somebody else' },
] as const satisfies readonly CodedWord[];
export type StepOwner = Code<typeof stepOwners>;

export type GoalField = 'words' | 'why' | 'status' | 'stoppedBecause' | 'reviewDueOn';
export type StepField = 'what' | 'owner' | 'ownerName' | 'dueOn' | 'status' | 'stoppedBecause';

export const goalDocument: Document<GoalField> = {
  table: 'goal',
  kind: 'goal',
  columns: {
    words: 'words',
    why: 'why',
    status: 'status',
    stoppedBecause: 'stopped_because',
    reviewDueOn: 'review_due_on',
  },
};

export const stepDocument: Document<StepField> = {
  table: 'goal_step',
  kind: 'goal-step',
  columns: {
    what: 'what',
    owner: 'owner',
    ownerName: 'owner_name',
    dueOn: 'due_on',
    status: 'status',
    stoppedBecause: 'stopped_because',
  },
  isSound: ({ owner, ownerName }) => (owner === 'other') === (ownerName !== ''),
};

export const goalInWords: Readonly<Record<GoalField, string>> = {
  words: 'The goal, in their own words',
  why: 'Why it matters to them',
  status: 'How far it is',
  stoppedBecause: 'Why it stopped',
  reviewDueOn: 'When we look at it again',
};

export const stepInWords: Readonly<Record<StepField, string>> = {
  what: 'What is to be done',
  owner: 'Who does it',
  ownerName: 'Their name',
  dueOn: 'By when',
  status: 'How far it is',
  stoppedBecause: 'Why it stopped',
};

/** What a field of a goal or step says, as it is read. */
export function goalValueInWords(field: GoalField | StepField, value: string): string {
  switch (field) {
    case 'status':
      return wordFor(goalStatuses, value);
    case 'owner':
      return wordFor(stepOwners, value);
    case 'dueOn':
    case 'reviewDueOn':
      return value === '' ? 'Not yet' : formatDate(plainDate(value));
    default:
      return value || 'Nothing written';
  }
}

/** Whether something that is still to be done should have been by now. */
export function isLate(what: { status: GoalStatus; dueOn: PlainDate }, today: PlainDate): boolean {
  return openStatuses.includes(what.status) && what.dueOn < today;
}
