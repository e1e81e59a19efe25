import { z } from 'zod';
import { choice } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { endApprover } from '../partner-commands.ts';
import { findPartner } from '../partner-queries.ts';
import { reasons } from '../reasons.ts';
import { PROVED_WITHIN } from './administering.ts';

/** Somebody speaks for an organisation no more. */
export const endApproverPage = page({
  path: '/partners/:organisation/approvers/:approver/end',
  for: ['administrator'],
  provedWithin: PROVED_WITHIN,
  params: z.object({ organisation: z.uuid(), approver: z.uuid() }),
  form: z.object({ reason: choice(codesOf(reasons.endApprover), 'Choose why') }),

  async get({ tx, params, entry }) {
    const partner = await findPartner(tx, params.organisation);
    const approver = partner?.approvers.find(({ id }) => id === params.approver);
    if (!partner || !approver) return missing();
    const form = entry();
    const title = 'Stop them speaking for it';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={form} />
          <span class="govuk-caption-l" dir="auto">
            {approver.name}, {partner.name}
          </span>
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">They approve no more roles there. Roles they have given stay.</p>
          <Form>
            <ChoiceQuestion
              name="reason"
              label="Why?"
              entry={form}
              options={optionsOf(reasons.endApprover)}
            />
            <Button preventDoubleClick classes="govuk-button--warning">
              Stop them
            </Button>
          </Form>
        </div>
      </div>,
      { backTo: `/partners/${partner.id}` },
    );
  },

  async post({ tx, params }, { reason }) {
    if (!(await endApprover(tx, params.organisation, params.approver, reason)))
      return refuse({ field: 'reason', message: 'They do not speak for it any more' });
    return redirect(`/partners/${params.organisation}`, { notice: 'They speak for it no more' });
  },
});
