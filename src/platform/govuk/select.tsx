import { type Attributes, classNames, type ItemList } from './attributes.ts';
import type { ErrorMessageOptions } from './error-message.tsx';
import {
  ControlDescription,
  type ControlFormGroupOptions,
  describedByIds,
  FormGroup,
} from './form-group.tsx';
import type { HintOptions } from './hint.tsx';
import { ControlLabel, type LabelOptions } from './label.tsx';

export interface SelectItem {
  text: string;
  /** The text, unless told. */
  value?: string | number | undefined;
  selected?: boolean | undefined;
  disabled?: boolean | undefined;
  attributes?: Attributes | undefined;
}

export interface SelectProps {
  name: string;
  /** The name, unless told. */
  id?: string | undefined;
  items: ItemList<SelectItem>;
  /** The value that is chosen; an item's own `selected: false` wins. */
  value?: string | number | undefined;
  label: LabelOptions;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  formGroup?: ControlFormGroupOptions | undefined;
  classes?: string | undefined;
  /** `'data-autocomplete': true` turns a long list into one that can be searched by typing. */
  attributes?: Attributes | undefined;
}

/** One answer from a list that is too long for radio buttons. */
export function Select(props: SelectProps) {
  const { name, id = name, items, value, label, hint, errorMessage, formGroup } = props;
  const description = { id, hint, errorMessage };
  return (
    <FormGroup
      hasError={Boolean(errorMessage)}
      classes={formGroup?.classes}
      attributes={formGroup?.attributes}
    >
      <ControlLabel id={id} label={label} />
      <ControlDescription {...description} />
      {formGroup?.beforeInput}
      <select
        class={classNames('govuk-select', props.classes, errorMessage && 'govuk-select--error')}
        id={id}
        name={name}
        disabled={props.disabled}
        aria-describedby={describedByIds(props.describedBy, description)}
        {...props.attributes}
      >
        {items.map((item, index) => {
          if (!item) return null;
          const isValue = Boolean(value) && String(item.value ?? item.text) === String(value);
          return (
            <option
              key={index}
              value={item.value === undefined ? undefined : String(item.value)}
              selected={item.selected ?? isValue}
              disabled={item.disabled}
              {...item.attributes}
            >
              {item.text}
            </option>
          );
        })}
      </select>
      {formGroup?.afterInput}
    </FormGroup>
  );
}
