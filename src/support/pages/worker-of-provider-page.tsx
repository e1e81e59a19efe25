import { z } from 'zod';
import { thresholdsOn } from '../../organisations/index.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Transaction } from '../../platform/database/transaction.ts';
import { MOST_INTEGER } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import type { Service } from '../../platform/service.ts';
import { setCapacity } from '../worker-commands.ts';
import { type Cover, coversFrom, type Workload, workloadsOf } from '../worker-queries.ts';
import { workerOfProviderAddress } from './allocation-addresses.ts';
import { endCoverPage } from './end-cover-page.tsx';

/** The most points that anybody is set to carry. */
const MOST_POINTS = 500;

/** Somebody who works for a provider: how much they carry, who stands in for them, and the way to move their cases. */
export const workerOfProviderPage = page({
  path: '/workers/:account',
  for: ['provider-manager'],
  params: z.object({ account: z.uuid() }),
  form: z.object({
    points: z
      .string()
      .default('')
      .transform((typed, context) => {
        const points = Number(typed.trim());
        if (/^\d+$/.test(typed.trim()) && points <= MOST_POINTS) return points;
        context.addIssue({
          code: 'custom',
          message: `Enter how many points they carry, a whole number from 0 to ${MOST_POINTS}`,
        });
        return z.NEVER;
      }),
    version: z.coerce.number().int().nonnegative().max(MOST_INTEGER),
  }),

  async get({ tx, asker, service, params, entry }) {
    const worker = await workerOfProvider(tx, asker, service, params.account);
    if (!worker) return missing();
    const { workload, covers } = worker;
    const typed = entry({ points: String(workload.points) });
    const isThere = workload.teams.length > 0;
    return show(
      workload.name,
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>
            {workload.teams.map(({ teamName }) => teamName).join(', ') || 'In none of your teams now'}
          </bdi>
        </p>
        <h1 class="govuk-heading-l">
          <bdi>{workload.name}</bdi>
        </h1>
        <p class="govuk-body">
          <a class="govuk-link" href={`/caseload?worker=${workload.workerId}`}>
            Works with {workload.cases} {workload.cases === 1 ? 'young person' : 'young people'}
          </a>
          : {workload.used} of {workload.points} points used.
        </p>
        {workload.cases > 0 && (
          <Button
            href={workerOfProviderAddress(workload.workerId, 'move')}
            classes={isThere ? 'govuk-button--secondary' : undefined}
          >
            Move their cases
          </Button>
        )}
        {isThere && (
          <>
            <h2 class="govuk-heading-m">Cover</h2>
            <Covers covers={covers} workerId={workload.workerId} />
            <h2 class="govuk-heading-m">Capacity</h2>
            <Form>
              <input type="hidden" name="version" value={workload.capacityVersion} />
              <TextQuestion
                name="points"
                label="Points they carry"
                hint="Fewer for somebody who works part of the week or is new"
                inputmode="numeric"
                width="short"
                autocomplete="off"
                entry={typed}
              />
              <Button classes="govuk-button--secondary" preventDoubleClick>
                Save
              </Button>
            </Form>
          </>
        )}
      </>,
      { backTo: '/workers' },
    );
  },

  async post({ tx, asker, service, params }, { points, version }) {
    const worker = await workerOfProvider(tx, asker, service, params.account);
    if (!worker || worker.workload.teams.length === 0) return missing();
    if (!(await setCapacity(tx, worker.organisationId, params.account, points, version))) {
      return refuse({
        field: 'points',
        message: `Somebody else has just set ${worker.workload.points} points: save again if that is not right`,
      });
    }
    return redirect(workerOfProviderAddress(params.account), { notice: 'Their points are saved' });
  },
});

/** Somebody who works for the provider of whoever asks, or has open cases of it; null else. */
export async function workerOfProvider(
  tx: Transaction,
  { organisationId }: Asker,
  service: Service,
  accountId: string,
): Promise<{ organisationId: string; workload: Workload; covers: Cover[] } | null> {
  if (organisationId === null) return null;
  const today = londonDate(service.clock.now());
  const { caseload } = await thresholdsOn(tx, today);
  const [workload] = await workloadsOf(tx, organisationId, caseload.value, accountId);
  if (!workload) return null;
  return {
    organisationId,
    workload,
    covers: await coversFrom(tx, organisationId, today, { workerId: accountId }),
  };
}

function Covers({ covers, workerId }: { covers: readonly Cover[]; workerId: string }) {
  return (
    <>
      {covers.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {covers.map((cover) => (
            <li key={cover.id}>
              <bdi>{cover.coveredByName}</bdi> stands in from {formatDate(cover.startsOn)} to{' '}
              {formatDate(cover.endsOn)}{' '}
              <a class="govuk-link" href={endCoverPage.url({ account: workerId, cover: cover.id })}>
                End<span class="govuk-visually-hidden"> this cover</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p class="govuk-body">
        {covers.length === 0 && 'Nobody stands in for them. '}
        <a class="govuk-link" href={workerOfProviderAddress(workerId, 'cover')}>
          Arrange cover
        </a>
      </p>
    </>
  );
}
