import type { ComponentChildren } from 'preact';
import { followUpsDue, unsafeFollowUps, waitingClosings } from '../../closing/index.ts';
import { countDiedInSupport, countTurned18, countTurning18, maySeePlans } from '../../life-events/index.ts';
import {
  type BoroughWithoutContact,
  boroughsWithoutContact,
  thresholdsOn,
} from '../../organisations/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import { page, show } from '../../platform/http/page.ts';
import {
  countBoroughReferrals,
  countReferrals,
  countSupportFromFiles,
  countWaiting,
} from '../../referrals/index.ts';
import { countQueue } from '../../requests/index.ts';
import { countConcerns } from '../../safeguarding/index.ts';
import { notesToSignOff, silentCases } from '../../supervision/index.ts';
import {
  allocationStandings,
  countOpenSupport,
  countOverdueCheckIns,
  countToAnswer,
  countWithoutWorker,
  countWorkerGone,
  supportLengths,
} from '../../support/index.ts';
import { overdueWork } from '../overdue-work.ts';
import { type Counted, type CountGroup, MOST_COUNTED } from './home-counts.ts';
import { protectionGroups, serviceGroup } from './oversight-counts.ts';

/** Who begins with live counts of what waits. */
const hasHomePage = [
  'spoc',
  'coordinator',
  'provider-manager',
  'operations-manager',
  'data-protection-lead',
] as const satisfies Role[];

