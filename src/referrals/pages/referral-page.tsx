import { type ComponentChildren, Fragment } from 'preact';
import { z } from 'zod';
import { bornInWords, findPerson, fullName, type Person, personAddress } from '../../people/index.ts';
import { formatDate, formatLondon, londonDate } from '../../platform/clock/london-time.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, SummaryList, Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { agencyKinds, ethnicities, genders, unknownAgency, wordFor } from '../../reference/code-lists.ts';
import { findAllocation, type PresentAllocation } from '../allocation-queries.ts';
import { historyOf, type PersonHistory } from '../before-queries.ts';
import { acknowledgementNow } from '../borough-queries.ts';
import { canBeAllocated } from '../deciding-commands.ts';
import {
  type ActionKind,
  actionInWords,
  decisionKinds,
  kindInWords,
  stageAllows,
  stageForReferrer,
  stageInWords,
} from '../referral.ts';
import {
  type CoordinatedReferral,
  lookAtReferral,
  type Referrer,
  type TakenAction,
} from '../referral-queries.ts';
import type { ReferralSection } from '../referral-section.tsx';
import { BoroughSays } from './borough-says.tsx';
import { KeptAnswers } from './kept-answers.tsx';
import { NotAskedYet } from './not-asked-yet.tsx';
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
      const history = personId === null ? null : await historyOf(tx, personId, referral.id);
      const now = service.clock.now();
      const shown = [];
      // One transaction is one connection: its queries take turns however they are asked.
      for (const section of sections.filter((one) => one.for.includes(asker.role)))
        shown.push(await section.show({ tx, asker, service, referral }));
      return show(
        `Referral ${referral.reference}`,
        <>
          <ReferralHeading title={`Referral ${referral.reference}`} referral={referral} now={now} />
          <p class="govuk-body">
            <StageTag stage={referral.state.stage} />{' '}
            {referral.state.isUrgent && <Tag classes="govuk-tag--orange">Cannot wait</Tag>}
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
          {history && <HistoryOfPerson history={history} />}
          {wasPromoted(referral) && <NotAskedYet referral={referral} now={now} />}
          <Answers referral={referral} />
          <Timeline actions={referral.actions} />
        </>,
        { backTo: '/queue' },
      );
    },
  });

const wasPromoted = ({ actions }: CoordinatedReferral): boolean =>
  actions.some(({ action }) => action.kind === 'promoted');

interface TaskOnReferral {
  task: ReferralTask;
  /** What it is for: it is offered while the stage allows one of them. */
  kinds: readonly ActionKind[];
  text: string;
  /** How it is called once it is done and can be done again. */
  again?: { isDone(referral: CoordinatedReferral): boolean; text: string };
  /** Which referrals it is for; all if left out. */
  isFor?(referral: CoordinatedReferral): boolean;
  /** Not a step on the way to a provider: it stands below those. */
  isAside?: boolean;
}

const tasks: readonly TaskOnReferral[] = [
  {
    task: 'triage',
    kinds: ['triaged'],
    text: 'Record a first look',
    again: { isDone: ({ state }) => state.isTriaged, text: 'Say whether it can wait its turn' },
  },
  {
    task: 'verify-referrer',
    kinds: ['referrer-verified'],
    text: 'Verify the referrer',
    isFor: ({ referrer }) => referrer !== null,
    again: { isDone: ({ referrer }) => referrer?.verified != null, text: 'Verify the referrer again' },
  },
  {
    task: 'not-verified',
    kinds: ['referrer-not-verified'],
    text: 'Say that the referrer could not be verified',
    isFor: ({ referrer }) => referrer !== null && referrer.verified === null,
    isAside: true,
  },
  {
    task: 'match',
    kinds: ['person-linked'],
    text: 'Match the young person',
    again: {
      isDone: ({ state }) => state.personId !== null,
      text: 'Change which record this is matched with',
    },
  },
  { task: 'decide', kinds: decisionKinds, text: 'Decide' },
  {
    task: 'allocate',
    kinds: ['allocated', 'support-continued'],
    text: 'Allocate to a provider',
    isFor: canBeAllocated,
  },
  {
    task: 'promote',
    kinds: ['promoted'],
    text: 'Make it a referral for support',
    isFor: ({ state }) => state.kind === 'intelligence',
    isAside: true,
  },
  { task: 'amend-decision', kinds: ['decision-amended'], text: 'Amend the decision', isAside: true },
  { task: 'reverse-decision', kinds: ['decision-reversed'], text: 'Take the decision back', isAside: true },
];

