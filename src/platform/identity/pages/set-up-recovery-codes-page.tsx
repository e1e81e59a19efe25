import { z } from 'zod';
import { Form } from '../../forms/form.tsx';
import { Button } from '../../govuk/index.ts';
import { openPage, redirect, type Shown, show } from '../../http/page.ts';
import type { Service } from '../../service.ts';
import { finishSetUp, openSetUp, type SetUpStep, sealSetUp } from '../account-set-up.ts';
import { showDeadLink } from './dead-link.tsx';
import { RecoveryCodeList } from './recovery-code-list.tsx';

/** The last step: the recovery codes are kept, and then everything is written at once. */
export const setUpRecoveryCodesPage = openPage({
  path: '/set-up-account/recovery-codes',
  for: 'everybody',
  form: z.object({ step: z.string().default('') }),

  async get() {
    return showDeadLink();
  },

  async post({ tx, service, visitor }, { step }) {
    const chosen = openSetUp(service, visitor.browser, 'recovery-codes', step);
    if (!chosen || !(await finishSetUp(tx, service, chosen))) return showDeadLink();
    return redirect('/sign-in', {
      notice: 'Your account is set up. Sign in with the next code your app shows',
    });
  },
});

/** The page that shows the codes, after the app was proved. */
export function showSetUpRecoveryCodes(
  service: Service,
  browser: string,
  chosen: SetUpStep<'recovery-codes'>,
): Shown {
  return show(
    'Keep your recovery codes',
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">Step 3 of 3</span>
        <h1 class="govuk-heading-l">Keep your recovery codes</h1>
        <RecoveryCodeList codes={chosen.recoveryCodes} />
        <Form action="/set-up-account/recovery-codes">
          <input type="hidden" name="step" value={sealSetUp(service, browser, 'recovery-codes', chosen)} />
          <Button preventDoubleClick>I have kept them</Button>
        </Form>
      </div>
    </div>,
    { plain: true },
  );
}
