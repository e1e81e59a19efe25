import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { type Answer, missing, refuse, type Shown, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { MOST_CHARACTERS, type RequestKind, whyNot } from '../request.ts';
import { answerAddress, queueAddress } from '../request-addresses.ts';
import { answerRequest, takeRequest } from '../request-commands.ts';
import { type AskedRequest, findRequest } from '../request-queries.ts';
import { answerTo, formVersion, WHERE_IT_STANDS } from './request-page.tsx';
import { TheAnswer, titleOf, WhatIsAsked } from './request-parts.tsx';

/** What the pages share on which staff take a request and answer it. */

/** Taking it, and answering it: two buttons of one page. */
export const answeringForm = z.object({
  act: choice(['take', 'answer'], 'Choose what to do'),
  answer: text({ called: 'The answer', most: MOST_CHARACTERS.answer, lines: 'many' }),
  version: formVersion,
});

interface Answering {
  request: AskedRequest;
  asker: Asker;
  service: Service;
  entry: (initial?: Record<string, string>) => Entry;
  /** What the one who answers should know of who reads it. */
  readBy: string;
  label: string;
  hint: string;
  /** What belongs to this kind alone, between what is asked and the answer. */
  children?: ComponentChildren;
}

/** A request as those who answer it have it. */
export function answeringPage({
  request,
  asker,
  service,
  entry,
  readBy,
  label,
  hint,
  children,
}: Answering): Shown {
  const typed = entry({ answer: request.answer });
  const isWithdrawn = request.state === 'withdrawn';
  const isCorrected = request.state === 'answered';
  return show(
    titleOf(request),
    <>
      <Faults entry={typed} />
      <h1 class="govuk-heading-l">{titleOf(request)}</h1>
      <div id={WHERE_IT_STANDS} tabIndex={-1}>
        <WhatIsAsked request={request} role={asker.role} today={londonDate(service.clock.now())} />
      </div>
      {whyNot(request, 'take', asker.accountId) === null && <Take request={request} />}
      {children}
      <TheAnswer request={request} heading="What was answered" />
      {!isWithdrawn && (
        <section aria-labelledby="answering">
          <h2 class="govuk-heading-m" id="answering">
            {isCorrected ? 'Correct the answer' : 'Answer'}
          </h2>
          <InsetText>{readBy}</InsetText>
          <Form autosave>
            <input type="hidden" name="act" value="answer" />
            <input type="hidden" name="version" value={request.version} />
            <LongTextQuestion
              name="answer"
              label={label}
              hint={hint}
              entry={typed}
              most={MOST_CHARACTERS.answer}
              rows={8}
            />
            <Button preventDoubleClick>
              {isCorrected ? 'Send the corrected answer' : 'Send the answer'}
            </Button>
          </Form>
        </section>
      )}
    </>,
    { backTo: queueAddress[kindOfStaff(request.kind)] },
  );
}

function Take({ request }: { request: AskedRequest }) {
  return (
    <Form>
      <input type="hidden" name="act" value="take" />
      <input type="hidden" name="version" value={request.version} />
      {request.owner !== null && request.takenAt !== null && (
        <p class="govuk-body">
          <bdi>{request.owner}</bdi> took this on {formatLondon(request.takenAt)}.
        </p>
      )}
      <Button preventDoubleClick classes="govuk-button--secondary">
        {request.ownerId === null ? 'Take this on' : 'Take this over'}
      </Button>
    </Form>
  );
}

/** Carries out what the form of such a page says. */
export async function answering(
  tx: Transaction,
  { asker, service }: { asker: Asker; service: Service },
  { id, kind }: { id: string; kind: RequestKind },
  { act, answer, version }: z.output<typeof answeringForm>,
): Promise<Answer> {
  const request = await findRequest(tx, id, kind);
  if (!request) return missing();
  const acting = { asker, clock: service.clock };
  const here = answerAddress({ id, kind, referralId: null });
  if (act === 'take') {
    return answerTo(await takeRequest(tx, acting, request, version), here, 'It is yours to answer');
  }
  if (answer === '') return refuse({ field: 'answer', message: 'Enter the answer' });
  return answerTo(
    await answerRequest(tx, acting, request, answer, version),
    here,
    request.state === 'answered' ? 'The corrected answer is sent' : 'The answer is sent',
  );
}

/** Referrers answer on a page of their own. */
const kindOfStaff = (kind: RequestKind): Exclude<RequestKind, 'information'> => {
  if (kind === 'information') throw new Error('A question to a referrer is not answered by staff');
  return kind;
};
