import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Radios } from '../../platform/govuk/index.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  MOST_CHARACTERS,
  type NamedAgency,
  namedAgencies,
  toldStates,
  waysOfTelling,
  whenTold,
} from '../concern.ts';
import type { Telling } from '../concern-commands.ts';

/** Who has been told of a concern, asked of each agency that has to be thought of. */

const name = text({ called: 'The name', most: MOST_CHARACTERS.name });
const time = text({ called: 'The time', most: 60 });
const reference = text({ called: 'Their reference', most: MOST_CHARACTERS.reference });
const whyNot = text({ called: 'Why they need not be told', most: MOST_CHARACTERS.whyNot, lines: 'many' });
const states = codesOf(toldStates);

/** How somebody was told; unanswered where they were not. */
export const how = choice(['', ...codesOf(waysOfTelling)], 'Choose how they were told').catch('');

/** The fields of the three, each agency's under its own name. */
export const tellingShape = {
  'social-care': choice(states, 'Choose whether children’s or adults’ social care have been told'),
  'social-care-name': name,
  'social-care-time': time,
  'social-care-how': how,
  'social-care-reference': reference,
  'social-care-whyNot': whyNot,
  police: choice(states, 'Choose whether the police have been told'),
  'police-name': name,
  'police-time': time,
  'police-how': how,
  'police-reference': reference,
  'police-whyNot': whyNot,
  'designated-lead': choice(states, 'Choose whether the designated safeguarding lead has been told'),
  'designated-lead-name': name,
  'designated-lead-time': time,
  'designated-lead-how': how,
  'designated-lead-reference': reference,
  'designated-lead-whyNot': whyNot,
};

/** What was answered about one agency, as its fields hold it. */
type Answered = {
  [Name in 'name' | 'time' | 'how' | 'reference' | 'whyNot' as `${NamedAgency}-${Name}`]: string;
} & Record<NamedAgency, Telling['state']>;

/** Who has been told, as it was answered; or what is wrong with the answers. */
export function readTellings(
  form: Answered,
  now: Date,
): { ok: true; told: Telling[] } | { ok: false; faults: Fault[] } {
  const told: Telling[] = [];
  const faults: Fault[] = [];
  for (const { code: agency, text: called } of namedAgencies) {
    const read = readTelling(
      agency,
      called,
      {
        state: form[agency],
        name: form[`${agency}-name`],
        time: form[`${agency}-time`],
        how: form[`${agency}-how`],
        reference: form[`${agency}-reference`],
        whyNot: form[`${agency}-whyNot`],
      },
      now,
    );
    if ('field' in read) faults.push({ ...read, field: `${agency}-${read.field}` });
    else told.push(read);
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, told };
}

interface AnsweredOfOne {
  state: Telling['state'];
  name: string;
  time: string;
  how: string;
  reference: string;
  whyNot: string;
}

/** What one was told, as it was answered; or the one thing that is wrong with it. */
export function readTelling(
  agency: NamedAgency,
  called: string,
  { state, name, time, how, reference, whyNot }: AnsweredOfOne,
  now: Date,
): Telling | Fault {
  switch (state) {
    case 'not-yet':
      return { agency, state };
    case 'not-needed':
      return whyNot === ''
        ? { field: 'whyNot', message: `Enter why it is not needed: ${called}` }
        : { agency, state, whyNot };
    case 'told': {
      if (name === '') return { field: 'name', message: `Enter whom you told: ${called}` };
      const at = whenTold(time, now);
      if (at === undefined)
        return {
          field: 'time',
          message: `Enter when they were told, like 2:05pm or yesterday 9pm: ${called}`,
        };
      return { agency, state, name, how, at, reference };
    }
  }
}

/** One agency: told, not yet, or not needed because. */
export function TellingQuestion({
  agency,
  called,
  entry,
}: {
  agency: NamedAgency;
  called: string;
  entry: Entry;
}) {
  const fault = entry.fault(agency);
  return (
    <Radios
      name={agency}
      value={entry.value(agency)}
      fieldset={{ legend: { text: called, classes: 'govuk-fieldset__legend--s' } }}
      errorMessage={fault === undefined ? undefined : { text: fault }}
      items={[
        {
          value: 'told',
          text: 'Told',
          conditional: <ToldQuestions prefix={`${agency}-`} called={called} entry={entry} />,
        },
        { value: 'not-yet', text: 'Not yet' },
        {
          value: 'not-needed',
          text: 'Not needed',
          conditional: (
            <LongTextQuestion
              name={`${agency}-whyNot`}
              label={`Why it is not needed (${lowerFirst(called)})`}
              entry={entry}
              most={MOST_CHARACTERS.whyNot}
              rows={2}
            />
          ),
        },
      ]}
    />
  );
}

/** Whom of an agency somebody told, when and how. */
export function ToldQuestions({ prefix, called, entry }: { prefix: string; called?: string; entry: Entry }) {
  const of = called === undefined ? '' : ` (${lowerFirst(called)})`;
  return (
    <>
      <TextQuestion
        name={`${prefix}name`}
        label={`Name and job of the person told${of}`}
        entry={entry}
        autocomplete="off"
      />
      <TextQuestion
        name={`${prefix}time`}
        label={`When${of}`}
        hint="For example 2:05pm, or yesterday 9pm. Leave it empty for now"
        entry={entry}
        width="short"
        autocomplete="off"
      />
      <Radios
        name={`${prefix}how`}
        value={entry.value(`${prefix}how`)}
        classes="govuk-radios--small"
        fieldset={{ legend: { text: `How (optional)${of}` } }}
        items={optionsOf(waysOfTelling).map((option) => ({ ...option, hint: undefined }))}
      />
      <TextQuestion
        name={`${prefix}reference`}
        label={`Their reference (optional)${of}`}
        entry={entry}
        width="half"
        autocomplete="off"
      />
    </>
  );
}

/** "Police" inside a sentence: "police". */
export function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
