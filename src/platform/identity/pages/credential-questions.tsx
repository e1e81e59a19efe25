import { z } from 'zod';
import type { Entry } from '../../forms/entry.ts';
import { text } from '../../forms/fields.ts';
import { TextQuestion } from '../../forms/questions.tsx';
import { PasswordInput } from '../../govuk/index.ts';

/** A password typed again. The names begin with `_`, so that neither is ever kept as something typed and not sent. */
export const credentialFields = {
  _password: z.string('Enter your password').min(1, 'Enter your password').max(1000, 'Enter your password'),
  _code: text({ called: 'Code', most: 20, needed: 'Enter the code that your app shows' }),
};

export const WRONG_CREDENTIALS =
  'The password or the code is not right, or the code was used before. A code works once: wait until your app shows the next one. After 5 wrong tries the account is locked for 15 minutes or more';

/** The questions that prove who somebody is, once more. */
export function CredentialQuestions({ entry, label = 'Password' }: { entry: Entry; label?: string }) {
  const fault = entry.fault('_password');
  return (
    <>
      <PasswordInput
        name="_password"
        label={{ text: label }}
        errorMessage={fault === undefined ? undefined : { text: fault }}
      />
      <TextQuestion
        name="_code"
        label="Code from your authenticator app"
        hint="Six numbers. They change every 30 seconds."
        autocomplete="one-time-code"
        inputmode="numeric"
        width="short"
        entry={entry}
      />
    </>
  );
}
