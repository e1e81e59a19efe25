import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { roleInWords } from '../../platform/identity/role-words.ts';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import { decideRole, endRole, reviewRole } from '../account-commands.ts';
import { findRolesToAnswerFor, type RoleToAnswerFor } from '../account-queries.ts';
import { PROVED_WITHIN } from './administering.ts';

const waiting = [
  {
    value: 'approve',
    text: 'Approve',
    hint: 'I know who they are, and that they need this role for their work.',
  },
  { value: 'refuse', text: 'Refuse' },
];
const given = [
  { value: 'keep', text: 'They still need it', hint: 'It is looked at again in a quarter.' },
  { value: 'end', text: 'End it', hint: 'They are signed out wherever they are at work in it.' },
];

/** One role that the person who looks answers for: to be given or refused, or looked at again. */
export const approvalPage = page({
  path: '/approvals/:role',
  for: staffRoles,
  provedWithin: PROVED_WITHIN,
  params: z.object({ role: z.uuid() }),
  form: z.object({ decision: choice(['approve', 'refuse', 'keep', 'end'], 'Choose one') }),

  async get({ tx, params, entry }) {
    const [role] = await findRolesToAnswerFor(tx, { id: params.role, most: 1 });
    if (!role) return missing();
    const form = entry();
    const title = role.approvedAt ? 'Do they still need this role?' : 'Should they have this role?';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">{title}</h1>
          <AboutRole role={role} />
          <Form>
            <ChoiceQuestion
              name="decision"
              label="Your decision"
              entry={form}
              options={role.approvedAt ? given : waiting}
            />
            <Button preventDoubleClick>Save</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/approvals' },
    );
  },

  async post({ tx, params }, { decision }) {
    const done = {
      approve: () => decideRole(tx, params.role, true),
      refuse: () => decideRole(tx, params.role, false),
      keep: () => reviewRole(tx, params.role),
      end: () => endRole(tx, params.role, 'no-longer-needed'),
    };
    const [role] = await findRolesToAnswerFor(tx, { id: params.role, most: 1 });
    if (!role) return missing();
    if (!(await done[decision]()))
      return refuse({
        field: 'decision',
        message: 'Somebody has decided this meanwhile: see what it is now',
      });
    const notices = {
      approve: 'The role is given',
      refuse: 'The role is refused',
      keep: 'The role is reviewed',
      end: 'The role has ended',
    };
    return redirect('/approvals', { notice: notices[decision] });
  },
});

function AboutRole({ role }: { role: RoleToAnswerFor }) {
  return (
    <SummaryList
      rows={[
        { key: { text: 'Who' }, value: { text: <span dir="auto">{role.accountName}</span> } },
        { key: { text: 'Email address' }, value: { text: role.email } },
        { key: { text: 'Role' }, value: { text: roleInWords[role.role] } },
        {
          key: { text: 'Where' },
          value: { text: [role.organisation, role.team].filter(Boolean).join(', ') },
        },
        role.areas.length > 0 && { key: { text: 'For' }, value: { text: role.areas.join(', ') } },
        {
          key: { text: 'Asked for' },
          value: {
            text: `By ${role.requestedBy ?? 'the person who runs the server'} on ${formatLondon(role.requestedAt)}`,
          },
        },
        role.approvedAt && { key: { text: 'Given' }, value: { text: formatLondon(role.approvedAt) } },
      ]}
    />
  );
}
