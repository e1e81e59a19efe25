import type { ComponentChildren } from 'preact';
import { type Attributes, classNames, type ItemList } from './attributes.ts';

export interface TabsItem {
  label: string;
  /** Made from the id prefix and the item's place in the list, unless told. */
  id?: string | undefined;
  /** A string becomes a paragraph; anything else stands as it is. */
  panel: { text?: ComponentChildren; attributes?: Attributes | undefined };
  attributes?: Attributes | undefined;
}

export interface TabsProps {
  items: ItemList<TabsItem>;
  id?: string | undefined;
  /** Needed unless every item has an id. */
  idPrefix?: string | undefined;
  /** The heading where there is no script; "Contents" unless told. */
  title?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Panels of which one is shown at a time; without a script a list of links and all the panels. */
export function Tabs({ items, id, idPrefix, title = 'Contents', classes, attributes }: TabsProps) {
  const panelId = (item: TabsItem, index: number) => item.id || `${idPrefix ?? ''}-${index + 1}`;
  return (
    <div id={id} class={classNames('govuk-tabs', classes)} data-module="govuk-tabs" {...attributes}>
      <h2 class="govuk-tabs__title">{title}</h2>
      {items.length > 0 && (
        <ul class="govuk-tabs__list">
          {items.map(
            (item, index) =>
              item && (
                <li
                  key={index}
                  class={classNames(
                    'govuk-tabs__list-item',
                    index === 0 && 'govuk-tabs__list-item--selected',
                  )}
                >
                  <a class="govuk-tabs__tab" href={`#${panelId(item, index)}`} {...item.attributes}>
                    {item.label}
                  </a>
                </li>
              ),
          )}
        </ul>
      )}
      {items.map(
        (item, index) =>
          item && (
            <div
              key={index}
              class={classNames('govuk-tabs__panel', index > 0 && 'govuk-tabs__panel--hidden')}
              id={panelId(item, index)}
              {...item.panel.attributes}
            >
              {typeof item.panel.text === 'string' ? (
                <p class="govuk-body">{item.panel.text}</p>
              ) : (
                item.panel.text
              )}
            </div>
          ),
      )}
    </div>
  );
}
