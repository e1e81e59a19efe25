import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';
import { Tag, type TagOptions } from './tag.tsx';

export interface PhaseBannerProps {
  children?: ComponentChildren;
  tag: TagOptions;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** How finished the service is, under its header. */
export function PhaseBanner({ children, tag, classes, attributes }: PhaseBannerProps) {
  return (
    <div class={classNames('govuk-phase-banner govuk-width-container', classes)} {...attributes}>
      <p class="govuk-phase-banner__content">
        <Tag
          classes={classNames('govuk-phase-banner__content__tag', tag.classes)}
          attributes={tag.attributes}
        >
          {tag.text}
        </Tag>{' '}
        <span class="govuk-phase-banner__text">{children}</span>
      </p>
    </div>
  );
}
