import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface BackLinkProps {
  /** "Back" unless told. */
  children?: ComponentChildren;
  href?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Goes to the page before, from above the page's heading. */
export function BackLink({ children, href, classes, attributes }: BackLinkProps) {
  return (
    <a href={href || '#'} class={classNames('govuk-back-link', classes)} {...attributes}>
      {children || 'Back'}
    </a>
  );
}
