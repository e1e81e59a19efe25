import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormClient } from '../../test/support/form-client.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';

const LAMBETH = 'E09000022';

let given: TestService;
let worker: Someone, manager: Someone, coordinator: Someone, outsider: Someone;
let personId: string;

beforeAll(async () => {
  given = await testService();
  const team = await provider(given.owner, 'The first provider');
  const other = await provider(given.owner, 'The second provider');
  worker = await someone(given.owner, 'caseworker', team);
  manager = await someone(given.owner, 'provider-manager', { organisationId: team.organisationId });
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
  outsider = await someone(given.owner, 'caseworker', other);
  const [referral] = [randomUUID()];
  personId = randomUUID();
  const query = (text: string, values: unknown[]) => given.owner.query(text, values);
  await query(
    `insert into service.person (id, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ($1, 'Marsh', 'marsh', 'not-known', 'male', 'NOBT', $2)`,
    [personId, LAMBETH],
  );
  await query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id, received_at)
     values ($1, 'intervention', 'allocated', $2, 'education', 'Northfield School', '2030-01-01', $3, 'M', 'm', 'not-known', 'male', 'NOBT', '[]', $4, '2026-01-05T09:00Z')`,
    [referral, worker.accountId, LAMBETH, personId],
  );
  await query(
    `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
     select $1, place, $2, $3, kind, '{}', timestamptz '2026-01-09T09:00Z', $4
     from unnest(array['accepted', 'allocated']) with ordinality as a (kind, place)`,
    [referral, LAMBETH, personId, coordinator.accountId],
  );
  await query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, started_at) values ($1, $2, $3, $4, $5, '2026-01-09T09:00Z')`,
    [referral, personId, LAMBETH, team.organisationId, team.teamId],
  );
  for (let day = 1; day <= 60; day += 1) {
    await query(
      `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact)
       values ($1, $2, $3, 'visit', timestamptz '2026-02-01T10:00Z' + make_interval(days => $4), $5)`,
      [personId, team.organisationId, worker.accountId, day, `What was seen on day ${day}.`],
    );
  }
  await query(
    `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact, deleted_at, deleted_by, delete_reason)
     values ($1, $2, $3, 'visit', '2026-02-02T11:00Z', '', now(), $3, 'Written about somebody else')`,
    [personId, team.organisationId, worker.accountId],
  );
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new FormClient(given, who);
const path = (query = '') => `/people/${personId}/chronology${query}`;

