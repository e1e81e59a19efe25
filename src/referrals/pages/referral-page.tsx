import { type ComponentChildren, Fragment } from 'preact';
import { z } from 'zod';
import { bornInWords, findPerson, fullName, type Person, personAddress } from '../../people/index.ts';
import { formatDate, formatLondon } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, SummaryList, Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { agencyKinds, ethnicities, genders, wordFor } from '../../reference/code-lists.ts';
import { acknowledgementNow } from '../borough-queries.ts';
import {
  type CoordinatedReferral,
  findAllocation,
  lookAtReferral,
  type PresentAllocation,
  type TakenAction,
} from '../coordinator-queries.ts';
import {
  actionInWords,
  decisionKinds,
  decisionReasons,
  kindInWords,
  stageAllows,
  stageForReferrer,
  stageInWords,
} from '../referral.ts';
import { parts } from '../referral-form.ts';
import type { ReferralSection } from '../referral-section.tsx';
import { BoroughSays } from './borough-says.tsx';
import { type ReferralTask, referralAddress } from './referral-address.ts';
import { NotSafe, ReferralHeading, StageTag } from './referral-heading.tsx';

/** Who reads whole referrals. */
const readersOfReferrals = [
  'coordinator',
  'analyst',
  'operations-manager',
] as const satisfies readonly Role[];

/** One referral, whole: its answers, where it stands, what can be done and what was, and what each capability knows of it. */
export const referralPage = (sections: readonly ReferralSection[]) =>
  page({
    path: '/referrals/:referral',
    for: readersOfReferrals,
    params: z.object({ referral: z.uuid() }),
    async get({ tx, asker, service, params }) {
      const referral = await lookAtReferral(tx, params.referral);
      if (!referral) return missing();
      const { personId } = referral.state;
      const person = personId === null ? null : await findPerson(tx, personId);
      const allocation = await findAllocation(tx, referral.id);
      const said = await acknowledgementNow(tx, referral.id);
      const shown = [];
      // One transaction is one connection: its queries take turns however they are asked.
      for (const section of sections.filter((one) => one.for.includes(asker.role)))
        shown.push(await section.show({ tx, asker, service, referral }));
      return show(
        `Referral ${referral.reference}`,
        <>
          <ReferralHeading
            title={`Referral ${referral.reference}`}
            referral={referral}
            now={service.clock.now()}
          />
          <p class="govuk-body">
            <StageTag stage={referral.state.stage} />
          </p>
          <NotSafe referral={referral} />
          <WhatCanBeDone referral={referral} role={asker.role} />
          <Standing referral={referral} person={person} allocation={allocation} />
          <WhatTheReferrerIsTold referral={referral} />
          <h2 class="govuk-heading-m">What the borough says</h2>
          {said === null && (
            <p class="govuk-body">The borough’s contact has not said that they have seen it.</p>
          )}
          <BoroughSays said={said} />
          {shown.map((section, place) => (
            <Fragment key={place}>{section}</Fragment>
          ))}
          <Answers referral={referral} />
          <Timeline actions={referral.actions} />
        </>,
        { backTo: '/queue' },
      );
    },
  });

/** What leads to each task: the kinds of action it is for decide whether it is offered. */
const tasks = [
  { task: 'verify-referrer', kinds: ['referrer-verified'], text: 'Verify the referrer' },
  { task: 'match', kinds: ['person-linked'], text: 'Match the young person' },
  { task: 'decide', kinds: decisionKinds, text: 'Decide' },
  { task: 'allocate', kinds: ['allocated'], text: 'Allocate to a provider' },
] as const satisfies readonly { task: ReferralTask; kinds: readonly unknown[]; text: string }[];

