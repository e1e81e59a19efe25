import { z } from 'zod';
import { parseReference } from '../../people/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, partsOf } from '../../platform/clock/plain-date.ts';
import { date, MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { recordProgress } from '../request-commands.ts';
import { findRightsRequest, personWithReference, referenceOf } from '../request-queries.ts';
import { requestAddress } from './request-address.ts';

const MOST = 500;
const TITLE = 'Record what was done';

/** Whose record it is, that it is known who asks, that it was acknowledged, and why it takes longer. */
export const requestProgressPage = page({
  path: '/rights-requests/:request/progress',
  for: ['data-protection-lead'],
  params: z.object({ request: z.uuid() }),
  form: z.object({
    version: z.coerce.number().int().min(0).max(MOST_INTEGER),
    reference: text({ called: 'Reference', most: 40 }),
    checked: date({ called: 'The day their identity was checked' }),
    how: text({ called: 'How their identity was checked', most: MOST, lines: 'many' }),
    acknowledged: date({ called: 'The day it was acknowledged' }),
    because: text({ called: 'Why it takes longer', most: MOST, lines: 'many' }),
  }),
  async get({ tx, params, entry }) {
    const request = await findRightsRequest(tx, params.request);
    if (request?.stage !== 'open') return missing();
    const typed = entry({
      version: String(request.version),
      reference: request.personId === null ? '' : ((await referenceOf(tx, request.personId)) ?? ''),
      ...typedDate('checked', request.identityCheckedOn),
      how: request.identityHow,
      ...typedDate('acknowledged', request.acknowledgedOn),
      because: request.extendedBecause,
    });
    return show(
      TITLE,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{TITLE}</h1>
        <Form>
          <input type="hidden" name="version" value={typed.value('version')} />
          <TextQuestion
            name="reference"
            label="Reference of the young person's record (optional)"
            width="half"
            autocomplete="off"
            entry={typed}
          />
          <DateQuestion name="checked" label="When was it known who asks? (optional)" entry={typed} />
          <LongTextQuestion
            name="how"
            label="How was their identity checked? (optional)"
            hint="Such as a document, or a worker who knows them. The month begins when it was checked"
            most={MOST}
            rows={2}
            entry={typed}
          />
          <DateQuestion name="acknowledged" label="When was it acknowledged? (optional)" entry={typed} />
          <LongTextQuestion
            name="because"
            label="Why does it take two months longer? (optional)"
            hint="Only where it is complex or one of several. They are told why within the first month"
            most={MOST}
            rows={2}
            entry={typed}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: requestAddress(request.id) },
    );
  },
  async post({ tx, service, params }, { version, reference, checked, how, acknowledged, because }) {
    const request = await findRightsRequest(tx, params.request);
    if (request?.stage !== 'open') return missing();
    const read = parseReference(reference);
    const personId = read === undefined ? null : await personWithReference(tx, read);
    if (reference !== '' && personId === null)
      return refuse({ field: 'reference', message: 'No record has this reference: check it' });
    const today = londonDate(service.clock.now());
    const isPossible = (day: PlainDate | null) => day === null || (day >= request.receivedOn && day <= today);
    if (!isPossible(checked))
      return refuse({ field: 'checked', message: 'The day must be between the request and today' });
    if (!isPossible(acknowledged))
      return refuse({ field: 'acknowledged', message: 'The day must be between the request and today' });
    if (checked !== null && how === '')
      return refuse({ field: 'how', message: 'Enter how their identity was checked' });
    if (checked === null && how !== '')
      return refuse({ field: 'checked', message: 'Enter the day their identity was checked' });
    const saved = await recordProgress(tx, request, version, {
      personId,
      identityCheckedOn: checked,
      identityHow: how,
      acknowledgedOn: acknowledged,
      extendedBecause: because,
    });
    if (!saved)
      return refuse({
        field: 'reference',
        message: 'Somebody changed this request meanwhile: look at it again before you save',
      });
    return redirect(requestAddress(request.id), { notice: 'What was done is saved' });
  },
});

function typedDate(name: string, day: PlainDate | null): Record<string, string> {
  if (day === null) return {};
  const [year, month, dayOfMonth] = partsOf(day);
  return {
    [`${name}-day`]: String(dayOfMonth),
    [`${name}-month`]: String(month),
    [`${name}-year`]: String(year),
  };
}
