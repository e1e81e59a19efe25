import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

/** A label as the form components take it. */
export interface LabelOptions {
  text?: ComponentChildren;
  classes?: string | undefined;
  /** The label is the page's `h1`: for a page with one question. */
  isPageHeading?: boolean | undefined;
  attributes?: Attributes | undefined;
}

export interface LabelProps extends Omit<LabelOptions, 'text'> {
  for?: string | undefined;
  children?: ComponentChildren;
}

/** The name of a form control; nothing at all when there is no text. */
export function Label({ for: controlId, classes, isPageHeading, attributes, children }: LabelProps) {
  if (!children) return null;
  const label = (
    <label class={classNames('govuk-label', classes)} for={controlId} {...attributes}>
      {children}
    </label>
  );
  return isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label;
}

/** The label of a control of a form component. */
export function ControlLabel({ id, label }: { id: string; label: LabelOptions | undefined }) {
  return (
    <Label
      for={id}
      classes={label?.classes}
      isPageHeading={label?.isPageHeading}
      attributes={label?.attributes}
    >
      {label?.text}
    </Label>
  );
}
