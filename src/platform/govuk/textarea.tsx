import { type Attributes, classNames } from './attributes.ts';
import type { ErrorMessageOptions } from './error-message.tsx';
import {
  ControlDescription,
  type ControlFormGroupOptions,
  describedByIds,
  FormGroup,
} from './form-group.tsx';
import type { HintOptions } from './hint.tsx';
import { ControlLabel, type LabelOptions } from './label.tsx';

export interface TextareaProps {
  name: string;
  /** The name, unless told. */
  id?: string | undefined;
  value?: string | undefined;
  label: LabelOptions;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  rows?: number | undefined;
  spellcheck?: boolean | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  autocomplete?: string | undefined;
  formGroup?: ControlFormGroupOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Text of more than one line. */
export function Textarea(props: TextareaProps) {
  const { name, id = name, value, label, hint, errorMessage, formGroup } = props;
  const description = { id, hint, errorMessage };
  return (
    <FormGroup
      hasError={Boolean(errorMessage)}
      classes={formGroup?.classes}
      attributes={formGroup?.attributes}
    >
      <ControlLabel id={id} label={label} />
      <ControlDescription {...description} />
      {formGroup?.beforeInput}
      <textarea
        class={classNames('govuk-textarea', errorMessage && 'govuk-textarea--error', props.classes)}
        id={id}
        name={name}
        rows={props.rows || 5}
        spellcheck={props.spellcheck}
        disabled={props.disabled}
        aria-describedby={describedByIds(props.describedBy, description)}
        autocomplete={props.autocomplete || undefined}
        {...props.attributes}
      >
        {keepingFirstNewline(value)}
      </textarea>
      {formGroup?.afterInput}
    </FormGroup>
  );
}

// A browser drops one newline straight after <textarea>, which would lose the person's own first one.
function keepingFirstNewline(value: string | undefined): string | undefined {
  return value && /^\r?\n/.test(value) ? `\n${value}` : value;
}
