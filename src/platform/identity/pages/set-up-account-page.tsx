import { z } from 'zod';
import type { Entry } from '../../forms/entry.ts';
import { Faults, Form } from '../../forms/form.tsx';
import { Button, PasswordInput } from '../../govuk/index.ts';
import { interlude, openPage, refuse, type Shown, show } from '../../http/page.ts';
import { findLinkOwner, type LinkOwner, openSetUp, sealSetUp } from '../account-set-up.ts';
import { newTotpSecret } from '../one-time-code.ts';
import { hashPassword, passwordFault } from '../password.ts';
import { showDeadLink } from './dead-link.tsx';
import { showSetUpApp } from './set-up-app-page.tsx';

/**
 * Where the link of an invitation or a reset leads: the first of three steps, a password. Opening it changes nothing, and
 * neither does any step before the last. Only this first address carries the token: it goes on in a sealed field.
 */
export const setUpAccountPage = openPage({
  path: '/set-up-account',
  for: 'everybody',
  query: z.object({ token: z.string().max(100).optional() }),
  form: z.object({
    step: z.string().default(''),
    password: z.string().default(''),
    repeated: z.string().default(''),
  }),

  async get({ tx, service, visitor, query, entry }) {
    const form = entry();
    const token =
      openSetUp(service, visitor.browser, 'password', form.value('step'))?.token ?? query.token ?? '';
    const owner = await findLinkOwner(tx, service, token);
    if (!owner) return showDeadLink();
    return passwordPage(sealSetUp(service, visitor.browser, 'password', { token }), owner, form);
  },

  async post({ tx, service, visitor }, { step, password, repeated }) {
    const begun = openSetUp(service, visitor.browser, 'password', step);
    const owner = begun && (await findLinkOwner(tx, service, begun.token));
    if (!begun || !owner) return showDeadLink();
    const fault = passwordFault(password, { emailAddress: owner.email, serviceName: 'Homeward' });
    if (fault) return refuse({ field: 'password', message: fault.message });
    if (password !== repeated)
      return refuse({ field: 'repeated', message: 'Enter the same password in both boxes' });
    return interlude(async () => {
      const passwordHash = await hashPassword(password);
      return async () =>
        showSetUpApp(service, visitor.browser, {
          token: begun.token,
          accountId: owner.accountId,
          email: owner.email,
          passwordHash,
          totpSecret: newTotpSecret(),
        });
    });
  },
});

function passwordPage(step: string, owner: LinkOwner, entry: Entry): Shown {
  const title = owner.purpose === 'reset' ? 'Set up your account again' : 'Set up your account';
  return show(
    title,
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Faults entry={entry} />
        <span class="govuk-caption-l">Step 1 of 3</span>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          For <strong dir="auto">{owner.name}</strong>, {owner.email}. You need about five minutes and a
          telephone, tablet or computer with an authenticator app, such as the one your organisation uses.
        </p>
        <Form action="/set-up-account">
          <input type="hidden" name="step" value={step} />
          {/* Tells a password manager which account this is. */}
          <input type="hidden" name="username" value={owner.email} autocomplete="username" />
          <PasswordInput
            name="password"
            label={{ text: 'Choose a password' }}
            hint={{ text: '12 characters or more. Three words that do not belong together are good.' }}
            autocomplete="new-password"
            errorMessage={faultOf(entry, 'password')}
          />
          <PasswordInput
            name="repeated"
            label={{ text: 'Type it again' }}
            autocomplete="new-password"
            showPasswordAriaLabelText="Show password typed again"
            errorMessage={faultOf(entry, 'repeated')}
          />
          <Button preventDoubleClick>Continue</Button>
        </Form>
      </div>
    </div>,
    { plain: true },
  );
}

function faultOf(entry: Entry, field: string) {
  const fault = entry.fault(field);
  return fault === undefined ? undefined : { text: fault };
}