function WhatCanBeDone({ referral, role }: { referral: CoordinatedReferral; role: Role }) {
  if (role !== 'coordinator') return null;
  const { stage, personId } = referral.state;
  const isDone: Partial<Record<ReferralTask, boolean>> = {
    'verify-referrer': referral.referrer.verified !== null,
    match: personId !== null,
  };
  const offered = tasks.filter(({ kinds }) => kinds.some((kind) => stageAllows(stage, kind)));
  const [open, done] = [
    offered.filter(({ task }) => !isDone[task]),
    offered.filter(({ task }) => isDone[task]),
  ];
  return (
    <>
      {open.length > 0 && (
        <div class="govuk-button-group">
          {open.map(({ task, text }, place) => (
            <Button
              key={task}
              href={referralAddress(referral.id, task)}
              classes={place === 0 ? undefined : 'govuk-button--secondary'}
            >
              {text}
            </Button>
          ))}
        </div>
      )}
      {done.length > 0 && (
        <ul class="govuk-list">
          {done.map(({ task }) => (
            <li key={task}>
              <a class="govuk-link" href={referralAddress(referral.id, task)}>
                {task === 'match' ? 'Change which record this is matched with' : 'Verify the referrer again'}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface StandingProps {
  referral: CoordinatedReferral;
  person: Person | null;
  allocation: PresentAllocation | null;
}

function Standing({ referral, person, allocation }: StandingProps) {
  const { referrer, state } = referral;
  const rows: [string, ComponentChildren][] = [
    ['Stage', stageInWords[state.stage]],
    ['Asks for', kindInWords[referral.kind]],
    ['Received', formatLondon(referral.receivedAt)],
    ['Decide by', formatDate(referral.decisionDueOn)],
    ['Responsible borough', referral.areaName],
    ['Young person', <bdi>{fullName(referral)}</bdi>],
    ...(referral.knownAs === ''
      ? []
      : [['Known as', <bdi>{referral.knownAs}</bdi>] satisfies [string, ComponentChildren]]),
    ['Date of birth', bornInWords(referral)],
    ['Gender', wordFor(genders, referral.gender)],
    ['Ethnicity', wordFor(ethnicities, referral.ethnicity)],
    ['Postcode', referral.postcode === '' ? 'Not known' : referral.postcode],
    ['Matched record', <MatchedRecord personId={state.personId} person={person} />],
    ...(allocation === null
      ? []
      : [['Allocated to', allocatedTo(allocation)] satisfies [string, ComponentChildren]]),
    ['Referrer', <ReferrerDetails referral={referral} />],
    ['Agency', <bdi>{referrer.agencyName}</bdi>],
    ['Kind of agency', wordFor(agencyKinds, referral.agencyKind)],
  ];
  return <SummaryList rows={rows.map(([key, text]) => ({ key: { text: key }, value: { text } }))} />;
}

function MatchedRecord({ personId, person }: { personId: string | null; person: Person | null }) {
  if (personId === null) return <>Not matched yet</>;
  if (person === null)
    return <>A record that is now outside your areas: ask the coordinator of its borough</>;
  return (
    <>
      <a class="govuk-link" href={personAddress(person.id)}>
        <bdi>{fullName(person)}</bdi>
      </a>{' '}
      <span class="hw-reference">{person.reference}</span>
    </>
  );
}

const allocatedTo = ({ organisationName, teamName, workerName, startedAt }: PresentAllocation): string =>
  `${organisationName}, ${teamName}${workerName === null ? '' : `, ${workerName}`}, since ${formatLondon(startedAt)}`;

function ReferrerDetails({ referral: { referrer } }: { referral: CoordinatedReferral }) {
  const { verified } = referrer;
  return (
    <>
      <bdi>{referrer.name}</bdi>, {referrer.email}
      <br />
      {verified === null ? (
        <Tag classes="govuk-tag--yellow">Not verified</Tag>
      ) : (
        <>
          <Tag classes="govuk-tag--green">Verified</Tag> by {verified.by} on {formatLondon(verified.at)}
          {verified.agencyName !== referrer.agencyName && (
            <>
              , but for another agency: <bdi>{verified.agencyName}</bdi>
            </>
          )}
        </>
      )}
    </>
  );
}

function WhatTheReferrerIsTold({ referral: { state, referrer } }: { referral: CoordinatedReferral }) {
  const isVerified = referrer.verified !== null;
  return (
    <>
      <h2 class="govuk-heading-m">What the referrer is told</h2>
      {!isVerified && (
        <p class="govuk-body">
          Only “{stageForReferrer.received}”, until somebody has verified that they are who they say
          {state.stage === 'received' ? '.' : '. Then they will read:'}
        </p>
      )}
      {(isVerified || state.stage !== 'received') && (
        <p class="govuk-body">{stageForReferrer[state.stage]}</p>
      )}
      {state.wordsToReferrer !== '' && (
        <div class="govuk-inset-text hw-text" dir="auto">
          {state.wordsToReferrer}
        </div>
      )}
    </>
  );
}

const partInWords: Record<(typeof parts)[number], string> = {
  you: 'The referrer and the referral',
  'young-person': 'The young person',
  concern: 'The concern',
};

export function Answers({ referral }: { referral: CoordinatedReferral }) {
  return (
    <>
      <h2 class="govuk-heading-m">What was answered</h2>
      {parts.map((part) => {
        const answers = referral.answers.filter((answer) => answer.page === part);
        if (answers.length === 0) return null;
        return (
          <>
            <h3 class="govuk-heading-s">{partInWords[part]}</h3>
            <SummaryList
              rows={answers.map(({ question, answer }) => ({
                key: { text: question },
                value: {
                  text: (
                    <div class="hw-text" dir="auto">
                      {answer}
                    </div>
                  ),
                },
              }))}
            />
          </>
        );
      })}
    </>
  );
}

export function Timeline({ actions }: { actions: readonly TakenAction[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">What happened</h2>
      <ol class="hw-timeline">
        {actions.map((taken) => (
          <li key={taken.sequence} class="hw-timeline__item">
            <p class="hw-timeline__title">{actionInWords[taken.action.kind]}</p>
            <p class="hw-timeline__meta">
              <bdi>{taken.by}</bdi>, {formatLondon(taken.at)}
            </p>
            <Details taken={taken} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Details({ taken: { action } }: { taken: TakenAction }) {
  switch (action.kind) {
    case 'declined':
    case 'signposted':
      return <p class="govuk-body">Reason: {wordFor(decisionReasons, action.reason)}</p>;
    case 'allocated':
      return action.why === '' ? null : (
        <p class="govuk-body hw-text" dir="auto">
          {action.why}
        </p>
      );
    default:
      return null;
  }
}
