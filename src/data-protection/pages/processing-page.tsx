import { z } from 'zod';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { liftProcessingRestriction, restrictProcessing } from '../request-commands.ts';
import { currentProcessingRestriction, findRightsRequest } from '../request-queries.ts';
import { requestAddress } from './request-address.ts';

const MOST = 500;

/** Restricts the processing of a record (article 18), or lifts that. */
export const processingPage = page({
  path: '/rights-requests/:request/processing',
  for: ['data-protection-lead'],
  params: z.object({ request: z.uuid() }),
  form: z.object({
    why: text({ called: 'Why', most: MOST, lines: 'many' }),
    /** The restriction that the page offered to lift; empty where it offered to restrict. */
    lifts: z.union([z.uuid(), z.literal('')]).default(''),
  }),
  async get({ tx, params, entry }) {
    const request = await findRightsRequest(tx, params.request);
    if (!request || request.personId === null) return missing();
    const typed = entry();
    const current = await currentProcessingRestriction(tx, request.personId);
    const title = current ? 'Lift the restriction of processing' : 'Restrict processing';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        {current ? (
          <p class="govuk-body" id="lifts">
            Restricted since {formatDate(current.since)}:{' '}
            <span class="hw-text" dir="auto">
              {current.why}
            </span>
            . Tell them before it is lifted.
          </p>
        ) : (
          <p class="govuk-body" id="lifts">
            The record is kept, and everybody who opens it is told that it may be used for nothing but a legal
            claim, the protection of somebody, or what the young person agrees to.
          </p>
        )}
        <Form>
          <input type="hidden" name="lifts" value={current?.id ?? ''} />
          {!current && (
            <LongTextQuestion
              name="why"
              label="Why is it restricted?"
              hint="Everybody who opens the record reads this"
              most={MOST}
              rows={3}
              entry={typed}
            />
          )}
          <Button preventDoubleClick>{current ? 'Lift it' : 'Restrict processing'}</Button>
        </Form>
      </>,
      { backTo: requestAddress(request.id) },
    );
  },
  async post({ tx, service, params }, { why, lifts }) {
    const request = await findRightsRequest(tx, params.request);
    if (!request || request.personId === null) return missing();
    const { personId } = request;
    const today = londonDate(service.clock.now());
    const current = await currentProcessingRestriction(tx, personId);
    // One button does the one or the other: an old page, or a form sent again, must not undo what it asked for.
    if ((current?.id ?? '') !== lifts)
      return refuse({
        field: 'lifts',
        message: current
          ? 'Processing is restricted already: somebody did it since you opened this page'
          : 'The restriction is lifted already: somebody did it since you opened this page',
      });
    if (current) {
      await liftProcessingRestriction(tx, personId, today);
      return redirect(requestAddress(request.id), { notice: 'The restriction of processing is lifted' });
    }
    if (why === '') return refuse({ field: 'why', message: 'Enter why processing is restricted' });
    if (!(await restrictProcessing(tx, { requestId: request.id, personId, since: today, why })))
      return refuse({ field: 'why', message: 'Processing is restricted already' });
    return redirect(requestAddress(request.id), { notice: 'Processing is restricted' });
  },
});
