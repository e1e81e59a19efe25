import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';
import { Hint, type HintOptions } from './hint.tsx';
import { Label } from './label.tsx';

/** What radio buttons and checkboxes have in common. */
export interface SelectableItem {
  text?: ComponentChildren;
  value?: string | number | undefined;
  /** Made from the id prefix and the item's place in the list, unless told. */
  id?: string | undefined;
  checked?: boolean | undefined;
  disabled?: boolean | undefined;
  hint?: HintOptions | undefined;
  label?: { classes?: string | undefined; attributes?: Attributes | undefined } | undefined;
  /** Shown while the item is chosen; always shown without a script. */
  conditional?: ComponentChildren;
  /** Stands between items, "or" for instance, and makes this one no choice at all. */
  divider?: string | undefined;
  attributes?: Attributes | undefined;
}

interface SelectableItemRowProps {
  kind: 'radio' | 'checkbox';
  item: SelectableItem;
  id: string;
  name: string;
  isChecked: boolean;
  describedBy?: string | undefined;
  behaviour?: string | undefined;
}

/** One choice: the control, its label, its hint, and what it reveals. */
export function SelectableItemRow(props: SelectableItemRowProps) {
  const { kind, item, id, name, isChecked, describedBy, behaviour } = props;
  const block = kind === 'radio' ? 'govuk-radios' : 'govuk-checkboxes';
  if (item.divider) return <div class={`${block}__divider`}>{item.divider}</div>;
  const hintId = item.hint?.text ? `${id}-item-hint` : undefined;
  const conditionalId = item.conditional ? `conditional-${id}` : undefined;
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={name}
          type={kind}
          value={item.value ?? ''}
          checked={isChecked}
          disabled={item.disabled}
          data-aria-controls={conditionalId}
          data-behaviour={behaviour}
          aria-describedby={classNames(describedBy, hintId) || undefined}
          {...item.attributes}
        />
        <Label
          for={id}
          classes={classNames(`${block}__label`, item.label?.classes)}
          attributes={item.label?.attributes}
        >
          {item.text}
        </Label>
        {item.hint?.text && (
          <Hint
            id={hintId}
            classes={classNames(`${block}__hint`, item.hint.classes)}
            attributes={item.hint.attributes}
          >
            {item.hint.text}
          </Hint>
        )}
      </div>
      {conditionalId && (
        <div
          class={classNames(`${block}__conditional`, !isChecked && `${block}__conditional--hidden`)}
          id={conditionalId}
        >
          {item.conditional}
        </div>
      )}
    </>
  );
}

/** The id of the item at a place in its list; the first has no number, so that an error can link to it. */
export function selectableItemId(item: SelectableItem, idPrefix: string, index: number): string {
  return item.id || (index > 0 ? `${idPrefix}-${index + 1}` : idPrefix);
}
