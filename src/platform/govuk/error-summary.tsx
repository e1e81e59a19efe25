import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface ErrorSummaryItem {
  text: ComponentChildren;
  /** The control to mend: `#` and its id. */
  href?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface ErrorSummaryProps {
  titleText: ComponentChildren;
  descriptionText?: ComponentChildren;
  errorList?: readonly ErrorSummaryItem[] | undefined;
  disableAutoFocus?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Everything that is wrong with a form, at the top of the page, with links to where it is mended. */
export function ErrorSummary(props: ErrorSummaryProps) {
  const { titleText, descriptionText, errorList, disableAutoFocus, classes, attributes } = props;
  return (
    <div
      class={classNames('govuk-error-summary', classes)}
      data-module="govuk-error-summary"
      data-disable-auto-focus={disableAutoFocus}
      {...attributes}
    >
      {/* The alert stands in an element of its own, or the moving of the focus would cut it short. */}
      <div role="alert">
        <h2 class="govuk-error-summary__title">{titleText}</h2>
        <div class="govuk-error-summary__body">
          {descriptionText && <p>{descriptionText}</p>}
          {errorList && errorList.length > 0 && (
            <ul class="govuk-list govuk-error-summary__list">
              {errorList.map((item, index) => (
                <li key={index}>
                  {item.href ? (
                    <a href={item.href} {...item.attributes}>
                      {item.text}
                    </a>
                  ) : (
                    item.text
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}
