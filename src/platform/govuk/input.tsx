import type { ComponentChildren } from 'preact';
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

/** What stands in front of or behind an input: a unit, a currency sign. It is not read out. */
export interface AffixOptions {
  text: ComponentChildren;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface InputProps {
  name: string;
  /** The name, unless told. */
  id?: string | undefined;
  value?: string | number | undefined;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'number' | 'password' | undefined;
  inputmode?: string | undefined;
  label: LabelOptions;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  prefix?: AffixOptions | undefined;
  suffix?: AffixOptions | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  autocomplete?: string | undefined;
  autocapitalize?: 'on' | 'off' | 'none' | 'characters' | 'words' | 'sentences' | undefined;
  pattern?: string | undefined;
  spellcheck?: boolean | undefined;
  formGroup?: ControlFormGroupOptions | undefined;
  inputWrapper?: { classes?: string | undefined; attributes?: Attributes | undefined } | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Text of one line. */
export function Input(props: InputProps) {
  const { name, id = name, label, hint, errorMessage, prefix, suffix, formGroup, inputWrapper } = props;
  const description = { id, hint, errorMessage };
  // Apart, because JSX wants to know which type it is to say which roles it may have.
  const typeAndOthers: Attributes = { type: props.type || 'text', ...props.attributes };
  const input = (
    <input
      class={classNames('govuk-input', props.classes, errorMessage && 'govuk-input--error')}
      id={id}
      name={name}
      spellcheck={props.spellcheck}
      value={props.value}
      disabled={props.disabled}
      aria-describedby={describedByIds(props.describedBy, description)}
      autocomplete={props.autocomplete}
      autocapitalize={props.autocapitalize}
      pattern={props.pattern}
      inputmode={props.inputmode}
      {...typeAndOthers}
    />
  );
  const isWrapped = prefix?.text || suffix?.text || formGroup?.beforeInput || formGroup?.afterInput;
  return (
    <FormGroup
      hasError={Boolean(errorMessage)}
      classes={formGroup?.classes}
      attributes={formGroup?.attributes}
    >
      <ControlLabel id={id} label={label} />
      <ControlDescription {...description} />
      {isWrapped ? (
        <div class={classNames('govuk-input__wrapper', inputWrapper?.classes)} {...inputWrapper?.attributes}>
          {formGroup?.beforeInput}
          {prefix?.text && <Affix place="prefix" affix={prefix} />}
          {input}
          {suffix?.text && <Affix place="suffix" affix={suffix} />}
          {formGroup?.afterInput}
        </div>
      ) : (
        input
      )}
    </FormGroup>
  );
}

function Affix({ place, affix }: { place: 'prefix' | 'suffix'; affix: AffixOptions }) {
  return (
    <div class={classNames(`govuk-input__${place}`, affix.classes)} aria-hidden="true" {...affix.attributes}>
      {affix.text}
    </div>
  );
}
