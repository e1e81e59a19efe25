import { addDays } from '../../platform/clock/plain-date.ts';
import type { Cast, Provider, Teller } from './teller.ts';

const profiles = [
  {
    works_with: 'everybody',
    specialisms: ['gangs-and-families', 'custody'],
    languages: ['Turkish', 'French'],
    areas: [],
  },
  {
    works_with: 'young-women',
    specialisms: ['young-women', 'aged-18-to-25'],
    languages: ['Portuguese'],
    areas: [],
  },
  {
    works_with: 'everybody',
    specialisms: ['housing', 'learning-needs'],
    languages: ['Somali', 'Polish'],
    // The boroughs that it is paid for.
    areas: ['E09000008', 'E09000022', 'E09000023', 'E09000025', 'E09000012'],
  },
] as const;

/** What each team offers, how much its workers carry, who stands in for whom, and who is out and should be back. */
export async function tellProviderWork(teller: Teller, { providers }: Cast): Promise<void> {
  for (const [index, provider] of providers.entries()) {
    await teller.as(provider.managing);
    await teller.insert('identity.team_profile', { team_id: provider.teamId, ...profiles[index] });
    await tellWorkers(teller, provider, index);
  }
}

async function tellWorkers(teller: Teller, provider: Provider, index: number): Promise<void> {
  const [one, other] = provider.caseworkers;
  if (!one || !other) return;
  const { organisationId } = provider;
  await teller.insert('service.worker_capacity', {
    organisation_id: organisationId,
    worker_id: one.id,
    points: 45 + index * 10,
  });
  // Of the first team somebody is away from today, who is not at work; of the others somebody will be, or was.
  const [away, standIn] = index === 0 ? [provider.caseworkers[2] ?? one, other] : [one, other];
  const begins = [0, 9, -20][index] ?? 0;
  await teller.insert('service.cover', {
    organisation_id: organisationId,
    worker_id: away.id,
    covered_by: standIn.id,
    starts_on: addDays(teller.today, begins),
    ends_on: addDays(teller.today, begins + 7),
  });
  const hour = 3_600_000;
  // They went out before; when a row is recorded is the database's to say otherwise.
  await teller.call('alter table service.check_in disable trigger stamp', []);
  for (const [worker, wentAgo, backIn, goingTo, isBack] of [
    [other, 1, 2, 'A home visit by the station, on foot, and back to the office', false],
    [one, 3, -1, 'A meeting in the café by the library, then home by bus', false],
    [other, 5, -2, 'A visit with the social worker', true],
  ] as const) {
    await teller.as(worker);
    await teller.insert('service.check_in', {
      worker_id: worker.id,
      organisation_id: organisationId,
      going_to: goingTo,
      expected_back_at: new Date(teller.now.getTime() + backIn * hour),
      recorded_at: new Date(teller.now.getTime() - wentAgo * hour),
      recorded_by: worker.id,
      ...(isBack
        ? { checked_in_at: new Date(teller.now.getTime() - 2 * hour), checked_in_by: worker.id }
        : {}),
    });
  }
  await teller.call('alter table service.check_in enable trigger stamp', []);
}
