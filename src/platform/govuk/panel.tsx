import { type ComponentChildren, Fragment } from 'preact';
import { type Attributes, classNames } from './attributes.ts';
import { Button } from './button.tsx';
import { type HeadingLevel, headingElement } from './heading-level.ts';

export interface PanelAction {
  text: ComponentChildren;
  /** Left out for a button. */
  href?: string | undefined;
  /** "button" makes a link look like one. */
  type?: 'button' | 'submit' | 'reset' | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface PanelProps {
  titleText: ComponentChildren;
  children?: ComponentChildren;
  headingLevel?: HeadingLevel | undefined;
  /** Shown on an interruption only, that is with the class `govuk-panel--interruption`. */
  actions?:
    | {
        items?: readonly PanelAction[] | undefined;
        classes?: string | undefined;
        attributes?: Attributes | undefined;
      }
    | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Says that something has been done; or, as an interruption, asks before going on. */
export function Panel({ titleText, children, headingLevel = 1, actions, classes, attributes }: PanelProps) {
  const isInterruption = classes?.includes('govuk-panel--interruption') ?? false;
  const Heading = headingElement(headingLevel);
  return (
    <div
      class={classNames('govuk-panel', !isInterruption && 'govuk-panel--confirmation', classes)}
      {...attributes}
    >
      <Heading class="govuk-panel__title">{titleText}</Heading>
      {children && <div class="govuk-panel__body">{children}</div>}
      {isInterruption && actions && (
        <div class={classNames('govuk-panel__actions', actions.classes)} {...actions.attributes}>
          {actions.items && actions.items.length > 0 && (
            <div class="govuk-button-group">
              {actions.items.map((action, index) => (
                <Fragment key={index}>
                  <Action {...action} />{' '}
                </Fragment>
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function Action({ text, href, type, classes, attributes }: PanelAction) {
  if (!href || type === 'button') {
    return (
      <Button
        type={type || 'button'}
        classes={classNames('govuk-button--inverse', classes)}
        href={href}
        attributes={attributes}
      >
        {text}
      </Button>
    );
  }
  return (
    <a class={classNames('govuk-link govuk-link--inverse', classes)} href={href} {...attributes}>
      {text}
    </a>
  );
}
