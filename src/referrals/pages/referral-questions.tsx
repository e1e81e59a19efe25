import type { ComponentChildren } from 'preact';
import type { Entry } from '../../platform/forms/entry.ts';
import { CharacterCount, Checkboxes, Radios } from '../../platform/govuk/index.ts';
import type { CodedWord } from '../../reference/code-lists.ts';

const faulted = (entry: Entry, name: string) => {
  const fault = entry.fault(name);
  return fault === undefined ? undefined : { text: fault };
};

interface ChoiceWithMoreProps {
  name: string;
  label: string;
  hint?: string;
  entry: Entry;
  options: readonly CodedWord[];
  hints?: Partial<Record<string, string>>;
  /** What a choice leads to: asked while it is chosen, and always where no script runs. */
  more: Partial<Record<string, ComponentChildren>>;
}

/** A question answered by one of a few choices, some of which ask more. */
export function ChoiceWithMore({ name, label, hint, entry, options, hints = {}, more }: ChoiceWithMoreProps) {
  return (
    <Radios
      name={name}
      value={entry.value(name)}
      fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
      hint={hint === undefined ? undefined : { text: hint }}
      errorMessage={faulted(entry, name)}
      items={options.map(({ code, text }) => ({
        value: code,
        text,
        hint: hints[code] === undefined ? undefined : { text: hints[code] },
        conditional: more[code],
      }))}
    />
  );
}

interface TextOrNotKnownProps {
  name: string;
  label: string;
  hint?: string;
  entry: Entry;
  most: number;
}

/** A question answered in words, or by saying that it is not known: which is not the same as saying nothing. */
export function TextOrNotKnown({ name, label, hint, entry, most }: TextOrNotKnownProps) {
  const box = `${name}NotKnown`;
  return (
    <>
      <CharacterCount
        name={name}
        value={entry.value(name)}
        label={{ text: label, classes: 'govuk-label--s' }}
        hint={hint === undefined ? undefined : { text: hint }}
        errorMessage={faulted(entry, name)}
        maxlength={most}
        threshold={50}
        rows={5}
        formGroup={{ classes: 'govuk-!-margin-bottom-2' }}
      />
      <Checkboxes
        name={box}
        values={entry.values(box)}
        classes="govuk-checkboxes--small"
        items={[
          {
            value: 'yes',
            text: (
              <>
                Not known<span class="govuk-visually-hidden">: {label}</span>
              </>
            ),
          },
        ]}
      />
    </>
  );
}
