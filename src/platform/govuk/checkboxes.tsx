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

export interface CheckboxItem extends SelectableItem {
  /** The name of the whole group, unless told. */
  name?: string | undefined;
  /** "exclusive" unticks the others: for "none of these". */
  behaviour?: 'exclusive' | undefined;
}

export interface CheckboxesProps {
  name: string;
  items: ItemList<CheckboxItem>;
  /** The values that are ticked; an item's own `checked: false` wins. */
  values?: readonly (string | number)[] | undefined;
  /** The name, unless told. */
  idPrefix?: string | undefined;
  fieldset?: FieldsetOptions | undefined;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  describedBy?: string | undefined;
  formGroup?: ControlsFormGroupOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A question to which several answers may be given. */
export function Checkboxes(props: CheckboxesProps) {
  const { name, idPrefix = name, values, fieldset, hint, errorMessage, formGroup } = props;
  const description = { id: idPrefix, hint, errorMessage };
  const describedBy = describedByIds(fieldset?.describedBy || props.describedBy, description);
  const content = (
    <>
      <ControlDescription {...description} />
      <div
        class={classNames('govuk-checkboxes', props.classes)}
        data-module="govuk-checkboxes"
        {...props.attributes}
      >
        {formGroup?.beforeInputs}
        {props.items.map((item, index) => {
          if (!item) return null;
          const id = selectableItemId(item, idPrefix, index);
          const isListed = item.value !== undefined && values?.includes(item.value);
          return (
            <SelectableItemRow
              key={id}
              kind="checkbox"
              item={item}
              id={id}
              name={item.name || name}
              isChecked={item.checked ?? isListed ?? false}
              describedBy={fieldset ? undefined : describedBy}
              behaviour={item.behaviour}
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
        <Fieldset {...fieldset} describedBy={describedBy}>
          {content}
        </Fieldset>
      ) : (
        content
      )}
    </FormGroup>
  );
}
