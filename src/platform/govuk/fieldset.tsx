import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

/** The question that a group of controls answers. */
export interface LegendOptions {
  text?: ComponentChildren;
  classes?: string | undefined;
  /** The legend is the page's `h1`: for a page with one question. */
  isPageHeading?: boolean | undefined;
}

/** A fieldset as the form components take it. */
export interface FieldsetOptions {
  legend?: LegendOptions | undefined;
  classes?: string | undefined;
  describedBy?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface FieldsetProps extends FieldsetOptions {
  role?: 'group' | 'presentation' | 'radiogroup' | undefined;
  children?: ComponentChildren;
}

/** Form controls that belong together, under one legend. */
export function Fieldset({ legend, classes, describedBy, role, attributes, children }: FieldsetProps) {
  return (
    <fieldset
      class={classNames('govuk-fieldset', classes)}
      role={role}
      aria-describedby={describedBy || undefined}
      {...attributes}
    >
      {legend?.text && (
        <legend class={classNames('govuk-fieldset__legend', legend.classes)}>
          {legend.isPageHeading ? <h1 class="govuk-fieldset__heading">{legend.text}</h1> : legend.text}
        </legend>
      )}
      {children}
    </fieldset>
  );
}
