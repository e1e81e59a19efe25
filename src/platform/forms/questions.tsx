import { CharacterCount, DateInput, Input, Radios, Select } from '../govuk/index.ts';
import type { Entry } from './entry.ts';

interface QuestionProps {
  name: string;
  label: string;
  hint?: string;
  entry: Entry;
}

const hinted = (hint: string | undefined) => (hint === undefined ? undefined : { text: hint });
const faulted = (entry: Entry, name: string) => {
  const fault = entry.fault(name);
  return fault === undefined ? undefined : { text: fault };
};

interface TextQuestionProps extends QuestionProps {
  type?: 'text' | 'email' | 'tel' | 'search';
  autocomplete?: string;
  inputmode?: 'numeric' | 'text' | 'tel';
  width?: 'short' | 'half' | 'full';
}

/** A question answered in one line. */
export function TextQuestion({
  name,
  label,
  hint,
  entry,
  type = 'text',
  autocomplete,
  inputmode,
  width = 'full',
}: TextQuestionProps) {
  const widths = { short: 'govuk-input--width-10', half: 'govuk-!-width-one-half', full: '' };
  return (
    <Input
      name={name}
      type={type}
      value={entry.value(name)}
      label={{ text: label }}
      hint={hinted(hint)}
      errorMessage={faulted(entry, name)}
      autocomplete={autocomplete}
      inputmode={inputmode}
      classes={widths[width]}
      spellcheck={false}
    />
  );
}

/** A question answered in as many lines as it takes, with the room that is left. */
export function LongTextQuestion({
  name,
  label,
  hint,
  entry,
  most,
  rows = 5,
}: QuestionProps & { most: number; rows?: number }) {
  return (
    <CharacterCount
      name={name}
      value={entry.value(name)}
      label={{ text: label }}
      hint={hinted(hint)}
      errorMessage={faulted(entry, name)}
      maxlength={most}
      threshold={50}
      rows={rows}
    />
  );
}

interface ChoiceOption {
  value: string;
  text: string;
  hint?: string;
}

/** A question answered by one of a few choices. */
export function ChoiceQuestion({
  name,
  label,
  hint,
  entry,
  options,
  inline,
}: QuestionProps & { options: readonly ChoiceOption[]; inline?: boolean }) {
  return (
    <Radios
      name={name}
      value={entry.value(name)}
      fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
      hint={hinted(hint)}
      errorMessage={faulted(entry, name)}
      classes={inline ? 'govuk-radios--inline' : undefined}
      items={options.map((option) => ({ value: option.value, text: option.text, hint: hinted(option.hint) }))}
    />
  );
}

/** A question answered from a long list, which can be searched by typing where the browser runs scripts. */
export function ListQuestion({
  name,
  label,
  hint,
  entry,
  options,
}: QuestionProps & { options: readonly ChoiceOption[] }) {
  return (
    <Select
      name={name}
      value={entry.value(name)}
      label={{ text: label }}
      hint={hinted(hint)}
      errorMessage={faulted(entry, name)}
      attributes={{ 'data-autocomplete': true }}
      items={[{ value: '', text: 'Choose one' }, ...options]}
    />
  );
}

/** A date that people know or read from a paper, as day, month and year. */
export function DateQuestion({ name, label, hint, entry }: QuestionProps) {
  const values = Object.fromEntries(
    ['day', 'month', 'year'].map((part) => [`${name}-${part}`, entry.value(`${name}-${part}`)]),
  );
  return (
    <DateInput
      id={name}
      namePrefix={name}
      values={values}
      fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
      hint={hinted(hint)}
      errorMessage={faulted(entry, name)}
    />
  );
}
