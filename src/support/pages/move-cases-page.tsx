import { z } from 'zod';
import { thresholdsOn } from '../../organisations/index.ts';
import { ageInWords, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { spread } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { Button, Select } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { type Case, readCaseload, workersOf } from '../caseload-queries.ts';
import { moveCases } from '../move-cases.ts';
import { workloadsOf } from '../worker-queries.ts';
import { workerOfProviderAddress } from './allocation-addresses.ts';
import { workerOfProvider } from './worker-of-provider-page.tsx';
import { workerWithPoints } from './worker-with-points.ts';

/** The most cases named one by one: far more than anybody works with. All can be moved however many there are. */
const MOST_NAMED = 200;

/** The control of each case has this name: brackets, as there are several. */
const EACH = 'to[]';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Of one case: its allocation and who takes it over; empty where that is left to the answer for all. */
const ofOneCase = z
  .string()
  .regex(new RegExp(`^(?:${UUID}:${UUID})?$`), { error: 'Choose who takes it over' });

/** Moves all cases of a worker who leaves, in one act: each to somebody of its team, or all to one. */
export const moveCasesPage = page({
  path: '/workers/:account/move',
  for: ['provider-manager'],
  params: z.object({ account: z.uuid() }),
  form: z.object({
    all: z.union([z.uuid(), z.literal('')]).default(''),
    [EACH]: z.array(ofOneCase).default([]).register(spread, { as: 'many' }),
  }),

  async get({ tx, asker, service, params, entry }) {
    const worker = await workerOfProvider(tx, asker, service, params.account);
    if (!worker) return missing();
    const { workload, organisationId } = worker;
    const { cases } = await readCaseload(tx, { workerIds: [workload.workerId] }, { most: MOST_NAMED });
    await recordLook(tx, {
      action: 'view-caseload',
      subject: { kind: 'account', id: workload.workerId },
      personId: null,
    });
    const today = londonDate(service.clock.now());
    const { caseload } = await thresholdsOn(tx, today);
    const loads = new Map(
      (await workloadsOf(tx, organisationId, caseload.value)).map((load) => [load.workerId, load]),
    );
    const others = (await workersOf(tx, { organisationId })).flatMap(({ accountId, name, teamName }) => {
      const load = loads.get(accountId);
      return accountId === workload.workerId
        ? []
        : [{ accountId, teamName, text: load === undefined ? name : workerWithPoints(load) }];
    });
    const typed = entry();
    return show(
      'Move their cases',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{workload.name}</bdi>
        </p>
        <h1 class="govuk-heading-l">Move their cases</h1>
        {workload.cases === 0 ? (
          <p class="govuk-body">They have no open cases.</p>
        ) : (
          <>
            <p class="govuk-body">
              All of them move at once, or none. Whoever takes any over is told. Together they are{' '}
              {workload.used} points.{' '}
              {workload.cases > cases.length &&
                `They have ${workload.cases}; the newest ${cases.length} are named here.`}
            </p>
            <Form>
              <AllToOne others={others} cases={cases} entry={typed} />
              <OneByOne others={others} cases={cases} entry={typed} today={today} />
              <Button preventDoubleClick>Move them</Button>
            </Form>
          </>
        )}
      </>,
      { backTo: workerOfProviderAddress(workload.workerId) },
    );
  },

  async post({ tx, asker, service, params }, { all, [EACH]: to }) {
    const worker = await workerOfProvider(tx, asker, service, params.account);
    if (!worker) return missing();
    const { organisationId } = worker;
    const each = new Map(
      to.filter((one) => one !== '').map((one) => one.split(':') as [allocationId: string, workerId: string]),
    );
    if (all === '' && each.size === 0)
      return refuse({ field: 'all', message: 'Choose who takes them over: all of them, or one by one' });
    const outcome = await moveCases(
      tx,
      { organisationId, workerId: params.account },
      { all: all === '' ? null : all, each },
    );
    switch (outcome.kind) {
      case 'changed-meanwhile':
        // Whoever has left, and has none of the cases any more, has no page to say it on.
        if (!(await workerOfProvider(tx, asker, service, params.account))) return redirect('/workers');
        return refuse({
          field: 'all',
          message:
            'Somebody else has moved or ended one of these cases since you opened this page: look again',
        });
      case 'not-of-the-team':
        return refuse({
          field: 'all',
          message: `${outcome.workerName} does not work in ${outcome.teamName}: choose somebody of that team for its cases`,
        });
      case 'moved':
        return redirect('/workers', {
          notice: outcome.count === 1 ? 'One case is moved' : `${outcome.count} cases are moved`,
        });
    }
  },
});

/** Somebody who can take cases over. */
interface TakingOver {
  accountId: string;
  teamName: string;
  /** Their name, and how much they have. */
  text: string;
}

interface MovingProps {
  others: readonly TakingOver[];
  cases: readonly Case[];
  entry: Entry;
}

function AllToOne({ others, cases, entry }: MovingProps) {
  const teams = new Set(cases.map(({ teamName }) => teamName));
  const named = new Map(
    others.flatMap(({ accountId, text, teamName }) => (teams.has(teamName) ? [[accountId, text]] : [])),
  );
  const fault = entry.fault('all');
  return (
    <Select
      name="all"
      label={{ text: 'Who takes all of them over, but for those below with somebody of their own?' }}
      value={entry.value('all')}
      errorMessage={fault === undefined ? undefined : { text: fault }}
      items={[
        { value: '', text: 'Nobody: I choose one by one' },
        ...[...named].map(([value = '', text = '']) => ({ value, text })),
      ]}
    />
  );
}

function OneByOne({ others, cases, entry, today }: MovingProps & { today: PlainDate }) {
  const chosen = entry.values(EACH);
  return (
    <>
      <h2 class="govuk-heading-m">One by one</h2>
      {cases.map((one) => (
        <Select
          key={one.allocationId}
          name={EACH}
          id={`to-${one.allocationId}`}
          label={{ text: `Who takes ${fullName(one)} over?` }}
          hint={{ text: `Age: ${ageInWords(one, today)}. Weight: ${one.weight}. Team: ${one.teamName}` }}
          value={chosen.find((each) => each.startsWith(one.allocationId)) ?? ''}
          items={[
            { value: '', text: 'As chosen for all' },
            ...others
              .filter(({ teamName }) => teamName === one.teamName)
              .map(({ accountId, text }) => ({ value: `${one.allocationId}:${accountId}`, text })),
          ]}
        />
      ))}
    </>
  );
}
