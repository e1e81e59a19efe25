import type { ComponentChildren } from 'preact';
import { fullName, personAddress } from '../../people/index.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { SummaryList, Tag } from '../../platform/govuk/index.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { askedOfInWords, dueInWords, kindInWords, topics } from '../request.ts';
import type { About, AskedRequest } from '../request-queries.ts';

/** The parts that pages about requests are made of. */

/** Words as somebody typed them, in their own direction and with their own lines. */
export function Typed({ children }: { children: string }) {
  return (
    <div class="hw-text" dir="auto">
      {children}
    </div>
  );
}

/** Where a request stands: answered, withdrawn, or how long is left. */
export function Standing({ request, today }: { request: AskedRequest; today: PlainDate }) {
  if (request.state === 'answered') return <Tag classes="govuk-tag--green">Answered</Tag>;
  if (request.state === 'withdrawn') return <Tag classes="govuk-tag--grey">Withdrawn</Tag>;
  const { standing, isLate } = dueInWords(request.dueOn, today);
  return <Tag classes={isLate ? 'govuk-tag--red' : 'govuk-tag--blue'}>{standing}</Tag>;
}

/** Who has it, or of whom it is asked while nobody has. */
export function ownerInWords({ kind, areaName, owner, ownerId }: AskedRequest): ComponentChildren {
  if (owner !== null) return <bdi>{owner}</bdi>;
  return ownerId === null
    ? `${askedOfInWords(kind, areaName)}: nobody has taken it yet`
    : askedOfInWords(kind, areaName);
}

/** Whom a request is about, in one line. */
export function aboutInWords({ names, personReference, referralReference }: About): ComponentChildren {
  const reference = personReference ?? referralReference;
  return (
    <>
      {names === null ? 'A young person who is no longer yours to see' : <bdi>{fullName(names)}</bdi>}
      {reference !== null && (
        <>
          , <span class="hw-reference">{reference}</span>
        </>
      )}
    </>
  );
}

/** Where each role reads a referral. */
const whereReferralsAreRead: Partial<Record<Role, string>> = {
  coordinator: '/referrals/',
  analyst: '/referrals/',
  'operations-manager': '/referrals/',
  spoc: '/borough/referrals/',
};
/** Who opens a young person's record. */
const opensRecords: readonly Role[] = [
  'coordinator',
  'analyst',
  'operations-manager',
  'spoc',
  'caseworker',
  'provider-manager',
];

/** Whom a request is about, with the ways to what the reader may open. */
export function AboutLinks({ about, role }: { about: About; role: Role }) {
  const { names, personId, personReference, referralId, referralReference } = about;
  const referrals = whereReferralsAreRead[role];
  return (
    <>
      {names === null ? (
        'A young person who is no longer yours to see'
      ) : personId !== null && opensRecords.includes(role) ? (
        <a class="govuk-link" href={personAddress(personId)}>
          <bdi>{fullName(names)}</bdi>
        </a>
      ) : (
        <bdi>{fullName(names)}</bdi>
      )}
      {personReference !== null && (
        <>
          {' '}
          <span class="hw-reference">{personReference}</span>
        </>
      )}
      {referralId !== null && referralReference !== null && (
        <>
          <br />
          Referral{' '}
          {referrals === undefined ? (
            <span class="hw-reference">{referralReference}</span>
          ) : (
            <a class="govuk-link hw-reference" href={`${referrals}${referralId}`}>
              {referralReference}
            </a>
          )}
        </>
      )}
    </>
  );
}

/** What is asked, of whom, about whom and by when. */
export function WhatIsAsked({
  request,
  role,
  today,
}: {
  request: AskedRequest;
  role: Role;
  today: PlainDate;
}) {
  const rows: [string, ComponentChildren][] = [
    ['About', <AboutLinks about={request.about} role={role} />],
    ...(request.topics.length === 0
      ? []
      : ([
          [
            'Asked for',
            <ul class="govuk-list govuk-!-margin-bottom-0">
              {request.topics.map((topic) => (
                <li key={topic}>{wordFor(topics, topic)}</li>
              ))}
            </ul>,
          ],
        ] satisfies [string, ComponentChildren][])),
    ['Question', <Typed>{request.question}</Typed>],
    [
      'Asked by',
      <>
        <bdi>{request.askedBy}</bdi>
        {request.askedFor !== null && (
          <>
            , <bdi>{request.askedFor}</bdi>
          </>
        )}
        , {formatLondon(request.askedAt)}
      </>,
    ],
    ['Responsible borough', request.areaName],
    [
      'Answer due by',
      <>
        {dueInWords(request.dueOn, today).on} <Standing request={request} today={today} />
      </>,
    ],
    ['With', ownerInWords(request)],
    ...(request.state === 'withdrawn' && request.withdrawnAt !== null
      ? ([
          [
            'Withdrawn',
            <>
              {formatLondon(request.withdrawnAt)}
              <Typed>{request.withdrawnWhy}</Typed>
            </>,
          ],
        ] satisfies [string, ComponentChildren][])
      : []),
  ];
  return <SummaryList rows={rows.map(([key, text]) => ({ key: { text: key }, value: { text } }))} />;
}

/** The answer as the asker reads it; nothing while there is none. */
export function TheAnswer({ request, heading }: { request: AskedRequest; heading: string }) {
  if (request.answeredAt === null) return null;
  return (
    <section aria-labelledby="the-answer">
      <h2 class="govuk-heading-m" id="the-answer">
        {heading}
      </h2>
      <div class="hw-note">
        <p class="hw-note__meta">
          <bdi>{answererInWords(request)}</bdi>, {formatLondon(request.answeredAt)}
        </p>
        <p class="hw-note__text" dir="auto">
          {request.answer}
        </p>
      </div>
    </section>
  );
}

/** Who answered; the names of referrers are known to those who may see their referral. */
export function answererInWords({ answeredBy, kind, areaName }: AskedRequest): string {
  return answeredBy ?? askedOfInWords(kind, areaName);
}

/** What a page about a request is called. */
export const titleOf = ({ kind }: AskedRequest): string => kindInWords[kind];
