import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface InsetTextProps {
  children?: ComponentChildren;
  id?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Text set apart from what surrounds it. */
export function InsetText({ children, id, classes, attributes }: InsetTextProps) {
  return (
    <div id={id} class={classNames('govuk-inset-text', classes)} {...attributes}>
      {children}
    </div>
  );
}
