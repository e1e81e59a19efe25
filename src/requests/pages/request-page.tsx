import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Role, Transaction } from '../../platform/database/transaction.ts';
import { date, MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { type Answer, missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { MOST_CHARACTERS, type RequestAct, whyNot } from '../request.ts';
import { requestAddress } from '../request-addresses.ts';
import { changeDueDate, type Outcome, withdrawRequest } from '../request-commands.ts';
import { type AskedRequest, consultationNotesOf, findingsOf, findRequest } from '../request-queries.ts';
import { ConsultationNotes } from './consultation-notes.tsx';
import { Findings } from './findings.tsx';
import { aboutInWords, TheAnswer, titleOf, WhatIsAsked } from './request-parts.tsx';

/** Who asks, and who watches over what is asked. */
export const askers = ['coordinator', 'caseworker', 'provider-manager'] as const satisfies readonly Role[];

/** The version of a request that a form was opened with. */
export const formVersion = z.coerce
  .number({ error: 'Open this page again: it is not known what it began from' })
  .int()
  .min(0)
  .max(MOST_INTEGER);

const params = z.object({ request: z.uuid() });

/** A request as whoever asked it reads it: where it stands, and the answer. */
export const requestPage = page({
  path: '/requests/:request',
  for: [...askers, 'operations-manager'],
  params,
  async get({ tx, asker, service, params }) {
    const request = await lookAtRequest(tx, params.request);
    if (!request) return missing();
    const today = londonDate(service.clock.now());
    const overseen = asker.role === 'operations-manager';
    const findings =
      overseen && request.kind === 'intelligence-check' ? await findingsOf(tx, request.id) : null;
    const notes =
      overseen && request.kind === 'consultation' ? await consultationNotesOf(tx, request.id) : null;
    return show(
      titleOf(request),
      <>
        <h1 class="govuk-heading-l">{titleOf(request)}</h1>
        <WhatIsAsked request={request} role={asker.role} today={today} />
        <TheAnswer request={request} heading="The answer" />
        {mayChange(request, asker.role) && request.state === 'open' && (
          <p class="govuk-body">
            <a class="govuk-link" href={requestAddress(request.id, 'due-date')}>
              Change the day it is due
            </a>
            <br />
            <a class="govuk-link" href={requestAddress(request.id, 'withdraw')}>
              Withdraw it
            </a>
          </p>
        )}
        {findings && <Findings findings={findings} />}
        {notes && <ConsultationNotes notes={notes} />}
      </>,
      { backTo: whereItWasAsked(request) },
    );
  },
});

/** Takes back what was asked, and says why. */
export const withdrawRequestPage = page({
  path: '/requests/:request/withdraw',
  for: askers,
  params,
  form: z.object({
    why: text({
      called: 'Why it is withdrawn',
      most: MOST_CHARACTERS.why,
      needed: 'Enter why it is withdrawn',
      lines: 'many',
    }),
    version: formVersion,
  }),
  async get({ tx, asker, params, entry }) {
    const request = await lookAtRequest(tx, params.request, {
      only: (found) => mayChange(found, asker.role),
    });
    if (!request) return missing();
    const typed = entry();
    const title = 'Withdraw what was asked';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          {titleOf(request)}: {aboutInWords(request.about)}
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        <TooLate request={request} act="withdraw" accountId={asker.accountId}>
          <p class="govuk-body">
            Nobody answers it then. Whoever has taken it is told, and it stays on record with your reason.
          </p>
          <Form>
            <input type="hidden" name="version" value={request.version} />
            <LongTextQuestion
              name="why"
              label="Why is it no longer needed?"
              entry={typed}
              most={MOST_CHARACTERS.why}
              rows={3}
            />
            <Button preventDoubleClick classes="govuk-button--warning">
              Withdraw it
            </Button>
          </Form>
        </TooLate>
      </>,
      { backTo: requestAddress(request.id) },
    );
  },
  async post({ tx, asker, service, params }, { why, version }) {
    const request = await findRequest(tx, params.request);
    if (!request) return missing();
    const done = await withdrawRequest(tx, { asker, clock: service.clock }, request, why, version);
    return answerTo(done, requestAddress(request.id), 'It is withdrawn');
  },
});

/** Gives more time for an answer, or less. */
export const requestDueDatePage = page({
  path: '/requests/:request/due-date',
  for: askers,
  params,
  form: z.object({
    dueOn: date({ called: 'The day it is due', needed: 'Enter the day it is due' }),
    version: formVersion,
  }),
  async get({ tx, asker, params, entry }) {
    const request = await lookAtRequest(tx, params.request, {
      only: (found) => mayChange(found, asker.role),
    });
    if (!request) return missing();
    const typed = entry();
    const title = 'Change the day it is due';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          {titleOf(request)}: {aboutInWords(request.about)}
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        <TooLate request={request} act="change-due-date" accountId={asker.accountId}>
          <Form>
            <input type="hidden" name="version" value={request.version} />
            <DateQuestion
              name="dueOn"
              label="By when do you need the answer?"
              hint={`It is due by ${formatDate(request.dueOn)} now`}
              entry={typed}
            />
            <Button preventDoubleClick>Change it</Button>
          </Form>
        </TooLate>
      </>,
      { backTo: requestAddress(request.id) },
    );
  },
  async post({ tx, asker, service, params }, { dueOn, version }) {
    const request = await findRequest(tx, params.request);
    if (!request) return missing();
    if (dueOn === null) return refuse({ field: 'dueOn', message: 'Enter the day it is due' });
    const done = await changeDueDate(tx, { asker, clock: service.clock }, request, dueOn, version);
    return answerTo(done, requestAddress(request.id), 'The day it is due is changed');
  },
});

