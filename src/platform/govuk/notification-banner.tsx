import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';
import { type HeadingLevel, headingElement } from './heading-level.ts';

export interface NotificationBannerProps {
  /** A string becomes the banner's one line; anything else stands as it is. */
  children?: ComponentChildren;
  /** "Success" or "Important", unless told. */
  titleText?: ComponentChildren;
  titleHeadingLevel?: HeadingLevel | undefined;
  titleId?: string | undefined;
  type?: 'success' | undefined;
  role?: 'alert' | 'region' | undefined;
  disableAutoFocus?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Something the person should know that is not about the page they asked for, or that they have done it. */
export function NotificationBanner(props: NotificationBannerProps) {
  const { children, titleText, titleHeadingLevel = 2, type, disableAutoFocus, classes, attributes } = props;
  const titleId = props.titleId || 'govuk-notification-banner-title';
  const isSuccess = type === 'success';
  const Heading = headingElement(titleHeadingLevel);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is a variable, and both its values take a label
    <div
      class={classNames(
        'govuk-notification-banner',
        isSuccess && 'govuk-notification-banner--success',
        classes,
      )}
      role={props.role || (isSuccess ? 'alert' : 'region')}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={disableAutoFocus}
      {...attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {titleText || (isSuccess ? 'Success' : 'Important')}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {typeof children === 'string' ? (
          <p class="govuk-notification-banner__heading">{children}</p>
        ) : (
          children
        )}
      </div>
    </div>
  );
}
