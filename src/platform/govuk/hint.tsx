import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

/** A hint as the form components take it. */
export interface HintOptions {
  text: ComponentChildren;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface HintProps extends Omit<HintOptions, 'text'> {
  id?: string | undefined;
  children?: ComponentChildren;
}

/** Help that stands between a question and its answer. */
export function Hint({ id, classes, attributes, children }: HintProps) {
  return (
    <div id={id} class={classNames('govuk-hint', classes)} {...attributes}>
      {children}
    </div>
  );
}