test('has everything once, the newest first, a page at a time', async () => {
  const first = (await as(worker).get(path())).html;
  const seen = (html: string) => [...html.matchAll(/seen on day (\d+)/g)].map(([, day]) => Number(day));
  expect(seen(first)).toEqual(Array.from({ length: 50 }, (_each, n) => 60 - n));
  const [, older] = /href="([^"]*before=[^"]*)"/.exec(first) ?? [];
  const second = (await as(worker).get((older ?? '').replaceAll('&amp;', '&'))).html;
  expect(seen(second)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(second).toContain('Allocated to The first provider');
  expect(second).toContain('Referral received: Support');
  expect(second).toContain('Referral: accepted');
  expect(second.match(/allocated to/gi)).toHaveLength(1);
  expect(seen((await as(worker).get(path('?all=yes'))).html)).toHaveLength(60);
  expect(`${first}${second}`).not.toContain('Written about somebody else');
});

test('is filtered by kind, by days in London and by what is significant', async () => {
  const notes = (await as(worker).get(path('?kind=referral&kind=support'))).html;
  expect(notes).toContain('Referral received');
  expect(notes).not.toContain('seen on day');
  const days = (await as(worker).get(path('?from=2026-02-03&until=2026-02-04'))).html;
  expect([...days.matchAll(/seen on day (\d+)/g)].map(([, day]) => day)).toEqual(['3', '2']);
  const significant = (await as(worker).get(path('?significant=yes'))).html;
  expect(significant).not.toContain('seen on day');
});

test('shows each reader what they may see and no more', async () => {
  const coordinators = await as(coordinator).get(path());
  expect(coordinators.html).toContain('Referral received');
  expect(coordinators.html).not.toContain('seen on day');
  expect((await as(outsider).get(path())).status).toBe(404);
  const nonsense = await as(manager).get(path('?kind=%27;drop&from=yesterday&before=1&at=2&significant=no'));
  expect(nonsense.status).toBe(200);
});

test('takes an event that stands nowhere else, and not one from the future', async () => {
  const day = { 'happenedOn-day': '5', 'happenedOn-month': '3', 'happenedOn-year': '2026' };
  const event = {
    ...day,
    what: 'Moved to his aunt',
    source: 'His mother',
    impact: 'Sleeps again',
    significant: 'yes',
  };
  const late = await as(worker).submit(path('/new'), { ...event, 'happenedOn-year': '2199' });
  expect(late.html).toContain('cannot be in the future');
  expect((await as(worker).submit(path('/new'), event)).status).toBe(303);
  const html = (await as(manager).get(path('?significant=yes'))).html;
  expect(html).toContain('Moved to his aunt');
  expect(html).toContain('Sleeps again');
  expect(html).toContain('5 March 2026');
});

test('says of each entry what it tells of, and whose chronology it is', async () => {
  const theirs = [
    personId,
    (await given.owner.query('select organisation_id from service.allocation')).rows[0].organisation_id,
  ];
  await given.owner.query(
    `insert into service.ete_period (person_id, organisation_id, from_on, status, place) values ($1, $2, '2026-01-20', 'not-in-education', '')`,
    theirs,
  );
  for (const [how, outcome] of [
    ['telephone', 'reached'],
    ['letter', 'reached'],
    ['in-person', 'did-not-come'],
  ])
    await given.owner.query(
      `insert into service.contact (person_id, organisation_id, worker_id, happened_at, how, with_whom, outcome, place)
       values ($1, $2, $3, '2026-01-21T11:00Z', $4, 'young-person', $5, '')`,
      [...theirs, worker.accountId, how, outcome],
    );
  await given.owner.query(
    `update service.person set date_of_birth = '2010-04-03', date_of_birth_precision = 'exact' where id = $1`,
    [personId],
  );
  await given.owner.query(
    `insert into service.trigger_profile (person_id, organisation_id, reviewed_on, review_due_on) values ($1, $2, '2026-01-22', '2026-04-22')`,
    theirs,
  );
  await given.owner.query(
    `insert into service.network_member (person_id, organisation_id, kind, name, relationship, parental_responsibility, lives_with, may_contact, contact_why)
     values ($1, $2, 'associate', 'Ant', 'older cousin', 'no', 'no', 'never', 'He sells for them')`,
    theirs,
  );
  await given.owner.query(
    `insert into service.imported_support (referral_id, person_id, area, ordinal, provider, allocated_on)
     select id, person_id, area, 1, 'somebody-else', '2021-02-03' from service.referral where person_id = $1 limit 1`,
    [personId],
  );
  expect((await as(worker).get(`/people/${personId}`)).html.replaceAll(/<[^>]*>/g, '')).toContain(
    'somebody-else, from 3 February 2021 to not known',
  );
  const { html } = await as(worker).get(path('?all=yes'));
  expect(html).toContain('Trigger profile reviewed');
  expect(html).toContain('Not to be contacted');
  expect(html).toContain('Support by somebody-else, before this system');
  expect(html).toContain('Education, training and work: in none of these');
  expect(html).toMatch(/Telephone call with the young person\s*</);
  expect(html).toContain('to the young person: they answered');
  expect(html).toContain('with the young person: they did not come');
  expect(html).toContain('Date of birth: 3 April 2010');
});

test('a case summary is read by the coordinator too, and changed by two in turn with their eyes open', async () => {
  const summary = `/people/${personId}/summary`;
  const [one, other] = [await as(worker).open(summary), await as(manager).open(summary)];
  expect((await one({ stands: 'He is at home with his aunt' })).status).toBe(303);
  const second = await other({ stands: 'He is at college' });
  expect([404, 409]).toContain(second.status);
  expect((await as(coordinator).get(`/people/${personId}`)).html).toContain('He is at home with his aunt');
  const afresh = await as(manager).submit(summary, { stands: 'He is at college' });
  expect(afresh.status).toBe(303);
  expect((await as(worker).get(`/people/${personId}`)).html).toContain('He is at college');

  // As when the young person goes to another borough: nobody wrote a word of it.
  const author = /<bdi>The first provider<\/bdi>, <bdi>Somebody provider-manager<\/bdi>/;
  expect((await as(worker).get(`/people/${personId}`)).html).toMatch(author);
  await given.owner.query('update service.case_summary set area = $2 where person_id = $1', [
    personId,
    'E09000008',
  ]);
  expect((await as(worker).get(`/people/${personId}`)).html).toMatch(author);
});
