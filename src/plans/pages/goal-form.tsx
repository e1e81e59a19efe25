import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import type { Asking, DocumentForm } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { addMonths, type PlainDate } from '../../platform/clock/plain-date.ts';
import { dateAsTyped, dateControls } from '../../platform/forms/amendment.tsx';
import type { Values } from '../../platform/forms/conflict.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  type GoalField,
  goalDocument,
  goalInWords,
  goalStatuses,
  goalValueInWords,
  type StepField,
  stepDocument,
  stepInWords,
  stepOwners,
} from '../goal.ts';

const MOST = 2_000;
const MOST_NAME = 200;
const MOST_YEARS_OF_REVIEW = 1;
const MOST_YEARS_OF_STEP = 5;

const status = choice(codesOf(goalStatuses), 'Choose how far it is');
const stoppedBecause = text({ called: 'Why it stopped', most: MOST, lines: 'many' });

const goalShape = z.object({
  words: text({
    called: 'The goal',
    most: MOST,
    needed: 'Enter the goal, in the young person’s own words',
    lines: 'many',
  }),
  why: text({ called: goalInWords.why, most: MOST, lines: 'many' }),
  status,
  stoppedBecause,
  reviewOn: date({ called: 'The day we look at it again' }),
});

const stepShape = z.object({
  what: text({ called: stepInWords.what, most: MOST, needed: 'Enter what is to be done', lines: 'many' }),
  owner: choice(codesOf(stepOwners), 'Choose who does it'),
  ownerName: text({ called: stepInWords.ownerName, most: MOST_NAME }),
  dueOn: date({ called: 'The day by which it is to be done', needed: 'Enter by when it is to be done' }),
  status,
  stoppedBecause,
});

const goalControls = ['words', 'why', 'status', 'stoppedBecause', ...dateControls('reviewOn')];
const stepControls = ['what', 'owner', 'ownerName', ...dateControls('dueOn'), 'status', 'stoppedBecause'];

function goalAsTyped(values: Values<GoalField>): Record<string, string> {
  return { ...values, ...dateAsTyped('reviewOn', values.reviewDueOn) };
}

function stepAsTyped(values: Values<StepField>): Record<string, string> {
  return { ...values, ...dateAsTyped('dueOn', values.dueOn) };
}

/** Where no day was typed, it is looked at again by the latest. What did not stop has no reason why. */
async function goalTyped(form: z.output<typeof goalShape>, asking: Asking): Promise<Values<GoalField>> {
  return {
    words: form.words,
    why: form.why,
    status: form.status,
    stoppedBecause: form.status === 'stopped' ? form.stoppedBecause : '',
    reviewDueOn: form.reviewOn ?? (await latestReview(asking)),
  };
}

function stepTyped(form: z.output<typeof stepShape>): Values<StepField> {
  return {
    what: form.what,
    owner: form.owner,
    ownerName: form.owner === 'other' ? form.ownerName : '',
    dueOn: form.dueOn ?? '',
    status: form.status,
    stoppedBecause: form.status === 'stopped' ? form.stoppedBecause : '',
  };
}

function faultsOfStep(form: z.output<typeof stepShape>, today: PlainDate): Fault[] {
  return [
    ...(form.owner === 'other' && form.ownerName === ''
      ? [{ field: 'ownerName', message: 'Enter the name of who does it' }]
      : []),
    ...tooFarOff('dueOn', 'The day by which it is to be done', form.dueOn, today, MOST_YEARS_OF_STEP),
    ...faultsOfStatus(form),
  ];
}

function faultsOfGoal(form: z.output<typeof goalShape>, today: PlainDate): Fault[] {
  return [
    ...tooFarOff('reviewOn', 'The day we look at it again', form.reviewOn, today, MOST_YEARS_OF_REVIEW),
    ...faultsOfStatus(form),
  ];
}

/** A day that is too far off is a slip of the finger, and what is due on it is never late. */
function tooFarOff(
  field: string,
  called: string,
  on: PlainDate | null,
  today: PlainDate,
  years: number,
): Fault[] {
  const last = addMonths(today, 12 * years);
  if (on === null || on <= last) return [];
  return [{ field, message: `${called} must be ${formatDate(last)} or earlier`, control: `${field}-day` }];
}

function faultsOfStatus(form: { status: string; stoppedBecause: string }): Fault[] {
  return form.status === 'stopped' && form.stoppedBecause === ''
    ? [{ field: 'stoppedBecause', message: 'Enter why it stopped' }]
    : [];
}

async function goalQuestions(entry: Entry, asking: Asking) {
  return (
    <>
      <LongTextQuestion
        name="words"
        label={goalInWords.words}
        hint="“I want to …”"
        entry={entry}
        most={MOST}
        rows={3}
      />
      <LongTextQuestion
        name="why"
        label={`${goalInWords.why} (optional)`}
        hint="What would be different if they got there"
        entry={entry}
        most={MOST}
        rows={3}
      />
      <StatusQuestions entry={entry} />
      <DateQuestion
        name="reviewOn"
        label={`${goalInWords.reviewDueOn} (optional)`}
        hint={`If you leave this empty: ${formatDate(await latestReview(asking))}`}
        entry={entry}
      />
    </>
  );
}

function stepQuestions(entry: Entry) {
  return (
    <>
      <LongTextQuestion
        name="what"
        label={stepInWords.what}
        hint="One thing that somebody can do and see that it is done"
        entry={entry}
        most={MOST}
        rows={3}
      />
      <ChoiceQuestion name="owner" label={stepInWords.owner} entry={entry} options={optionsOf(stepOwners)} />
      <TextQuestion
        name="ownerName"
        label="Their name, if it is somebody else (optional)"
        hint="And what they are to the young person"
        entry={entry}
      />
      <DateQuestion name="dueOn" label={stepInWords.dueOn} hint="For example 27 3 2027" entry={entry} />
      <StatusQuestions entry={entry} />
    </>
  );
}

/** The last day by which a goal is looked at again. */
async function latestReview({ tx, today }: Asking): Promise<PlainDate> {
  return dueOn(today, (await thresholdsOn(tx, today)).review);
}

function StatusQuestions({ entry }: { entry: Entry }) {
  return (
    <>
      <ChoiceQuestion
        name="status"
        label={goalInWords.status}
        entry={entry}
        options={optionsOf(goalStatuses)}
      />
      <LongTextQuestion
        name="stoppedBecause"
        label="Why it stopped, if it did (optional)"
        entry={entry}
        most={MOST}
        rows={2}
      />
    </>
  );
}

/** How a goal is asked for. */
export const goalForm: DocumentForm<GoalField, typeof goalShape> = {
  document: goalDocument,
  form: goalShape,
  controls: goalControls,
  questions: goalQuestions,
  faults: faultsOfGoal,
  asTyped: goalAsTyped,
  typed: goalTyped,
  fieldInWords: goalInWords,
  valueInWords: goalValueInWords,
};

/** How a step towards it is. */
export const stepForm: DocumentForm<StepField, typeof stepShape> = {
  document: stepDocument,
  form: stepShape,
  controls: stepControls,
  questions: stepQuestions,
  faults: faultsOfStep,
  asTyped: stepAsTyped,
  typed: stepTyped,
  fieldInWords: stepInWords,
  valueInWords: goalValueInWords,
};