function WhatCanBeDone({ referral, role }: { referral: CoordinatedReferral; role: Role }) {
  if (role !== 'coordinator') return null;
  const { stage } = referral.state;
  const offered = tasks.filter(
    ({ kinds, isFor }) => kinds.some((each) => stageAllows(stage, each)) && (isFor?.(referral) ?? true),
  );
  const standsAside = ({ again, isAside = false }: TaskOnReferral) =>
    isAside || (again?.isDone(referral) ?? false);
  const next = offered.filter((task) => !standsAside(task));
  const aside = offered.filter(standsAside);
  return (
    <>
      {next.length > 0 && (
        <div class="govuk-button-group">
          {next.map(({ task, text }, place) => (
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
      {aside.length > 0 && (
        <ul class="govuk-list">
          {aside.map(({ task, text, again }) => (
            <li key={task}>
              <a class="govuk-link" href={referralAddress(referral.id, task)}>
                {again?.isDone(referral) ? again.text : text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What went before with this young person: earlier referrals and what became of them, and the support they had. */
function HistoryOfPerson({ history: { referrals, episodes } }: { history: PersonHistory }) {
  return (
    <>
      <h2 class="govuk-heading-m">This young person’s history</h2>
      {referrals.length === 0 && episodes.length === 0 && (
        <p class="govuk-body">No other referral, and no support, that you can see.</p>
      )}
      {episodes.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {episodes.map(({ id, openedAt, closedAt, providers }) => (
            <li key={id}>
              {closedAt === null
                ? `Support since ${formatDate(londonDate(openedAt))}`
                : `Support from ${formatDate(londonDate(openedAt))} to ${formatDate(londonDate(closedAt))}`}
              {providers.length > 0 ? (
                <>
                  , <bdi>{providers.join(' and ')}</bdi>
                </>
              ) : (
                ', no provider'
              )}
            </li>
          ))}
        </ul>
      )}
      {referrals.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {referrals.map(({ id, reference, kind, stage, receivedAt, agencyName, reasonInWords }) => (
            <li key={id}>
              <a class="govuk-link hw-reference" href={referralAddress(id)}>
                {reference}
              </a>
              : {kindInWords[kind]}, received {formatDate(londonDate(receivedAt))} from{' '}
              <bdi>{agencyName}</bdi>. {stageInWords[stage]}
              {reasonInWords !== '' && `: ${reasonInWords}`}
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
    [
      'Received',
      // A file gives the day alone.
      referrer === null ? formatDate(londonDate(referral.receivedAt)) : formatLondon(referral.receivedAt),
    ],
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
    [
      'Referrer',
      referrer === null ? (
        'From the system before this one'
      ) : (
        <ReferrerDetails referrer={referrer} agencyName={referral.agencyName} />
      ),
    ],
    ['Agency', <bdi>{referral.agencyName}</bdi>],
    ['Kind of agency', wordFor([...agencyKinds, unknownAgency], referral.agencyKind)],
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

function ReferrerDetails({ referrer, agencyName }: { referrer: Referrer; agencyName: string }) {
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
          {verified.agencyName !== agencyName && (
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
  if (referrer === null) return null;
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

export function Answers({ referral }: { referral: CoordinatedReferral }) {
  return (
    <>
      <h2 class="govuk-heading-m">What was answered</h2>
      <KeptAnswers answers={referral.answers} />
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

/** What belongs to an action, as whoever took it chose and wrote it. */
function Details({ taken: { action, reasonInWords } }: { taken: TakenAction }) {
  const written =
    'why' in action ? action.why : 'note' in action ? action.note : 'to' in action ? action.to : '';
  return (
    <>
      {action.kind === 'triaged' && (
        <p class="govuk-body">{action.urgent ? 'It cannot wait its turn' : 'It can wait its turn'}</p>
      )}
      {action.kind === 'reopened' && (
        <p class="govuk-body">
          Asked for by <bdi>{action.askedBy}</bdi>
        </p>
      )}
      {reasonInWords !== '' && <p class="govuk-body">Reason: {reasonInWords}</p>}
      {written !== '' && (
        <p class="govuk-body hw-text" dir="auto">
          {written}
        </p>
      )}
    </>
  );
}
