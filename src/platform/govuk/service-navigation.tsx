import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList } from './attributes.ts';

export interface ServiceNavigationItem {
  text: ComponentChildren;
  href?: string | undefined;
  /** This is the page that is open. */
  current?: boolean | undefined;
  /** The page that is open belongs to this one. */
  active?: boolean | undefined;
  attributes?: Attributes | undefined;
}

/** Places for content of one's own; those in the navigation take list items. */
export interface ServiceNavigationSlots {
  start?: ComponentChildren;
  end?: { text: ComponentChildren; align?: 'inline' | undefined } | undefined;
  navigationStart?: ComponentChildren;
  navigationEnd?: ComponentChildren;
}

export interface ServiceNavigationProps {
  serviceName?: string | undefined;
  serviceUrl?: string | undefined;
  navigation?: ItemList<ServiceNavigationItem> | undefined;
  navigationId?: string | undefined;
  navigationLabel?: string | undefined;
  navigationClasses?: string | undefined;
  collapseNavigationOnMobile?: boolean | undefined;
  menuButtonText?: string | undefined;
  menuButtonLabel?: string | undefined;
  ariaLabel?: string | undefined;
  slots?: ServiceNavigationSlots | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** The name of the service and the ways into its parts. */
export function ServiceNavigation(props: ServiceNavigationProps) {
  const { serviceName, serviceUrl, slots } = props;
  const common = {
    class: classNames('govuk-service-navigation', props.classes),
    'data-module': 'govuk-service-navigation',
    ...props.attributes,
  };
  const content = (
    <div
      class={classNames(
        'govuk-width-container',
        slots?.end?.align === 'inline' && 'govuk-service-navigation__inlining-container',
      )}
    >
      {slots?.start}
      <div class="govuk-service-navigation__container">
        {serviceName && (
          <span class="govuk-service-navigation__service-name">
            {serviceUrl ? (
              <a href={serviceUrl} class="govuk-service-navigation__link">
                {serviceName}
              </a>
            ) : (
              <span class="govuk-service-navigation__text">{serviceName}</span>
            )}
          </span>
        )}
        <Navigation {...props} />
      </div>
      {slots?.end?.text}
    </div>
  );
  // With more in it than the navigation it becomes a landmark of its own.
  return serviceName || slots?.start || slots?.end?.text ? (
    <section aria-label={props.ariaLabel ?? 'Service information'} {...common}>
      {content}
    </section>
  ) : (
    <div {...common}>{content}</div>
  );
}

function Navigation(props: ServiceNavigationProps) {
  const { slots, menuButtonLabel } = props;
  const menuButtonText = props.menuButtonText || 'Menu';
  const navigationId = props.navigationId || 'navigation';
  const items = (props.navigation ?? []).filter((item) => Boolean(item)) as ServiceNavigationItem[];
  if (items.length === 0 && !slots?.navigationStart && !slots?.navigationEnd) return null;
  return (
    <nav
      aria-label={props.navigationLabel || menuButtonText}
      class={classNames('govuk-service-navigation__wrapper', props.navigationClasses)}
    >
      {(props.collapseNavigationOnMobile ?? items.length > 1) && (
        // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it is hidden too; the script takes both away
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={navigationId}
          aria-label={menuButtonLabel !== menuButtonText ? menuButtonLabel : undefined}
          hidden
          aria-hidden="true"
        >
          {menuButtonText}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={navigationId}>
        {slots?.navigationStart}
        {items.map((item, index) => (
          <NavigationItem key={index} {...item} />
        ))}
        {slots?.navigationEnd}
      </ul>
    </nav>
  );
}

function NavigationItem({ text, href, current, active, attributes }: ServiceNavigationItem) {
  const isActive = current || active;
  const ariaCurrent = current ? 'page' : active ? 'true' : undefined;
  // A strong element marks the open page for people whose own colours replace ours.
  const content = isActive ? <strong class="govuk-service-navigation__active-fallback">{text}</strong> : text;
  return (
    <li
      class={classNames(
        'govuk-service-navigation__item',
        isActive && 'govuk-service-navigation__item--active',
      )}
    >
      {href ? (
        <a class="govuk-service-navigation__link" href={href} aria-current={ariaCurrent} {...attributes}>
          {content}
        </a>
      ) : (
        text && (
          <span class="govuk-service-navigation__text" aria-current={ariaCurrent}>
            {content}
          </span>
        )
      )}
    </li>
  );
}
