import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Pagination } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import type { RequestKind } from '../request.ts';
import { answerAddress, queueAddress } from '../request-addresses.ts';
import {
  type AskedRequest,
  countQueue,
  type QueueCounts,
  type QueuePart,
  queuedRequests,
  queueParts,
} from '../request-queries.ts';
import { aboutInWords, ownerInWords, Standing } from './request-parts.tsx';

const A_PAGE = 25;

interface QueueWords {
  kind: Exclude<RequestKind, 'information'>;
  role: Role;
  title: string;
  /** What the audit calls a look at it. */
  look: string;
  parts: Readonly<Record<QueuePart, string>>;
  /** What is said where a part has nothing in it. */
  nothing: Readonly<Record<QueuePart, string>>;
  /** The page that leads to it, where the navigation does not. */
  backTo?: string;
}

/** The queue of those who answer a kind of request: what waits, theirs, their colleagues', and what was answered. */
const queuePage = ({ kind, role, title, look, parts, nothing, backTo }: QueueWords) => {
  const queue = page({
    path: queueAddress[kind],
    for: [role],
    // What an address says that makes no sense is left out, so that an old bookmark still opens the queue.
    query: z.object({
      show: z.enum(queueParts).default('waiting').catch('waiting'),
      after: z.uuid().optional().catch(undefined),
    }),
    async get({ tx, asker, service, query: { show: part, after } }) {
      const me = asker.accountId;
      const today = londonDate(service.clock.now());
      const { requests, more } = await queuedRequests(tx, kind, { part, me, today, after, atMost: A_PAGE });
      const counts = await countQueue(tx, kind, me, today);
      await recordLook(tx, {
        action: look,
        subject: { kind: 'access-grant', id: asker.grantId },
        personId: null,
      });
      const address = (which: QueuePart, afterThat?: string) =>
        queue.url({}, { show: which === 'waiting' ? undefined : which, after: afterThat });
      const last = requests.at(-1);
      return show(
        title,
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          <nav aria-label="Which of them">
            <ul class="govuk-list">
              {queueParts.map((which) => (
                <li key={which}>
                  {which === part ? (
                    <strong aria-current="true">{`${parts[which]}${countOf(counts, which)}`}</strong>
                  ) : (
                    <a class="govuk-link" href={address(which)}>
                      {`${parts[which]}${countOf(counts, which)}`}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </nav>
          {requests.length === 0 ? (
            <p class="govuk-body">{after === undefined ? nothing[part] : 'There are no more.'}</p>
          ) : (
            <RequestsTable about={parts[part]} requests={requests} today={today} />
          )}
          {(more || after !== undefined) && (
            <Pagination
              previous={after === undefined ? undefined : { text: 'Back to the first', href: address(part) }}
              next={more && last ? { text: 'More', href: address(part, last.id) } : undefined}
            />
          )}
        </>,
        backTo === undefined ? {} : { backTo },
      );
    },
  });
  return queue;
};

const countOf = (counts: QueueCounts, part: QueuePart): string =>
  part === 'answered' ? '' : ` (${counts[part]})`;

/** Requests as those who answer them find them, each a link to where it is answered. */
export function RequestsTable({
  about,
  requests,
  today,
}: {
  about: string;
  requests: readonly AskedRequest[];
  today: PlainDate;
}) {
  return (
    <ScrollingTable
      about={about}
      caption={about}
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'About' },
        { text: 'Due by' },
        { text: 'Borough' },
        { text: 'Asked by' },
        { text: 'With' },
      ]}
      rows={requests.map((request) => [
        {
          text: (
            <a class="govuk-link" href={answerAddress({ ...request, referralId: request.about.referralId })}>
              {aboutInWords(request.about)}
            </a>
          ),
        },
        {
          text: (
            <>
              {formatDate(request.dueOn)} <Standing request={request} today={today} />
              {request.answeredAt !== null && (
                <>
                  <br />
                  {formatLondon(request.answeredAt)}
                </>
              )}
            </>
          ),
        },
        { text: request.areaName },
        {
          text: (
            <>
              <bdi>{request.askedBy}</bdi>
              {request.askedFor !== null && (
                <>
                  , <bdi>{request.askedFor}</bdi>
                </>
              )}
            </>
          ),
        },
        { text: request.owner === null ? 'Nobody yet' : ownerInWords(request) },
      ])}
    />
  );
}

/** The analysts' queue. */
export const checksPage = queuePage({
  kind: 'intelligence-check',
  role: 'analyst',
  title: 'Checks',
  look: 'view-checks',
  parts: {
    waiting: 'Waiting for somebody',
    mine: 'Mine',
    colleagues: 'With colleagues',
    late: 'Late, whoever has it',
    answered: 'Answered, however long ago',
  },
  nothing: {
    waiting: 'No check is waiting. When somebody asks for one, you will get an email and see it here.',
    mine: 'You have taken no check. Take one of those that are waiting.',
    colleagues: 'No colleague has a check in hand.',
    late: 'No check is late.',
    answered: 'No check has been answered yet.',
  },
});

/** The gender consultants' queue. */
export const consultationsPage = queuePage({
  kind: 'consultation',
  role: 'gender-consultant',
  title: 'Consultations',
  look: 'view-consultations',
  parts: {
    waiting: 'Waiting for somebody',
    mine: 'Mine',
    colleagues: 'With colleagues',
    late: 'Late, whoever has it',
    answered: 'Answered in the last 28 days',
  },
  nothing: {
    waiting: 'No consultation is waiting. When somebody asks for one, you will get an email and see it here.',
    mine: 'You have taken no consultation. Take one of those that are waiting.',
    colleagues: 'No colleague has a consultation in hand.',
    late: 'No consultation is late.',
    answered: 'No consultation has been answered in the last 28 days.',
  },
});

/** What a borough's contacts are asked. */
export const boroughRequestsPage = queuePage({
  kind: 'borough',
  role: 'spoc',
  title: 'What your borough is asked',
  look: 'view-borough-requests',
  parts: {
    waiting: 'Waiting for somebody',
    mine: 'Mine',
    colleagues: 'With colleagues',
    late: 'Late, whoever has it',
    answered: 'Answered, however long ago',
  },
  nothing: {
    waiting:
      'Nothing is waiting. When a coordinator asks your borough something, you will get an email and see it here.',
    mine: 'You have taken nothing. Take one of those that are waiting, so that your colleagues know.',
    colleagues: 'No colleague has anything in hand.',
    late: 'Nothing is late.',
    answered: 'Your borough has answered nothing yet.',
  },
  backTo: '/borough',
});
