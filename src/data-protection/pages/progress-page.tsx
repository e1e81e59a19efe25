import { z } from 'zod';
import { parseReference } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import {
  amendmentShape,
  answerAmendment,
  choicesIn,
  dateAsTyped,
  dateControls,
} from '../../platform/forms/amendment.tsx';
import { date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { type AmendmentOutcome, fieldsOf } from '../../platform/history/document.ts';
import { missing, page, refuse, show } from '../../platform/http/page.ts';
import { referencesOf } from '../access-queries.ts';
import { recordProgress } from '../request-commands.ts';
import {
  type ProgressField,
  progressDocument,
  progressFieldInWords,
  progressValueInWords,
} from '../request-progress.ts';
import { findRightsRequest, personWithReference, referenceOf } from '../request-queries.ts';
import { requestAddress } from './request-address.ts';

const MOST = 500;
const fields = fieldsOf(progressDocument);
const TITLE = 'Record what was done';

/** Whose record it is, that it is known who asks, that it was acknowledged, and why it takes longer. */
export const requestProgressPage = page({
  path: '/rights-requests/:request/progress',
  for: ['data-protection-lead'],
  params: z.object({ request: z.uuid() }),
  form: z.object({
    ...amendmentShape(fields),
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
      ...dateAsTyped('checked', request.identityCheckedOn ?? ''),
      how: request.identityHow,
      ...dateAsTyped('acknowledged', request.acknowledgedOn ?? ''),
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
  async post({ tx, service, params, entry }, form) {
    const { reference, checked, how, acknowledged, because } = form;
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
    const outcome = await recordProgress(tx, request, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => ({
        personId: personId ?? '',
        identityCheckedOn: checked ?? '',
        identityHow: how,
        acknowledgedOn: acknowledged ?? '',
        extendedBecause: because,
      }),
    });
    return await answerAmendment(outcome, {
      called: 'this request',
      entry: entry(),
      controls: ['reference', ...dateControls('checked'), 'how', ...dateControls('acknowledged'), 'because'],
      fieldInWords: progressFieldInWords,
      valueInWords: progressValueInWords(await referencesOf(tx, recordsIn(outcome))),
      seen: form.seen,
      leaveTo: requestAddress(request.id),
      notices: { saved: 'What was done is saved' },
      look: () =>
        recordLook(tx, {
          action: 'view-rights-request',
          subject: { kind: 'rights-request', id: request.id },
          personId: request.personId,
        }),
    });
  },
});

/** The records that two people have named for one request. */
const recordsIn = (outcome: AmendmentOutcome<ProgressField>): string[] =>
  outcome.kind === 'changed-meanwhile'
    ? outcome.differences
        .filter(({ field }) => field === 'personId')
        .flatMap(({ base, theirs, mine }) => [base, theirs, mine])
        .filter((id) => id !== '')
    : [];
