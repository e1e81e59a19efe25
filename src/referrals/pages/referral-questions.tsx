import type { ComponentChildren } from 'preact';
import type { Entry } from '../../platform/forms/entry.ts';
import {
  CharacterCount,
  Checkboxes,
  DateInput,
  Input,
  InsetText,
  Radios,
  Select,
  Textarea,
} from '../../platform/govuk/index.ts';
import type { Answers } from '../referral-answers-so-far.ts';
import {
  type ChoiceQuestion,
  hasNotKnownBox,
  notKnownBox,
  type Question,
  type TicksQuestion,
  type WordsQuestion,
} from '../referral-question.ts';
import type { Area } from '../referrer-queries.ts';

interface QuestionsProps {
  questions: readonly Question[];
  /** The answers of the pages before: they decide which of the questions matter. */
  answers: Answers;
  entry: Entry;
  /** For the question that asks for one. */
  areas: readonly Area[];
}

/** The questions of a page that matter, those that a choice leads to under that choice. */
export function Questions({ questions, ...rest }: QuestionsProps) {
  const asked = questions.filter(({ isAsked }) => isAsked?.(rest.answers) ?? true);
  return (
    <>
      {asked
        .filter(({ under }) => under === undefined)
        .map((question) => (
          <OneQuestion key={question.key} question={question} questions={asked} {...rest} />
        ))}
    </>
  );
}

/** A question by what it takes for an answer, and the box for "Not known" where it has one. */
function OneQuestion({ question, ...rest }: QuestionsProps & { question: Question }) {
  const { entry } = rest;
  const { key: name, hint, needed, under } = question;
  const label = needed === undefined ? `${question.asks} (optional)` : question.asks;
  const fault = entry.fault(name);
  const common = {
    name,
    hint: hint === undefined ? undefined : { text: hint },
    errorMessage: fault === undefined ? undefined : { text: fault },
  };
  const small = under === undefined;
  const labelled = { label: { text: label, classes: small ? 'govuk-label--s' : undefined } };
  const fieldset = {
    legend: { text: label, classes: small ? 'govuk-fieldset__legend--s' : undefined },
  };
  // The box belongs to the field above it, and stands nearer to it than to the next question.
  const formGroup = hasNotKnownBox(question) ? { classes: 'govuk-!-margin-bottom-2' } : undefined;
  switch (question.kind) {
    case 'line':
      return (
        <>
          <Input
            {...common}
            {...labelled}
            formGroup={formGroup}
            type={question.type ?? 'text'}
            value={entry.value(name)}
            autocomplete={question.autocomplete}
            inputmode={question.inputmode}
            classes={widths[question.width ?? 'full']}
            spellcheck={false}
          />
          <NotKnownBox question={question} entry={entry} />
        </>
      );
    case 'words':
      return (
        <>
          <Words
            {...common}
            {...labelled}
            formGroup={formGroup}
            value={entry.value(name)}
            question={question}
          />
          <NotKnownBox question={question} entry={entry} />
        </>
      );
    case 'date':
      return (
        <>
          <DateInput
            {...common}
            formGroup={formGroup}
            id={name}
            namePrefix={name}
            values={Object.fromEntries(
              ['day', 'month', 'year'].map((part) => [`${name}-${part}`, entry.value(`${name}-${part}`)]),
            )}
            fieldset={fieldset}
          />
          <NotKnownBox question={question} entry={entry} />
        </>
      );
    case 'choice':
      return (
        <Radios
          {...common}
          fieldset={fieldset}
          value={entry.value(name)}
          items={question.options.map(({ code, text }) => ({
            value: code,
            text,
            hint: question.hints?.[code] === undefined ? undefined : { text: question.hints[code] },
            conditional: ledTo({ question, code, ...rest }),
          }))}
        />
      );
    case 'ticks':
      return (
        <Checkboxes
          {...common}
          fieldset={fieldset}
          values={entry.values(name)}
          items={question.options.map(({ code, text }) => ({
            value: code,
            text,
            hint: question.hints?.[code] === undefined ? undefined : { text: question.hints[code] },
            behaviour: question.alone.includes(code) ? ('exclusive' as const) : undefined,
            conditional: ledTo({ question, code, ...rest }),
          }))}
        />
      );
    case 'list':
      return (
        <Listed
          {...common}
          {...labelled}
          value={entry.value(name)}
          options={question.options.map(({ code, text }) => ({ value: code, text }))}
        />
      );
    case 'area':
      return (
        <Listed
          {...common}
          {...labelled}
          value={entry.value(name)}
          options={rest.areas.map(({ code, name: text }) => ({ value: code, text }))}
        />
      );
  }
}

/** What a choice leads to: what to know, and what is asked more. Nothing for most. */
function ledTo({
  question,
  code,
  ...rest
}: QuestionsProps & { question: ChoiceQuestion | TicksQuestion; code: string }): ComponentChildren {
  const told = question.tells?.[code];
  const more = rest.questions.filter(({ under }) => under?.key === question.key && under.code === code);
  if (told === undefined && more.length === 0) return undefined;
  return (
    <>
      {told !== undefined && <InsetText>{told}</InsetText>}
      {more.map((each) => (
        <OneQuestion key={each.key} question={each} {...rest} />
      ))}
    </>
  );
}

/** Says that it is not known: which is not the same as saying nothing. */
function NotKnownBox({ question, entry }: { question: Question; entry: Entry }) {
  if (!hasNotKnownBox(question)) return null;
  const name = notKnownBox(question.key);
  return (
    <Checkboxes
      name={name}
      values={entry.values(name)}
      classes="govuk-checkboxes--small"
      items={[
        {
          value: 'yes',
          text: (
            <>
              Not known <span class="govuk-visually-hidden">({question.asks})</span>
            </>
          ),
        },
      ]}
    />
  );
}

/** From how many characters on somebody may come near to what a field takes, and is told what is left. */
const MANY = 5_000;

type WordsProps = Pick<
  Parameters<typeof Textarea>[0],
  'name' | 'label' | 'hint' | 'errorMessage' | 'value' | 'formGroup'
> & { question: WordsQuestion };

/** Room for what is said in lines of text. */
function Words({ question: { most, rows = 5 }, ...rest }: WordsProps) {
  return most < MANY ? (
    <Textarea {...rest} rows={rows} />
  ) : (
    <CharacterCount {...rest} rows={rows} maxlength={most} threshold={50} />
  );
}

const widths = { short: 'govuk-input--width-10', half: 'govuk-!-width-one-half', full: '' };

type ListedProps = Pick<
  Parameters<typeof Select>[0],
  'name' | 'label' | 'hint' | 'errorMessage' | 'value'
> & {
  options: readonly { value: string; text: string }[];
};

/** A long list, which can be searched by typing where the browser runs scripts. */
function Listed({ options, ...rest }: ListedProps) {
  return (
    <Select
      {...rest}
      attributes={{ 'data-autocomplete': true }}
      items={[{ value: '', text: 'Choose one' }, ...options]}
    />
  );
}
