import { thresholdsOn } from '../../organisations/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { Tag } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type Cover, coversFrom, holdsOn, type Workload, workloadsOf } from '../worker-queries.ts';
import { workerOfProviderAddress } from './allocation-addresses.ts';

/** Who works for a provider, how much each carries, and who stands in for whom. */
export const workersPage = page({
  path: '/workers',
  for: ['provider-manager'],

  async get({ tx, asker, service }) {
    const { organisationId } = asker;
    if (organisationId === null) return missing();
    const today = londonDate(service.clock.now());
    const { caseload } = await thresholdsOn(tx, today);
    const workloads = await workloadsOf(tx, organisationId, caseload.value);
    const covers = await coversFrom(tx, organisationId, today);
    return show(
      'Workers',
      <>
        <h1 class="govuk-heading-l">Workers</h1>
        <p class="govuk-body">
          Each case has a weight, 1 light to 5 intensive. A worker carries {caseload.value} points, unless you
          set another figure for them.
        </p>
        {workloads.length === 0 ? (
          <p class="govuk-body">
            Nobody works in your teams yet. An administrator adds caseworkers, and you or another of your
            organisation’s approvers approve them.
          </p>
        ) : (
          <ScrollingTable
            about="Workers"
            firstCellIsHeader
            head={[
              { text: 'Name' },
              { text: 'Teams' },
              { text: 'Young people', format: 'numeric' },
              { text: 'Points used', format: 'numeric' },
              { text: 'Points carried', format: 'numeric' },
              { text: 'Cover' },
            ]}
            rows={workloads.map((workload) => [
              {
                text: (
                  <a class="govuk-link" href={workerOfProviderAddress(workload.workerId)}>
                    <bdi>{workload.name}</bdi>
                  </a>
                ),
              },
              { text: <TeamsOf workload={workload} /> },
              { text: String(workload.cases), format: 'numeric' },
              {
                text: (
                  <>
                    {workload.used}
                    {workload.used > workload.points && (
                      <>
                        {' '}
                        <Tag classes="govuk-tag--red">{workload.used - workload.points} too many</Tag>
                      </>
                    )}
                  </>
                ),
                format: 'numeric',
              },
              { text: String(workload.points), format: 'numeric' },
              {
                text: (
                  <CoverInShort
                    covers={covers.filter(({ workerId }) => workerId === workload.workerId)}
                    today={today}
                  />
                ),
              },
            ])}
          />
        )}
      </>,
    );
  },
});

function TeamsOf({ workload }: { workload: Workload }) {
  const { teams } = workload;
  if (teams.length === 0)
    return (
      <strong>
        Cannot sign in to any of your teams now:{' '}
        <a class="govuk-link" href={workerOfProviderAddress(workload.workerId, 'move')}>
          move their cases
        </a>
      </strong>
    );
  return <bdi>{teams.map(({ teamName }) => teamName).join(', ')}</bdi>;
}

function CoverInShort({ covers, today }: { covers: readonly Cover[]; today: PlainDate }) {
  const [next] = covers;
  if (!next) return <>None</>;
  const when = holdsOn(next, today)
    ? `until ${formatDate(next.endsOn)}`
    : `from ${formatDate(next.startsOn)} to ${formatDate(next.endsOn)}`;
  return (
    <>
      <bdi>{next.coveredByName}</bdi>, {when}
    </>
  );
}
