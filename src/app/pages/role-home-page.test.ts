import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor } from '../../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../../../test/support/young-person.ts';

let given: TestService;
let mine: { organisationId: string; teamId: string };
const who = {} as Record<
  'coordinator' | 'elsewhere' | 'spoc' | 'manager' | 'otherManager' | 'operations',
  Someone
>;

/** A young person of an area with an episode of support and an allocation. */
async function supported(
  familyName: string,
  {
    area,
    months,
    takenUp = true,
    to = mine,
  }: { area: string; months: number; takenUp?: boolean; to?: { organisationId: string; teamId: string } },
): Promise<string> {
  const { owner } = given;
  const { id } = await youngPerson(owner, { familyName, area });
  const { allocationId, referralId } = await allocated(owner, id, { ...to, area });
  const { rows } = await owner.query<{ id: string }>(
    `insert into service.episode (person_id, area, referral_id, opened_at)
     values ($1, $2, $3, now() - make_interval(months => $4, days => 1)) returning id`,
    [id, area, referralId, months],
  );
  await owner.query(
    `update service.allocation set episode_id = $2, started_at = now() - make_interval(months => $3, days => 1),
       taken_up_at = case when $4 then now() end where id = $1`,
    [allocationId, rows[0]?.id, months, takenUp],
  );
  return id;
}

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  mine = await provider(owner);
  const theirs = await provider(owner);
  who.coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH] });
  who.elsewhere = await someone(owner, 'coordinator', { areas: ['E09000001'] });
  who.spoc = await someone(owner, 'spoc', { areas: [LAMBETH] });
  who.manager = await someone(owner, 'provider-manager', { organisationId: mine.organisationId });
  who.otherManager = await someone(owner, 'provider-manager', { organisationId: theirs.organisationId });
  who.operations = await someone(owner, 'operations-manager');
  await supported('Newleaf', { area: LAMBETH, months: 0, takenUp: false });
  const spoken = await supported('Midway', { area: LAMBETH, months: 4 });
  await supported('Longago', { area: LAMBETH, months: 14 });
  await supported('Faraway', { area: CROYDON, months: 4, to: theirs });
  const worker = await someone(owner, 'caseworker', mine);
  await owner.query(
    `insert into service.contact (person_id, organisation_id, worker_id, happened_at, how, with_whom, outcome)
     values ($1, $2, $3, now(), 'telephone', 'young-person', 'reached')`,
    [spoken, mine.organisationId, worker.accountId],
  );
});
afterAll(() => given.stop());

const open = async (reader: Someone, path: string) => await new HttpVisitor(given, reader.cookie).get(path);

/** The counts of a home page that are links: what they say, and where they lead. */
async function countsOf(reader: Someone): Promise<ReadonlyMap<string, string>> {
  const { html } = await open(reader, '/home');
  return new Map(
    [
      ...html.matchAll(
        /<li><a class="govuk-link" href="([^"]+)"><strong>([^<]+)<\/strong>([^<]+)<\/a><\/li>/g,
      ),
    ].map(([, href = '', count = '', text = '']) => [`${count}${text}`, href]),
  );
}

const named = (html: string) =>
  [...html.matchAll(/<bdi>([A-Z][a-z]+)<\/bdi>/g)].map(([, name]) => name ?? '');

