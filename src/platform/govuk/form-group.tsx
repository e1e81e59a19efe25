import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';
import { ErrorMessage, type ErrorMessageOptions } from './error-message.tsx';
import { Hint, type HintOptions } from './hint.tsx';

/** The element around a whole question. */
export interface FormGroupOptions {
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** The element around a question that has one control. */
export interface ControlFormGroupOptions extends FormGroupOptions {
  beforeInput?: ComponentChildren;
  afterInput?: ComponentChildren;
}

/** The element around a question that has several controls. */
export interface ControlsFormGroupOptions extends FormGroupOptions {
  beforeInputs?: ComponentChildren;
  afterInputs?: ComponentChildren;
}

/** What stands between a question and its control, and describes it. */
export interface Description {
  /** The id that those of the hint and of the error are made from. */
  id: string;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
}

export interface FormGroupProps extends FormGroupOptions {
  /** Whether the answer is refused, which marks the whole group. */
  hasError: boolean;
  children?: ComponentChildren;
}

/** One question with all that belongs to it. */
export function FormGroup({ hasError, classes, attributes, children }: FormGroupProps) {
  return (
    <div
      class={classNames('govuk-form-group', hasError && 'govuk-form-group--error', classes)}
      {...attributes}
    >
      {children}
    </div>
  );
}

/** The hint and the error of a question, with the ids that `describedByIds` names. */
export function ControlDescription({ id, hint, errorMessage }: Description) {
  return (
    <>
      {hint && (
        <Hint id={`${id}-hint`} classes={hint.classes} attributes={hint.attributes}>
          {hint.text}
        </Hint>
      )}
      {errorMessage && (
        <ErrorMessage
          id={`${id}-error`}
          classes={errorMessage.classes}
          attributes={errorMessage.attributes}
          visuallyHiddenText={errorMessage.visuallyHiddenText}
        >
          {errorMessage.text}
        </ErrorMessage>
      )}
    </>
  );
}

/** The value of `aria-describedby` for a control: the caller's own ids, then the hint, then the error. */
export function describedByIds(
  describedBy: string | undefined,
  { id, hint, errorMessage }: Description,
): string | undefined {
  return classNames(describedBy, hint && `${id}-hint`, errorMessage && `${id}-error`) || undefined;
}
