import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface BreadcrumbsItem {
  text: ComponentChildren;
  /** Left out for the page that is open. */
  href?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface BreadcrumbsProps {
  items: readonly BreadcrumbsItem[];
  collapseOnMobile?: boolean | undefined;
  labelText?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Where the page stands among the others. */
export function Breadcrumbs(props: BreadcrumbsProps) {
  const { items, collapseOnMobile, labelText = 'Breadcrumb', classes, attributes } = props;
  return (
    <nav
      class={classNames(
        'govuk-breadcrumbs',
        classes,
        collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile',
      )}
      aria-label={labelText}
      {...attributes}
    >
      <ol class="govuk-breadcrumbs__list">
        {items.map((item, index) =>
          item.href ? (
            <li key={index} class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ) : (
            <li key={index} class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ),
        )}
      </ol>
    </nav>
  );
}
