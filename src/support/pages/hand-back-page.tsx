import { z } from 'zod';
import { reasonsOf } from '../../organisations/index.ts';
import { findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf } from '../../reference/code-lists.ts';
import { HANDED_BACK_ALREADY, handBackAllocation } from '../answer-allocation.ts';
import { findAllocation } from '../caseload-queries.ts';
import { allocationAddress } from './allocation-addresses.ts';

const MOST_WHY = 2000;

/** Hands a young person back to the coordinators, with a reason. */
export const handBackPage = page({
  path: '/allocations/:allocation/hand-back',
  for: ['provider-manager'],
  params: z.object({ allocation: z.uuid() }),
  form: z.object({
    reason: z.string().max(100).default(''),
    why: text({ called: 'What the coordinator should know', most: MOST_WHY, lines: 'many' }),
  }),

  async get({ tx, params, entry }) {
    const allocation = await findAllocation(tx, params.allocation);
    const person = allocation && (await findPerson(tx, allocation.personId));
    if (!allocation || !person || allocation.endedAt !== null) return missing();
    await recordLook(tx, {
      action: 'view-allocation',
      subject: { kind: 'allocation', id: allocation.id },
      personId: person.id,
    });
    const typed = entry();
    const reasons = await reasonsOf(tx, 'hand-back');
    return show(
      'Hand them back',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <h1 class="govuk-heading-l">Hand them back</h1>
        <p class="govuk-body">
          The young person waits for another provider, with the time they have waited already. The coordinator
          is told.{' '}
          {allocation.takenUpAt === null
            ? 'Nobody of your provider can open the record then.'
            : 'Your team can read the record for 28 days more.'}
        </p>
        <Form autosave>
          <ChoiceQuestion
            name="reason"
            label="Why can you not support them?"
            entry={typed}
            options={optionsOf(reasons.filter(({ isRetired }) => !isRetired))}
          />
          <LongTextQuestion
            name="why"
            label="What should the coordinator know? (optional)"
            entry={typed}
            most={MOST_WHY}
          />
          <Button preventDoubleClick>Hand them back</Button>
        </Form>
      </>,
      { backTo: allocationAddress(allocation.id) },
    );
  },

  async post({ tx, service, params }, { reason, why }) {
    const reasons = await reasonsOf(tx, 'hand-back');
    if (!reasons.some(({ code, isRetired }) => code === reason && !isRetired))
      return refuse({ field: 'reason', message: 'Choose why you cannot support them' });
    const outcome = await handBackAllocation(tx, params.allocation, { reason, why }, service.clock);
    if (outcome.kind === 'missing') return missing();
    // Somebody was faster: the page says that it ended, when and why, unless nothing of it is the provider's any more.
    if (outcome.kind !== 'done')
      return (await findAllocation(tx, params.allocation))
        ? redirect(allocationAddress(params.allocation))
        : redirect('/caseload', { notice: HANDED_BACK_ALREADY });
    return redirect('/caseload', { notice: 'The young person is handed back, and the coordinator is told' });
  },
});
