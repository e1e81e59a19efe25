import { z } from 'zod';
import { Faults, Form } from '../../forms/form.tsx';
import { Button } from '../../govuk/index.ts';
import { interlude, page, redirect, refuse, show } from '../../http/page.ts';
import { localPath } from '../local-path.ts';
import { findOwnPassword, isOwnPassword, proveAgain, settleOwnCredentials } from '../own-credentials.ts';
import { SESSION_HOURS } from '../sign-in.ts';
import { staffRoles } from '../staff-roles.ts';
import {
  CredentialQuestions,
  credentialFields,
  secretFault,
  WRONG_CREDENTIALS,
} from './credential-questions.tsx';

/** Proving again who one is, before an act that a forgotten open browser must not be enough for. */
export const signInAgainPage = page({
  path: '/sign-in-again',
  for: staffRoles,
  query: z.object({ return: z.string().optional() }),
  form: z.object(credentialFields),

  async get({ entry }) {
    const form = entry();
    return show(
      'Sign in again',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">Sign in again</h1>
          <p class="govuk-body">
            What you are about to do needs you to show again that it is you. What you had typed is kept.
          </p>
          <Form>
            <CredentialQuestions entry={form} />
            <Button preventDoubleClick>Continue</Button>
          </Form>
        </div>
      </div>,
    );
  },

  async post(ground, { _password: password, _code: code }) {
    const held = await findOwnPassword(ground);
    return interlude(async () => {
      const right = await isOwnPassword(ground, held, password);
      return async (later) => {
        const both = await settleOwnCredentials(later, { held, right }, code);
        const token = both && (await proveAgain(later, both.step));
        if (!token) return refuse(secretFault('_password', WRONG_CREDENTIALS));
        return redirect(localPath(later.query.return) ?? '/', { session: { token, hours: SESSION_HOURS } });
      };
    });
  },
});
