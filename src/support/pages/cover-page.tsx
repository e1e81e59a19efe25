import { z } from 'zod';
import { thresholdsOn } from '../../organisations/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { date } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, ListQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { arrangeCover } from '../worker-commands.ts';
import { workloadsOf } from '../worker-queries.ts';
import { workerOfProviderAddress } from './allocation-addresses.ts';
import { workerOfProvider } from './worker-of-provider-page.tsx';
import { workerWithPoints } from './worker-with-points.ts';

/** Arranges who stands in for a worker who is away. */
export const coverPage = page({
  path: '/workers/:account/cover',
  for: ['provider-manager'],
  params: z.object({ account: z.uuid() }),
  form: z.object({
    by: z.uuid({ error: 'Choose who stands in' }),
    from: date({ called: 'The first day', needed: 'Enter the first day' }),
    until: date({ called: 'The last day', needed: 'Enter the last day' }),
  }),

  async get({ tx, asker, service, params, entry }) {
    const worker = await workerOfProvider(tx, asker, service, params.account);
    if (!worker || worker.workload.teams.length === 0) return missing();
    const { workload, organisationId } = worker;
    const typed = entry();
    const { caseload } = await thresholdsOn(tx, londonDate(service.clock.now()));
    const colleagues = (await workloadsOf(tx, organisationId, caseload.value)).filter(
      ({ workerId, teams }) =>
        workerId !== workload.workerId &&
        teams.some(({ teamId }) => workload.teams.some((team) => team.teamId === teamId)),
    );
    return show(
      'Arrange cover',
      <>
        <Faults entry={typed} />
        <p class="govuk-caption-l">
          <bdi>{workload.name}</bdi>
        </p>
        <h1 class="govuk-heading-l">Arrange cover</h1>
        {colleagues.length === 0 ? (
          <p class="govuk-body">Nobody else works in their team, so nobody could see the cases.</p>
        ) : (
          <Form>
            <p class="govuk-body">
              Whoever stands in has the cases in their own caseload from the first day to the last, beside{' '}
              <bdi>{workload.name}</bdi>, whose cases are {workload.used} points. They are told.
            </p>
            <ListQuestion
              name="by"
              label="Who stands in?"
              entry={typed}
              options={colleagues.map((load) => ({ value: load.workerId, text: workerWithPoints(load) }))}
            />
            <DateQuestion name="from" label="First day" entry={typed} />
            <DateQuestion name="until" label="Last day" entry={typed} />
            <Button preventDoubleClick>Arrange it</Button>
          </Form>
        )}
      </>,
      { backTo: workerOfProviderAddress(workload.workerId) },
    );
  },

  async post({ tx, asker, service, params }, { by, from, until }) {
    const worker = await workerOfProvider(tx, asker, service, params.account);
    if (!worker || worker.workload.teams.length === 0) return missing();
    const today = londonDate(service.clock.now());
    // Both are needed, so a day that is not there was refused by the form.
    if (from === null || until === null) return missing();
    if (until < from)
      return refuse({
        field: 'until',
        control: 'until-day',
        message: 'The last day must not be before the first',
      });
    if (until < today)
      return refuse({ field: 'until', control: 'until-day', message: 'The last day must be today or later' });
    const { organisationId, workload } = worker;
    const [standIn] = await workloadsOf(tx, organisationId, workload.points, by);
    const isArranged =
      standIn !== undefined &&
      by !== workload.workerId &&
      (await arrangeCover(tx, organisationId, { worker: workload, standIn, startsOn: from, endsOn: until }));
    if (!isArranged) {
      return refuse({
        field: 'by',
        message: 'Choose somebody of the same team: nobody else could see the cases',
      });
    }
    return redirect(workerOfProviderAddress(params.account), { notice: 'The cover is arranged' });
  },
});
