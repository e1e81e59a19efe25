import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { dateAsTyped, dateControls } from '../../platform/forms/amendment.tsx';
import type { Values } from '../../platform/forms/conflict.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Form } from '../../platform/forms/form.tsx';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  type GoalField,
  goalInWords,
  goalStatuses,
  type StepField,
  stepInWords,
  stepOwners,
} from '../goal.ts';

const MOST = 2_000;
const MOST_NAME = 200;

const status = choice(codesOf(goalStatuses), 'Choose how far it is');
const stoppedBecause = text({ called: 'Why it stopped', most: MOST, lines: 'many' });

/** What the form of a goal takes. */
export const goalForm = z.object({
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

/** What the form of a step takes. */
export const stepForm = z.object({
  what: text({ called: stepInWords.what, most: MOST, needed: 'Enter what is to be done', lines: 'many' }),
  owner: choice(codesOf(stepOwners), 'Choose who does it'),
  ownerName: text({ called: stepInWords.ownerName, most: MOST_NAME }),
  dueOn: date({ called: 'The day by which it is to be done', needed: 'Enter by when it is to be done' }),
  status,
  stoppedBecause,
});

export const goalControls = ['words', 'why', 'status', 'stoppedBecause', ...dateControls('reviewOn')];
export const stepControls = [
  'what',
  'owner',
  'ownerName',
  ...dateControls('dueOn'),
  'status',
  'stoppedBecause',
];

/** A goal, or step, as its form shows it. */
export function goalAsTyped(values: Values<GoalField>): Record<string, string> {
  return { ...values, ...dateAsTyped('reviewOn', values.reviewDueOn) };
}
export function stepAsTyped(values: Values<StepField>): Record<string, string> {
  return { ...values, ...dateAsTyped('dueOn', values.dueOn) };
}

/** A goal as it was typed; where no day was, it is looked at again by `latest`. What did not stop has no reason why. */
export function goalTyped(form: z.output<typeof goalForm>, latest: PlainDate): Values<GoalField> {
  return {
    words: form.words,
    why: form.why,
    status: form.status,
    stoppedBecause: form.status === 'stopped' ? form.stoppedBecause : '',
    reviewDueOn: form.reviewOn ?? latest,
  };
}

export function stepTyped(form: z.output<typeof stepForm>): Values<StepField> {
  return {
    what: form.what,
    owner: form.owner,
    ownerName: form.owner === 'other' ? form.ownerName : '',
    dueOn: form.dueOn ?? '',
    status: form.status,
    stoppedBecause: form.status === 'stopped' ? form.stoppedBecause : '',
  };
}

/** What is wrong with a goal beyond its single answers. */
export function faultsOfGoal(form: z.output<typeof goalForm>): Fault[] {
  return faultsOfStatus(form);
}

/** What is wrong with a step beyond its single answers. */
export function faultsOfStep(form: z.output<typeof stepForm>): Fault[] {
  return [
    ...(form.owner === 'other' && form.ownerName === ''
      ? [{ field: 'ownerName', message: 'Enter the name of who does it' }]
      : []),
    ...faultsOfStatus(form),
  ];
}

function faultsOfStatus(form: { status: string; stoppedBecause: string }): Fault[] {
  return form.status === 'stopped' && form.stoppedBecause === ''
    ? [{ field: 'stoppedBecause', message: 'Enter why it stopped' }]
    : [];
}

interface FormProps {
  entry: Entry;
  children: ComponentChildren;
}

/** The questions of a goal; its buttons come last. @param latest in words, when it is looked at if no day is given */
export function GoalForm({ entry, latest, children }: FormProps & { latest: string }) {
  return (
    <Form autosave>
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
        hint={`If you leave this empty: ${latest}`}
        entry={entry}
      />
      <p class="hw-autosave" data-autosave-status></p>
      {children}
    </Form>
  );
}

/** The questions of a step; its buttons come last. */
export function StepForm({ entry, children }: FormProps) {
  return (
    <Form autosave>
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
      <p class="hw-autosave" data-autosave-status></p>
      {children}
    </Form>
  );
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
