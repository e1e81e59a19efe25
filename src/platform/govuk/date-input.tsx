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
import { Input } from './input.tsx';

export interface DateInputItem {
  name?: string | undefined;
  /** The name with a capital letter, unless told. */
  label?: string | undefined;
  value?: string | number | undefined;
  id?: string | undefined;
  /** Whether it is this part that is wrong; the first time none says so, all are marked. */
  error?: boolean | undefined;
  inputmode?: string | undefined;
  autocomplete?: string | undefined;
  pattern?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface DateInputProps {
  id: string;
  /** Put before each part's name with a hyphen: "born" gives "born-day". */
  namePrefix?: string | undefined;
  /** What was typed, by full name; `day`, `month` and `year` serve too. */
  values?: Readonly<Record<string, string | number | undefined>> | undefined;
  day?: DateInputItem | false | undefined;
  month?: DateInputItem | false | undefined;
  year?: DateInputItem | false | undefined;
  /** Instead of day, month and year: other parts, or another order. */
  items?: ItemList<DateInputItem> | undefined;
  fieldset?: FieldsetOptions | undefined;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  formGroup?: ControlsFormGroupOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

type Part = 'day' | 'month' | 'year';

/** A date that the person knows by heart, in three boxes. */
export function DateInput(props: DateInputProps) {
  const { id, fieldset, hint, errorMessage, formGroup } = props;
  const items = dateItems(props);
  const errorIsNamed = items.some((item) => item && isMarked(item));
  const description = { id, hint, errorMessage };
  const content = (
    <>
      <ControlDescription {...description} />
      <div class={classNames('govuk-date-input', props.classes)} id={id || undefined} {...props.attributes}>
        {formGroup?.beforeInputs}
        {items.map(
          (item, index) =>
            item && <DateInputPart key={index} date={props} item={item} errorIsNamed={errorIsNamed} />,
        )}
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
        // Without the role JAWS does not read out the description of a fieldset of text inputs.
        <Fieldset {...fieldset} describedBy={describedByIds(fieldset.describedBy, description)} role="group">
          {content}
        </Fieldset>
      ) : (
        content
      )}
    </FormGroup>
  );
}

interface DateInputPartProps {
  date: DateInputProps;
  item: DateInputItem;
  errorIsNamed: boolean;
}

function DateInputPart({ date, item, errorIsNamed }: DateInputPartProps) {
  const part = partOf(date, item);
  const ownPart = part && date[part];
  const name = item.name ?? part ?? '';
  const fullName = date.namePrefix ? `${date.namePrefix}-${name}` : name;
  const hasError = isMarked(item) || (item.error !== false && Boolean(date.errorMessage) && !errorIsNamed);
  return (
    <div class="govuk-date-input__item">
      <Input
        label={{ text: item.label || capitalised(name), classes: 'govuk-date-input__label' }}
        id={item.id || `${date.id}-${name}`}
        name={fullName}
        classes={classNames(
          'govuk-date-input__input',
          hasError && !item.classes?.includes('govuk-input--error') && 'govuk-input--error',
          !item.classes?.includes('govuk-input--width-') && `govuk-input--width-${part === 'year' ? 4 : 2}`,
          item.classes,
        )}
        value={item.value ?? (ownPart ? ownPart.value : undefined) ?? date.values?.[fullName]}
        type="text"
        inputmode={item.inputmode || 'numeric'}
        autocomplete={item.autocomplete}
        pattern={item.pattern}
        attributes={item.attributes}
      />
    </div>
  );
}

function dateItems({ items, values, day, month, year }: DateInputProps): ItemList<DateInputItem> {
  if (items?.length) return items;
  return [
    day ?? { name: 'day', value: values?.day },
    month ?? { name: 'month', value: values?.month },
    year ?? { name: 'year', value: values?.year },
  ];
}

/** Which part of a date an item is, by being it or by its name. */
function partOf(date: DateInputProps, item: DateInputItem): Part | undefined {
  return (['day', 'month', 'year'] as const).find((part) => {
    const own = date[part];
    return item === own || (item.name && (item.name === part || (own && item.name === own.name)));
  });
}

function isMarked(item: DateInputItem): boolean {
  return Boolean(item.error || item.classes?.includes('govuk-input--error'));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}
