import { z } from 'zod';
import { parseReference } from '../../people/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { addMonths } from '../../platform/clock/plain-date.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { recordRequest } from '../request-commands.ts';
import { personWithReference } from '../request-queries.ts';
import { askers, requestKinds } from '../rights-request.ts';
import { requestAddress } from './request-address.ts';
import { rightsRequestsPage } from './requests-page.tsx';

const MOST = 2_000;
const TITLE = 'Record a request';

/** A request by right, as it came in. */
export const newRightsRequestPage = page({
  path: '/rights-requests/new',
  for: ['data-protection-lead'],
  form: z.object({
    kind: choice(codesOf(requestKinds), 'Choose what they ask for'),
    received: date({ called: 'The day it was received', needed: 'Enter the day it was received' }),
    askedBy: choice(codesOf(askers), 'Choose who asks'),
    fromWhom: text({
      called: 'Name and address',
      most: 500,
      needed: 'Enter who asks, and where to answer',
      lines: 'many',
    }),
    what: text({ called: 'What they ask', most: MOST, needed: 'Enter what they ask', lines: 'many' }),
    reference: text({ called: 'Reference', most: 40 }),
  }),
  async get({ entry }) {
    const typed = entry();
    return show(
      TITLE,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{TITLE}</h1>
        <Form>
          <ChoiceQuestion
            name="kind"
            label="What do they ask for?"
            entry={typed}
            options={optionsOf(requestKinds)}
          />
          <DateQuestion
            name="received"
            label="When was it received?"
            hint="The day it reached anybody who works for the service, in writing or spoken"
            entry={typed}
          />
          <ChoiceQuestion name="askedBy" label="Who asks?" entry={typed} options={optionsOf(askers)} />
          <LongTextQuestion
            name="fromWhom"
            label="Their name, and where to answer"
            hint="An address or number that is safe for them"
            most={500}
            rows={3}
            entry={typed}
          />
          <LongTextQuestion name="what" label="What do they ask, in their words?" most={MOST} entry={typed} />
          <TextQuestion
            name="reference"
            label="Reference of the young person's record (optional)"
            hint="Like HW-7K2M-9P4X. It can be added later"
            width="half"
            autocomplete="off"
            entry={typed}
          />
          <Button preventDoubleClick>Save the request</Button>
        </Form>
      </>,
      { backTo: rightsRequestsPage.url() },
    );
  },
  async post({ tx, service }, { received, reference, ...form }) {
    const today = londonDate(service.clock.now());
    if (received === null || received > today || received < addMonths(today, -24))
      return refuse({ field: 'received', message: 'The day it was received must be in the last two years' });
    const read = parseReference(reference);
    const personId = read === undefined ? null : await personWithReference(tx, read);
    if (reference !== '' && personId === null)
      return refuse({ field: 'reference', message: 'No record has this reference: check it' });
    const id = await recordRequest(tx, { ...form, receivedOn: received, personId });
    return redirect(requestAddress(id), { notice: 'The request is saved' });
  },
});
