import type { ComponentChildren } from 'preact';
import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import { Button } from '../../platform/govuk/index.ts';
import type { Service } from '../../platform/service.ts';
import type { ReferralSection, ReferrerSection } from '../../referrals/index.ts';
import { answeringRole, askableKinds, kindInWords, type Subject, shortly } from '../request.ts';
import { answerAddress, askAddress, queueAddress, requestAddress } from '../request-addresses.ts';
import {
  type AskedRequest,
  countQueue,
  questionsWaiting,
  queuedRequests,
  requestsAbout,
  type SomeRequests,
} from '../request-queries.ts';
import { RequestsTable } from './queue-pages.tsx';
import { ownerInWords, Standing } from './request-parts.tsx';

/** The newest that a page has which is about more than what was asked. */
const NEWEST = 5;

/** What was asked about a referral, on its page. */
export const requestsOfReferralSection: ReferralSection = {
  for: ['coordinator', 'analyst', 'operations-manager'],
  async show({ tx, asker, service, referral }) {
    const about: Subject = { kind: 'referral', id: referral.id };
    return (
      <Section
        some={await requestsAbout(tx, about, { atMost: NEWEST })}
        about={about}
        role={asker.role}
        today={londonDate(service.clock.now())}
      />
    );
  },
};

/** What was asked about a young person, on their page. */
export const requestsOfPersonSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, asker, service, person, mayWrite }) {
    const about: Subject = { kind: 'person', id: person.id };
    return (
      <Section
        some={await requestsAbout(tx, about, { atMost: NEWEST })}
        about={about}
        role={asker.role}
        mayAsk={asker.role === 'coordinator' || mayWrite}
        today={londonDate(service.clock.now())}
      />
    );
  },
};

interface SectionProps {
  some: SomeRequests;
  about: Subject;
  role: Role;
  /** Unless they only read the record. */
  mayAsk?: boolean;
  today: PlainDate;
}

function Section({ some: { requests, more }, about, role, mayAsk = true, today }: SectionProps) {
  const asks = mayAsk && askableKinds(role, about.kind).length > 0;
  if (requests.length === 0 && !asks) return null;
  return (
    <section aria-labelledby="asked">
      <h2 class="govuk-heading-m" id="asked">
        What was asked
      </h2>
      {asks && (
        <Button href={askAddress(about)} classes="govuk-button--secondary">
          Ask somebody
        </Button>
      )}
      {requests.length === 0 && <p class="govuk-body">Nothing has been asked yet.</p>}
      <Requests requests={requests} role={role} today={today} />
      {more && (
        <p class="govuk-body">
          <a
            class="govuk-link"
            href={
              about.kind === 'person' ? `/people/${about.id}/requests` : `/referrals/${about.id}/requests`
            }
          >
            All that was asked
          </a>
        </p>
      )}
    </section>
  );
}

/** Requests in short: what was asked, of whom, by when, and the answer. */
export function Requests({
  requests,
  role,
  today,
}: {
  requests: readonly AskedRequest[];
  role: Role;
  today: PlainDate;
}) {
  return (
    <>
      {requests.map((request) => (
        <div key={request.id} class="hw-note">
          <p class="hw-note__meta">
            <a class="govuk-link" href={whereItIsRead(request, role)}>
              {kindInWords[request.kind]}
              <span class="govuk-visually-hidden"> asked on {formatLondon(request.askedAt)}</span>
            </a>{' '}
            <Standing request={request} today={today} />
            <br />
            Asked by <bdi>{request.askedBy}</bdi>, {formatDate(londonDate(request.askedAt))}. With{' '}
            {ownerInWords(request)}
            {request.state === 'open' && `. Due by ${formatDate(request.dueOn)}`}
          </p>
          <Shortly>{request.question}</Shortly>
          {request.answeredAt !== null && (
            <>
              <p class="hw-note__meta govuk-!-margin-top-2">
                Answered {formatDate(londonDate(request.answeredAt))}
              </p>
              <Shortly>{request.answer}</Shortly>
            </>
          )}
        </div>
      ))}
    </>
  );
}

function Shortly({ children }: { children: string }) {
  const { text, isCut } = shortly(children);
  return (
    <p class="hw-note__text" dir="auto">
      {text}
      {isCut && <span class="govuk-visually-hidden"> (there is more)</span>}
    </p>
  );
}

/** Those who answer read it where they answer it, and everybody else where whoever asked does. */
const whereItIsRead = (request: AskedRequest, role: Role): string =>
  answeringRole[request.kind] === role
    ? answerAddress({ ...request, referralId: request.about.referralId })
    : requestAddress(request.id);

/** What a borough's contacts are asked and have not answered, for the page they begin with. */
export const boroughRequestsSection = {
  for: ['spoc'] as const satisfies readonly Role[],
  async show({
    tx,
    asker,
    service,
  }: {
    tx: Transaction;
    asker: Asker;
    service: Service;
  }): Promise<ComponentChildren> {
    const today = londonDate(service.clock.now());
    const me = asker.accountId;
    const counts = await countQueue(tx, 'borough', me, today);
    const open = counts.waiting + counts.mine + counts.colleagues;
    const { requests } = await queuedRequests(tx, 'borough', { part: 'open', me, today, atMost: NEWEST });
    return (
      <section aria-labelledby="asked-of-borough">
        <h2 class="govuk-heading-m" id="asked-of-borough">
          What your borough is asked
        </h2>
        {open === 0 ? (
          <p class="govuk-body">Nothing waits for an answer of your borough.</p>
        ) : (
          <RequestsTable
            about="What your borough is asked, the first due first"
            requests={requests}
            today={today}
          />
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={queueAddress.borough}>
            {open > requests.length
              ? `All ${open} that wait, and what was answered`
              : 'What was answered, and by whom'}
          </a>
        </p>
      </section>
    );
  },
};

/** The questions that wait for a referrer, about one referral or all; nothing where none does. */
export const referrerQuestionsSection: ReferrerSection = {
  for: ['referrer'],
  async show({ tx, referralId }) {
    const questions = await questionsWaiting(tx, referralId);
    if (questions.length === 0) return null;
    return (
      <section aria-labelledby="questions-for-you">
        <h2 class="govuk-heading-m" id="questions-for-you">
          Questions for you
        </h2>
        <ul class="govuk-list govuk-list--spaced">
          {questions.map((question) => (
            <li key={question.id}>
              <a
                class="govuk-link"
                href={answerAddress({
                  id: question.id,
                  kind: 'information',
                  referralId: question.referralId,
                })}
              >
                Answer a question about referral{' '}
                <span class="hw-reference">{question.referralReference}</span>
              </a>
              , by {formatDate(question.dueOn)}
            </li>
          ))}
        </ul>
      </section>
    );
  },
};
