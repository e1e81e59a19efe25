import { z } from 'zod';
import type { DocumentForm } from '../../people/index.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { dateAsTyped, dateControls } from '../../platform/forms/amendment.tsx';
import type { Values } from '../../platform/forms/conflict.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { ChoiceQuestion, DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { codesOf, onwardServices, optionsOf, yesNoUnknown } from '../../reference/code-lists.ts';
import { type OnwardField, onwardDocument, onwardInWords, onwardValueInWords } from '../onward-referral.ts';

const MOST = 2_000;

const shape = z.object({
  service: choice(codesOf(onwardServices), 'Choose which service'),
  madeOn: date({ called: onwardInWords.madeOn, needed: 'Enter the day it was made' }),
  engaged: choice(codesOf(yesNoUnknown), 'Choose whether they engaged with it'),
  note: text({ called: onwardInWords.note, most: MOST, lines: 'many' }),
});

const controls = ['service', ...dateControls('madeOn'), 'engaged', 'note'];

function asTyped(values: Values<OnwardField>): Record<string, string> {
  return { ...values, ...dateAsTyped('madeOn', values.madeOn) };
}

function typed(form: z.output<typeof shape>): Values<OnwardField> {
  return { service: form.service, madeOn: form.madeOn ?? '', engaged: form.engaged, note: form.note };
}

function faults({ madeOn }: z.output<typeof shape>, today: PlainDate): Fault[] {
  return madeOn !== null && madeOn > today
    ? [
        {
          field: 'madeOn',
          message: 'The day it was made must be today or in the past',
          control: 'madeOn-day',
        },
      ]
    : [];
}

function questions(entry: Entry) {
  return (
    <>
      <ChoiceQuestion
        name="service"
        label={onwardInWords.service}
        entry={entry}
        options={optionsOf(onwardServices)}
      />
      <DateQuestion name="madeOn" label={onwardInWords.madeOn} hint="For example 27 3 2026" entry={entry} />
      <ChoiceQuestion
        name="engaged"
        label={onwardInWords.engaged}
        hint="Choose “Not known” until you have heard, and come back to change it"
        entry={entry}
        options={optionsOf(yesNoUnknown)}
      />
      <LongTextQuestion
        name="note"
        label={`${onwardInWords.note} (optional)`}
        hint="Whom you spoke with, what they offer, what the young person says of it"
        entry={entry}
        most={MOST}
        rows={3}
      />
    </>
  );
}

/** How a referral on to another service is asked for. */
export const onwardForm: DocumentForm<OnwardField, typeof shape> = {
  document: onwardDocument,
  form: shape,
  controls,
  questions,
  faults,
  asTyped,
  typed,
  fieldInWords: onwardInWords,
  valueInWords: onwardValueInWords,
};
