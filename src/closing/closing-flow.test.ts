import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  const slip = await as(manager).submit(signOff, { act: 'sign-off', comments: 'Say who told the school' });
  expect(slip.status).toBe(422);
  expect(slip.html).toContain('You wrote what is still to be done');
  expect(slip.html).toContain('Say who told the school');
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

test('a manager signs off or returns what they were shown: another text is shown first', async () => {
  const { personId } = await supported([first]);
  const edit = `/people/${personId}/closing/edit`;
  const signOff = `/people/${personId}/closing/sign-off`;
  await as(worker).submit(edit, whole);
  const [older, oldest] = [await as(manager).open(signOff), await as(manager).open(signOff)];
  await as(manager).submit(signOff, { act: 'return', comments: 'Say who told the school' });
  await as(worker).submit(edit, { ...whole, wordsToReferrer: 'Their uncle was told' });
  for (const answer of [
    await older({ act: 'sign-off' }),
    await oldest({ act: 'return', comments: 'Too short' }),
  ]) {
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('The closing was changed since you opened it');
    expect(answer.html).toContain('Their uncle was told');
  }
  expect(await standing(personId)).toMatchObject({ state: 'submitted', stage: 'allocated' });
  expect((await as(manager).submit(signOff, { act: 'sign-off' })).status).toBe(303);
  expect(await standing(personId)).toMatchObject({ state: 'signed-off', stage: 'closed' });
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

test('of somebody who has died nothing is asked that they would say, and what was written before stays', async () => {
  const { personId } = await supported([first]);
  const edit = `/people/${personId}/closing/edit`;
  await as(worker).submit(edit, { ...whole, summary: 'Half of it', act: 'save' });
  await given.owner.query('update service.person set died_on = current_date where id = $1', [personId]);
  const form = (await as(worker).get(edit)).html;
  expect(form).toContain('This young person died on');
  expect(form).not.toMatch(/They feel safer|name="harm"|name="followUp"|Ask the young person/);
  const lacking = await as(worker).submit(edit, {
    reason: 'deceased',
    summary: '',
    wordsToReferrer: '',
    act: 'submit',
  });
  expect(lacking.html.match(/href="#/g)).toHaveLength(3);
  const short = {
    reason: 'deceased',
    summary: 'We met twenty times',
    wordsToReferrer: 'The support has ended',
  };
  expect((await as(worker).submit(edit, { ...short, act: 'submit' })).status).toBe(303);
  const [kept] = await rows(
    'select reason, summary, harm, evidence_1 from service.closing where person_id = $1',
    personId,
  );
  expect((await as(manager).get('/closings')).html).toMatch(/Leaving<\/bdi><\/a> <strong[^>]*>Died</);
  expect(kept).toEqual({
    reason: 'deceased',
    summary: 'We met twenty times',
    harm: 'reduced',
    evidence_1: '“I sleep again”',
  });
  await as(manager).submit(`/people/${personId}/closing/sign-off`, { act: 'sign-off' });
  expect(await standing(personId)).toMatchObject({ state: 'signed-off', closed: true, follow_ups: 0 });
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

describe('somebody who says at a follow-up that they are not safe', () => {
  const day = { 'doneOn-day': '2', 'doneOn-month': '3', 'doneOn-year': '2026' };
  const unsafe = { ...day, reached: 'reached', safe: 'no', what: 'They came back and want money.' };

  /** Somebody whose support has ended, and who is asked three months later. */
  async function asked(): Promise<{ personId: string; path: string }> {
    const { personId } = await supported([first]);
    await as(worker).submit(`/people/${personId}/closing/edit`, whole);
    await as(manager).submit(`/people/${personId}/closing/sign-off`, { act: 'sign-off' });
    await given.owner.query(
      `update service.follow_up set due_on = due_on - 120 where person_id = $1 and months = 3`,
      [personId],
    );
    await given.owner.query(
      `update service.episode set opened_at = '2025-06-01', closed_at = '2025-12-01' where person_id = $1`,
      [personId],
    );
    return { personId, path: `/people/${personId}/follow-up` };
  }
  const toldOf = async (path: string) =>
    (await rows('select account_id, template from messages.message where path = $1', path)).map(
      ({ account_id, template }) => [account_id, template],
    );

  test('is led to a concern about them, with the way to open support again, and their managers are told', async () => {
    const { personId, path } = await asked();
    const other = await someone(given.owner, 'provider-manager', { organisationId: first.organisationId });
    const reply = await as(manager).submit(path, unsafe);
    expect(reply.location).toBe(`/people/${personId}/concerns/new`);
    const concern = await as(manager).get(`/people/${personId}/concerns/new`);
    expect(concern.html).toContain('Leaving');
    expect(concern.html).toContain(`href="/people/${personId}/reopen"`);
    // Whoever recorded it knows; another provider's manager is told nothing.
    expect(await toldOf(path)).toEqual([[other.accountId, 'not-safe']]);
    await given.owner.query('update identity.access_grant set ended_at = now() where account_id = $1', [
      other.accountId,
    ]);
  });

  test('stands over the record and in the manager’s counts until somebody has raised a concern', async () => {
    const { personId, path } = await asked();
    const before = await as(manager).get('/home');
    expect(before.html).not.toContain(`/people/${personId}`);
    await as(manager).submit(path, unsafe);
    for (const page of [`/people/${personId}`, path]) {
      const { html } = await as(manager).get(page);
      expect(html).toContain('On 2 March 2026 they said that they are not safe');
      expect(html).toContain('They came back and want money.');
      expect(html).toContain(`href="/people/${personId}/concerns/new"`);
      expect(html).toContain(`href="/people/${personId}/reopen"`);
    }
    expect((await as(manager).get('/home')).html).toMatch(
      /href="\/closings#not-safe"><strong>\d+<\/strong> (?:young person|young people) who said/,
    );
    expect((await as(manager).get('/closings')).html.split('id="to-sign-off"')[0]).toContain(path);
    expect((await as(secondManager).get('/closings')).html).not.toContain(path);
    const chronology = await as(manager).get(`/people/${personId}/chronology?significant=yes`);
    expect(chronology.html).toContain('Follow-up: they said that they are not safe');
    const raised = await as(manager).submit(`/people/${personId}/concerns/new`, {
      danger: 'no',
      what: 'They came back and want money.',
      'happenedOn-day': '1',
      'happenedOn-month': '3',
      'happenedOn-year': '2026',
      happenedTime: '2:05pm',
      'social-care': 'not-yet',
      police: 'not-yet',
      'designated-lead': 'not-yet',
    });
    expect(raised.status).toBe(303);
    for (const page of [`/people/${personId}`, path])
      expect((await as(manager).get(page)).html).not.toContain('nobody has acted on it yet');
    expect((await as(manager).get('/closings')).html).not.toContain(path);
  });

  test('is not forgotten when support is opened again, and does not wait its turn, until somebody says why no concern is needed', async () => {
    const { personId, path } = await asked();
    const coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
    await as(manager).submit(path, unsafe);
    const reopened = await as(manager).submit(`/people/${personId}/reopen`, {
      askedBy: 'Their mother',
      why: 'They come to the door again',
      goesTo: 'waits',
    });
    expect(reopened.status).toBe(303);
    const [referral] = await rows('select id, urgent from service.referral where person_id = $1', personId);
    expect(referral?.urgent).toBe(true);
    const told =
      /Not safe<\/strong> They said so at the follow-up on 2 March 2026.*Their mother.*They come to the door again/s;
    for (const page of [
      '/waiting-list',
      `/people/${personId}`,
      `/people/${personId}/waiting`,
      `/referrals/${referral?.id}/allocate`,
    ])
      expect((await as(coordinator).get(page)).html, page).toMatch(told);
    expect((await as(coordinator).get('/waiting-list')).html).toContain('Cannot wait');
    for (const page of [`/people/${personId}`, path])
      expect((await as(manager).get(page)).html).toContain('nobody has acted on it yet');

    const noConcern = `${path}/no-concern`;
    expect((await as(manager).get(`/people/${personId}`)).html).toContain(`href="${noConcern}"`);
    for (const other of [secondManager, outsider]) expect((await as(other).get(noConcern)).status).toBe(404);
    expect((await as(manager).submit(noConcern, { why: ' ' })).html).toContain(
      'Enter why no concern is needed',
    );
    const said = await as(manager).submit(noConcern, {
      why: 'A concern of last week is open with the police',
    });
    expect(said).toMatchObject({ status: 303, location: path });
    const after = (await as(manager).get(path)).html;
    expect(after).not.toContain('nobody has acted on it yet');
    expect(after).toContain('No concern is needed: A concern of last week is open with the police');
    expect((await as(manager).get('/closings')).html).not.toContain(path);
    expect((await as(manager).get(noConcern)).status).toBe(404);
  });

  test('and what is said of safety leads nowhere else where they are safe', async () => {
    const { personId, path } = await asked();
    expect((await as(manager).submit(path, { ...unsafe, safe: 'yes' })).location).toBe(path);
    expect(await toldOf(path)).toEqual([]);
    expect((await as(manager).get(`/people/${personId}`)).html).not.toContain('not safe');
  });
});

test('a follow-up shows how they are reached safely, and asks for none before it is near', async () => {
  const { personId } = await supported([first]);
  await given.owner.query(
    `insert into service.safe_contact (person_id, organisation_id, never_do, post, checked_on) values ($1, $2, 'Leave a message', 'no', current_date)`,
    [personId, first.organisationId],
  );
  await as(worker).submit(`/people/${personId}/closing/edit`, whole);
  await as(manager).submit(`/people/${personId}/closing/sign-off`, { act: 'sign-off' });
  const path = `/people/${personId}/follow-up`;
  const far = (await as(manager).get(path)).html;
  expect(far).toMatch(/Never: <span[^>]*>Leave a message/);
  expect(far).toMatch(/<details[^>]*>.*They were asked before it is due.*name="doneOn-day"/s);
  await given.owner.query(
    `update service.follow_up set due_on = current_date + 20 where person_id = $1 and months = 3`,
    [personId],
  );
  const near = (await as(manager).get(path)).html;
  expect(near).not.toContain('They were asked before it is due');
  expect(near).toContain('name="doneOn-day"');
});