/** Where somebody who answers for more than their own cases begins: what waits, each count a link to its list. */
export const roleHomePage = page({
  path: '/home',
  for: hasHomePage,
  async get({ tx, asker, service }) {
    const now = service.clock.now();
    const today = londonDate(now);
    const groups = await groupsFor(tx, asker, now, today);
    const boroughs =
      asker.role === 'coordinator' || asker.role === 'operations-manager'
        ? await boroughsWithoutContact(tx, MOST_COUNTED)
        : [];
    await recordLook(tx, {
      action: 'view-home',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    return show(
      'What waits',
      <>
        <h1 class="govuk-heading-l">What waits</h1>
        <Alarm boroughs={boroughs} />
        {groups.map(({ id, heading, counts }) => (
          <section key={id} aria-labelledby={id}>
            <h2 class="govuk-heading-m" id={id}>
              {heading}
            </h2>
            <ul class="govuk-list">
              {counts.map((counted) => (
                <li key={counted.text}>{inWords(counted)}</li>
              ))}
            </ul>
          </section>
        ))}
      </>,
    );
  },
});

function inWords({ count, text, one, href }: Counted): ComponentChildren {
  // What reads otherwise of one begins with a noun: "No closings to sign off", but "None late".
  if (count === 0) return one === undefined ? `None ${text}` : `No ${text}`;
  return (
    <a class="govuk-link" href={href}>
      <strong>{count >= MOST_COUNTED ? `${MOST_COUNTED} or more` : count}</strong>{' '}
      {count === 1 ? (one ?? text) : text}
    </a>
  );
}

/** Boroughs in which nobody is told of referrals: those first in which somebody waits. */
function Alarm({ boroughs }: { boroughs: readonly BoroughWithoutContact[] }) {
  if (boroughs.length === 0) return null;
  const waiting = boroughs.filter((borough) => borough.waiting !== null && borough.waiting > 0);
  return (
    <div class="govuk-warning-text">
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">Warning </span>
        {waiting.length === 0
          ? 'Nobody waits there, but '
          : `Referrals wait unseen in ${waiting.map((one) => `${one.name} (${one.waiting})`).join(', ')}: `}
        <a class="govuk-link" href="/boroughs-without-contact">
          {boroughs.length === 1 ? '1 borough has no contact' : `${boroughs.length} boroughs have no contact`}
        </a>
      </strong>
    </div>
  );
}

async function groupsFor(tx: Transaction, asker: Asker, now: Date, today: PlainDate): Promise<CountGroup[]> {
  const support = () => supportGroup(tx, asker, now, today);
  switch (asker.role) {
    case 'data-protection-lead':
      return await protectionGroups(tx, now);
    case 'spoc':
      return [await boroughGroup(tx, asker, today), await support()];
    case 'provider-manager':
      return [await providerGroup(tx, asker, now, today), await support()];
    case 'operations-manager':
      return [...(await areaGroups(tx, today)), await support(), await serviceGroup(tx, now)];
    default:
      return [...(await areaGroups(tx, today)), await support()];
  }
}

const areaGroups = async (tx: Transaction, today: PlainDate): Promise<CountGroup[]> => [
  await referralsGroup(tx, today),
  await concernsGroup(tx, today),
];

async function boroughGroup(tx: Transaction, asker: Asker, today: PlainDate): Promise<CountGroup> {
  const referrals = await countBoroughReferrals(tx, MOST_COUNTED);
  const asked = await countQueue(tx, 'borough', asker.accountId, today);
  return {
    id: 'asked-of-you',
    heading: 'Referrals, and what is asked of you',
    counts: [
      { count: referrals.unseen, text: 'that nobody of your borough has seen', href: '/borough?show=unseen' },
      { count: referrals.open, text: 'waiting for a decision or a provider', href: '/borough' },
      {
        count: asked.late,
        text: 'requests to your borough that are late',
        one: 'request to your borough that is late',
        href: '/borough/requests?show=late',
      },
      {
        count: asked.waiting,
        text: 'requests that nobody has taken',
        one: 'request that nobody has taken',
        href: '/borough/requests',
      },
      {
        count: asked.mine,
        text: 'requests that you have taken',
        one: 'request that you have taken',
        href: '/borough/requests?show=mine',
      },
    ],
  };
}

async function referralsGroup(tx: Transaction, today: PlainDate): Promise<CountGroup> {
  const counts = await countReferrals(tx, today);
  return {
    id: 'referrals',
    heading: 'Referrals',
    counts: [
      { count: counts.unsafe, text: 'not safe when they were referred', href: '/queue?unsafe=yes' },
      { count: counts.late, text: 'late', href: '/queue?late=yes' },
      { count: counts.toDecide, text: 'waiting for a decision', href: '/queue?wait=decision' },
      { count: counts.toTakeUp, text: 'waiting for a provider’s answer', href: '/queue?wait=take-up' },
      {
        count: counts.toVerify,
        text: 'referrers to verify before they can read the decision',
        one: 'referrer to verify before they can read the decision',
        href: '/queue?wait=verify',
      },
      {
        count: await countWaiting(tx, MOST_COUNTED),
        text: 'accepted and on the waiting list',
        href: '/waiting-list',
      },
      {
        count: await countSupportFromFiles(tx, MOST_COUNTED),
        text: 'with open support that came from files, and no worker here',
        href: '/support-from-files',
      },
    ],
  };
}

async function concernsGroup(tx: Transaction, today: PlainDate): Promise<CountGroup> {
  const { open, untold, unanswered, late } = await countConcerns(tx, today);
  return {
    id: 'concerns',
    heading: 'Safeguarding concerns',
    counts: [
      { count: untold, text: 'that nobody has been told of', href: '/concerns?show=untold' },
      { count: late, text: 'whose answer is late', href: '/concerns?show=late' },
      { count: unanswered, text: 'not answered', href: '/concerns?show=unanswered' },
      { count: open, text: 'open', href: '/concerns' },
    ],
  };
}

async function providerGroup(
  tx: Transaction,
  asker: Asker,
  now: Date,
  today: PlainDate,
): Promise<CountGroup> {
  const organisationId = asker.organisationId ?? '';
  const concerns = await countConcerns(tx, today);
  const overdue = await overdueWork(tx, { today, of: { organisationId }, most: MOST_COUNTED });
  const closings = await waitingClosings(tx);
  const followUps = await followUpsDue(tx, today);
  const unsafe = await unsafeFollowUps(tx, 'own provider');
  const { notes } = await notesToSignOff(tx, organisationId, MOST_COUNTED);
  const without = (await thresholdsOn(tx, today))['without-contact'];
  const silent = await silentCases(tx, organisationId, { without, today, most: MOST_COUNTED });
  return {
    id: 'waits',
    heading: 'To answer, sign off or follow up',
    counts: [
      {
        count: unsafe.length,
        text: 'young people who said that they are not safe, and nobody has acted',
        one: 'young person who said that they are not safe, and nobody has acted',
        href: '/closings#not-safe',
      },
      {
        count: concerns.untold,
        text: 'concerns that nobody has been told of',
        one: 'concern that nobody has been told of',
        href: '/concerns?show=untold',
      },
      {
        count: concerns.unanswered,
        text: 'concerns not answered',
        one: 'concern not answered',
        href: '/concerns?show=unanswered',
      },
      {
        count: await countOverdueCheckIns(tx, now, MOST_COUNTED),
        text: 'workers who should be back and have not said so',
        one: 'worker who should be back and has not said so',
        href: '/check-ins',
      },
      {
        count: await countToAnswer(tx, organisationId, MOST_COUNTED),
        text: 'allocations to take up or hand back',
        one: 'allocation to take up or hand back',
        href: '/caseload#unanswered',
      },
      {
        count: await countWithoutWorker(tx, organisationId, MOST_COUNTED),
        text: 'young people without a worker',
        one: 'young person without a worker',
        href: '/caseload?show=without-worker',
      },
      {
        count: await countDiedInSupport(tx, organisationId, MOST_COUNTED),
        text: 'young people who have died and whose support is to be closed',
        one: 'young person who has died and whose support is to be closed',
        href: '/caseload?show=died',
      },
      {
        count: await countWorkerGone(tx, organisationId, MOST_COUNTED),
        text: 'young people whose worker cannot sign in',
        one: 'young person whose worker cannot sign in',
        href: '/workers',
      },
      {
        count: closings.length,
        text: 'closings to sign off',
        one: 'closing to sign off',
        href: '/closings#to-sign-off',
      },
      { count: notes.length, text: 'notes to sign off', one: 'note to sign off', href: '/supervision#notes' },
      {
        count: silent.length,
        text: `young people not spoken with for ${without.value} ${without.unit} or more`,
        one: `young person not spoken with for ${without.value} ${without.unit} or more`,
        href: '/supervision#without-contact',
      },
      {
        count: overdue.plans.length,
        text: 'plans, needs and goals overdue',
        one: 'plan, need or goal overdue',
        href: '/overdue#plans',
      },
      {
        count: overdue.risks.length,
        text: 'risks to be assessed, or looked at again',
        one: 'risk to be assessed, or looked at again',
        href: '/overdue#risks',
      },
      {
        count: followUps.length,
        text: 'young people to ask how they are',
        one: 'young person to ask how they are',
        href: '/closings#to-ask',
      },
      {
        count: overdue.summaries.length,
        text: 'case summaries to be written, or written afresh',
        one: 'case summary to be written, or written afresh',
        href: '/overdue#summaries',
      },
    ],
  };
}

async function supportGroup(tx: Transaction, asker: Asker, now: Date, today: PlainDate): Promise<CountGroup> {
  const counts = await countOpenSupport(tx, { asker, now, most: MOST_COUNTED });
  const standings = allocationStandings
    // A provider has these as what waits for its answer.
    .filter(({ code }) => code !== 'not-taken-up' || asker.role !== 'provider-manager')
    .map(({ code, text }) => ({
      count: counts.standings[code],
      text,
      href: `/young-people?standing=${code}`,
    }));
  const lengths = supportLengths.map(({ code, text }) => ({
    count: counts.lengths[code],
    text: `supported for ${text}`,
    href: `/young-people?length=${code}`,
  }));
  // A borough contact has no list of them: transition is planned by whoever supports.
  const growing: Counted[] =
    asker.role === 'spoc'
      ? []
      : [
          {
            count: await countTurning18(tx, today, MOST_COUNTED),
            text: 'turning 18 within half a year',
            href: '/turning-18',
          },
          // Whether there is a plan is not the coordinator's to see.
          ...(maySeePlans(asker.role)
            ? [
                {
                  count: await countTurned18(tx, asker, today, MOST_COUNTED),
                  text: 'turned 18, and the plan is not done',
                  href: '/turning-18',
                },
              ]
            : []),
        ];
  return {
    id: 'support',
    heading: 'Young people with support',
    counts: [...standings, ...lengths, ...growing],
  };
}
