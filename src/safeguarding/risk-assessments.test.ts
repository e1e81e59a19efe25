import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor, type Reply } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, LAMBETH, youngPerson } from '../../test/support/young-person.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays, type PlainDate, partsOf } from '../platform/clock/plain-date.ts';
import { overdueRisks } from './risk-queries.ts';

let given: TestService;
let ours: Awaited<ReturnType<typeof provider>>;
let worker: Someone;
let manager: Someone;
let otherWorker: Someone;
let coordinator: Someone;
let operations: Someone;
let theirs: Awaited<ReturnType<typeof provider>>;
const today = londonDate(new Date());

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  [ours, theirs] = [await provider(owner), await provider(owner)];
  worker = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  otherWorker = await someone(owner, 'caseworker', { ...theirs, name: 'Ben Osei' });
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Mai Ager',
  });
  coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH] });
  operations = await someone(owner, 'operations-manager');
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);

function onDay(day: PlainDate): Record<string, string> {
  const [year, month, date] = partsOf(day);
  return { 'reviewOn-day': String(date), 'reviewOn-month': String(month), 'reviewOn-year': String(year) };
}

const risk = (more: Record<string, string> = {}) => ({
  level: 'high',
  reasons: 'Two men wait outside the college.',
  protective: 'His aunt',
  beingDone: 'Another way home',
  ...onDay(addDays(today, 14)),
  ...more,
});

async function ourYoungPerson(): Promise<string> {
  const { id } = await youngPerson(given.owner, { givenNames: 'Kai', familyName: 'Hollis' });
  await allocated(given.owner, id, { ...ours, workerId: worker.accountId });
  return id;
}

const latestOf = async (personId: string): Promise<string> =>
  (
    await given.owner.query(
      'select id from service.risk_assessment where person_id = $1 order by assessed_at desc limit 1',
      [personId],
    )
  ).rows[0]?.id;

