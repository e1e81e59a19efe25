import { z } from 'zod';
import { Faults, Form } from '../../forms/form.tsx';
import { Button } from '../../govuk/index.ts';
import { interlude, page, redirect, refuse, show } from '../../http/page.ts';
import {
  changePassword,
  findOwnAccount,
  findOwnPassword,
  isOwnPassword,
  settleOwnCredentials,
} from '../own-credentials.ts';
import { hashPassword, passwordFault } from '../password.ts';
import { staffRoles } from '../staff-roles.ts';
import {
  CredentialQuestions,
  credentialFields,
  SecretQuestion,
  secretFault,
  WRONG_CREDENTIALS,
} from './credential-questions.tsx';

const USED = 'That code was used before: wait until your app shows the next one';

/** Another password, by somebody who knows the present one and has the app. Everybody else is signed out. */
export const accountPasswordPage = page({
  path: '/account/password',
  for: staffRoles,
  form: z.object({
    ...credentialFields,
    _chosen: z.string().default('').pipe(z.string().min(1, 'Enter a new password')),
    _repeated: z.string().default(''),
  }),

  async get({ entry }) {
    const form = entry();
    return show(
      'Change your password',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">Change your password</h1>
          <p class="govuk-body">You stay signed in here, and are signed out everywhere else.</p>
          <Form>
            <CredentialQuestions entry={form} label="Password you have now" />
            <SecretQuestion
              name="_chosen"
              label="New password"
              hint="12 characters or more. Three words that do not belong together are good."
              autocomplete="new-password"
              entry={form}
            />
            <SecretQuestion
              name="_repeated"
              label="New password again"
              autocomplete="new-password"
              entry={form}
            />
            <Button preventDoubleClick>Change password</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/account' },
    );
  },

  async post(ground, { _password, _code, _chosen, _repeated }) {
    const own = await findOwnAccount(ground.tx);
    const fault = passwordFault(_chosen, { emailAddress: own.email, serviceName: 'Homeward' });
    if (fault) return refuse(secretFault('_chosen', fault.message));
    if (_chosen !== _repeated)
      return refuse(secretFault('_repeated', 'Enter the same password in both boxes'));
    const held = await findOwnPassword(ground);
    return interlude(async () => {
      const right = await isOwnPassword(ground, held, _password);
      const chosenHash = right ? await hashPassword(_chosen) : '';
      return async (later) => {
        const both = await settleOwnCredentials(later, { held, right }, _code);
        if (!both) return refuse(secretFault('_password', WRONG_CREDENTIALS));
        if (!(await changePassword(later, both.step, chosenHash))) return refuse(secretFault('_code', USED));
        return redirect('/account', { notice: 'Your password is changed' });
      };
    });
  },
});
