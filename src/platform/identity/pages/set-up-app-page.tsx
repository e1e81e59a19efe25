import { z } from 'zod';
import { Entry } from '../../forms/entry.ts';
import { text } from '../../forms/fields.ts';
import { Faults, Form } from '../../forms/form.tsx';
import { TextQuestion } from '../../forms/questions.tsx';
import { Button } from '../../govuk/index.ts';
import { openPage, refuse, type Shown, show } from '../../http/page.ts';
import type { Service } from '../../service.ts';
import { openSetUp, type SetUpStep, sealSetUp } from '../account-set-up.ts';
import { checkTotp, totpUri } from '../one-time-code.ts';
import { qrCode } from '../one-time-code-qr.ts';
import { newRecoveryCodes } from '../recovery-codes.ts';
import { showDeadLink } from './dead-link.tsx';
import { showSetUpRecoveryCodes } from './set-up-recovery-codes-page.tsx';

/** The second step: a key for the authenticator app, proved by a code that the app makes with it. */
export const setUpAppPage = openPage({
  path: '/set-up-account/app',
  for: 'everybody',
  form: z.object({
    step: z.string().default(''),
    code: text({ called: 'Code', most: 20, needed: 'Enter the code that your app shows' }),
  }),

  async get({ service, visitor, entry }) {
    const form = entry();
    const begun = openSetUp(service, visitor.browser, 'app', form.value('step'));
    return begun ? appPage(form.value('step'), begun, form) : showDeadLink();
  },

  async post({ service, visitor }, { step, code }) {
    const begun = openSetUp(service, visitor.browser, 'app', step);
    if (!begun) return showDeadLink();
    const right = checkTotp(begun.totpSecret, code, service.clock.now(), null);
    if (!right) {
      return refuse({
        field: 'code',
        message:
          'The code is not the one that this key gives now. Check that the time on your device is right, and type the code your app shows now',
      });
    }
    return showSetUpRecoveryCodes(service, visitor.browser, {
      token: begun.token,
      accountId: begun.accountId,
      passwordHash: begun.passwordHash,
      totpSecret: begun.totpSecret,
      totpStep: right.step,
      recoveryCodes: newRecoveryCodes(),
    });
  },
});

/** The page that gives the key, after the password was chosen. */
export function showSetUpApp(service: Service, browser: string, begun: SetUpStep<'app'>): Shown {
  return appPage(sealSetUp(service, browser, 'app', begun), begun, new Entry());
}

function appPage(step: string, { email, totpSecret }: SetUpStep<'app'>, entry: Entry): Shown {
  const { size, path } = qrCode(totpUri({ issuer: 'Homeward', account: email, secret: totpSecret }));
  return show(
    'Add Homeward to your app',
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Faults entry={entry} />
        <span class="govuk-caption-l">Step 2 of 3</span>
        <h1 class="govuk-heading-l">Add Homeward to your app</h1>
        <p class="govuk-body">
          In your authenticator app choose to add an account, and scan this picture with the app, not with
          your camera.
        </p>
        <svg
          role="img"
          aria-label="Picture for an authenticator app to scan"
          width="232"
          height="232"
          viewBox={`0 0 ${size} ${size}`}
          shape-rendering="crispEdges"
        >
          <rect width={size} height={size} fill="#ffffff" />
          <path d={path} fill="#000000" />
        </svg>
        <h2 class="govuk-heading-s govuk-!-margin-top-4">If you cannot scan it</h2>
        <p class="govuk-body">
          Choose to type a key instead. It is time-based, and the key is{' '}
          <strong class="hw-code">{totpSecret.replace(/(.{4})(?=.)/g, '$1 ')}</strong>
        </p>
        <Form action="/set-up-account/app">
          <input type="hidden" name="step" value={step} />
          <TextQuestion
            name="code"
            label="Code that the app shows now"
            hint="Six numbers. This makes sure that it works."
            autocomplete="one-time-code"
            inputmode="numeric"
            width="short"
            entry={entry}
          />
          <Button preventDoubleClick>Continue</Button>
        </Form>
      </div>
    </div>,
    { plain: true },
  );
}
