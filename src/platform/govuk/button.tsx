import type { ComponentChildren } from 'preact';
import { type Attributes, classNames } from './attributes.ts';

export interface ButtonProps {
  children?: ComponentChildren;
  id?: string | undefined;
  name?: string | undefined;
  value?: string | undefined;
  type?: 'submit' | 'button' | 'reset' | undefined;
  /** Makes a link that looks like a button: for going somewhere, never for doing something. */
  href?: string | undefined;
  disabled?: boolean | undefined;
  preventDoubleClick?: boolean | undefined;
  /** For the one button that starts a service. */
  isStartButton?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Does something: sends a form or, with an address, goes to where something is done. */
export function Button(props: ButtonProps) {
  const { children, id, name, value, type = 'submit', href, disabled, attributes, isStartButton } = props;
  const common = {
    class: classNames('govuk-button', props.classes, isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    id: id || undefined,
    ...attributes,
  };
  // A start button lays its content out in a flexible box, which would swallow the spaces between elements.
  const label = isStartButton && typeof children !== 'string' ? <span>{children}</span> : children;
  if (href) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: an address that can be opened in a new tab, for doing something there
      <a href={href} role="button" draggable={false} {...common}>
        {label}
        {isStartButton && <StartIcon />}
      </a>
    );
  }
  return (
    <button
      type={type}
      value={value || undefined}
      name={name || undefined}
      disabled={disabled}
      aria-disabled={disabled ? 'true' : undefined}
      data-prevent-double-click={props.preventDoubleClick}
      {...common}
    >
      {label}
      {isStartButton && <StartIcon />}
    </button>
  );
}

function StartIcon() {
  return (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  );
}
