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
import { outcomeItems } from './closing.ts';

const LAMBETH = 'E09000022';

let given: TestService;
let worker: Someone, manager: Someone, secondManager: Someone, outsider: Someone, referrer: Someone;
let first: Awaited<ReturnType<typeof provider>>, second: Awaited<ReturnType<typeof provider>>;

beforeAll(async () => {
  given = await testService();
  first = await provider(given.owner);
  second = await provider(given.owner);
  worker = await someone(given.owner, 'caseworker', first);
  manager = await someone(given.owner, 'provider-manager', { organisationId: first.organisationId });
  secondManager = await someone(given.owner, 'provider-manager', { organisationId: second.organisationId });
  outsider = await someone(given.owner, 'caseworker', second);
  referrer = await someone(given.owner, 'referrer');
  await given.owner.query(
    `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, 'A school', 'telephone')`,
    [referrer.accountId],
  );
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new FormClient(given, who);
const rows = async (query: string, ...values: unknown[]) => (await given.owner.query(query, values)).rows;

/** Somebody whom providers support, in an episode that began with a referral. */
async function supported(by: readonly { organisationId: string; teamId: string }[]) {
  const [personId, referralId, episodeId] = [randomUUID(), randomUUID(), randomUUID()];
  await given.owner.query(
    `insert into service.person (id, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ($1, 'Leaving', 'leaving', 'not-known', 'male', 'NOBT', $2)`,
    [personId, LAMBETH],
  );
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ($1, 'intervention', 'allocated', $2, 'education', 'A school', '2030-01-01', $3, 'L', 'l', 'not-known', 'male', 'NOBT', '[]', $4)`,
    [referralId, referrer.accountId, LAMBETH, personId],
  );
  await given.owner.query(
    'insert into service.episode (id, person_id, area, referral_id) values ($1, $2, $3, $4)',
    [episodeId, personId, LAMBETH, referralId],
  );
  await given.owner.query('update service.referral set episode_id = $2 where id = $1', [
    referralId,
    episodeId,
  ]);
  for (const { organisationId, teamId } of by) {
    await given.owner.query(
      `insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id) values ($1, $2, $3, $4, $5, $6)`,
      [referralId, personId, episodeId, LAMBETH, organisationId, teamId],
    );
  }
  return { personId, referralId, episodeId };
}

const whole = {
  reason: 'planned',
  summary: 'We met twenty times',
  ...Object.fromEntries(outcomeItems.map(({ item }) => [`outcome${item}`, 'no'])),
  outcome1: 'yes',
  evidence1: '“I sleep again”',
  view1: 'young-person',
  harm: 'reduced',
  resilience: 'increased',
  countyLines: 'ceased',
  neetAtStart: 'yes',
  neetAtEnd: 'no',
  handover: 'Their college tutor',
  followUp: 'agreed',
  wordsToReferrer: 'The support has ended',
  act: 'submit',
};
const standing = async (personId: string) => {
  const [row] = await rows(
    `select (select state from service.closing where person_id = $1 order by id desc limit 1) as state,
       (select count(*)::int from service.allocation where person_id = $1 and ended_at is null) as open,
       (select closed_at is not null from service.episode where person_id = $1) as closed,
       (select stage from service.referral where person_id = $1) as stage,
       (select count(*)::int from service.follow_up where person_id = $1) as follow_ups`,
    personId,
  );
  return row;
};

test('a worker writes how support ends, the manager returns it and signs it off, and the referrer hears that there is news', async () => {
  const { personId, referralId } = await supported([first]);
  const edit = `/people/${personId}/closing/edit`;
  const hasty = await as(worker).submit(edit, { summary: 'Half of it', act: 'submit' });
  expect(hasty.status).toBe(422);
  expect(hasty.html).toContain('Choose why support ends');
  expect(hasty.html).toContain('Half of it');
  expect((await as(worker).submit(edit, { summary: 'Half of it', act: 'save' })).status).toBe(303);
  expect(await standing(personId)).toMatchObject({ state: 'draft', open: 1 });
  expect((await as(worker).submit(edit, whole)).status).toBe(303);
  expect((await as(worker).get(edit)).status).toBe(404);

  expect((await as(manager).get('/closings')).html).toContain('Leaving');
  const signOff = `/people/${personId}/closing/sign-off`;
  expect((await as(manager).submit(signOff, { act: 'return' })).html).toContain(
    'Enter what is still to be done',
  );
  await as(manager).submit(signOff, { act: 'return', comments: 'Say who told the school' });
  expect((await as(worker).get(edit)).html).toContain('Say who told the school');
  expect((await as(worker).submit(edit, { ...whole, handover: 'The school was told' })).status).toBe(303);
  expect((await as(manager).submit(signOff, { act: 'sign-off' })).status).toBe(303);
  expect(await standing(personId)).toEqual({
    state: 'signed-off',
    open: 0,
    closed: true,
    stage: 'closed',
    follow_ups: 2,
  });
  const [action] = await rows(
    `select kind, details from service.referral_action where referral_id = $1 order by sequence desc limit 1`,
    referralId,
  );
  expect(action).toEqual({ kind: 'closed', details: { words: 'The support has ended' } });
  expect(
    await rows(
      `select template from messages.message where account_id = $1 and template = 'referral-news'`,
      referrer.accountId,
    ),
  ).toHaveLength(1);
  // What was signed off is changed by nobody.
  expect((await as(worker).get(edit)).status).toBe(404);
});

test('where another provider goes on, the episode stays open', async () => {
  const { personId } = await supported([first, second]);
  await as(worker).submit(`/people/${personId}/closing/edit`, { ...whole, followUp: 'declined' });
  await as(manager).submit(`/people/${personId}/closing/sign-off`, { act: 'sign-off' });
  expect(await standing(personId)).toEqual({
    state: 'signed-off',
    open: 1,
    closed: false,
    stage: 'allocated',
    follow_ups: 0,
  });
});

test('nobody signs off what they wrote, what is another provider’s, or what is not submitted', async () => {
  const { personId } = await supported([first]);
  const signOff = `/people/${personId}/closing/sign-off`;
  expect((await as(manager).get(signOff)).status).toBe(404);
  await as(manager).submit(`/people/${personId}/closing/edit`, whole);
  const own = await as(manager).submit(signOff, { act: 'sign-off' });
  expect(own.html).toContain('another manager of your provider signs it off');
  for (const stranger of [secondManager, outsider]) {
    const answer = await as(stranger).get(`/people/${personId}/closing`);
    expect(answer.status).toBe(404);
    expect(answer.html).not.toContain('We met twenty times');
  }
  expect(await standing(personId)).toMatchObject({ state: 'submitted', open: 1, stage: 'allocated' });
});

test('a follow-up is recorded once, by those who may still see the record', async () => {
  const { personId } = await supported([first]);
  await as(worker).submit(`/people/${personId}/closing/edit`, whole);
  await as(manager).submit(`/people/${personId}/closing/sign-off`, { act: 'sign-off' });
  const path = `/people/${personId}/follow-up`;
  const day = { 'doneOn-day': '2', 'doneOn-month': '3', 'doneOn-year': '2026' };
  const send = await as(manager).open(path);
  const half = await send({ ...day, reached: 'reached' });
  expect(half.html).toContain('Choose whether they say they are safe');
  const came = { ...day, reached: 'reached', safe: 'yes', what: 'At college' };
  expect((await (await as(manager).open(path))(came)).status).toBe(303);
  const [done] = await rows(
    'select months, reached, safe, what from service.follow_up where person_id = $1 and done_on is not null',
    personId,
  );
  expect(done).toEqual({ months: 3, reached: 'reached', safe: 'yes', what: 'At college' });
});
