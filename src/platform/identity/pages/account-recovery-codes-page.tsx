import { z } from 'zod';
import { Form } from '../../forms/form.tsx';
import { Button } from '../../govuk/index.ts';
import { page, redirect, show } from '../../http/page.ts';
import { replaceRecoveryCodes } from '../own-credentials.ts';
import { newRecoveryCodes } from '../recovery-codes.ts';
import { openStep, sealStep } from '../sealed-step.ts';
import { staffRoles } from '../staff-roles.ts';
import { RecoveryCodeList } from './recovery-code-list.tsx';

/** Minutes in which codes that were shown can be taken. */
const MINUTES = 30;
const binding = (sessionId: string) => ({ purpose: 'recovery-codes', holder: sessionId });

/** New recovery codes: shown first, and in place of the old ones only once they are kept. */
export const accountRecoveryCodesPage = page({
  path: '/account/recovery-codes',
  for: staffRoles,
  provedWithin: 10,
  // Begins with `_`, so that codes are never kept as something typed and not sent.
  form: z.object({ _codes: z.string().default('') }),

  async get({ service, asker }) {
    const codes = newRecoveryCodes();
    return show(
      'New recovery codes',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">New recovery codes</h1>
          <p class="govuk-body">
            These take the place of the ones you have when you press the button. Until then your old ones
            work.
          </p>
          <RecoveryCodeList codes={codes} />
          <Form>
            <input type="hidden" name="_codes" value={sealStep(service, binding(asker.sessionId), codes)} />
            <Button preventDoubleClick>I have kept them</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/account' },
    );
  },

  async post({ tx, service, asker }, { _codes }) {
    const codes = openStep(service, binding(asker.sessionId), _codes, {
      minutes: MINUTES,
      schema: z.array(z.string()),
    });
    if (!codes) return redirect('/account/recovery-codes');
    await replaceRecoveryCodes({ tx, service, asker }, codes);
    return redirect('/account', { notice: 'Your new recovery codes work from now on' });
  },
});
