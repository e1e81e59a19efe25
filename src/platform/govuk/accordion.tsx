import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList, i18nAttributes } from './attributes.ts';
import { type HeadingLevel, headingElement } from './heading-level.ts';

export interface AccordionItem {
  heading: { text: ComponentChildren };
  summary?: { text: ComponentChildren } | undefined;
  /** A string becomes a paragraph; anything else stands as it is. */
  content?: { text: ComponentChildren } | undefined;
  expanded?: boolean | undefined;
}

export interface AccordionProps {
  /** Must be the page's only one: the ids of the sections are made from it. */
  id: string;
  items: ItemList<AccordionItem>;
  headingLevel?: HeadingLevel | undefined;
  /** Whether the browser remembers which sections were open until its tab closes. */
  rememberExpanded?: boolean | undefined;
  hideAllSectionsText?: string | undefined;
  hideSectionText?: string | undefined;
  hideSectionAriaLabelText?: string | undefined;
  showAllSectionsText?: string | undefined;
  showSectionText?: string | undefined;
  showSectionAriaLabelText?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Sections that can be opened and closed; all of them open without a script. */
export function Accordion(props: AccordionProps) {
  const { id, items, headingLevel = 2, rememberExpanded, classes, attributes } = props;
  const Heading = headingElement(headingLevel);
  return (
    <div
      class={classNames('govuk-accordion', classes)}
      data-module="govuk-accordion"
      id={id}
      data-remember-expanded={rememberExpanded}
      {...i18nAttributes({
        'hide-all-sections': props.hideAllSectionsText,
        'hide-section': props.hideSectionText,
        'hide-section-aria-label': props.hideSectionAriaLabelText,
        'show-all-sections': props.showAllSectionsText,
        'show-section': props.showSectionText,
        'show-section-aria-label': props.showSectionAriaLabelText,
      })}
      {...attributes}
    >
      {items.map((item, index) => {
        if (!item) return null;
        const number = index + 1;
        const { heading, summary, content, expanded } = item;
        return (
          <div
            key={number}
            class={classNames('govuk-accordion__section', expanded && 'govuk-accordion__section--expanded')}
          >
            <div class="govuk-accordion__section-header">
              <Heading class="govuk-accordion__section-heading">
                <span class="govuk-accordion__section-button" id={`${id}-heading-${number}`}>
                  {heading.text}
                </span>
              </Heading>
              {summary?.text && (
                <div class="govuk-accordion__section-summary govuk-body" id={`${id}-summary-${number}`}>
                  {summary.text}
                </div>
              )}
            </div>
            <div id={`${id}-content-${number}`} class="govuk-accordion__section-content">
              {typeof content?.text === 'string' ? <p class="govuk-body">{content.text}</p> : content?.text}
            </div>
          </div>
        );
      })}
    </div>
  );
}
