import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { SummaryList, Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import {
  currentProcessingRestriction,
  findRightsRequest,
  referenceOf,
  whoCorrects,
} from '../request-queries.ts';
import {
  acknowledgeDueOn,
  askers,
  clockInWords,
  howToAnswer,
  isLate,
  requestKinds,
} from '../rights-request.ts';
import { isReadyForExport } from '../subject-access.ts';
import { requestAddress } from './request-address.ts';
import { Answer, rightsRequestsPage } from './requests-page.tsx';

/** One request: what is asked, its clock, what was done, and what can be done next. */
export const rightsRequestPage = page({
  path: '/rights-requests/:request',
  for: ['data-protection-lead', 'operations-manager'],
  params: z.object({ request: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const request = await findRightsRequest(tx, params.request);
    if (!request) return missing();
    await recordLook(tx, {
      action: 'view-rights-request',
      subject: { kind: 'rights-request', id: request.id },
      personId: request.personId,
    });
    const isLead = asker.role === 'data-protection-lead';
    const { personId } = request;
    const reference = personId !== null && isLead ? await referenceOf(tx, personId) : null;
    const restriction = personId === null ? null : await currentProcessingRestriction(tx, personId);
    const correctors = isLead && request.kind === 'correction' ? await whoCorrects(tx, request.id) : [];
    const today = londonDate(service.clock.now());
    const typed = (words: string) => (
      <span class="hw-text" dir="auto">
        {words}
      </span>
    );
    const rows = [
      ['Received', formatDate(request.receivedOn)],
      ['Asked by', wordFor(askers, request.askedBy)],
      ['Who, and where to answer', typed(request.fromWhom)],
      ['What they ask', typed(request.what)],
      ...(isLead
        ? [['Record', reference === null ? 'Not found yet' : <span class="hw-reference">{reference}</span>]]
        : []),
      [
        'Identity',
        request.identityCheckedOn === null
          ? 'Not checked yet'
          : typed(`Checked on ${formatDate(request.identityCheckedOn)}: ${request.identityHow}`),
      ],
      ...(correctors.length === 0
        ? []
        : [
            [
              'Told, and asked to correct it',
              <ul class="govuk-list">
                {correctors.map(({ name, organisation }) => (
                  <li key={name}>
                    <bdi>{name}</bdi>
                    {organisation !== '' && (
                      <>
                        , <bdi>{organisation}</bdi>
                      </>
                    )}
                  </li>
                ))}
              </ul>,
            ],
          ]),
      [
        'Acknowledged',
        request.acknowledgedOn !== null
          ? formatDate(request.acknowledgedOn)
          : request.kind === 'complaint' && request.stage === 'open'
            ? acknowledgeIn(acknowledgeDueOn(request.receivedOn), today)
            : 'Not yet',
      ],
      ['Answer', <Answer request={request} today={today} />],
      ...(request.extendedBecause === ''
        ? []
        : [['Two months longer, because', typed(request.extendedBecause)]]),
      ...(request.answeredOn === null
        ? []
        : [
            ['Answered', formatDate(request.answeredOn)],
            ['What was decided and why', typed(request.decision)],
          ]),
      ...(restriction === null
        ? []
        : [['Processing', typed(`Restricted since ${formatDate(restriction.since)}: ${restriction.why}`)]]),
    ] as const;
    const title = wordFor(requestKinds, request.kind);
    return show(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        {isLead && request.stage === 'open' && <p class="govuk-body">{howToAnswer[request.kind]}</p>}
        <SummaryList rows={rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } }))} />
        {isLead && (
          <ul class="govuk-list">
            {request.stage === 'open' && (
              <>
                <Way to={requestAddress(request.id, 'progress')} text="Record what was done" />
                {isReadyForExport(request) && (
                  <Way to={requestAddress(request.id, 'export')} text="Make the copy of what is held" />
                )}
                <Way to={requestAddress(request.id, 'answer')} text="Record the answer" />
              </>
            )}
            {personId !== null && (
              <Way
                to={requestAddress(request.id, 'processing')}
                text={restriction === null ? 'Restrict processing' : 'Lift the restriction of processing'}
              />
            )}
            {request.kind === 'erasure' && <Way to="/disposal/propose" text="Propose a disposal" />}
          </ul>
        )}
        {isLead && request.kind === 'access' && request.stage === 'open' && !isReadyForExport(request) && (
          <p class="govuk-body">
            A copy can be made when the record is found and the identity of who asks is checked.
          </p>
        )}
        {isLead && request.kind !== 'access' && request.stage === 'open' && personId === null && (
          <p class="govuk-body">Processing can be restricted when the record is found.</p>
        )}
      </>,
      { backTo: rightsRequestsPage.url() },
    );
  },
});

/** By when a complaint is acknowledged, and how long is left for it. */
function acknowledgeIn(by: PlainDate, today: PlainDate) {
  const left = clockInWords(by, today);
  return (
    <>
      Not yet: by {formatDate(by)}: {isLate(by, today) ? <Tag classes="govuk-tag--red">{left}</Tag> : left}
    </>
  );
}

function Way({ to, text }: { to: string; text: string }) {
  return (
    <li>
      <a class="govuk-link" href={to}>
        {text}
      </a>
    </li>
  );
}
