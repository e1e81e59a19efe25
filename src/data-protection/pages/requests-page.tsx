import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Pagination, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { wordFor } from '../../reference/code-lists.ts';
import { countOpenRequests, listRequests, type RightsRequest } from '../request-queries.ts';
import { askers, clockInWords, isLate, outcomes, requestKinds } from '../rights-request.ts';
import { requestAddress } from './request-address.ts';

/** What people have asked by right, what is late first. */
export const rightsRequestsPage = page({
  path: '/rights-requests',
  for: ['data-protection-lead', 'operations-manager'],
  query: z.object({
    show: z.enum(['late', 'over']).optional().catch(undefined),
    after: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, asker, service, query }) {
    const part = query.show ?? 'open';
    const today = londonDate(service.clock.now());
    const counts = await countOpenRequests(tx, today);
    const { requests, next } = await listRequests(
      tx,
      part === 'late' ? { lateOn: today } : part,
      query.after,
    );
    await recordLook(tx, {
      action: 'view-rights-requests',
      subject: { kind: 'rights-requests', id: null },
      personId: null,
    });
    const title = 'Requests by right';
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
          {counts.open} to answer
          {counts.late > 0 && (
            <strong>
              ,{' '}
              {part === 'late' ? (
                `${counts.late} late`
              ) : (
                <a class="govuk-link" href={rightsRequestsPage.url({}, { show: 'late' })}>
                  {counts.late} late
                </a>
              )}
            </strong>
          )}
          .{' '}
          {part === 'open' ? (
            <a class="govuk-link" href={rightsRequestsPage.url({}, { show: 'over' })}>
              Those that are over
            </a>
          ) : (
            <a class="govuk-link" href={rightsRequestsPage.url()}>
              Those to answer
            </a>
          )}
        </p>
        {requests.length === 0 ? (
          <p class="govuk-body">{nothing[part]}</p>
        ) : (
          <Requests requests={requests} today={today} />
        )}
        {next && (
          <Pagination
            next={{
              href: rightsRequestsPage.url({}, { show: query.show, after: next }),
              text: 'Show more',
            }}
          />
        )}
      </>,
    );
  },
});

const nothing = {
  open: 'Nothing waits for an answer.',
  late: 'No answer is late.',
  over: 'None is over yet.',
} as const;

function Requests({ requests, today }: { requests: readonly RightsRequest[]; today: PlainDate }) {
  return (
    <ScrollingTable
      about="Requests"
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
      {request.identityCheckedOn !== null && request.identityCheckedOn > request.receivedOn && (
        <>
          <br />
          Counted from {formatDate(request.identityCheckedOn)}, when it was known who asks
        </>
      )}
    </>
  );
}
