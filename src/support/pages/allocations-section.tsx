import { type Reason, reasonsOf } from '../../organisations/index.ts';
import { type PersonSection, readersOfRecords } from '../../people/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { SummaryList } from '../../platform/govuk/index.ts';
import { wordFor } from '../../reference/code-lists.ts';
import {
  type Allocation,
  allocationsOf,
  type SupportBefore,
  supportBefore,
  type WorkingWith,
  whoWorksWith,
} from '../caseload-queries.ts';
import { allocationAddress } from './allocation-addresses.ts';
import { workerAddress } from './support-addresses.ts';

/** Who works with a young person, on their page. */
export const allocationsSection: PersonSection = {
  for: readersOfRecords,
  async show({ tx, asker, person }) {
    const allocations = await allocationsOf(tx, person.id);
    const others = allocations.some(({ endedAt }) => endedAt === null)
      ? []
      : await whoWorksWith(tx, person.id);
    const before = await supportBefore(tx, person.id);
    // Who was passed over is the business of those who keep the queue.
    const jumps =
      asker.role === 'coordinator' || asker.role === 'operations-manager'
        ? await reasonsOf(tx, 'queue-jump')
        : [];
    return (
      <>
        <h2 class="govuk-heading-m">Who works with them</h2>
        {allocations.length + others.length === 0 && (
          <p class="govuk-body">
            {before.length > 0
              ? 'Nobody, as far as is recorded here.'
              : 'Nobody yet. A partnership coordinator allocates them to a provider.'}
          </p>
        )}
        {others.length > 0 && <Others others={others} />}
        {allocations.length > 0 && (
          <SummaryList
            rows={allocations.map((allocation) => ({
              key: { text: <bdi>{allocation.organisationName}</bdi> },
              value: { text: <AllocationInWords allocation={allocation} jumps={jumps} /> },
              actions:
                asker.role === 'provider-manager' && allocation.endedAt === null
                  ? {
                      items: [
                        {
                          href: allocationAddress(allocation.id),
                          text: allocation.takenUpAt === null ? 'Take up or hand back' : 'Hand back',
                        },
                        {
                          href: workerAddress(allocation.id),
                          text: allocation.workerId === null ? 'Choose a worker' : 'Change the worker',
                        },
                      ],
                    }
                  : undefined,
            }))}
          />
        )}
        {before.length > 0 && <Before before={before} />}
      </>
    );
  },
};

/** What came from the system before this one. */
function Before({ before }: { before: readonly SupportBefore[] }) {
  const day = (on: PlainDate | null) => (on === null ? 'not known' : formatDate(on));
  return (
    <>
      <h3 class="govuk-heading-s">Support before this system</h3>
      <ul class="govuk-list govuk-list--bullet">
        {before.map(({ providerName, from, until }, place) => (
          <li key={place}>
            <bdi>{providerName === '' ? 'Provider not recorded' : providerName}</bdi>, from {day(from)} to{' '}
            {day(until)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Others({ others }: { others: readonly WorkingWith[] }) {
  return (
    <SummaryList
      rows={others.map(({ organisationName, teamName, workerName, startedAt }) => ({
        key: { text: <bdi>{organisationName}</bdi> },
        value: {
          text: (
            <>
              {workerName === null ? 'No worker chosen yet' : <bdi>{workerName}</bdi>}, <bdi>{teamName}</bdi>
              <br />
              Since {formatDate(londonDate(startedAt))}
            </>
          ),
        },
      }))}
    />
  );
}

function AllocationInWords({ allocation, jumps }: { allocation: Allocation; jumps: readonly Reason[] }) {
  const { workerName, teamName, startedAt, takenUpAt, endedAt, wentBefore, jumpReason } = allocation;
  const since = formatDate(londonDate(startedAt));
  return (
    <>
      {workerName === null ? 'No worker chosen yet' : <bdi>{workerName}</bdi>}, <bdi>{teamName}</bdi>
      <br />
      {endedAt === null
        ? `Since ${since}${takenUpAt === null ? ', not taken up yet' : ''}`
        : `From ${since} to ${formatDate(londonDate(endedAt))}`}
      {wentBefore > 0 && jumps.length > 0 && (
        <>
          <br />
          Went before {wentBefore} who had waited longer: {wordFor(jumps, jumpReason)}
        </>
      )}
    </>
  );
}
