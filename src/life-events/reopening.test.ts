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
import { fold, type ReferralAction } from '../referrals/index.ts';

let given: TestService;
let ours: Awaited<ReturnType<typeof provider>>;
let theirs: Awaited<ReturnType<typeof provider>>;
let worker: Someone;
let manager: Someone;
let otherManager: Someone;
let lambeth: Someone;
let croydon: Someone;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  ours = await provider(owner, 'Harbour Trust');
  theirs = await provider(owner, 'Quay Trust');
  worker = await someone(owner, 'caseworker', { ...ours });
  manager = await someone(owner, 'provider-manager', { organisationId: ours.organisationId });
  otherManager = await someone(owner, 'provider-manager', { organisationId: theirs.organisationId });
  lambeth = await someone(owner, 'coordinator', { areas: [LAMBETH] });
  croydon = await someone(owner, 'coordinator', { areas: [CROYDON] });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const rowsOf = async (query: string, ...values: unknown[]) =>
  (await given.owner.query<Record<string, unknown>>(query, values)).rows;

/** Somebody whose support by a provider has ended, as the pages would have left it. */
async function formerlySupported(area = LAMBETH) {
  const { owner } = given;
  const person = await youngPerson(owner, { area: LAMBETH });
  const { referralId, allocationId } = await allocated(owner, person.id, { ...ours, endedDaysAgo: 60 });
  const opened = await owner.query<{ id: string }>(
    `insert into service.episode (person_id, area, referral_id, opened_at, closed_at)
     values ($1, $2, $3, now() - interval '100 days', now() - interval '60 days') returning id`,
    [person.id, LAMBETH, referralId],
  );
  const before = String(opened.rows[0]?.id);
  await owner.query(`update service.allocation set episode_id = $2, taken_up_at = started_at where id = $1`, [
    allocationId,
    before,
  ]);
  await owner.query(
    `update service.referral set episode_id = $2, stage = 'closed', words_to_referrer = 'The support has ended' where id = $1`,
    [referralId, before],
  );
  const { organisationId, teamId } = ours;
  const actions: ReferralAction[] = [
    { kind: 'sent' },
    { kind: 'person-linked', personId: person.id },
    { kind: 'accepted', words: 'We have accepted it' },
    { kind: 'allocated', organisationId, teamId, workerId: null, why: '' },
    { kind: 'closed', words: 'The support has ended' },
  ];
  for (const [at, { kind, ...details }] of actions.entries())
    await owner.query(
      `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
       values ($1, $2, $3, $4, $5, $6, now() - interval '50 days', $7)`,
      [
        referralId,
        at + 1,
        LAMBETH,
        at === 0 ? null : person.id,
        kind,
        JSON.stringify(details),
        lambeth.accountId,
      ],
    );
  await owner.query('update service.person set area = $2 where id = $1', [person.id, area]);
  return { ...person, referralId, before };
}

const asked = { askedBy: 'Their social worker', why: 'They were seen with the same people again' };
const episodesOf = (personId: string) =>
  rowsOf(
    'select id, previous_id, area, referral_id, closed_at is null as open from service.episode where person_id = $1 order by opened_at',
    personId,
  );

/** The referral’s row, beside what its actions come to by the rules of referrals: they must be the same. */
async function referralOf(referralId: string) {
  const [row] = await rowsOf(
    'select stage, words_to_referrer as words, area, episode_id from service.referral where id = $1',
    referralId,
  );
  const actions = await rowsOf(
    'select kind, details from service.referral_action where referral_id = $1 order by sequence',
    referralId,
  );
  const folded = fold(
    'intervention',
    actions.map(({ kind, details }) => ({ kind, ...(details as object) }) as ReferralAction),
  );
  expect({ stage: folded.stage, words: folded.wordsToReferrer }).toEqual({
    stage: row?.stage,
    words: row?.words,
  });
  return row;
}

