import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

/** An error as the form components take it. */
export interface ErrorMessageOptions {
  text: ComponentChildren;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  /** Read out before the message; "Error" unless told, nothing if empty. */
  visuallyHiddenText?: string | undefined;
}

export interface ErrorMessageProps extends Omit<ErrorMessageOptions, 'text'> {
  id?: string | undefined;
  children?: ComponentChildren;
}

/** What is wrong with one answer, beside that answer. */
export function ErrorMessage(props: ErrorMessageProps) {
  const { id, classes, attributes, visuallyHiddenText = 'Error', children } = props;
  return (
    <p id={id} class={classNames('govuk-error-message', classes)} {...attributes}>
      {visuallyHiddenText && (
        <>
          <span class="govuk-visually-hidden">{visuallyHiddenText}:</span>{' '}
        </>
      )}
      {children}
    </p>
  );
}