describe('every count opens the list that it counts', () => {
  test.each(['coordinator', 'spoc', 'manager', 'operations'] as const)('%s', async (role) => {
    const counts = [...(await countsOf(who[role]))].filter(([, href]) => href.startsWith('/young-people'));
    expect(counts.length).toBeGreaterThan(2);
    for (const [text, href] of counts) {
      const list = await open(who[role], href);
      expect(named(list.html), text).toHaveLength(Number.parseInt(text, 10));
    }
  });

  test('and every other link of a home page can be opened', async () => {
    for (const reader of [who.coordinator, who.spoc, who.manager, who.operations]) {
      const { html } = await open(reader, '/home');
      for (const [, href = ''] of html.matchAll(/href="(\/(?!sign-out)[a-z-]+[^"#]*)"/g))
        expect((await open(reader, href)).status, href).toBeLessThan(400);
    }
  });
});

test('by how long, and who is not engaged, as far as each may see', async () => {
  const areas = await countsOf(who.coordinator);
  expect(areas.get('1 supported for less than 1 month')).toBe('/young-people?length=under-1');
  expect(areas.get('1 supported for 3 to 6 months')).toBe('/young-people?length=3-to-6');
  expect(areas.get('1 allocated and not taken up')).toBe('/young-people?standing=not-taken-up');
  const everything = await countsOf(who.operations);
  expect(everything.get('2 supported for 3 to 6 months')).toBe('/young-people?length=3-to-6');
  // One was never spoken with, one was spoken with, one was not taken up.
  const list = (reader: Someone) => open(reader, '/young-people?standing=not-engaged');
  expect(named((await list(who.coordinator)).html)).toEqual(['Longago']);
  expect(named((await list(who.manager)).html)).toEqual(['Longago']);
  expect(named((await list(who.operations)).html)).toEqual(['Longago', 'Faraway']);
  expect(named((await list(who.otherManager)).html)).toEqual(['Faraway']);
  expect(named((await open(who.elsewhere, '/young-people')).html)).toEqual([]);
  expect(await countsOf(who.elsewhere)).toEqual(new Map());
});

test('the function that finds who is not engaged tells each about their own alone, asked without any page', async () => {
  const { owner, service } = given;
  const analyst = await someone(owner, 'analyst', { areas: [LAMBETH, CROYDON] });
  const colleague = await someone(owner, 'caseworker', mine);
  const told = async ({ token }: Someone) => {
    const found = await service.database.asPerson(token, (tx) =>
      sql<{ id: string }>`select need_to_know.not_engaged(null, null, 100) as id`.execute(tx),
    );
    const { rows } = await owner.query<{ name: string }>(
      `select p.family_name as name from service.allocation a join service.person p on p.id = a.person_id where a.id = any ($1) order by a.started_at`,
      [found?.result.rows.map(({ id }) => id)],
    );
    return rows.map(({ name }) => name);
  };
  expect(await told(who.operations)).toEqual(['Longago', 'Faraway']);
  for (const reader of [who.coordinator, who.spoc, who.manager, colleague])
    expect(await told(reader)).toEqual(['Longago']);
  expect(await told(who.otherManager)).toEqual(['Faraway']);
  expect(await told(who.elsewhere)).toEqual([]);
  expect(await told(analyst)).toEqual([]);
});

test('whoever waits for a provider is not supported yet, and whom two work with is counted once', async () => {
  const before = await countsOf(who.spoc);
  const waiting = await supported('Stillwaiting', { area: LAMBETH, months: 0 });
  await given.owner.query('update service.allocation set ended_at = now() where person_id = $1', [waiting]);
  const both = await supported('Bothwith', { area: LAMBETH, months: 14 });
  const third = await provider(given.owner);
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, episode_id, started_at)
     select referral_id, person_id, area, $2, $3, episode_id, now() from service.allocation where person_id = $1`,
    [both, third.organisationId, third.teamId],
  );
  const after = await countsOf(who.spoc);
  const lengths = (counts: ReadonlyMap<string, string>) =>
    [...counts].flatMap(([text, href]) => (href.includes('length=') ? [text] : []));
  expect(lengths(before)).toContain('1 supported for 12 months or more');
  expect(lengths(after)).toEqual(
    lengths(before).map((text) => text.replace('1 supported for 12 months', '2 supported for 12 months')),
  );
  await given.owner.query('delete from service.allocation where person_id = any ($1)', [[waiting, both]]);
});

test('the list is in pages, each young person once, the longest first', async () => {
  const many = await provider(given.owner);
  for (let each = 0; each < 27; each += 1)
    await supported('Manyfold', { area: 'E09000002', months: each, to: many });
  const reader = await someone(given.owner, 'coordinator', { areas: ['E09000002'] });
  const first = await open(reader, '/young-people');
  const next = /href="(\/young-people\?after=[^"]+)"/.exec(first.html)?.[1] ?? '';
  const people = [first, await open(reader, next)].flatMap(({ html }) => [
    ...html.matchAll(/href="(\/people\/[0-9a-f-]{36})"/g),
  ]);
  expect(people).toHaveLength(27);
  expect(new Set(people.map(([, href]) => href)).size).toBe(27);
});

test('whoever has a home page comes to it first', async () => {
  for (const reader of [who.coordinator, who.spoc, who.manager, who.operations])
    expect((await open(reader, '/')).location).toBe('/home');
});

test('what a provider should have looked at is listed, with the way to it', async () => {
  const place = await provider(given.owner);
  const manager = await someone(given.owner, 'provider-manager', { organisationId: place.organisationId });
  const id = await supported('Overdueson', { area: LAMBETH, months: 0, to: place });
  await given.owner.query(
    `insert into service.case_summary (person_id, organisation_id, area, stands, refresh_by) values ($1, $2, $3, 'Well', current_date - 3)`,
    [id, place.organisationId, LAMBETH],
  );
  const counts = await countsOf(manager);
  expect(counts.get('1 case summary to be written, or written afresh')).toBe('/overdue#summaries');
  expect([...counts.values()]).not.toContain('/overdue#risks');
  const overdue = await open(manager, '/overdue');
  expect(overdue.html).toContain(`/people/${id}/summary`);
  expect((await open(who.otherManager, '/overdue')).html).not.toContain(id);
});

test('what was never made is overdue as long after the allocation as a review would be', async () => {
  const place = await provider(given.owner);
  const manager = await someone(given.owner, 'provider-manager', { organisationId: place.organisationId });
  const worker = await someone(given.owner, 'caseworker', { ...place, name: 'Worker Of Neverson' });
  const id = await supported('Neverson', { area: LAMBETH, months: 0, to: place });
  const begunDaysAgo = (days: number) =>
    given.owner.query(
      `update service.allocation set worker_id = $2, started_at = now() - make_interval(days => $3) where person_id = $1`,
      [id, worker.accountId, days],
    );
  const listed = async (reader: Someone) =>
    [...(await open(reader, '/overdue')).html.matchAll(/href="\/people\/[^"]*">([^<]+)<span/g)].map(
      ([, what]) => what,
    );
  await begunDaysAgo(27);
  for (const reader of [manager, worker]) expect(await listed(reader)).toEqual([]);
  await begunDaysAgo(100);
  for (const reader of [manager, worker])
    expect(await listed(reader)).toEqual([
      'Safety plan, not made yet',
      'Risk, not assessed yet',
      'Case summary, not written yet',
    ]);
  // Whose work it is, a manager is told; a worker knows.
  expect((await open(manager, '/overdue')).html.split('<bdi>Worker Of Neverson</bdi>')).toHaveLength(4);
  expect((await open(worker, '/overdue')).html).not.toContain('Worker Of Neverson</bdi>');
  const counts = await countsOf(manager);
  expect(counts.get('1 plan, need or goal overdue')).toBe('/overdue#plans');
  expect(counts.get('1 risk to be assessed, or looked at again')).toBe('/overdue#risks');
  expect(counts.get('1 case summary to be written, or written afresh')).toBe('/overdue#summaries');
  await given.owner.query(
    `insert into service.safety_plan (person_id, organisation_id, occasion, reviewed_on, review_due_on)
     values ($1, $2, 'made', current_date, current_date + 80)`,
    [id, place.organisationId],
  );
  expect((await countsOf(manager)).has('1 plan, need or goal overdue')).toBe(false);
});

test('those without a worker are counted for the manager who is to choose one, and are in the list that opens', async () => {
  const place = await provider(given.owner);
  const manager = await someone(given.owner, 'provider-manager', { organisationId: place.organisationId });
  const worker = await someone(given.owner, 'caseworker', place);
  const [left, withWorker] = [
    await supported('Leftson', { area: LAMBETH, months: 0, to: place }),
    await supported('Givenson', { area: LAMBETH, months: 0, to: place }),
  ];
  await given.owner.query('update service.allocation set worker_id = $2 where person_id = $1', [
    withWorker,
    worker.accountId,
  ]);
  expect((await countsOf(manager)).get('1 young person without a worker')).toBe(
    '/caseload?show=without-worker',
  );
  const list = await open(manager, '/caseload?show=without-worker');
  expect(list.html).toContain(`/people/${left}`);
  expect(list.html).not.toContain(`/people/${withWorker}`);
});
