import { z } from 'zod';
import { thresholdsOn } from '../../organisations/index.ts';
import { findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { MOST_INTEGER } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { assignWorker } from '../assign-worker.ts';
import { findAllocation, workersOf } from '../caseload-queries.ts';
import { type Workload, workloadsOf } from '../worker-queries.ts';

const NOBODY = 'nobody';

/** How much work somebody can be, of a worker’s points. */
const weights = [
  { value: '1', text: '1, light' },
  { value: '2', text: '2' },
  { value: '3', text: '3, usual' },
  { value: '4', text: '4' },
  { value: '5', text: '5, intensive' },
] as const;

const NEEDS_WORKER = 'Choose who works with the young person';

/** Chooses who of a team works with a young person, by who has room, and says how much work it is. */
export const workerPage = page({
  path: '/allocations/:allocation/worker',
  for: ['provider-manager'],
  params: z.object({ allocation: z.uuid() }),
  form: z.object({
    worker: z.union([z.uuid(NEEDS_WORKER), z.literal(NOBODY)], NEEDS_WORKER),
    weight: z.enum(['1', '2', '3', '4', '5']).optional(),
    version: z.coerce.number().int().positive().max(MOST_INTEGER),
  }),

  async get({ tx, asker, service, params, entry }) {
    const allocation = await findAllocation(tx, params.allocation);
    const person = allocation && (await findPerson(tx, allocation.personId));
    if (!allocation || !person || allocation.endedAt !== null) return missing();
    await recordLook(tx, {
      action: 'view-allocation',
      subject: { kind: 'allocation', id: allocation.id },
      personId: person.id,
    });
    const workers = await workersOf(tx, { teamId: allocation.teamId });
    const typed = entry({ worker: allocation.workerId ?? '', weight: String(allocation.weight) });
    const { caseload } = await thresholdsOn(tx, londonDate(service.clock.now()));
    const workloads =
      asker.organisationId === null ? [] : await workloadsOf(tx, asker.organisationId, caseload.value);
    return show(
      'Choose a worker',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Choose a worker</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>, with{' '}
          <bdi>{allocation.teamName}</bdi>.{' '}
          {allocation.workerName === null ? (
            'Nobody is their worker yet.'
          ) : (
            <>
              Their worker is <bdi>{allocation.workerName}</bdi>.
            </>
          )}
        </p>
        {workers.length === 0 && (
          <p class="govuk-body">
            The team has no caseworkers yet. An administrator adds them, and you or another of your
            organisation’s approvers approve them.
          </p>
        )}
        <Form>
          <input type="hidden" name="version" value={allocation.version} />
          <ChoiceQuestion
            name="worker"
            label="Who works with them?"
            hint="All of the team can read the record and write notes, whoever it is"
            entry={typed}
            options={[
              ...workers.map(({ accountId, name }) => ({
                value: accountId,
                text: name,
                hint: roomInWords(workloads.find(({ workerId }) => workerId === accountId)),
              })),
              { value: NOBODY, text: 'Nobody yet' },
            ]}
          />
          <ChoiceQuestion
            name="weight"
            label="How much work is it?"
            hint="It counts against the points that the worker carries"
            entry={typed}
            options={weights}
          />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={personAddress(person.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, params }, { worker, weight, version }) {
    const outcome = await assignWorker(tx, params.allocation, {
      workerId: worker === NOBODY ? null : worker,
      weight: weight === undefined ? undefined : Number(weight),
      version,
    });
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'not-of-the-team':
        return refuse({ field: 'worker', message: 'Choose somebody who works in the team' });
      case 'changed-meanwhile':
        return refuse({
          field: 'worker',
          message: `Somebody else has just chosen ${outcome.workerName ?? 'nobody'}: choose again if that is not right`,
        });
      case 'saved':
        return redirect('/caseload', { notice: 'The worker is chosen' });
    }
  },
});

function roomInWords(workload: Workload | undefined): string {
  if (workload === undefined) return '';
  const { cases, used, points } = workload;
  return `${cases} ${cases === 1 ? 'young person' : 'young people'}, ${used} of ${points} points used`;
}
