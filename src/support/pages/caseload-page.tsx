import { z } from 'zod';
import { ageInWords, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Asker } from '../../platform/database/transaction.ts';
import { Button, Pagination, Select, Table } from '../../platform/govuk/index.ts';
import { type Answer, page, show } from '../../platform/http/page.ts';
import { type Case, type CaseloadPart, readCaseload, type Worker, workersOf } from '../caseload-queries.ts';
import { workerAddress } from './support-addresses.ts';

/** How many cases one page lists. */
const A_PAGE = 25;

const parts = ['mine', 'team', 'without-worker', 'ended'] as const;
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
    const part: Part = query.show ?? (isManager ? 'team' : 'mine');
    const { cases, more } = await readCaseload(tx, wantedOf(asker, part, query), {
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
    const workers =
      isManager && asker.organisationId !== null
        ? await workersOf(tx, { organisationId: asker.organisationId })
        : [];
    const chosen = { show: query.show, team: query.team, worker: query.worker };
    const last = more ? cases.at(-1) : undefined;
    return show(
      'Caseload',
      <>
        <h1 class="govuk-heading-l">Caseload</h1>
        {isManager ? <ManagersFilter workers={workers} chosen={query} /> : <CaseworkersParts part={part} />}
        {cases.length === 0 ? (
          <Nothing part={part} isManager={isManager} isFiltered={Object.values(query).some(Boolean)} />
        ) : (
          <Cases cases={cases} isManager={isManager} today={londonDate(service.clock.now())} />
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
): CaseloadPart {
  if (asker.role === 'caseworker') {
    return part === 'mine' ? { workerId: asker.accountId } : { ended: part === 'ended' };
  }
  return {
    ended: part === 'ended',
    withoutWorker: part === 'without-worker',
    teamId: query.team,
    workerId: query.worker,
  };
}

function CaseworkersParts({ part }: { part: Part }) {
  const ways = [
    { show: 'mine', text: 'Yours' },
    { show: 'team', text: 'All of your team' },
    { show: 'ended', text: 'Ended in the last 28 days' },
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
  today,
}: {
  cases: readonly Case[];
  isManager: boolean;
  today: PlainDate;
}) {
  return (
    // Focusable, so that a keyboard can scroll a table that is wider than the screen.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="hw-scroll" aria-label="Young people" tabIndex={0}>
      <Table
        caption="Young people, the latest allocated first"
        captionClasses="govuk-visually-hidden"
        head={[
          { text: 'Name' },
          { text: 'Age' },
          { text: 'Since' },
          { text: 'Last contact' },
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
          {
            text:
              one.endedAt === null
                ? formatDate(londonDate(one.since))
                : `${formatDate(londonDate(one.since))} to ${formatDate(londonDate(one.endedAt))}`,
          },
          {
            text: one.lastContactAt === null ? 'None recorded' : formatDate(londonDate(one.lastContactAt)),
          },
          ...(isManager ? [{ text: <bdi>{one.teamName}</bdi> }] : []),
          { text: <WorkerOf one={one} isManager={isManager} /> },
        ])}
      />
    </section>
  );
}

function WorkerOf({ one, isManager }: { one: Case; isManager: boolean }) {
  const name = one.workerName === null ? 'Nobody yet' : <bdi>{one.workerName}</bdi>;
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
  if (isManager) {
    return isFiltered
      ? 'Nobody is in this part of the caseload. Choose another, or show everybody.'
      : 'Nobody is allocated to you yet. When a partnership coordinator allocates a young person to one of your teams, they are here, and you choose who works with them. You are told by e-mail.';
  }
  switch (part) {
    case 'mine':
      return 'You are nobody’s worker yet. When your manager chooses you, the young person is here, and you are told by e-mail. Until then you can see all of your team’s.';
    case 'ended':
      return 'Nothing ended in the last 28 days. After that a young person’s record is closed to your team.';
    default:
      return 'Nobody is allocated to your team yet. When a partnership coordinator allocates a young person to your team, they are here, and your manager chooses who works with them.';
  }
}
