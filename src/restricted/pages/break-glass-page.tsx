import { z } from 'zod';
import { parseReference, personAddress } from '../../people/index.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { Button, WarningText } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { nameKey } from '../../platform/text/name-key.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { groundsForOpening, PROVED_WITHIN } from '../restricted.ts';
import { breakGlass, type Sought } from '../restriction-commands.ts';
import { mayBreakGlass } from '../who-restricts.ts';

const MOST_REASON = 2_000;

/** Opens a record for an hour to somebody who does not work with the young person. */
export const breakGlassPage = page({
  path: '/break-glass',
  for: mayBreakGlass,
  provedWithin: PROVED_WITHIN,
  form: z.object({
    reference: text({ called: 'Reference', most: 30 }),
    name: text({ called: 'Full name', most: 300 }),
    born: date({ called: 'Date of birth' }),
    ground: choice(codesOf(groundsForOpening), 'Choose what the emergency is'),
    reason: text({
      called: 'Why you need the record',
      most: MOST_REASON,
      needed: 'Enter why you need the record now',
      lines: 'many',
    }),
  }),

  async get({ entry }) {
    const typed = entry();
    const title = 'Open a record in an emergency';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">
            If somebody is in danger now, call{' '}
            <a class="govuk-link" href="tel:999">
              999
            </a>{' '}
            first.
          </p>
          <WarningText>
            The data protection lead is told at once and reviews every use. The record is open to you for one
            hour.
          </WarningText>
          <Form>
            <TextQuestion
              name="reference"
              label="Reference"
              hint="Such as HW-7K2M-9P4X. If you do not have it, give the full name and the date of birth"
              width="short"
              entry={typed}
            />
            <TextQuestion
              name="name"
              label="Full name (if you have no reference)"
              hint="First name and family name, spelt as they are on the record"
              entry={typed}
            />
            <DateQuestion name="born" label="Date of birth (if you have no reference)" entry={typed} />
            <ChoiceQuestion
              name="ground"
              label="What is the emergency?"
              entry={typed}
              options={optionsOf(groundsForOpening)}
            />
            <LongTextQuestion
              name="reason"
              label="Why do you need the record now?"
              hint="Who asked, and what you will do with what you learn"
              most={MOST_REASON}
              entry={typed}
            />
            <Button preventDoubleClick>Open the record for one hour</Button>
          </Form>
        </div>
      </div>,
      { backTo: '/search' },
    );
  },

  async post({ tx }, form) {
    const sought = whomSought(form);
    if ('fault' in sought) return refuse(sought.fault);
    if (form.reason.length < 10)
      return refuse({ field: 'reason', message: 'Say more of why you need the record now: a sentence' });
    const personId = await breakGlass(tx, sought, form.ground, form.reason);
    if (personId === null) {
      return refuse({
        field: 'reference' in sought ? 'reference' : 'name',
        message:
          'No record can be opened with this. Check what you typed; if it is right, ring the operations manager',
      });
    }
    return redirect(personAddress(personId), { notice: 'The record is open to you for one hour' });
  },
});

function whomSought(form: {
  reference: string;
  name: string;
  born: PlainDate | null;
}): Sought | { fault: { field: string; message: string } } {
  if (form.reference !== '') {
    const reference = parseReference(form.reference);
    return reference === undefined
      ? { fault: { field: 'reference', message: 'Enter a reference like HW-7K2M-9P4X' } }
      : { reference };
  }
  const key = nameKey(form.name);
  if (!key.includes(' '))
    return { fault: { field: 'name', message: 'Enter a reference, or a first name and a family name' } };
  if (form.born === null)
    return { fault: { field: 'born', message: 'Enter their date of birth, or give a reference' } };
  return { nameKey: key, born: form.born };
}
