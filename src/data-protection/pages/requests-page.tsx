import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Pagination, Table, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { listRequests, type RightsRequest } from '../request-queries.ts';
import { askers, clockInWords, isLate, outcomes, requestKinds } from '../rights-request.ts';
import { requestAddress } from './request-address.ts';

/** What people have asked by right, what is late first. */
export const rightsRequestsPage = page({
  path: '/rights-requests',
  for: ['data-protection-lead', 'operations-manager'],
  query: z.object({
    over: z.literal('yes').optional().catch(undefined),
    after: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, asker, service, query }) {
    const over = query.over === 'yes';
    const { requests, next } = await listRequests(tx, { over, after: query.after });
    await recordLook(tx, {
      action: 'view-rights-requests',
      subject: { kind: 'rights-requests', id: null },
      personId: null,
    });
    const title = 'Requests by right';
    const part = over ? { over: 'yes' } : {};
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          What young people and others ask of the service by data protection law. It is answered within one
          month.
        </p>
        {asker.role === 'data-protection-lead' && (
          <p class="govuk-body">
            <a class="govuk-link" href="/rights-requests/new">
              Record a request
            </a>
          </p>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={rightsRequestsPage.url({}, over ? {} : { over: 'yes' })}>
            {over ? 'Those to answer' : 'Those that are over'}
          </a>
        </p>
        {requests.length === 0 ? (
          <p class="govuk-body">{over ? 'None is over yet.' : 'Nothing waits for an answer.'}</p>
        ) : (
          <Requests requests={requests} today={londonDate(service.clock.now())} />
        )}
        {next && (
          <Pagination
            next={{ href: rightsRequestsPage.url({}, { ...part, after: next }), text: 'Show more' }}
          />
        )}
      </>,
    );
  },
});

function Requests({ requests, today }: { requests: readonly RightsRequest[]; today: PlainDate }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="hw-scroll" aria-label="Requests" tabIndex={0}>
      <Table
        caption="Requests by right"
        captionClasses="govuk-visually-hidden"
        head={['What', 'Received', 'Asked by', 'Answer'].map((heading) => ({ text: heading }))}
        rows={requests.map((request) => [
          {
            text: (
              <a class="govuk-link" href={requestAddress(request.id)}>
                {wordFor(requestKinds, request.kind)}
                <span class="govuk-visually-hidden">, received {formatDate(request.receivedOn)}</span>
              </a>
            ),
          },
          { text: formatDate(request.receivedOn) },
          { text: wordFor(askers, request.askedBy) },
          { text: <Answer request={request} today={today} /> },
        ])}
      />
    </section>
  );
}

/** What was answered, or how long is left for it. */
export function Answer({ request, today }: { request: RightsRequest; today: PlainDate }) {
  if (request.stage === 'withdrawn') return <>Withdrawn</>;
  if (request.outcome !== null) return <>{wordFor(outcomes, request.outcome)}</>;
  return (
    <>
      By {formatDate(request.dueOn)}:{' '}
      {isLate(request.dueOn, today) ? (
        <Tag classes="govuk-tag--red">{clockInWords(request.dueOn, today)}</Tag>
      ) : (
        clockInWords(request.dueOn, today)
      )}
    </>
  );
}
