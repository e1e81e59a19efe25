import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList } from './attributes.ts';

export interface PaginationItem {
  number?: number | string | undefined;
  href?: string | undefined;
  current?: boolean | undefined;
  /** Stands for pages that are left out. */
  ellipsis?: boolean | undefined;
  visuallyHiddenText?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface PaginationLink {
  href: string;
  /** "Previous page" or "Next page", unless told. */
  text?: ComponentChildren;
  /** What the page is about, for pages that are not numbered. */
  labelText?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface PaginationProps {
  items?: ItemList<PaginationItem> | undefined;
  previous?: PaginationLink | undefined;
  next?: PaginationLink | undefined;
  landmarkLabel?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** The way between the pages of a list or of a guide. */
export function Pagination({ items, previous, next, landmarkLabel, classes, attributes }: PaginationProps) {
  const isBlock = !items && Boolean(next || previous);
  return (
    <nav
      class={classNames('govuk-pagination', isBlock && 'govuk-pagination--block', classes)}
      aria-label={landmarkLabel || 'Pagination'}
      {...attributes}
    >
      {previous?.href && <ArrowLink direction="prev" link={previous} isBlock={isBlock} />}
      {items && (
        <ul class="govuk-pagination__list">
          {items.map((item, index) => item && Object.keys(item).length > 0 && <Item key={index} {...item} />)}
        </ul>
      )}
      {next?.href && <ArrowLink direction="next" link={next} isBlock={isBlock} />}
    </nav>
  );
}

function Item({ number, href, current, ellipsis, visuallyHiddenText, attributes }: PaginationItem) {
  return (
    <li
      class={classNames(
        'govuk-pagination__item',
        current && 'govuk-pagination__item--current',
        ellipsis && 'govuk-pagination__item--ellipsis',
      )}
    >
      {ellipsis ? (
        '⋯'
      ) : (
        <a
          class="govuk-link govuk-pagination__link"
          href={href ?? ''}
          aria-label={visuallyHiddenText ?? `Page ${number}`}
          aria-current={current ? 'page' : undefined}
          {...attributes}
        >
          {number}
        </a>
      )}
    </li>
  );
}

interface ArrowLinkProps {
  direction: 'prev' | 'next';
  link: PaginationLink;
  isBlock: boolean;
}

function ArrowLink({ direction, link, isBlock }: ArrowLinkProps) {
  const { href, text, labelText, attributes } = link;
  const isBefore = isBlock || direction === 'prev';
  return (
    <div class={`govuk-pagination__${direction}`}>
      <a class="govuk-link govuk-pagination__link" href={href} rel={direction} {...attributes}>
        {isBefore && <Arrow direction={direction} />}
        <span
          class={classNames(
            'govuk-pagination__link-title',
            isBlock && !labelText && 'govuk-pagination__link-title--decorated',
          )}
        >
          {text || (
            <>
              {direction === 'prev' ? 'Previous' : 'Next'}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
        </span>
        {labelText && isBlock && (
          <>
            {' '}
            <span class="govuk-visually-hidden">:</span>{' '}
            <span class="govuk-pagination__link-label">{labelText}</span>
          </>
        )}
        {!isBefore && <Arrow direction={direction} />}
      </a>
    </div>
  );
}

const arrowPaths = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
};

function Arrow({ direction }: { direction: 'prev' | 'next' }) {
  return (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${direction}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrowPaths[direction]} />
    </svg>
  );
}
