import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../../test/support/young-person.ts';
import { fixedClock } from '../platform/clock/clock.ts';

let given: TestService;
let ours: Awaited<ReturnType<typeof provider>>;
let worker: Someone;
let manager: Someone;
let lambeth: Someone;
let croydon: Someone;
let lambethSpoc: Someone;
let croydonSpoc: Someone;
let operations: Someone;

beforeAll(async () => {
  given = await testService({ clock: fixedClock('2026-11-22T10:00:00Z') });
  const { owner } = given;
  ours = await provider(owner, 'Harbour Trust');
  worker = await someone(owner, 'caseworker', { ...ours });
  manager = await someone(owner, 'provider-manager', { organisationId: ours.organisationId });
  lambeth = await someone(owner, 'coordinator', { areas: [LAMBETH] });
  croydon = await someone(owner, 'coordinator', { areas: [CROYDON] });
  lambethSpoc = await someone(owner, 'spoc', { areas: [LAMBETH] });
  croydonSpoc = await someone(owner, 'spoc', { areas: [CROYDON] });
  operations = await someone(owner, 'operations-manager');
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const rowsOf = async (query: string, ...values: unknown[]) =>
  (await given.owner.query<Record<string, unknown>>(query, values)).rows;

/** A young person in support, with an episode. */
async function supported(dateOfBirth = '2010-04-03', familyName = 'Okafor') {
  const person = await youngPerson(given.owner, { dateOfBirth, familyName });
  const { referralId } = await allocated(given.owner, person.id, { ...ours, workerId: worker.accountId });
  await given.owner.query(
    `with opened as (
       insert into service.episode (person_id, area, referral_id) values ($1, $2, $3) returning id
     ), allocated as (
       update service.allocation set episode_id = (select id from opened) where referral_id = $3
     )
     update service.referral set episode_id = (select id from opened) where id = $3`,
    [person.id, LAMBETH, referralId],
  );
  return { ...person, referralId };
}

const on = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};

const CAMDEN = 'E09000007';
const move = {
  area: CROYDON,
  ...on('movedOn', '2026-11-01'),
  why: 'The family moved',
  agreedBy: 'Cora Ordin and Lea Croy',
};

test('a change of borough gives the record to the new one’s people and takes it from the old one’s at once', async () => {
  const person = await supported();
  await given.owner.query(
    `insert into service.concern (person_id, organisation_id, area, what, words, happened_at, danger, danger_done, raised_by)
     values ($1, $2, $3, 'Threatened', '', now(), true, 'Rang 999', $4)`,
    [person.id, ours.organisationId, LAMBETH, worker.accountId],
  );
  const path = `/people/${person.id}`;
  await as(worker).fill(`${path}/summary`, { stands: 'He is at college' });
  await given.owner.query(
    `alter table service.case_summary disable trigger user;
     update service.case_summary set recorded_at = '2026-10-05T09:00Z';
     alter table service.case_summary enable trigger user`,
  );
  expect((await as(croydon).get(`${path}/borough`)).status).toBe(404);
  expect((await as(worker).get(`${path}/borough`)).status).toBe(403);
  expect((await as(lambethSpoc).get(path)).status).toBe(200);
  expect((await as(croydonSpoc).get(path)).status).toBe(404);

  const alsoOpen = await as(operations).get(`${path}/borough`);
  const moved = await as(lambeth).fill(`${path}/borough`, move);
  expect(moved).toMatchObject({ status: 303, location: '/' });
  const late = await as(operations).send(alsoOpen, { ...move, area: CAMDEN });
  expect(late.status).toBe(422);
  expect(late.text).toContain('Somebody has passed it on meanwhile');
  for (const who of [lambeth, lambethSpoc]) {
    for (const part of ['', '/history']) expect((await as(who).get(`${path}${part}`)).status).toBe(404);
  }
  for (const who of [croydon, croydonSpoc, worker, manager, operations])
    expect((await as(who).get(path)).text).toContain('Croydon is responsible since 1 November 2026');
  expect((await as(croydon).get(`${path}/concerns`)).text).toContain('Open, everybody has answered');
  expect((await as(worker).get(`${path}/chronology?significant=yes`)).text).toMatch(
    /Another borough responsible\s+Significant\s+1 November 2026\s+Lambeth to Croydon/,
  );

  expect((await as(worker).get(`${path}/chronology?kind=support`)).text).toMatch(
    /Case summary written\s+5 October 2026/,
  );
  const protector = await someone(given.owner, 'data-protection-lead');
  expect((await as(protector).get('/unusual-access')).text).not.toContain(person.reference);

  // What a concern said before it moved is the old borough's no more than what it says now.
  const seenBy = async (who: Someone) =>
    await given.service.database.asPerson(
      who.token,
      async (tx) =>
        (await tx.selectFrom('history.concern').select('id').where('person_id', '=', person.id).execute())
          .length,
    );
  expect([await seenBy(lambeth), await seenBy(croydon)]).toMatchObject([{ result: 0 }, { result: 1 }]);

  expect(
    await rowsOf('select from_area, to_area from service.borough_change where person_id = $1', person.id),
  ).toEqual([{ from_area: LAMBETH, to_area: CROYDON }]);
  expect(await rowsOf('select area from service.referral where person_id = $1', person.id)).toEqual([
    { area: CROYDON },
  ]);
  expect(await rowsOf('select area from history.referral where person_id = $1', person.id)).toContainEqual({
    area: LAMBETH,
  });
  const told = await rowsOf(
    `select account_id, template, path from messages.message where template like 'responsibility-%' or template = 'borough-changed'`,
  );
  expect(new Set(told.map(({ account_id, template }) => `${account_id} ${template}`))).toEqual(
    new Set([
      `${lambethSpoc.accountId} responsibility-passed-on`,
      `${croydon.accountId} responsibility-taken-on`,
      `${croydonSpoc.accountId} responsibility-taken-on`,
      `${worker.accountId} borough-changed`,
      `${manager.accountId} borough-changed`,
    ]),
  );
  expect(told.find(({ account_id }) => account_id === lambethSpoc.accountId)?.path).toBe('/');
});

test('a referral that waits, or that support rests on, goes with the young person, and one that was answered stays', async () => {
  const { owner } = given;
  const person = await supported();
  const referred = async (stage: string) => {
    const { referralId, allocationId } = await allocated(owner, person.id, { ...ours, endedDaysAgo: 90 });
    await owner.query('delete from service.allocation where id = $1', [allocationId]);
    await owner.query('update service.referral set stage = $2 where id = $1', [referralId, stage]);
    await owner.query(
      `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
       values ($1, 1, $2, null, 'sent', '{}', now(), $4),
         ($1, 2, $2, $3, 'person-linked', jsonb_build_object('personId', $3::uuid), now(), $4)`,
      [referralId, LAMBETH, person.id, lambeth.accountId],
    );
    await owner.query(
      `insert into service.request (kind, referral_id, area, question, asked_by, asked_at, due_on)
       values ('intelligence-check', $1, $2, 'What is known?', $3, now(), current_date)`,
      [referralId, LAMBETH, lambeth.accountId],
    );
    return referralId;
  };
  const waits = await referred('received');
  const accepted = await referred('accepted');
  const declined = await referred('declined');
  const all = [waits, accepted, declined, person.referralId];
  expect((await as(lambeth).fill(`/people/${person.id}/borough`, move)).status).toBe(303);

  /** What of these referrals somebody can read, by the database’s own rules. */
  const seenBy = async (who: Someone) => {
    const read = await given.service.database.asPerson(who.token, async (tx) => {
      const ids = async (table: string, column: string) =>
        (
          await sql<{ id: string }>`
            select distinct ${sql.ref(column)} as id from ${sql.table(table)} where ${sql.ref(column)} = any (${all}::uuid[])`.execute(
            tx,
          )
        ).rows.map(({ id }) => id);
      return {
        referrals: await ids('service.referral', 'id'),
        actions: await ids('service.referral_action', 'referral_id'),
        before: await ids('history.referral', 'id'),
        asked: await ids('service.request', 'referral_id'),
      };
    });
    return Object.fromEntries(
      Object.entries(read?.result ?? {}).map(([what, ids]) => [what, [...ids].sort()]),
    );
  };
  const going = [waits, accepted].sort();
  expect(await seenBy(croydon)).toEqual({
    referrals: [...going, person.referralId].sort(),
    actions: going,
    before: [...going, person.referralId].sort(),
    asked: going,
  });
  expect(await seenBy(croydonSpoc)).toMatchObject({ referrals: [...going, person.referralId].sort() });
  for (const who of [lambeth, lambethSpoc])
    expect(await seenBy(who)).toMatchObject({ referrals: [declined], actions: [declined] });

  expect((await as(lambeth).get(`/referrals/${waits}`)).status).toBe(404);
  expect((await as(croydon).get('/queue')).html).toContain(`/referrals/${waits}`);
  const turnedDown = await as(croydon).fill(`/referrals/${waits}/decide?decision=declined`, {
    decision: 'declined',
    reason: 'other',
    words: 'Thank you',
  });
  expect(turnedDown.status).toBe(303);
  expect(await rowsOf('select area, stage from service.referral where id = $1', waits)).toEqual([
    { area: CROYDON, stage: 'declined' },
  ]);
});

test('a death is looked at twice, stops messages, stands on every page, and can be said to be an error', async () => {
  const person = await supported();
  const path = `/people/${person.id}`;
  const tell = (template: string) =>
    given.owner.query('select messages.queue($1, $2, $3)', [worker.accountId, template, `${path}/notes`]);
  const states = () =>
    rowsOf(`select template, state from messages.message where path = $1 order by template`, `${path}/notes`);
  await given.owner.query(
    `insert into service.contact (person_id, organisation_id, worker_id, how, with_whom, outcome, planned_for, place)
     values ($1, $2, $3, 'in-person', 'young-person', 'planned', '2026-11-22T09:00:00Z', 'Kettle Road')`,
    [person.id, ours.organisationId, worker.accountId],
  );
  expect((await as(worker).get('/my-day')).text).toContain('Kettle Road');
  await tell('new-allocation');
  const death = { ...on('diedOn', '2026-11-20'), source: 'PC Lane, Lambeth police', told: 'His mother' };
  expect((await as(worker).get(`${path}/death`)).status).toBe(403);
  expect((await as(croydon).get(`${path}/death`)).status).toBe(404);
  const early = await as(manager).fill(`${path}/death`, { ...death, ...on('diedOn', '2009-01-01') });
  expect(early.text).toContain('cannot be before they were born');

  const visitor = as(manager);
  const check = await visitor.fill(`${path}/death`, death);
  expect(check).toMatchObject({ status: 200 });
  expect(check.text).toContain('Check before you record this');
  expect(await rowsOf('select died_on from service.person where id = $1', person.id)).toEqual([
    { died_on: null },
  ]);
  expect(await visitor.send(check)).toMatchObject({ status: 303, location: `${path}/death` });
  const recorded = await visitor.get(`${path}/death`);
  expect(recorded.text).toContain('It is recorded. No message goes out about them any more');
  expect(recorded.html).not.toContain('govuk-notification-banner--success');

  for (const part of [
    '',
    '/closing',
    '/ask',
    '/ask?kind=borough',
    '/requests',
    '/concerns',
    '/notes',
    '/contacts',
    '/network',
    '/plans',
    '/consent',
    '/risk',
    '/chronology',
    '/history',
    '/summary',
    '/files',
  ])
    expect((await as(worker).get(`${path}${part}`)).text, part).toContain(
      'This young person died on 20 November 2026',
    );
  expect((await as(worker).get('/my-day')).text).not.toContain('Kettle Road');
  for (const part of ['/looks', '/restrict'])
    expect((await as(manager).get(`${path}${part}`)).text, part).toContain('This young person died on');
  const overview = (await as(worker).get(path)).text;
  expect(overview).not.toMatch(/Plan a contact|Kettle Road|Next planned 22|Safe contact/);
  expect((await as(worker).fill('/search', { words: person.reference })).text).toMatch(/Okafor Died/);
  const significant = (await as(worker).get(`${path}/chronology?significant=yes&kind=life`)).text;
  expect(significant).toMatch(/Died\s+Significant\s+20 November 2026, PC Lane, Lambeth police/);
  await tell('new-allocation');
  await tell('concern-raised');
  expect(await states()).toEqual([
    { template: 'concern-raised', state: 'queued' },
    { template: 'new-allocation', state: 'cancelled' },
  ]);

  const nothing = await as(lambeth).fill(`${path}/death/correct`, { why: '' });
  expect(nothing.text).toContain('Enter how it came to be recorded');
  await as(lambeth).fill(`${path}/death/correct`, { why: 'It was his cousin' });
  for (const part of ['', '/chronology?kind=life'])
    expect((await as(worker).get(`${path}${part}`)).text).not.toMatch(/This young person died|PC Lane/);
  expect(await rowsOf('select why_in_error from service.death where person_id = $1', person.id)).toEqual([
    { why_in_error: 'It was his cousin' },
  ]);
  const kept = await rowsOf(
    'select died_on from history.person where id = $1 and died_on is not null',
    person.id,
  );
  expect(kept).toEqual([{ died_on: '2026-11-20' }]);
});

test('whoever has died leaves every list of things to do, and stands among those whose support is to be closed', async () => {
  const { owner } = given;
  const person = await supported('2010-04-03', 'Kestrel');
  await owner.query(
    `insert into service.safety_plan (person_id, organisation_id, occasion, reviewed_on, review_due_on) values ($1, $2, 'made', '2026-01-01', '2026-02-01')`,
    [person.id, ours.organisationId],
  );
  await owner.query(
    `insert into service.risk_assessment (person_id, organisation_id, level, reasons, protective, being_done, review_on, assessed_at, assessed_by)
     values ($1, $2, 'high', 'Threats', '', '', '2026-02-01', '2026-01-01', $3)`,
    [person.id, ours.organisationId, worker.accountId],
  );
  await owner.query(
    `insert into service.case_summary (person_id, organisation_id, area, stands, worries, working_well, next, refresh_by)
     values ($1, $2, $3, 'Stands', '', '', '', '2026-02-01')`,
    [person.id, ours.organisationId, LAMBETH],
  );
  await owner.query(
    `insert into service.concern (person_id, organisation_id, area, what, words, happened_at, danger, danger_done, raised_by)
     values ($1, $2, $3, 'Threatened', '', now(), false, '', $4)`,
    [person.id, ours.organisationId, LAMBETH, worker.accountId],
  );
  const waits = await youngPerson(owner, { familyName: 'Wren' });
  const { referralId } = await allocated(owner, waits.id, { ...ours, endedDaysAgo: 40 });
  await owner.query('insert into service.episode (person_id, area, referral_id) values ($1, $2, $3)', [
    waits.id,
    LAMBETH,
    referralId,
  ]);
  const lists: [Someone, string, string][] = [
    [worker, '/caseload', 'Kestrel'],
    [worker, '/caseload?show=team', 'Kestrel'],
    [manager, '/caseload', 'Kestrel'],
    [worker, '/my-day', 'Kestrel'],
    [manager, '/overdue', 'Kestrel'],
    [manager, '/supervision', 'Kestrel'],
    [manager, '/young-people', 'Kestrel'],
    [lambeth, '/young-people', 'Kestrel'],
    [lambeth, '/waiting-list', 'Wren'],
  ];
  const naming = async () =>
    (
      await Promise.all(lists.map(async ([who, path, name]) => (await as(who).get(path)).text.includes(name)))
    ).flatMap((names, at) => (names ? [`${lists[at]?.[1]}`] : []));
  expect(await naming()).toEqual(lists.map(([, path]) => path));
  await owner.query(`update service.person set died_on = '2026-11-20' where id = any ($1::uuid[])`, [
    [person.id, waits.id],
  ]);
  expect(await naming()).toEqual([]);
  for (const who of [worker, manager])
    expect((await as(who).get('/caseload?show=died')).text).toContain('Kestrel');
  expect((await as(manager).get('/home')).text).toMatch(
    /\d (young person who has|young people who have) died and whose support is to be closed/,
  );
  expect((await as(worker).get(`/people/${person.id}`)).text).not.toMatch(
    /Overdue|written afresh|looked at again by/,
  );
  expect((await as(manager).get('/concerns')).text).toContain('Kestrel Died');
});

test('a death is recorded by nobody who has not just signed in, whatever the page asked', async () => {
  const person = await supported();
  await given.owner.query(
    `update identity.session set proved_again_at = now() - interval '16 minutes' where account_id = $1`,
    [operations.accountId],
  );
  await expect(
    given.service.database.asPerson(operations.token, async (tx) => {
      await sql`select need_to_know.record_death(${person.id}, current_date, 'x', 'x')`.execute(tx);
    }),
  ).rejects.toThrow('a death is not to be recorded so');
  await given.owner.query('update identity.session set proved_again_at = now() where account_id = $1', [
    operations.accountId,
  ]);
});

test('whoever turns 18 within half a year, or is 26, is listed and prompted for, unless they have died', async () => {
  const soon = await supported('2008-12-01', 'Soon');
  const young = await supported('2009-12-01', 'Mallow');
  const old = await supported('2000-11-22', 'Old');
  const dead = await supported('2008-12-02', 'Dead');
  await given.owner.query(`update service.person set died_on = '2026-11-01' where id = $1`, [dead.id]);
  const list = await as(worker).get('/turning-18');
  expect(list.text).toMatch(/Soon\s+1 December 2026\s+Lambeth\s+None yet/);
  expect(list.text).toMatch(/26 and still in support.*Old\s+22 November 2026/);
  expect(list.text).not.toContain('Mallow');
  expect(list.text).not.toContain('Dead');
  expect((await as(croydon).get('/turning-18')).text).not.toContain('Soon');
  for (const who of [manager, lambeth, operations]) {
    const home = await as(who).get('/home');
    expect(home.text).toContain('1 turning 18 within half a year');
    expect(home.html.match(/href="\/turning-18"/g)).toHaveLength(2);
    expect((await as(who).get('/turning-18')).text).toContain('Soon');
  }
  expect((await as(worker).get(`/people/${soon.id}`)).text).toContain(
    '18 on 1 December 2026: plan what changes',
  );
  expect((await as(worker).get(`/people/${young.id}`)).text).not.toContain('plan what changes');
  expect((await as(worker).get(`/people/${old.id}`)).text).toContain('The service is for people up to 25');

  const empty = await as(worker).fill(`/people/${soon.id}/transition-plan/edit`, { housing: '  ' });
  expect(empty.text).toContain('Enter at least one part of the plan');
  expect((await as(worker).get('/turning-18')).text).toMatch(/Soon\s+1 December 2026\s+Lambeth\s+None yet/);
  const saved = await as(worker).fill(`/people/${soon.id}/transition-plan/edit`, {
    housing: 'A flat of the council’s',
  });
  expect(saved.location).toBe(`/people/${soon.id}/transition-plan`);
  expect((await as(manager).get(`/people/${soon.id}/transition-plan`)).text).toContain(
    'A flat of the council’s',
  );
  expect((await as(worker).get('/turning-18')).text).toMatch(/Soon\s+1 December 2026\s+Lambeth\s+Made/);
});

test('whoever turned 18 in support stays on the list until their plan is checked as an adult’s', async () => {
  const { owner } = given;
  const began = (id: string, on: string) =>
    owner.query('update service.episode set opened_at = $2 where person_id = $1', [id, on]);
  const without = await supported('2008-11-19', 'Without');
  const planned = await supported('2008-11-18', 'Planned');
  const late = await supported('2008-11-17', 'Latecomer');
  for (const { id } of [without, planned]) await began(id, '2026-06-01');
  await began(late.id, '2026-11-18');
  for (const [{ id }, housing, on] of [
    [without, '', '2026-11-20'],
    [planned, 'Supported lodgings', '2026-10-01'],
  ] as const)
    await owner.query(
      `insert into service.transition_plan (person_id, organisation_id, housing, reviewed_on, review_due_on)
       values ($1, $2, $3, $4, '2027-01-01')`,
      [id, ours.organisationId, housing, on],
    );
  const list = async () => (await as(worker).get('/turning-18')).text;
  expect(await list()).toMatch(/Planned\s+18 November 2026\s+Lambeth\s+Made, to be checked/);
  expect(await list()).toMatch(/Without\s+19 November 2026\s+Lambeth\s+Turned 18 without a plan/);
  expect(await list()).not.toContain('Latecomer');
  // Who may see no plan is not told that there is none.
  expect((await as(lambeth).get('/turning-18')).text).not.toContain('Turned 18 without a plan');
  expect((await as(manager).get('/home')).text).toContain('2 turned 18, and the plan is not done');

  const record = async (id: string) => await as(worker).get(`/people/${id}`);
  expect((await record(without.id)).text).toContain(
    'Turned 18 on 19 November 2026 without a plan: make one now',
  );
  expect((await record(planned.id)).text).toContain('Turned 18 on 18 November 2026: check the plan');
  expect((await record(late.id)).text).not.toContain('Turned 18');
  for (const { id } of [without, planned]) {
    await as(worker).fill(`/people/${id}/transition-plan/edit`, { ledBy: 'The leaving care team' });
    expect((await record(id)).html).toContain(`href="/people/${id}/transition-plan"`);
    expect((await record(id)).text).not.toContain('Turned 18 on');
  }
  expect(await list()).not.toMatch(/Without|Planned/);

  // Nobody agrees for them any more.
  await owner.query(
    `insert into service.sharing_decision (person_id, organisation_id, kind, what, consent, asked, shared, decided_by, decided_on)
     values ($1, $2, 'support', 'To be supported', 'given', 'parental-responsibility', 'not-asked', 'Their worker', '2026-06-02')`,
    [without.id, ours.organisationId],
  );
  for (const path of ['', '/consent'])
    expect((await as(worker).get(`/people/${without.id}${path}`)).text).toContain('Ask afresh They are 18');
});
