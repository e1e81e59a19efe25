import { z } from 'zod';
import { dueOn, type Threshold, thresholdsOn } from '../../organisations/index.ts';
import { ageInWords, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker } from '../../platform/database/transaction.ts';
import { Button, Pagination, Select, Tag } from '../../platform/govuk/index.ts';
import { type Answer, page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import {
  type Case,
  type CaseloadPart,
  readCaseload,
  type ToAnswer,
  toAnswer,
  type Worker,
  workersOf,
} from '../caseload-queries.ts';
import { coversFrom, holdsOn, type Workload, workloadsOf } from '../worker-queries.ts';
import { allocationAddress } from './allocation-addresses.ts';
import { workerAddress } from './support-addresses.ts';

/** How many cases one page lists. */
const A_PAGE = 25;
/** How many that wait for a provider’s answer are named; the rest are counted. */
const MOST_TO_ANSWER = 100;

const parts = ['mine', 'team', 'without-worker', 'ended', 'died'] as const;
type Part = (typeof parts)[number];

/** The young people somebody works with: a caseworker their own and their team's, a manager all of the provider's. */
export const caseloadPage = page({
  path: '/caseload',
  for: ['caseworker', 'provider-manager'],
  query: z.object({
    show: z.enum(parts).optional().catch(undefined),
    team: z.uuid().optional().catch(undefined),
    worker: z.uuid().optional().catch(undefined),
    after: z.uuid().optional().catch(undefined),
  }),
  async get({ tx, asker, service, query }): Promise<Answer> {
    const isManager = asker.role === 'provider-manager';
    const today = londonDate(service.clock.now());
    const thresholds = await thresholdsOn(tx, today);
    const organisationId = asker.organisationId;
    const part: Part = query.show ?? (isManager ? 'team' : 'mine');
    const covers =
      organisationId === null
        ? []
        : (await coversFrom(tx, organisationId, today)).filter((cover) => holdsOn(cover, today));
    // Whose absence they cover, whose cases are theirs as long.
    const covered = covers.flatMap(({ coveredById, workerId }) =>
      coveredById === asker.accountId ? [workerId] : [],
    );
    const { cases, more } = await readCaseload(tx, wantedOf(asker, part, query, covered), {
      after: query.after,
      most: A_PAGE,
    });
    await recordLook(tx, {
      action: 'view-caseload',
      subject: isManager
        ? { kind: 'organisation', id: asker.organisationId }
        : { kind: 'team', id: asker.teamId },
      personId: null,
    });
    const workers = isManager && organisationId !== null ? await workersOf(tx, { organisationId }) : [];
    const unanswered =
      isManager && organisationId !== null ? await toAnswer(tx, organisationId, MOST_TO_ANSWER + 1) : [];
    const [own] =
      isManager || organisationId === null
        ? []
        : await workloadsOf(tx, organisationId, thresholds.caseload.value, asker.accountId);
    const chosen = { show: query.show, team: query.team, worker: query.worker };
    const last = more ? cases.at(-1) : undefined;
    return show(
      'Caseload',
      <>
        <h1 class="govuk-heading-l">Caseload</h1>
        {own && <OwnWorkload workload={own} />}
        <Unanswered allocations={unanswered} takeUp={thresholds['take-up']} today={today} />
        {isManager ? <ManagersFilter workers={workers} chosen={query} /> : <CaseworkersParts part={part} />}
        {cases.length === 0 ? (
          <Nothing part={part} isManager={isManager} isFiltered={Object.values(query).some(Boolean)} />
        ) : (
          <Cases
            cases={cases}
            isManager={isManager}
            standsIn={new Map(covers.map((cover) => [cover.workerId, cover.coveredByName]))}
            today={today}
          />
        )}
        {(query.after !== undefined || last) && (
          <Pagination
            previous={
              query.after === undefined
                ? undefined
                : { href: caseloadPage.url({}, chosen), text: 'Back to the newest' }
            }
            next={
              last && {
                href: caseloadPage.url({}, { ...chosen, after: last.allocationId }),
                text: 'Show those before',
              }
            }
          />
        )}
      </>,
    );
  },
});

function wantedOf(
  asker: Asker,
  part: Part,
  query: { team?: string | undefined; worker?: string | undefined },
  covered: readonly string[],
): CaseloadPart {
  if (asker.role === 'caseworker') {
    return part === 'mine'
      ? { workerIds: [asker.accountId, ...covered] }
      : { ended: part === 'ended', died: part === 'died' };
  }
  return {
    ended: part === 'ended',
    died: part === 'died',
    withoutWorker: part === 'without-worker',
    teamId: query.team,
    workerIds: query.worker === undefined ? undefined : [query.worker],
  };
}

function OwnWorkload({ workload: { cases, used, points } }: { workload: Workload }) {
  return (
    <p class="govuk-body">
      You work with {cases} {cases === 1 ? 'young person' : 'young people'}: {used} of your {points} points.
    </p>
  );
}

interface UnansweredProps {
  allocations: readonly ToAnswer[];
  takeUp: Threshold;
  today: PlainDate;
}

/** What waits for the provider to take it up or hand it back. */
function Unanswered({ allocations, takeUp, today }: UnansweredProps) {
  if (allocations.length === 0) return null;
  return (
    <section aria-labelledby="unanswered">
      <h2 class="govuk-heading-m" id="unanswered">
        Waiting for your answer
      </h2>
      <ul class="govuk-list">
        {allocations.slice(0, MOST_TO_ANSWER).map((allocation) => {
          const answerBy = dueOn(londonDate(allocation.since), takeUp);
          return (
            <li key={allocation.allocationId}>
              <a class="govuk-link" href={allocationAddress(allocation.allocationId)}>
                Answer about <bdi>{fullName(allocation)}</bdi>
              </a>
              , <bdi>{allocation.teamName}</bdi>, by {formatDate(answerBy)}{' '}
              {answerBy < today && <Tag classes="govuk-tag--red">Late</Tag>}
            </li>
          );
        })}
      </ul>
      {allocations.length > MOST_TO_ANSWER && (
        <p class="govuk-body">There are more: those that have waited longest are here.</p>
      )}
    </section>
  );
}

function CaseworkersParts({ part }: { part: Part }) {
  const ways = [
    { show: 'mine', text: 'Yours' },
    { show: 'team', text: 'All of your team' },
    { show: 'ended', text: 'Ended in the last 28 days' },
    { show: 'died', text: 'Those who have died and whose support is still to be closed' },
  ] as const;
  return (
    <nav aria-label="Parts of the caseload">
      <ul class="govuk-list">
        {ways.map(({ show: way, text }) => (
          <li key={way}>
            <a
              class="govuk-link"
              href={caseloadPage.url({}, { show: way })}
              aria-current={part === way ? 'page' : undefined}
            >
              {part === way ? <strong>{text}</strong> : text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Chosen {
  show?: Part | undefined;
  team?: string | undefined;
  worker?: string | undefined;
}

function ManagersFilter({ workers, chosen }: { workers: readonly Worker[]; chosen: Chosen }) {
  const teams = new Map(workers.map(({ teamId, teamName }) => [teamId, teamName]));
  return (
    <form method="get" class="hw-filter" aria-label="Filter the caseload">
      <Select
        name="show"
        label={{ text: 'Show' }}
        value={chosen.show ?? 'team'}
        items={[
          { value: 'team', text: 'Everybody you work with now' },
          { value: 'without-worker', text: 'Those without a worker' },
          { value: 'ended', text: 'Those you no longer work with' },
          { value: 'died', text: 'Those who have died and whose support is still to be closed' },
        ]}
      />
      <Select
        name="team"
        label={{ text: 'Team' }}
        value={chosen.team ?? ''}
        items={[
          { value: '', text: 'All teams' },
          ...[...teams].map(([id, name]) => ({ value: id, text: name })),
        ]}
      />
      <Select
        name="worker"
        label={{ text: 'Worker' }}
        value={chosen.worker ?? ''}
        items={[
          { value: '', text: 'All workers' },
          ...workers.map(({ accountId, name, teamName }) => ({
            value: accountId,
            text: `${name}, ${teamName}`,
          })),
        ]}
      />
      <Button classes="govuk-button--secondary">Filter</Button>
    </form>
  );
}

function Cases({
  cases,
  isManager,
  standsIn,
  today,
}: {
  cases: readonly Case[];
  isManager: boolean;
  /** Who stands in today, by the id of whoever is away. */
  standsIn: ReadonlyMap<string, string>;
  today: PlainDate;
}) {
  return (
    <ScrollingTable
      about="Young people"
      caption="Young people, the latest allocated first"
      captionClasses="govuk-visually-hidden"
      head={[
        { text: 'Name' },
        { text: 'Age' },
        { text: 'Since' },
        { text: 'Last contact' },
        { text: 'Weight', format: 'numeric' as const },
        ...(isManager ? [{ text: 'Team' }] : []),
        { text: 'Worker' },
      ]}
      rows={cases.map((one) => [
        {
          text: (
            <a class="govuk-link" href={personAddress(one.personId)}>
              <bdi>{fullName(one)}</bdi>
            </a>
          ),
        },
        { text: ageInWords(one, today) },
        { text: <Since one={one} isManager={isManager} /> },
        {
          text: one.lastContactAt === null ? 'None recorded' : formatDate(londonDate(one.lastContactAt)),
        },
        { text: String(one.weight), format: 'numeric' as const },
        ...(isManager ? [{ text: <bdi>{one.teamName}</bdi> }] : []),
        {
          text: (
            <WorkerOf
              one={one}
              isManager={isManager}
              standIn={one.workerId === null ? undefined : standsIn.get(one.workerId)}
            />
          ),
        },
      ])}
    />
  );
}

function Since({ one, isManager }: { one: Case; isManager: boolean }) {
  const since = formatDate(londonDate(one.since));
  if (one.endedAt !== null) return <>{`${since} to ${formatDate(londonDate(one.endedAt))}`}</>;
  if (one.takenUpAt !== null) return <>{since}</>;
  return (
    <>
      {since}
      <br />
      {isManager ? (
        <a
          class="govuk-link"
          href={allocationAddress(one.allocationId)}
          aria-label={`To be taken up: ${fullName(one)}`}
        >
          To be taken up
        </a>
      ) : (
        'Not taken up yet'
      )}
    </>
  );
}

function WorkerOf({
  one,
  isManager,
  standIn,
}: {
  one: Case;
  isManager: boolean;
  standIn: string | undefined;
}) {
  const worker = one.workerName === null ? 'Nobody yet' : <bdi>{one.workerName}</bdi>;
  const name =
    standIn === undefined || one.endedAt !== null ? (
      worker
    ) : (
      <>
        {worker}, away: <bdi>{standIn}</bdi> stands in
      </>
    );
  if (!isManager || one.endedAt !== null) return <>{name}</>;
  return (
    <>
      {name}
      <br />
      <a
        class="govuk-link"
        href={workerAddress(one.allocationId)}
        aria-label={`${one.workerName === null ? 'Choose' : 'Change'} the worker of ${fullName(one)}`}
      >
        {one.workerName === null ? 'Choose' : 'Change'}
      </a>
    </>
  );
}

function Nothing({ part, isManager, isFiltered }: { part: Part; isManager: boolean; isFiltered: boolean }) {
  return <p class="govuk-body">{nothingInWords(part, isManager, isFiltered)}</p>;
}

function nothingInWords(part: Part, isManager: boolean, isFiltered: boolean): string {
  if (part === 'died') return 'Nobody whose support is still open has died.';
  if (isManager) {
    return isFiltered
      ? 'Nobody is in this part of the caseload. Choose another, or show everybody.'
      : 'Nobody is allocated to you yet. When a partnership coordinator allocates a young person to one of your teams, they are here, and you choose who works with them. You are told by email.';
  }
  switch (part) {
    case 'mine':
      return 'You are nobody’s worker yet. When your manager chooses you, the young person is here, and you are told by email. Until then you can see all of your team’s.';
    case 'ended':
      return 'Nothing ended in the last 28 days. After that a young person’s record is closed to your team.';
    default:
      return 'Nobody is allocated to your team yet. When a partnership coordinator allocates a young person to your team, they are here, and your manager chooses who works with them.';
  }
}
