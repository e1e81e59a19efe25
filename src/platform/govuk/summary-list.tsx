import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList } from './attributes.ts';
import { type HeadingLevel, headingElement } from './heading-level.ts';

export interface SummaryListAction {
  text: ComponentChildren;
  href: string;
  /** What is acted on, read out after the text: "Change" needs "date of birth". */
  visuallyHiddenText?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface SummaryListActions {
  items?: readonly SummaryListAction[] | undefined;
  classes?: string | undefined;
}

export interface SummaryListText {
  text?: ComponentChildren;
  classes?: string | undefined;
}

export interface SummaryListRow {
  key: SummaryListText;
  value: SummaryListText;
  actions?: SummaryListActions | undefined;
  classes?: string | undefined;
}

export interface SummaryCardTitle extends SummaryListText {
  headingLevel?: HeadingLevel | undefined;
}

export interface SummaryCardOptions {
  title?: SummaryCardTitle | undefined;
  actions?: SummaryListActions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface SummaryListProps {
  rows: ItemList<SummaryListRow>;
  /** Puts the list on a card with a title. */
  card?: SummaryCardOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** What is known about one thing, a line each, with what can be changed. */
export function SummaryList({ rows, card, classes, attributes }: SummaryListProps) {
  const anyRowHasActions = rows.some((row) => (row ? row.actions?.items?.length : false));
  const list = (
    <dl class={classNames('govuk-summary-list', classes)} {...attributes}>
      {rows.map(
        (row, index) =>
          row && (
            <div
              key={index}
              class={classNames(
                'govuk-summary-list__row',
                anyRowHasActions && !row.actions?.items && 'govuk-summary-list__row--no-actions',
                row.classes,
              )}
            >
              <dt class={classNames('govuk-summary-list__key', row.key.classes)}>{row.key.text}</dt>
              <dd class={classNames('govuk-summary-list__value', row.value.classes)}>{row.value.text}</dd>
              <RowActions actions={row.actions} cardTitle={card?.title} />
            </div>
          ),
      )}
    </dl>
  );
  return card ? <SummaryCard card={card}>{list}</SummaryCard> : list;
}

interface RowActionsProps {
  actions: SummaryListActions | undefined;
  cardTitle: SummaryCardTitle | undefined;
}

function RowActions({ actions, cardTitle }: RowActionsProps) {
  const [first, ...others] = actions?.items ?? [];
  if (!first) return null;
  return (
    <dd class={classNames('govuk-summary-list__actions', actions?.classes)}>
      {others.length === 0 ? (
        <ActionLink action={first} cardTitle={cardTitle} />
      ) : (
        <ul class="govuk-summary-list__actions-list">
          {[first, ...others].map((action, index) => (
            <li key={index} class="govuk-summary-list__actions-list-item">
              <ActionLink action={action} cardTitle={cardTitle} />
            </li>
          ))}
        </ul>
      )}
    </dd>
  );
}

function SummaryCard({ card, children }: { card: SummaryCardOptions; children: ComponentChildren }) {
  const { title, actions } = card;
  const Heading = headingElement(title?.headingLevel ?? 2);
  const [first, ...others] = actions?.items ?? [];
  return (
    <div class={classNames('govuk-summary-card', card.classes)} {...card.attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {title && (
          <Heading class={classNames('govuk-summary-card__title', title.classes)}>{title.text}</Heading>
        )}
        {first &&
          (others.length === 0 ? (
            <div class={classNames('govuk-summary-card__actions', actions?.classes)}>
              <ActionLink action={first} cardTitle={title} />
            </div>
          ) : (
            <ul class={classNames('govuk-summary-card__actions', actions?.classes)}>
              {[first, ...others].map((action, index) => (
                <li key={index} class="govuk-summary-card__action">
                  <ActionLink action={action} cardTitle={title} />
                </li>
              ))}
            </ul>
          ))}
      </div>
      <div class="govuk-summary-card__content">{children}</div>
    </div>
  );
}

interface ActionLinkProps {
  action: SummaryListAction;
  cardTitle: SummaryCardTitle | undefined;
}

function ActionLink({ action, cardTitle }: ActionLinkProps) {
  const { text, href, visuallyHiddenText, classes, attributes } = action;
  return (
    <a class={classNames('govuk-link', classes)} href={href} {...attributes}>
      {text}
      {(visuallyHiddenText || cardTitle) && (
        <span class="govuk-visually-hidden">
          {visuallyHiddenText && ` ${visuallyHiddenText}`}
          {cardTitle && <> ({cardTitle.text})</>}
        </span>
      )}
    </a>
  );
}
