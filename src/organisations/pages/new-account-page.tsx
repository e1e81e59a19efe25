import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { addAccount, sendSetUpLink } from '../account-commands.ts';
import { PROVED_WITHIN } from './administering.ts';

/** An account for one person, who is sent a link to set it up. It can do nothing until a role is asked for and given. */
export const newAccountPage = page({
  path: '/accounts/new',
  for: ['administrator'],
  provedWithin: PROVED_WITHIN,
  form: z.object({
    name: text({ called: 'Name', most: 200, needed: 'Enter their name' }),
    email: text({ called: 'Email address', most: 254, needed: 'Enter their work email address' }).pipe(
      z.email('Enter an email address in the right form, like name@example.org'),
    ),
  }),

  async get({ entry }) {
    const form = entry();
    return show(
      'Add an account',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">Add an account</h1>
          <p class="govuk-body">
            For one person, who works with the service. We send them a link to choose a password and add the
            service to their authenticator app; it works for 3 days. People who only refer young people need
            no account.
          </p>
          <Form>
            <TextQuestion
              name="name"
              label="Name"
              hint="As colleagues know them."
              autocomplete="off"
              width="half"
              entry={form}
            />
            <TextQuestion
              name="email"
              label="Work email address"
              hint="Their own: an account is never shared."
              type="email"
              autocomplete="off"
              width="half"
              entry={form}
            />
            <Button preventDoubleClick>Add and invite</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/accounts' },
    );
  },

  async post({ tx, service }, person) {
    const account = await addAccount(tx, person);
    if (account === null)
      return refuse({ field: 'email', message: 'There is an account with this email address already' });
    await sendSetUpLink(tx, service, account, { purpose: 'invitation' });
    return redirect(`/accounts/${account}`, {
      notice: 'The account is added and an invitation is on its way',
    });
  },
});
