import { z } from 'zod';
import type { Transaction } from '../../platform/database/transaction.ts';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { endRole } from '../account-commands.ts';
import { countCasesOf, findAccount, findRolesOf } from '../account-queries.ts';
import { reasons } from '../reasons.ts';
import { PROVED_WITHIN } from './administering.ts';
import { LeftCases } from './left-cases.tsx';

/** Ends one role of an account, or takes back what was asked for. */
export const endRolePage = page({
  path: '/accounts/:account/roles/:role/end',
  for: ['administrator'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ account: z.uuid(), role: z.uuid() }),
  form: z.object({ reason: choice(codesOf(reasons.endRole), 'Choose why') }),

  async get({ tx, params, entry }) {
    const found = await findRoleOfAccount(tx, params);
    if (!found) return missing();
    const { account, role } = found;
    const form = entry();
    return show(
      'End this role',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <span class="govuk-caption-l" dir="auto">
            {account.name}
          </span>
          <h1 class="govuk-heading-l">End this role</h1>
          <p class="govuk-body">
            {roleInWords[role.role]}, {role.organisation}. Wherever they are at work in it they are signed out
            at once.
          </p>
          <LeftCases cases={await countCasesOf(tx, account.id, role.id)} />
          <Form>
            <ChoiceQuestion name="reason" label="Why?" entry={form} options={optionsOf(reasons.endRole)} />
            <Button preventDoubleClick classes="govuk-button--warning">
              End the role
            </Button>
          </Form>
        </div>
      </div>,
      { backTo: `/accounts/${account.id}` },
    );
  },

  async post({ tx, params }, { reason }) {
    if (!(await findRoleOfAccount(tx, params))) return missing();
    if (!(await endRole(tx, params.role, reason)))
      return refuse({ field: 'reason', message: 'This role has ended already' });
    return redirect(`/accounts/${params.account}`, { notice: 'The role has ended' });
  },
});

/** A role by the account that its address names: it is not there under another's. */
async function findRoleOfAccount(tx: Transaction, params: { account: string; role: string }) {
  const account = await findAccount(tx, params.account);
  const role = account && (await findRolesOf(tx, account.id)).find(({ id }) => id === params.role);
  return account && role ? { account, role } : null;
}
