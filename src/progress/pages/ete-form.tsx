import { z } from 'zod';
import type { DocumentForm } from '../../people/index.ts';
import { formatDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../../platform/clock/plain-date.ts';
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
import { Select } from '../../platform/govuk/index.ts';
import { codesOf, educationSettings, optionsOf, wordFor } from '../../reference/code-lists.ts';
import { type EteField, eteDocument, eteInWords, eteStatuses } from '../ete.ts';

const MOST_PLACE = 200;
const MOST_NOTE = 2_000;
const MOST_HOURS = 100;

const shape = z.object({
  status: choice(codesOf(eteStatuses), 'Choose what they do'),
  setting: z.enum(['', ...codesOf(educationSettings)]).default(''),
  place: text({ called: eteInWords.place, most: MOST_PLACE }),
  hours: z
    .string()
    .default('')
    .transform((typed) => typed.trim())
    .refine((typed) => typed === '' || (/^\d{1,3}$/.test(typed) && Number(typed) <= MOST_HOURS), {
      message: `Hours a week must be a whole number from 0 to ${MOST_HOURS}`,
    }),
  fromOn: date({ called: 'The day it began', needed: 'Enter the day it began' }),
  untilOn: date({ called: 'The day it ended' }),
  note: text({ called: eteInWords.note, most: MOST_NOTE, lines: 'many' }),
});

const controls = [
  'status',
  'setting',
  'place',
  'hours',
  ...dateControls('fromOn'),
  ...dateControls('untilOn'),
  'note',
];

function asTyped(values: Values<EteField>): Record<string, string> {
  return { ...values, ...dateAsTyped('fromOn', values.fromOn), ...dateAsTyped('untilOn', values.untilOn) };
}

/** Only education has a kind. */
function typed(form: z.output<typeof shape>): Values<EteField> {
  return {
    fromOn: form.fromOn ?? '',
    untilOn: form.untilOn ?? '',
    status: form.status,
    setting: form.status === 'in-education' ? form.setting : '',
    place: form.place,
    hours: form.hours === '' ? '' : String(Number(form.hours)),
    note: form.note,
  };
}

function faults(form: z.output<typeof shape>, today: PlainDate): Fault[] {
  const { fromOn, untilOn } = form;
  const wrong = (field: 'fromOn' | 'untilOn', message: string) => ({
    field,
    message,
    control: `${field}-day`,
  });
  return [
    ...(fromOn !== null && fromOn > today
      ? [wrong('fromOn', 'The day it began must be today or in the past')]
      : []),
    ...(fromOn !== null && untilOn !== null && untilOn < fromOn
      ? [wrong('untilOn', 'The day it ended must be on or after the day it began')]
      : []),
    ...(untilOn !== null && untilOn > today
      ? [wrong('untilOn', 'The day it ended must be today or in the past: leave it empty while it goes on')]
      : []),
  ];
}

function valueInWords(field: EteField, value: string): string {
  switch (field) {
    case 'status':
      return wordFor(eteStatuses, value);
    case 'setting':
      return value === '' ? 'Not said' : wordFor(educationSettings, value);
    case 'fromOn':
      return value === '' ? 'Nothing written' : formatDate(plainDate(value));
    case 'untilOn':
      return value === '' ? 'It goes on' : formatDate(plainDate(value));
    default:
      return value || 'Nothing written';
  }
}

function questions(entry: Entry) {
  const fault = entry.fault('setting');
  return (
    <>
      <ChoiceQuestion
        name="status"
        label={eteInWords.status}
        entry={entry}
        options={optionsOf(eteStatuses)}
      />
      <Select
        name="setting"
        label={{ text: `${eteInWords.setting} (optional)` }}
        value={entry.value('setting')}
        errorMessage={fault === undefined ? undefined : { text: fault }}
        items={[{ value: '', text: 'Not said' }, ...optionsOf(educationSettings)]}
      />
      <TextQuestion
        name="place"
        label={`${eteInWords.place} (optional)`}
        hint="The school, college, provider or employer"
        entry={entry}
      />
      <TextQuestion
        name="hours"
        label={`${eteInWords.hours} (optional)`}
        hint="As it is, a part-time timetable for instance"
        entry={entry}
        inputmode="numeric"
        width="short"
      />
      <DateQuestion name="fromOn" label="When it began" hint="For example 27 3 2026" entry={entry} />
      <DateQuestion
        name="untilOn"
        label="When it ended (optional)"
        hint="Leave this empty while it goes on"
        entry={entry}
      />
      <LongTextQuestion
        name="note"
        label={`${eteInWords.note} (optional)`}
        hint="Excluded, waiting for a place, attendance, what they say of it"
        entry={entry}
        most={MOST_NOTE}
        rows={3}
      />
    </>
  );
}

/** How a time in education, training or work is asked for. */
export const eteForm: DocumentForm<EteField, typeof shape> = {
  document: eteDocument,
  form: shape,
  controls,
  questions,
  faults,
  asTyped,
  typed,
  fieldInWords: eteInWords,
  valueInWords,
};
