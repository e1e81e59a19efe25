import { type Attributes, classNames, i18nAttributes } from './attributes.ts';
import { Button } from './button.tsx';
import type { ErrorMessageOptions } from './error-message.tsx';
import type { ControlFormGroupOptions } from './form-group.tsx';
import type { HintOptions } from './hint.tsx';
import { Input } from './input.tsx';
import type { LabelOptions } from './label.tsx';

export interface PasswordInputProps {
  name: string;
  /** The name, unless told. */
  id?: string | undefined;
  value?: string | undefined;
  label: LabelOptions;
  hint?: HintOptions | undefined;
  errorMessage?: ErrorMessageOptions | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  /** "current-password" unless told; "new-password" where one is chosen. */
  autocomplete?: string | undefined;
  showPasswordText?: string | undefined;
  hidePasswordText?: string | undefined;
  showPasswordAriaLabelText?: string | undefined;
  hidePasswordAriaLabelText?: string | undefined;
  passwordShownAnnouncementText?: string | undefined;
  passwordHiddenAnnouncementText?: string | undefined;
  button?: { classes?: string | undefined } | undefined;
  formGroup?: ControlFormGroupOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A password, with a button that shows what was typed where there is a script. */
export function PasswordInput(props: PasswordInputProps) {
  const { name, id = name, formGroup } = props;
  return (
    <Input
      id={id}
      name={name}
      type="password"
      value={props.value}
      label={props.label}
      hint={props.hint}
      errorMessage={props.errorMessage}
      disabled={props.disabled}
      describedBy={props.describedBy}
      autocomplete={props.autocomplete || 'current-password'}
      autocapitalize="none"
      spellcheck={false}
      classes={classNames('govuk-password-input__input govuk-js-password-input-input', props.classes)}
      attributes={props.attributes}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      formGroup={{
        classes: classNames('govuk-password-input', formGroup?.classes),
        attributes: {
          'data-module': 'govuk-password-input',
          ...i18nAttributes({
            'show-password': props.showPasswordText,
            'hide-password': props.hidePasswordText,
            'show-password-aria-label': props.showPasswordAriaLabelText,
            'hide-password-aria-label': props.hidePasswordAriaLabelText,
            'password-shown-announcement': props.passwordShownAnnouncementText,
            'password-hidden-announcement': props.passwordHiddenAnnouncementText,
          }),
          ...formGroup?.attributes,
        },
        beforeInput: formGroup?.beforeInput,
        afterInput: (
          <>
            <Button
              type="button"
              classes={classNames(
                'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
                props.button?.classes,
              )}
              attributes={{
                'aria-controls': id,
                'aria-label': props.showPasswordAriaLabelText ?? 'Show password',
                hidden: true,
              }}
            >
              {props.showPasswordText ?? 'Show'}
            </Button>
            {formGroup?.afterInput}
          </>
        ),
      }}
    />
  );
}
