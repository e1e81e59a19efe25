import { z } from 'zod';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, show } from '../../platform/http/page.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { type StaffRole, staffRoles } from '../../platform/identity/staff-roles.ts';
import { findAccount } from '../account-queries.ts';
import { newRolePlacePage } from './new-role-place-page.tsx';

const sees: Record<StaffRole, string> = {
  spoc: 'Referrals of the young people their borough is responsible for.',
  coordinator: 'Every referral of their areas; decides them and allocates.',
  analyst: 'Referrals, and what they are asked to check; no case notes.',
  caseworker: 'The people allocated to their team, and their case notes.',
  'provider-manager': "Their provider's people, and what it recorded.",
  'gender-consultant': 'The consultations they are asked for, and the people in them.',
  'operations-manager': 'Everything in the service, each look recorded.',
  'data-protection-lead': 'Who has looked at what; no record.',
  administrator: 'Accounts and partners; no record.',
};

/** The first of two questions of asking for a role: which. */
export const newRolePage = page({
  path: '/accounts/:account/roles/new',
  for: ['administrator'],
  params: z.object({ account: z.uuid() }),
  form: z.object({ role: choice(staffRoles as [StaffRole, ...StaffRole[]], 'Choose a role') }),

  async get({ tx, params, entry }) {
    const account = await findAccount(tx, params.account);
    if (!account || account.disabledAt) return missing();
    const form = entry();
    return show(
      'Ask for a role',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <span class="govuk-caption-l" dir="auto">
            {account.name}
          </span>
          <h1 class="govuk-heading-l">Ask for a role</h1>
          <p class="govuk-body">
            You ask; whoever speaks for their organisation gives it. Until then they cannot use it.
          </p>
          <Form>
            <ChoiceQuestion
              name="role"
              label="Which role?"
              entry={form}
              options={staffRoles.map((role) => ({
                value: role,
                text: roleInWords[role],
                hint: sees[role],
              }))}
            />
            <Button>Continue</Button>
          </Form>
        </div>
      </div>,
      { backTo: `/accounts/${account.id}` },
    );
  },

  async post({ tx, params }, { role }) {
    const account = await findAccount(tx, params.account);
    if (!account || account.disabledAt) return missing();
    return redirect(newRolePlacePage.url({ account: params.account, role }));
  },
});
