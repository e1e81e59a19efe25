import { z } from 'zod';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { placeHold } from '../disposal-commands.ts';
import { readReference } from '../retention.ts';
import { disposalAddress } from './disposal-address.ts';
import { NOT_A_REFERENCE, typedReference } from './typed-reference.ts';

const MOST_REASON = 500;

/** Keeps a record however long it has been kept. */
export const holdPage = page({
  path: '/disposal/holds/new',
  for: ['data-protection-lead', 'operations-manager'],
  form: z.object({
    reference: typedReference,
    reason: text({
      called: 'Why',
      most: MOST_REASON,
      needed: 'Enter why the record must be kept',
      lines: 'many',
    }),
  }),
  async get({ entry }) {
    const shown = entry();
    const title = 'Place a legal hold';
    return show(
      title,
      <>
        <Faults entry={shown} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          A record that a court, an inquiry or a claim may need is not destroyed, whoever has approved it,
          until the hold is lifted.
        </p>
        <Form>
          <TextQuestion
            name="reference"
            label="Reference"
            hint="Such as HW-23BC-9XZW"
            width="short"
            entry={shown}
          />
          <LongTextQuestion
            name="reason"
            label="Why must it be kept?"
            hint="Such as the court and the number of the case. Do not name the young person."
            most={MOST_REASON}
            rows={3}
            entry={shown}
          />
          <Button preventDoubleClick>Place the hold</Button>
        </Form>
      </>,
      { backTo: disposalAddress() },
    );
  },
  async post({ tx, asker }, { reference: typed, reason }) {
    const reference = readReference(typed);
    if (reference === null) return refuse({ field: 'reference', message: NOT_A_REFERENCE });
    const placed = await placeHold(tx, asker, { reference, reason });
    if (!placed.done) return refuse({ field: 'reference', message: placed.why });
    return redirect(disposalAddress(), { notice: 'The legal hold is placed' });
  },
});
