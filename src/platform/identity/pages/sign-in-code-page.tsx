import { z } from 'zod';
import { Entry } from '../../forms/entry.ts';
import { text } from '../../forms/fields.ts';
import { Faults, Form } from '../../forms/form.tsx';
import { TextQuestion } from '../../forms/questions.tsx';
import { Button, Details } from '../../govuk/index.ts';
import { openPage, redirect, refuse, type Shown, show } from '../../http/page.ts';
import { openStep, sealStep } from '../sealed-step.ts';
import { openSession, SESSION_HOURS } from '../sign-in.ts';
import type { SignInGround } from '../sign-in-ground.ts';

/** Minutes between the right password and the code. */
const MINUTES = 5;
const REFUSED =
  'The code is not right, or was used before, or the account is locked. A code works once: wait until your app shows the next one. After 5 wrong tries the account is locked for 15 minutes or more';

const passwordProved = z.object({
  accountId: z.string(),
  email: z.string(),
  /** Where they were going. */
  returnTo: z.string().nullable(),
});

const binding = ({ visitor }: Pick<SignInGround, 'visitor'>) => ({
  purpose: 'sign-in',
  holder: visitor.browser,
});

/** The page that asks for the code, after the right password: that it was right is sealed in the form, and no session. */
export function showSignInCode(ground: SignInGround, proved: z.input<typeof passwordProved>): Shown {
  return codePage(sealStep(ground.service, binding(ground), proved), new Entry());
}

/** The second of two steps: the code that an app shows, or a recovery code. */
export const signInCodePage = openPage({
  path: '/sign-in/code',
  for: 'everybody',
  form: z.object({
    step: z.string().default(''),
    code: text({ called: 'Code', most: 20 }),
    recoveryCode: text({ called: 'Recovery code', most: 50 }),
  }),

  async get({ service, visitor, entry }) {
    const form = entry();
    const step = form.value('step');
    return readStep({ service, visitor }, step) ? codePage(step, form) : tooLate();
  },

  async post(ground, { step, code, recoveryCode }) {
    const proved = readStep(ground, step);
    if (!proved) return tooLate();
    if (code === '' && recoveryCode === '')
      return refuse({ field: 'code', message: 'Enter the code that your app shows' });
    const signedIn = await openSession(ground, proved, recoveryCode === '' ? { code } : { recoveryCode });
    switch (signedIn.state) {
      case 'refused':
        return refuse({ field: recoveryCode === '' ? 'code' : 'recoveryCode', message: REFUSED });
      case 'no-role':
        return noRole();
      case 'opened':
        return redirect(proved.returnTo ?? '/', { session: { token: signedIn.token, hours: SESSION_HOURS } });
    }
  },
});

function readStep(ground: Pick<SignInGround, 'service' | 'visitor'>, step: string) {
  return openStep(ground.service, binding(ground), step, { minutes: MINUTES, schema: passwordProved });
}

function codePage(step: string, entry: Entry): Shown {
  return show(
    'Enter your code',
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Faults entry={entry} />
        <h1 class="govuk-heading-l">Enter your code</h1>
        <Form action="/sign-in/code">
          <input type="hidden" name="step" value={step} />
          <TextQuestion
            name="code"
            label="Code from your authenticator app"
            hint="Six numbers. They change every 30 seconds."
            autocomplete="one-time-code"
            inputmode="numeric"
            width="short"
            entry={entry}
          />
          <Details summaryText="I do not have my app with me" open={entry.value('recoveryCode') !== ''}>
            <TextQuestion
              name="recoveryCode"
              label="Recovery code"
              hint="One of the ten you kept when you set up your account. Each works once."
              autocomplete="off"
              width="half"
              entry={entry}
            />
            <p class="govuk-body govuk-!-margin-bottom-0">
              If you have none left, ask an administrator of the service for a link to set up your account
              again.
            </p>
          </Details>
          <Button preventDoubleClick>Sign in</Button>
        </Form>
      </div>
    </div>,
    { plain: true },
  );
}

function tooLate(): Shown {
  return show(
    'Start signing in again',
    <>
      <h1 class="govuk-heading-l">Start signing in again</h1>
      <p class="govuk-body">
        The code has to follow the password within {MINUTES} minutes, in the same browser. Nothing was
        changed.
      </p>
      <Button href="/sign-in">Sign in</Button>
    </>,
    { plain: true },
  );
}

function noRole(): Shown {
  return show(
    'You have no role yet',
    <>
      <h1 class="govuk-heading-l">You have no role yet</h1>
      <p class="govuk-body">
        Your account is set up and both your password and your code are right. There is nothing to sign in to
        until the person who speaks for your organisation has approved a role for you.
      </p>
      <p class="govuk-body">Ask the person who invited you who that is.</p>
    </>,
    { plain: true },
  );
}
