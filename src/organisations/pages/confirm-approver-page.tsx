import { z } from 'zod';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { staffRoles } from '../../platform/identity/staff-roles.ts';
import { decideApprover } from '../partner-commands.ts';
import { findApproversToConfirm } from '../partner-queries.ts';
import { PROVED_WITHIN } from './administering.ts';

/** Somebody who speaks for the service confirms whom an administrator asked for, where an organisation has nobody left. */
export const confirmApproverPage = page({
  path: '/approvals/approvers/:request',
  for: staffRoles,
  provedWithin: PROVED_WITHIN,
  params: z.object({ request: z.uuid() }),
  form: z.object({ decision: choice(['confirm', 'refuse'], 'Choose one') }),

  async get({ tx, params, entry }) {
    const [asked] = await findApproversToConfirm(tx, params.request);
    if (!asked) return missing();
    const form = entry();
    const title = 'Should they speak for this organisation?';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <h1 class="govuk-heading-l">{title}</h1>
          <SummaryList
            rows={[
              { key: { text: 'Organisation' }, value: { text: <bdi>{asked.organisation}</bdi> } },
              { key: { text: 'Who' }, value: { text: <bdi>{asked.accountName}</bdi> } },
              { key: { text: 'Email address' }, value: { text: asked.email } },
              {
                key: { text: 'Asked for' },
                value: { text: `By ${asked.askedBy} on ${formatLondon(asked.askedAt)}` },
              },
            ]}
          />
          <p class="govuk-body">
            Nobody speaks for the organisation any more. Whoever does gives its people the roles in which they
            read records, so ask the organisation itself whether this is who they chose.
          </p>
          <Form>
            <ChoiceQuestion
              name="decision"
              label="Your decision"
              entry={form}
              options={[
                { value: 'confirm', text: 'Confirm', hint: 'The organisation has told me that it is them.' },
                { value: 'refuse', text: 'Refuse' },
              ]}
            />
            <Button preventDoubleClick>Save</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/approvals' },
    );
  },

  async post({ tx, params }, { decision }) {
    if (!(await decideApprover(tx, params.request, decision === 'confirm')))
      return refuse({
        field: 'decision',
        message: 'This cannot be done any more: somebody speaks for it already, or has another role now',
      });
    return redirect('/approvals', {
      notice: decision === 'confirm' ? 'They speak for the organisation from now on' : 'It is refused',
    });
  },
});
