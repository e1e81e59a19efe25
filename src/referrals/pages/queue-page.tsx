import { Fragment } from 'preact';
import { z } from 'zod';
import { ageInWords, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import { type PlainDate, parsePlainDate } from '../../platform/clock/plain-date.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { Button, Checkboxes, Pagination, Select, Tag } from '../../platform/govuk/index.ts';
import { page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import {
  type AreaInReach,
  areasInReach,
  type QueueCounts,
  type QueuedReferral,
  type QueuePlace,
  queueOrders,
  readQueue,
  type Wait,
  waits,
} from '../queue-queries.ts';
import { kindInWords, referralKinds, type Turn, turns } from '../referral.ts';
import { referralAddress } from './referral-address.ts';

const A_PAGE = 25;

/** What an address says that makes no sense is left out, so that an old bookmark still opens the queue. */
const filters = z.object({
  wait: z.enum(waits).optional().catch(undefined),
  whom: z.enum(turns).optional().catch(undefined),
  kind: z.enum(referralKinds).optional().catch(undefined),
  /** The code of an area, or `patch-` and that of a patch. */
  where: z.string().optional(),
  late: z.literal('yes').optional().catch(undefined),
  unsafe: z.literal('yes').optional().catch(undefined),
  order: z.enum(queueOrders).optional().catch(undefined),
  after: z.string().transform(placeFrom).optional(),
});
type Query = z.output<typeof filters>;
type Chosen = Omit<Query, 'after'>;

/** The coordinator's queue: what waits for somebody, whose turn it is and by when, the most urgent first. */
export const queuePage = page({
  path: '/queue',
  for: ['coordinator', 'analyst', 'operations-manager'],
  query: filters,
  async get({ tx, asker, service, query: { after, ...chosen } }) {
    const today = londonDate(service.clock.now());
    const areas = await areasInReach(tx);
    const { referrals: found, counts } = await readQueue(
      tx,
      {
        filter: {
          wait: chosen.wait,
          whom: chosen.whom,
          kind: chosen.kind,
          areas: areasAt(chosen.where, areas),
          isLate: chosen.late === 'yes',
          isUnsafe: chosen.unsafe === 'yes',
        },
        order: chosen.order ?? 'due',
        after,
        atMost: A_PAGE + 1,
      },
      today,
    );
    await recordLook(tx, {
      action: 'view-queue',
      subject: { kind: 'access-grant', id: asker.grantId },
      personId: null,
    });
    const shown = found.slice(0, A_PAGE);
    const last = found.length > A_PAGE ? shown.at(-1) : undefined;
    const { order: _order, ...narrowed } = chosen;
    const isFiltered = Object.values(narrowed).some((value) => value !== undefined && value !== '');
    return show(
      'Queue',
      <>
        <h1 class="govuk-heading-l">Queue</h1>
        <Counts counts={counts} />
        <Filters chosen={chosen} areas={areas} role={asker.role} />
        {shown.length > 0 ? (
          <Referrals
            referrals={shown}
            today={today}
            order={orderInWords[chosen.order ?? 'due']}
            role={asker.role}
          />
        ) : (
          <Nothing isFiltered={isFiltered || after !== undefined} />
        )}
        {(after || last) && (
          <Pagination
            previous={after && { href: queuePage.url({}, chosen), text: 'Back to the beginning' }}
            next={
              last && {
                href: queuePage.url({}, { ...chosen, after: writtenPlace(last.place) }),
                text: 'Next',
              }
            }
          />
        )}
      </>,
    );
  },
});

const orderInWords: Record<(typeof queueOrders)[number], string> = {
  due: 'What is due first',
  longest: 'Longest waiting',
  newest: 'Newest',
};

/** What a referral waits for, in the words of the list and of the filter. */
const waitInWords: Record<Wait, string> = {
  look: 'Nobody has looked at it yet',
  decision: 'A decision',
  provider: 'A provider to be chosen',
  'take-up': 'The provider’s answer',
  verify: 'The referrer to be verified',
};

const turnInWords: Record<Turn, string> = {
  coordinator: 'The coordinator',
  referrer: 'The referrer',
  analyst: 'The analyst',
  'gender-consultant': 'The gender consultant',
  borough: 'The borough',
  provider: 'The provider',
};

const toldTo = (role: Role, turn: Turn): string => (role === turn ? 'You' : turnInWords[turn]);

function Counts({ counts }: { counts: QueueCounts }) {
  const lists = [
    { count: counts.unsafe, text: 'not safe when they were referred', query: { unsafe: 'yes' } },
    { count: counts.late, text: 'late', query: { late: 'yes' } },
    { count: counts.toLookAt, text: 'not looked at yet', query: { wait: 'look' } },
    { count: counts.toDecide, text: 'waiting for a decision', query: { wait: 'decision' } },
    { count: counts.toAllocate, text: 'waiting for a provider', query: { wait: 'provider' } },
    { count: counts.toTakeUp, text: 'waiting for a provider’s answer', query: { wait: 'take-up' } },
    {
      count: counts.toVerify,
      text: 'decided, with a referrer to verify before they can read it',
      query: { wait: 'verify' },
    },
  ];
  return (
    <ul class="govuk-list" aria-label="What waits">
      {lists.map(({ count, text, query }) => (
        <li key={text}>
          {count === 0 ? (
            `None ${text}`
          ) : (
            <a class="govuk-link" href={queuePage.url({}, query)}>
              {count} {text}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

interface FiltersProps {
  chosen: Chosen;
  areas: readonly AreaInReach[];
  role: Role;
}

function Filters({ chosen, areas, role }: FiltersProps) {
  const patches = new Map(
    areas.flatMap(({ patch, patchName }) => (patch && patchName ? [[patch, patchName]] : [])),
  );
  return (
    <form method="get" class="hw-filter" aria-label="Filter the queue">
      <div class="govuk-grid-row">
        <Choice
          name="wait"
          label="Waiting for"
          value={chosen.wait}
          all="Anything"
          options={waits.map((wait) => ({ value: wait, text: waitInWords[wait] }))}
        />
        <Choice
          name="whom"
          label="Whose turn it is"
          value={chosen.whom}
          all="Anybody’s"
          options={turns.map((turn) => ({ value: turn, text: toldTo(role, turn) }))}
        />
        <Choice
          name="where"
          label="Area"
          value={chosen.where}
          all={patches.size > 1 ? 'All that you cover' : 'All of your areas'}
          options={[
            ...(patches.size > 1
              ? [...patches].map(([code, name]) => ({ value: `patch-${code}`, text: `Patch: ${name}` }))
              : []),
            ...areas.map(({ code, name }) => ({ value: code, text: name })),
          ]}
        />
      </div>
      <div class="govuk-grid-row">
        <Choice
          name="kind"
          label="What it asks for"
          value={chosen.kind}
          all="Support or intelligence"
          options={referralKinds.map((kind) => ({ value: kind, text: kindInWords[kind] }))}
        />
        <Choice
          name="order"
          label="In order of"
          value={chosen.order}
          all={orderInWords.due}
          options={queueOrders
            .filter((order) => order !== 'due')
            .map((order) => ({ value: order, text: orderInWords[order] }))}
        />
      </div>
      <Checkboxes
        name="only"
        classes="govuk-checkboxes--small"
        items={[
          { name: 'late', value: 'yes', text: 'Only what is late', checked: chosen.late === 'yes' },
          {
            name: 'unsafe',
            value: 'yes',
            text: 'Only where the referrer said that the young person was not safe',
            checked: chosen.unsafe === 'yes',
          },
        ]}
      />
      <Button classes="govuk-button--secondary">Filter</Button>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string | undefined;
  /** What the list shows where nothing is chosen. */
  all: string;
  options: readonly { value: string; text: string }[];
}

function Choice({ name, label, value = '', all, options }: ChoiceProps) {
  return (
    <div class="govuk-grid-column-one-third">
      <Select
        name={name}
        label={{ text: label }}
        value={value}
        items={[{ value: '', text: all }, ...options]}
      />
    </div>
  );
}

interface ReferralsProps {
  referrals: readonly QueuedReferral[];
  today: PlainDate;
  order: string;
  role: Role;
}

function Referrals({ referrals, today, order, role }: ReferralsProps) {
  return (
    <ScrollingTable
      about="Referrals"
      caption={`Referrals. ${order}`}
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Due' },
        { text: 'Referral' },
        { text: 'Borough' },
        { text: 'Waiting for' },
        { text: 'Working days waiting', format: 'numeric' },
        { text: 'Referrer' },
      ]}
      rows={referrals.map((referral) => [
        { text: <Due referral={referral} /> },
        {
          text: (
            <>
              <a class="govuk-link hw-reference" href={referralAddress(referral.referralId)}>
                {referral.reference}
              </a>{' '}
              <br />
              <bdi>{fullName(referral)}</bdi>, {ageShortly(referral, today)} <Marks referral={referral} />
            </>
          ),
        },
        { text: referral.areaName },
        {
          text: (
            <>
              {listed(referral.whom.map((turn) => toldTo(role, turn)))}: {waitingFor(referral)} <br />
              {kindInWords[referral.kind]}
            </>
          ),
        },
        { text: String(referral.workingDaysWaiting), format: 'numeric' },
        { text: referral.referrerIsVerified ? 'Verified' : 'Not verified' },
      ])}
    />
  );
}

function Due({ referral: { dueOn, isLate } }: { referral: QueuedReferral }) {
  if (dueOn === null) return <>No day is set</>;
  return (
    <>
      {formatDate(dueOn)}
      {isLate && (
        <>
          {' '}
          <Tag classes="govuk-tag--red">Late</Tag>
        </>
      )}
    </>
  );
}

function Marks({ referral: { wait, saidNotSafe, isUrgent } }: { referral: QueuedReferral }) {
  const marks = [
    ...(wait === 'look' ? [{ text: 'New', colour: 'govuk-tag--blue' }] : []),
    ...(saidNotSafe ? [{ text: 'Not safe', colour: 'govuk-tag--red' }] : []),
    ...(isUrgent ? [{ text: 'Cannot wait', colour: 'govuk-tag--orange' }] : []),
  ];
  return (
    <>
      {marks.map(({ text, colour }) => (
        <Fragment key={text}>
          <Tag classes={colour}>{text}</Tag>{' '}
        </Fragment>
      ))}
    </>
  );
}

/** What a referral waits for, as what somebody whose turn it is has to do. */
function waitingFor({ wait, providerName }: QueuedReferral): string {
  switch (wait) {
    case 'look':
      return 'a first look';
    case 'decision':
      return 'a decision';
    case 'provider':
      return 'a provider to be chosen';
    case 'take-up':
      return `an answer from ${providerName}`;
    case 'verify':
      return 'the referrer to be verified, before they can read the decision';
  }
}

/** `You`, `The analyst and the borough`. */
function listed(words: readonly string[]): string {
  return words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1)))
    .join(' and ');
}

function ageShortly(referral: QueuedReferral, today: PlainDate): string {
  const age = ageInWords(referral, today);
  return age === 'Not known' ? 'age not known' : age;
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <p class="govuk-body">
      Nothing in the queue is like that.{' '}
      <a class="govuk-link" href={queuePage.url()}>
        Show the whole queue
      </a>
    </p>
  ) : (
    <p class="govuk-body">
      Nothing is waiting. When somebody refers a young person of your areas, you will get an email and see it
      here.
    </p>
  );
}

/** The codes of the areas an address means; all, where it means none of the asker's. */
function areasAt(where: string | undefined, areas: readonly AreaInReach[]): string[] | undefined {
  const meant = areas.filter(
    ({ code, patch }) => where === code || (patch !== null && where === `patch-${patch}`),
  );
  return meant.length > 0 ? meant.map(({ code }) => code) : undefined;
}

const writtenPlace = ({ cannotWait, day, id }: QueuePlace): string =>
  `${cannotWait ? 'first' : 'then'}.${day}.${id}`;

function placeFrom(written: string): QueuePlace | undefined {
  const [rank = '', day = '', id = ''] = written.split('.');
  const isDay = day === 'infinity' || parsePlainDate(day) !== undefined;
  return isDay && z.uuid().safeParse(id).success ? { cannotWait: rank === 'first', day, id } : undefined;
}