/**
 * Finds a request for a page that shows it, and writes down that it was looked at.
 * @param which of which kind, and what else must be true of it for the page to show it.
 */
export async function lookAtRequest(
  tx: Transaction,
  id: string,
  which: { kind?: AskedRequest['kind']; only?: (found: AskedRequest) => boolean } = {},
): Promise<AskedRequest | null> {
  const request = await findRequest(tx, id, which.kind);
  if (!request || which.only?.(request) === false) return null;
  await recordLook(tx, {
    action: 'view-request',
    subject: { kind: 'request', id },
    personId: request.about.personId,
  });
  return request;
}

/** The id of what a page says of where a request stands: a form that came too late leads there. */
export const WHERE_IT_STANDS = 'where-it-stands';

/** What a page answers to what became of a command. */
export function answerTo(done: Outcome, to: string, notice: string): Answer {
  switch (done.outcome) {
    case 'missing':
      return missing();
    case 'refused':
      return refuse({
        field: done.field,
        message: done.why,
        control: { dueOn: 'dueOn-day', version: WHERE_IT_STANDS }[done.field] ?? done.field,
      });
    case 'done':
      return redirect(to, { notice });
  }
}

/** Coordinators stand in for each other, and so do those of one provider; neither for the other. */
const mayChange = ({ askedFor }: AskedRequest, role: Role): boolean =>
  role === 'coordinator' ? askedFor === null : role !== 'operations-manager';

const whereItWasAsked = ({ about }: AskedRequest): string =>
  about.referralId === null ? `/people/${about.personId}` : `/referrals/${about.referralId}`;

interface TooLateProps {
  request: AskedRequest;
  act: RequestAct;
  accountId: string;
  children: ComponentChildren;
}

/** The form of an act, or why it can be done no longer. */
function TooLate({ request, act, accountId, children }: TooLateProps) {
  const why = whyNot(request, act, accountId);
  if (why === null) return <div id={WHERE_IT_STANDS}>{children}</div>;
  return (
    <div id={WHERE_IT_STANDS}>
      <p class="govuk-body">{why}.</p>
      <p class="govuk-body">
        <a class="govuk-link" href={requestAddress(request.id)}>
          See where it stands
        </a>
      </p>
    </div>
  );
}
