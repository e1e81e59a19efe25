import { z } from 'zod';
import type { Entry } from '../../forms/entry.ts';
import type { Fault } from '../../forms/fault.ts';
import { text } from '../../forms/fields.ts';
import { Input, PasswordInput } from '../../govuk/index.ts';

/** A password typed again. The names begin with `_`, so that neither is ever kept as something typed and not sent. */
export const credentialFields = {
  _password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'Enter your password'),
  _code: text({ called: 'Code', most: 20, needed: 'Enter the code that your app shows' }),
};

export const WRONG_CREDENTIALS =
  'The password or the code is not right, or the code was used before. A code works once: wait until your app shows the next one. After 5 wrong tries the account is locked for 15 minutes or more';

/** A rule's refusal of a secret: the control's id is the name without its `_`. */
export const secretFault = (field: `_${string}`, message: string): Fault => ({
  field,
  message,
  control: field.slice(1),
});

/** The questions that prove who somebody is, once more. */
export function CredentialQuestions({ entry, label = 'Password' }: { entry: Entry; label?: string }) {
  return (
    <>
      <SecretQuestion name="_password" label={label} entry={entry} />
      <Input
        name="_code"
        id="code"
        label={{ text: 'Code from your authenticator app' }}
        hint={{ text: 'Six numbers. They change every 30 seconds.' }}
        errorMessage={faultOf(entry, '_code')}
        autocomplete="one-time-code"
        inputmode="numeric"
        classes="govuk-input--width-10"
        spellcheck={false}
      />
    </>
  );
}

interface SecretQuestionProps {
  name: `_${string}`;
  label: string;
  entry: Entry;
  hint?: string;
  /** What a password manager is to put in. */
  autocomplete?: 'current-password' | 'new-password';
}

/** A password, which is never shown again nor kept. */
export function SecretQuestion({ name, label, entry, hint, autocomplete }: SecretQuestionProps) {
  return (
    <PasswordInput
      name={name}
      id={name.slice(1)}
      label={{ text: label }}
      hint={hint === undefined ? undefined : { text: hint }}
      autocomplete={autocomplete}
      showPasswordAriaLabelText={`Show: ${label}`}
      errorMessage={faultOf(entry, name)}
    />
  );
}

function faultOf(entry: Entry, field: string) {
  const fault = entry.fault(field);
  return fault === undefined ? undefined : { text: fault };
}
