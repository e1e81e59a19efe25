import type { Reason } from '../../organisations/index.ts';
import type { Values } from '../../platform/forms/conflict.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { ChoiceQuestion, ListQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  type ClosingField,
  changes,
  followUps,
  met,
  outcomeItems,
  views,
  closingFieldInWords as words,
} from '../closing.ts';

const MOST_LONG = 10_000;
const MOST_SHORT = 2_000;

const long = (field: ClosingField) => text({ called: words[field], most: MOST_LONG, lines: 'many' });
const short = (field: ClosingField) => text({ called: words[field], most: MOST_SHORT, lines: 'many' });
const oneOf = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  choice(codes, 'Choose one of the answers')
    .or(choice([''], 'Choose one of the answers'))
    .default('');

/** What the form of a closing takes: everything may be left until it is submitted. */
export const closingShape = {
  reason: text({ called: words.reason, most: 60 }),
  summary: long('summary'),
  ...(Object.fromEntries(
    outcomeItems.flatMap(({ item }) => [
      [`outcome${item}`, oneOf(codesOf(met))],
      [`view${item}`, oneOf(codesOf(views))],
      [`evidence${item}`, short(`evidence${item}`)],
    ]),
  ) as Record<string, ReturnType<typeof text>>),
  harm: oneOf(codesOf(changes.harm)),
  resilience: oneOf(codesOf(changes.resilience)),
  countyLines: oneOf(codesOf(changes.countyLines)),
  neetAtStart: oneOf(codesOf(met)),
  neetAtEnd: oneOf(codesOf(met)),
  handover: long('handover'),
  feedback: long('feedback'),
  followUp: oneOf(codesOf(followUps)),
  wordsToReferrer: short('wordsToReferrer'),
};

/** The values out of a form that was read. */
export function valuesOf(form: Readonly<Record<string, unknown>>): Values<ClosingField> {
  return Object.fromEntries(
    Object.keys(words).map((field) => [field, typeof form[field] === 'string' ? form[field] : '']),
  ) as Record<ClosingField, string>;
}

export const closingControls = Object.keys(words);

/** What is asked when a young person has died. */
export function QuestionsAfterDeath({ entry, reasons }: { entry: Entry; reasons: readonly Reason[] }) {
  return (
    <>
      <ReasonQuestion entry={entry} reasons={reasons} />
      <LongTextQuestion
        name="summary"
        label={words.summary}
        hint="And who stays in touch with the family. They may read this"
        entry={entry}
        most={MOST_LONG}
        rows={6}
      />
      <WordsToReferrer entry={entry} />
    </>
  );
}

function ReasonQuestion({ entry, reasons }: { entry: Entry; reasons: readonly Reason[] }) {
  return (
    <ListQuestion
      name="reason"
      label={words.reason}
      entry={entry}
      options={reasons.map(({ code, text }) => ({ value: code, text }))}
    />
  );
}

function WordsToReferrer({ entry }: { entry: Entry }) {
  return (
    <LongTextQuestion
      name="wordsToReferrer"
      label={words.wordsToReferrer}
      hint="Nothing about the young person that the referrer does not need: they may never have met them again"
      entry={entry}
      most={MOST_SHORT}
      rows={4}
    />
  );
}

/** The questions of a closing. @param reasons those that are offered, and the one it has if that is retired */
export function ClosingQuestions({ entry, reasons }: { entry: Entry; reasons: readonly Reason[] }) {
  const change = (name: keyof typeof changes) => (
    <ChoiceQuestion name={name} label={words[name]} entry={entry} options={optionsOf(changes[name])} inline />
  );
  return (
    <>
      <ReasonQuestion entry={entry} reasons={reasons} />
      <LongTextQuestion
        name="summary"
        label={words.summary}
        hint="In plain words: the young person may read this"
        entry={entry}
        most={MOST_LONG}
        rows={6}
      />
      <h2 class="govuk-heading-m">What came of it</h2>
      <p class="govuk-body">
        Ask the young person about each. An item that is met needs what shows it, and whose view it is.
      </p>
      {outcomeItems.map(({ item, text, led }) => (
        <div key={item} class="hw-note">
          <ChoiceQuestion
            name={`outcome${item}`}
            label={`${item}. ${text}`}
            hint={led === 'young-person' ? 'The young person says' : 'The professional says'}
            entry={entry}
            options={optionsOf(met)}
            inline
          />
          <LongTextQuestion
            name={`evidence${item}`}
            label={`What shows it? (item ${item}, if it is so)`}
            entry={entry}
            most={MOST_SHORT}
            rows={2}
          />
          <ChoiceQuestion
            name={`view${item}`}
            label={`Whose view is it? (item ${item}, if it is so)`}
            entry={entry}
            options={optionsOf(views)}
            inline
          />
        </div>
      ))}
      <h2 class="govuk-heading-m">Since support began</h2>
      {change('harm')}
      {change('resilience')}
      {change('countyLines')}
      <ChoiceQuestion
        name="neetAtStart"
        label={words.neetAtStart}
        entry={entry}
        options={optionsOf(met)}
        inline
      />
      <ChoiceQuestion
        name="neetAtEnd"
        label={words.neetAtEnd}
        entry={entry}
        options={optionsOf(met)}
        inline
      />
      <h2 class="govuk-heading-m">From here on</h2>
      <LongTextQuestion
        name="handover"
        label={words.handover}
        hint="Who, since when, and what they were told with whose consent"
        entry={entry}
        most={MOST_LONG}
        rows={4}
      />
      <LongTextQuestion
        name="feedback"
        label={`${words.feedback} (optional)`}
        hint="In their own words"
        entry={entry}
        most={MOST_LONG}
        rows={4}
      />
      <ChoiceQuestion name="followUp" label={words.followUp} entry={entry} options={optionsOf(followUps)} />
      <WordsToReferrer entry={entry} />
    </>
  );
}