describe('how great the risk is', () => {
  test('is judged with reasons and a day to look again; the latest counts, and those before it stay', async () => {
    const id = await ourYoungPerson();
    expect((await as(worker).get(`/people/${id}`)).text).toContain('Nobody has assessed it yet');
    expect((await as(worker).fill(`/people/${id}/risk/new`, risk())).status).toBe(303);
    expect(
      (await as(manager).fill(`/people/${id}/risk/new`, risk({ level: 'low', reasons: 'They have moved.' })))
        .status,
    ).toBe(303);
    const overview = await as(worker).get(`/people/${id}`);
    expect(overview.text).toContain('Risk Low , to be looked at again by ');
    const page = await as(operations).get(`/people/${id}/risk`);
    expect(page.text).toMatch(
      /Now Low on .* They have moved\. .* Earlier, the latest first High on .* Two men wait/,
    );
    expect(page.html).not.toContain('Assess the risk');
  });

  test('needs its reasons, and a day in the next four weeks', async () => {
    const id = await ourYoungPerson();
    const path = `/people/${id}/risk/new`;
    const without = await as(worker).fill(path, { ...risk(), reasons: '' });
    expect(without.status).toBe(422);
    expect(without.text).toContain('Enter the reasons');
    const late = await as(worker).fill(path, risk(onDay(addDays(today, 29))));
    expect(late.text).toContain('or sooner');
    expect(late.html).toContain('Two men wait outside the college.');
    const past = await as(worker).fill(path, risk(onDay(today)));
    expect(past.text).toContain('must be in the future');
    expect(await latestOf(id)).toBe(undefined);
  });

  test('is for those who work with them: no coordinator reads it, and nobody at another’s address', async () => {
    const [id, another] = [await ourYoungPerson(), await ourYoungPerson()];
    await as(worker).fill(`/people/${id}/risk/new`, risk());
    const assessment = await latestOf(id);
    for (const part of ['', '/new', `/${assessment}`])
      expect((await as(coordinator).get(`/people/${id}/risk${part}`)).status).toBe(403);
    expect((await as(coordinator).get(`/people/${id}`)).text).not.toContain('to be looked at again');
    expect((await as(otherWorker).get(`/people/${id}/risk`)).status).toBe(404);
    expect((await as(worker).get(`/people/${another}/risk/${assessment}`)).status).toBe(404);
    const form = await as(worker).get(`/people/${id}/risk/${assessment}/correct`);
    const forged = await as(worker).send(form, risk(), `/people/${another}/risk/${assessment}/correct`);
    expect(forged.status).toBe(404);
  });

  test('is corrected by its own provider, what it said before is kept', async () => {
    const id = await ourYoungPerson();
    await allocated(given.owner, id, theirs);
    await as(worker).fill(`/people/${id}/risk/new`, risk());
    const path = `/people/${id}/risk/${await latestOf(id)}`;
    expect((await as(otherWorker).get(path)).status).toBe(200);
    expect((await as(otherWorker).get(`${path}/correct`)).status).toBe(404);
    const form = await as(worker).get(`${path}/correct`);
    expect(
      (await as(otherWorker).send(form, risk({ reasons: 'forged' }), `${path}/correct`)).status,
    ).not.toBe(303);
    expect((await as(worker).send(form, risk({ reasons: 'Two men wait outside the school.' }))).status).toBe(
      303,
    );
    expect((await as(manager).get(path)).text).toMatch(
      /Amira Khan, .* Reasons: from “Two men wait outside the college\.” to “ ?Two men wait outside the school\.”/,
    );
  });

  test('that two correct at once is shown to the second, who chooses', async () => {
    const id = await ourYoungPerson();
    await as(worker).fill(`/people/${id}/risk/new`, risk());
    const path = `/people/${id}/risk/${await latestOf(id)}/correct`;
    const [first, second] = [as(worker), as(manager)];
    const [one, two]: [Reply, Reply] = [await first.get(path), await second.get(path)];
    expect((await first.send(one, risk({ level: 'medium' }))).status).toBe(303);
    const shown = await second.send(two, risk({ level: 'low' }));
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('Amira Khan');
    expect((await second.send(shown, { 'keep-level': 'theirs' }, path)).status).toBe(303);
    expect((await first.get(`/people/${id}/risk`)).text).toContain('Medium on');
  });

  test('is overdue where the latest says so, whatever those before it said', async () => {
    const { owner } = given;
    const place = await provider(owner);
    const theirWorker = await someone(owner, 'caseworker', place);
    const people: string[] = [];
    for (const name of ['Overdue', 'Overdue longer', 'Looked at again', 'Left']) {
      const { id } = await youngPerson(owner, { givenNames: name });
      people.push(id);
      await allocated(owner, id, name === 'Left' ? { ...place, endedDaysAgo: 3 } : place);
    }
    const assess = (person: string | undefined, reviewOn: string, daysAgo: number) =>
      owner.query(
        `insert into service.risk_assessment (person_id, organisation_id, level, reasons, review_on, assessed_by, assessed_at)
         values ($1, $2, 'high', 'x', $3, $4, now() - make_interval(days => $5))`,
        [person, place.organisationId, reviewOn, theirWorker.accountId, daysAgo],
      );
    await assess(people[0], '2026-02-02', 40);
    await assess(people[1], '2026-01-02', 40);
    await assess(people[2], '2026-01-01', 40);
    await assess(people[2], addDays(today, 1), 1);
    await assess(people[3], '2026-01-01', 40);
    const read = (after?: { reviewOn: PlainDate; personId: string }) =>
      given.service.database.asPerson(theirWorker.token, (tx) =>
        overdueRisks(tx, today, { after, review: { value: 4, unit: 'weeks' }, most: 1 }),
      );
    const first = (await read())?.result;
    expect(first).toMatchObject({
      more: true,
      risks: [{ givenNames: 'Overdue longer', reviewOn: '2026-01-02' }],
    });
    expect((await read(first?.risks[0]))?.result).toMatchObject({
      more: false,
      risks: [{ givenNames: 'Overdue' }],
    });
  });

  test('is overdue where nobody assessed it for so long after the provider was given them', async () => {
    const { owner } = given;
    const place = await provider(owner);
    const theirWorker = await someone(owner, 'caseworker', place);
    for (const [givenNames, days] of [
      ['Due today', 28],
      ['Due yesterday', 29],
    ] as const) {
      const { id } = await youngPerson(owner, { givenNames });
      const { allocationId } = await allocated(owner, id, place);
      await owner.query(
        `update service.allocation set started_at = $2::date - $3::int + interval '12 hours' where id = $1`,
        [allocationId, today, days],
      );
    }
    const found = await given.service.database.asPerson(theirWorker.token, (tx) =>
      overdueRisks(tx, today, { review: { value: 4, unit: 'weeks' }, most: 10 }),
    );
    expect(found?.result.risks).toMatchObject([
      { givenNames: 'Due yesterday', level: null, reviewOn: addDays(today, -1) },
    ]);
  });
});
