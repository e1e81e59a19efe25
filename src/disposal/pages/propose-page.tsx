import { z } from 'zod';
import { londonDate } from '../../platform/clock/london-time.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { proposeDisposal } from '../disposal-commands.ts';
import { findRetention } from '../disposal-queries.ts';
import { grounds, readReference } from '../retention.ts';
import { disposalAddress } from './disposal-address.ts';
import { NOT_A_REFERENCE, typedReference } from './typed-reference.ts';

const MOST_NOTE = 500;

/** The first person's word: which record, and why. */
export const proposePage = page({
  path: '/disposal/propose',
  for: ['data-protection-lead', 'operations-manager'],
  query: z.object({ subject: z.uuid().optional().catch(undefined) }),
  form: z.object({
    reference: typedReference,
    ground: choice(['retention-ended', 'erasure-requested', 'recorded-in-error'], 'Choose why it is to go'),
    note: text({ called: 'Note', most: MOST_NOTE, lines: 'many' }),
  }),
  async get({ tx, query, entry }) {
    const due = query.subject === undefined ? null : await findRetention(tx, query.subject);
    const shown = entry(due ? { reference: due.reference, ground: 'retention-ended' } : {});
    const title = 'Propose a disposal';
    return show(
      title,
      <>
        <Faults entry={shown} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Everything about the young person goes: their record, referrals, case notes and all earlier
          versions. What can be counted stays, without anything that says who it was. This cannot be undone.
        </p>
        <Form>
          <TextQuestion
            name="reference"
            label="Reference"
            hint="Such as HW-23BC-9XZW"
            width="short"
            entry={shown}
          />
          <ChoiceQuestion
            name="ground"
            label="Why is it to go?"
            entry={shown}
            options={grounds.map(({ code, text: words }) => ({ value: code, text: words }))}
          />
          <LongTextQuestion
            name="note"
            label="Note for the second person (optional)"
            hint="Do not name the young person. The note goes with the record. Needed where it should never have been recorded: say why"
            most={MOST_NOTE}
            rows={3}
            entry={shown}
          />
          <Button preventDoubleClick>Propose</Button>
        </Form>
      </>,
      { backTo: disposalAddress() },
    );
  },
  async post({ tx, asker, service }, form) {
    const reference = readReference(form.reference);
    if (reference === null) return refuse({ field: 'reference', message: NOT_A_REFERENCE });
    const proposed = await proposeDisposal(
      tx,
      asker,
      { ...form, reference },
      londonDate(service.clock.now()),
    );
    if (!proposed.done) return refuse({ field: proposed.field ?? 'reference', message: proposed.why });
    return redirect(disposalAddress(), {
      notice: 'The disposal is proposed, and a second person has to decide',
    });
  },
});
