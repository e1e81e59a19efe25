import { type Attributes, classNames, i18nAttributes, type PluralMessages } from './attributes.ts';
import type { ErrorMessageOptions } from './error-message.tsx';
import {
  ControlDescription,
  type ControlFormGroupOptions,
  describedByIds,
  FormGroup,
} from './form-group.tsx';
import type { HintOptions } from './hint.tsx';
import { ControlLabel, type LabelOptions } from './label.tsx';

export interface FileUploadProps {
  name: string;
  /** The name, unless told. */
  id?: string | undefined;
  label: LabelOptions;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  disabled?: boolean | undefined;
  multiple?: boolean | undefined;
  describedBy?: string | undefined;
  /** Whether a script may turn it into an area that files can be dropped on. */
  javascript?: boolean | undefined;
  chooseFilesButtonText?: string | undefined;
  noFileChosenText?: string | undefined;
  multipleFilesChosenText?: PluralMessages | undefined;
  dropInstructionText?: string | undefined;
  enteredDropZoneText?: string | undefined;
  leftDropZoneText?: string | undefined;
  wrapperClasses?: string | undefined;
  wrapperAttributes?: Attributes | undefined;
  formGroup?: ControlFormGroupOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A file from the person's own machine. */
export function FileUpload(props: FileUploadProps) {
  const { name, id = name, label, hint, errorMessage, formGroup } = props;
  const description = { id, hint, errorMessage };
  const input = (
    <input
      class={classNames('govuk-file-upload', props.classes, errorMessage && 'govuk-file-upload--error')}
      id={id}
      name={name}
      type="file"
      disabled={props.disabled}
      multiple={props.multiple}
      aria-describedby={describedByIds(props.describedBy, description)}
      {...props.attributes}
    />
  );
  return (
    <FormGroup
      hasError={Boolean(errorMessage)}
      classes={formGroup?.classes}
      attributes={formGroup?.attributes}
    >
      <ControlLabel id={id} label={label} />
      <ControlDescription {...description} />
      {formGroup?.beforeInput}
      {props.javascript ? (
        <div
          class={classNames('govuk-file-upload-wrapper', props.wrapperClasses)}
          data-module="govuk-file-upload"
          {...i18nAttributes({
            'choose-files-button': props.chooseFilesButtonText,
            'no-file-chosen': props.noFileChosenText,
            'multiple-files-chosen': props.multipleFilesChosenText,
            'drop-instruction': props.dropInstructionText,
            'entered-drop-zone': props.enteredDropZoneText,
            'left-drop-zone': props.leftDropZoneText,
          })}
          {...props.wrapperAttributes}
        >
          {input}
        </div>
      ) : (
        input
      )}
      {formGroup?.afterInput}
    </FormGroup>
  );
}
