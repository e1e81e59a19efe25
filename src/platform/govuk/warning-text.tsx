import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface WarningTextProps {
  children?: ComponentChildren;
  /** Read out instead of the sign; "Warning" unless told. */
  iconFallbackText?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Something that has consequences if it is overlooked. */
export function WarningText({ children, iconFallbackText, classes, attributes }: WarningTextProps) {
  return (
    <div class={classNames('govuk-warning-text', classes)} {...attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>{' '}
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{iconFallbackText || 'Warning'}</span> {children}
      </strong>
    </div>
  );
}
