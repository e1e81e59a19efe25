import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface DetailsProps {
  summaryText: ComponentChildren;
  children?: ComponentChildren;
  id?: string | undefined;
  open?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Text that only some need, behind a summary. */
export function Details({ summaryText, children, id, open, classes, attributes }: DetailsProps) {
  return (
    <details id={id} class={classNames('govuk-details', classes)} open={open} {...attributes}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summaryText}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}
