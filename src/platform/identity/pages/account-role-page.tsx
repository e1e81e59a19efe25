import { z } from 'zod';
import type { Role } from '../../database/transaction.ts';
import { Faults, Form } from '../../forms/form.tsx';
import { ChoiceQuestion } from '../../forms/questions.tsx';
import { Button } from '../../govuk/index.ts';
import { page, redirect, refuse, show } from '../../http/page.ts';
import { roleInWords } from '../role-words.ts';
import { chooseRole, findOwnRoles, type GivenRole } from '../sessions.ts';
import { staffRoles } from '../staff-roles.ts';

/** Which of their roles somebody works in: one at a time, so that each look is made as somebody who may. */
export const accountRolePage = page({
  path: '/account/role',
  for: staffRoles,
  form: z.object({ role: z.uuid('Choose a role') }),

  async get({ tx, asker, entry }) {
    const roles = await findOwnRoles(tx, asker);
    const form = entry({ role: asker.grantId });
    return show(
      'Which role do you want to work in?',
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <Form>
            <h1 class="govuk-heading-l">Which role do you want to work in?</h1>
            <ChoiceQuestion
              name="role"
              label="Your roles"
              entry={form}
              options={roles.map((given) => ({
                value: given.id,
                text: roleInWords[given.role as Role],
                ...(placeOf(given) === '' ? {} : { hint: placeOf(given) }),
              }))}
            />
            <Button>Work in this role</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/account' },
    );
  },

  async post({ tx }, { role }) {
    if (!(await chooseRole(tx, role))) return refuse({ field: 'role', message: 'Choose one of your roles' });
    return redirect('/', { notice: 'You work in the role that you chose' });
  },
});

function placeOf({ organisation, team }: GivenRole): string {
  return [organisation, team].filter(Boolean).join(', ');
}