test('a manager opens support again with their own provider, in a new episode that names the old', async () => {
  const person = await formerlySupported();
  const path = `/people/${person.id}`;
  expect((await as(worker).get(`${path}/reopen`)).status).toBe(403);
  expect((await as(otherManager).get(`${path}/reopen`)).status).toBe(404);
  for (const shown of [path, `${path}/closing`])
    expect((await as(manager).get(shown)).html).toContain(`href="${path}/reopen"`);
  const empty = await as(manager).fill(`${path}/reopen`);
  for (const needed of ['Enter who asked for it', 'Enter why support begins again', 'Choose who supports'])
    expect(empty.text).toContain(needed);
  expect(empty.html).toContain(`value="${ours.organisationId}"`);
  const stolen = await as(manager).fill(`${path}/reopen`, { ...asked, goesTo: theirs.organisationId });
  expect(stolen.status).toBe(404);

  const done = await as(manager).fill(`${path}/reopen`, { ...asked, goesTo: ours.organisationId });
  expect(done).toMatchObject({ status: 303, location: path });
  const [old, now] = await episodesOf(person.id);
  expect(old).toMatchObject({ id: person.before, open: false });
  expect(now).toMatchObject({ previous_id: person.before, open: true, area: LAMBETH });
  expect(await referralOf(person.referralId)).toMatchObject({
    stage: 'allocated',
    words: 'We have accepted it',
    episode_id: now?.id,
  });
  expect((await as(worker).get('/caseload?show=team')).html).toContain(path);
  expect((await as(worker).get(`${path}/chronology?kind=referral`)).text).toContain(asked.why);
  expect((await as(manager).get(path)).html).not.toContain(`href="${path}/reopen"`);
  const again = await as(manager).get(`${path}/reopen`);
  expect(again.text).toContain('No support of theirs has ended');
});

test('a coordinator lets them wait for a provider, which they then choose as for any referral', async () => {
  const person = await formerlySupported();
  const path = `/people/${person.id}/reopen`;
  await as(lambeth).fill(path, { ...asked, goesTo: 'waits' });
  expect(await referralOf(person.referralId)).toMatchObject({ stage: 'accepted' });
  expect((await as(lambeth).get('/waiting-list')).html).toContain(`/referrals/${person.referralId}`);
  const allocate = await as(lambeth).fill(`/referrals/${person.referralId}/allocate?team=${ours.teamId}`, {
    team: ours.teamId,
    worker: 'team',
    why: 'They know them',
  });
  expect(allocate.status, allocate.text).toBe(303);
  const [, now] = await episodesOf(person.id);
  expect(
    await rowsOf(
      'select episode_id from service.allocation where person_id = $1 and ended_at is null',
      person.id,
    ),
  ).toEqual([{ episode_id: now?.id }]);
});

test('the borough that is responsible now opens it again, and the provider of then answers', async () => {
  const person = await formerlySupported(CROYDON);
  const path = `/people/${person.id}/reopen`;
  expect((await as(lambeth).get(path)).status).toBe(404);
  await as(croydon).fill(path, { ...asked, goesTo: ours.organisationId });
  expect(await referralOf(person.referralId)).toMatchObject({ stage: 'allocated', area: CROYDON });
  expect((await as(croydon).get(`/referrals/${person.referralId}`)).status).toBe(200);
  expect((await as(lambeth).get(`/referrals/${person.referralId}`)).status).toBe(404);
  const [, now] = await episodesOf(person.id);
  expect(
    await rowsOf(
      'select episode_id, taken_up_at, area from service.allocation where person_id = $1 and ended_at is null',
      person.id,
    ),
  ).toEqual([{ episode_id: now?.id, taken_up_at: null, area: CROYDON }]);
  expect(
    await rowsOf(`select template from messages.message where account_id = $1`, manager.accountId),
  ).toContainEqual({ template: 'new-allocation' });
});

test('support is not opened again of somebody who has died, nor by a manager whose provider never gave it', async () => {
  const person = await formerlySupported();
  await allocated(given.owner, person.id, { ...theirs, endedDaysAgo: 300 });
  const path = `/people/${person.id}/reopen`;
  expect((await as(otherManager).get(path)).text).toContain('No support of theirs has ended');
  const open = await as(manager).get(path);
  await given.owner.query(`update service.person set died_on = current_date where id = $1`, [person.id]);
  const late = await as(manager).send(open, { ...asked, goesTo: ours.organisationId });
  expect(late.text).toContain('A death is recorded');
  expect(await episodesOf(person.id)).toHaveLength(1);
});
