import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import { nameApprover } from '../partner-commands.ts';
import { findPartner } from '../partner-queries.ts';
import { PROVED_WITHIN } from './administering.ts';

/** Names who speaks for an organisation: by one who does, or an administrator, who only asks where those who did are gone. */
export const newApproverPage = page({
  path: '/partners/:organisation/approvers/new',
  for: staffRoles,
  provedWithin: PROVED_WITHIN,
  params: z.object({ organisation: z.uuid() }),
  form: z.object({
    email: text({ called: 'Email address', most: 254, needed: 'Enter the email address of their account' }),
  }),

  async get({ tx, asker, params, entry }) {
    const partner = await findPartner(tx, params.organisation);
    const { approvers = [] } = partner ?? {};
    const isTheirs =
      approvers.length === 0
        ? asker.role === 'administrator'
        : approvers.some(({ id }) => id === asker.accountId);
    if (!partner || !isTheirs) return missing();
    const form = entry();
    const title = 'Name who speaks for this organisation';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <span class="govuk-caption-l" dir="auto">
            {partner.name}
          </span>
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">
            They approve or refuse roles of its people, and look at them again each quarter. They cannot be an
            administrator, and never decide about themselves.
          </p>
          {approvers.length === 0 && (
            <p class="govuk-body">
              They must have no role with another partner. Where somebody has spoken for the organisation
              before, somebody who speaks for the service confirms it.
            </p>
          )}
          <Form>
            <TextQuestion
              name="email"
              label="Email address of their account"
              type="email"
              autocomplete="off"
              width="half"
              entry={form}
            />
            <Button preventDoubleClick>Name them</Button>
          </Form>
        </div>
      </div>,
      { backTo: asker.role === 'administrator' ? `/partners/${partner.id}` : '/approvals' },
    );
  },

  async post({ tx, asker, params }, { email }) {
    const done = await nameApprover(tx, params.organisation, email);
    if (done === null)
      return refuse({
        field: 'email',
        message:
          'This must be the account of somebody who is no administrator, is not closed, does not speak for it already, is not asked for already and has no role with another partner',
      });
    if (done === 'nobody-to-confirm')
      return refuse({
        field: 'email',
        message:
          'Nobody speaks for the service who could confirm this: whoever runs the server adds somebody who does, by command',
      });
    return redirect(asker.role === 'administrator' ? `/partners/${params.organisation}` : '/approvals', {
      notice:
        done === 'named'
          ? 'They speak for the organisation from now on'
          : 'It is asked for: somebody who speaks for the service confirms it',
    });
  },
});
