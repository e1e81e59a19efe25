import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface SkipLinkProps {
  children?: ComponentChildren;
  /** "#content" unless told. */
  href?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Leads past the header straight to the content; seen when it has the focus. */
export function SkipLink({ children, href, classes, attributes }: SkipLinkProps) {
  return (
    <a
      href={href || '#content'}
      class={classNames('govuk-skip-link', classes)}
      data-module="govuk-skip-link"
      {...attributes}
    >
      {children}
    </a>
  );
}
