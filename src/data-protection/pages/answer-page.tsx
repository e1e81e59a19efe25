import { z } from 'zod';
import { londonDate } from '../../platform/clock/london-time.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { optionsOf } from '../../reference/code-lists.ts';
import { answerRequest } from '../request-commands.ts';
import { currentProcessingRestriction, findRightsRequest } from '../request-queries.ts';
import { outcomes } from '../rights-request.ts';
import { requestAddress } from './request-address.ts';

const MOST = 2_000;
const TITLE = 'Record the answer';

/** What was decided and why; or that they do not ask any more. */
export const answerRightsRequestPage = page({
  path: '/rights-requests/:request/answer',
  for: ['data-protection-lead'],
  params: z.object({ request: z.uuid() }),
  form: z.object({
    outcome: choice(['granted', 'granted-in-part', 'refused', 'withdrawn'], 'Choose how it was answered'),
    decision: text({
      called: 'What was decided and why',
      most: MOST,
      needed: 'Enter what was decided and why',
      lines: 'many',
    }),
  }),
  async get({ tx, params, entry }) {
    const request = await findRightsRequest(tx, params.request);
    if (request?.stage !== 'open') return missing();
    const typed = entry();
    return show(
      TITLE,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{TITLE}</h1>
        <Form>
          <ChoiceQuestion
            name="outcome"
            label="How was it answered?"
            entry={typed}
            options={[
              ...optionsOf(outcomes),
              { value: 'withdrawn', text: 'They do not ask for it any more' },
            ]}
          />
          <LongTextQuestion
            name="decision"
            label="What was decided, and why?"
            hint="Where it was not all done: the exemption relied on, and that they were told how to complain"
            most={MOST}
            entry={typed}
          />
          <Button preventDoubleClick>Save the answer</Button>
        </Form>
      </>,
      { backTo: requestAddress(request.id) },
    );
  },
  async post({ tx, service, params }, { outcome, decision }) {
    const request = await findRightsRequest(tx, params.request);
    if (!request) return missing();
    if ((outcome === 'granted' || outcome === 'granted-in-part') && request.identityCheckedOn === null) {
      return refuse({
        field: 'outcome',
        message:
          'It is not known yet who asks: record how their identity was checked before you do what they ask',
      });
    }
    const answered = await answerRequest(tx, request, {
      outcome: outcome === 'withdrawn' ? null : outcome,
      decision,
      answeredOn: londonDate(service.clock.now()),
    });
    if (!answered) return refuse({ field: 'outcome', message: 'This request was answered already' });
    const { personId } = request;
    // What was restricted while it was decided is not restricted for ever.
    if (personId !== null && (await currentProcessingRestriction(tx, personId)))
      return redirect(requestAddress(request.id, 'processing'), {
        notice: 'The answer is saved. Processing is still restricted: lift that here, unless it is to stay',
      });
    return redirect(requestAddress(request.id), { notice: 'The answer is saved' });
  },
});
