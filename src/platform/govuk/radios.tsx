import { type Attributes, classNames, type ItemList } from './attributes.ts';
import type { ErrorMessageOptions } from './error-message.tsx';
import { Fieldset, type FieldsetOptions } from './fieldset.tsx';
import {
  ControlDescription,
  type ControlsFormGroupOptions,
  describedByIds,
  FormGroup,
} from './form-group.tsx';
import type { HintOptions } from './hint.tsx';
import { type SelectableItem, SelectableItemRow, selectableItemId } from './selectable-item.tsx';

export type RadioItem = SelectableItem;

export interface RadiosProps {
  name: string;
  items: ItemList<RadioItem>;
  /** The value that is chosen; an item's own `checked: false` wins. */
  value?: string | number | undefined;
  /** The name, unless told. */
  idPrefix?: string | undefined;
  fieldset?: FieldsetOptions | undefined;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  formGroup?: ControlsFormGroupOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A question to which one answer is given. */
export function Radios(props: RadiosProps) {
  const { name, idPrefix = name, value, fieldset, hint, errorMessage, formGroup } = props;
  const description = { id: idPrefix, hint, errorMessage };
  const content = (
    <>
      <ControlDescription {...description} />
      <div class={classNames('govuk-radios', props.classes)} data-module="govuk-radios" {...props.attributes}>
        {formGroup?.beforeInputs}
        {props.items.map((item, index) => {
          if (!item) return null;
          const id = selectableItemId(item, idPrefix, index);
          const isValue = value !== undefined && value !== '' && item.value === value;
          return (
            <SelectableItemRow
              key={id}
              kind="radio"
              item={item}
              id={id}
              name={name}
              isChecked={item.checked ?? isValue}
            />
          );
        })}
        {formGroup?.afterInputs}
      </div>
    </>
  );
  return (
    <FormGroup
      hasError={Boolean(errorMessage)}
      classes={formGroup?.classes}
      attributes={formGroup?.attributes}
    >
      {fieldset ? (
        <Fieldset {...fieldset} describedBy={describedByIds(fieldset.describedBy, description)}>
          {content}
        </Fieldset>
      ) : (
        content
      )}
    </FormGroup>
  );
}
