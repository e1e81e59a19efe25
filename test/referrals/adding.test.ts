import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HttpVisitor } from '../support/http-visitor.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { youngPerson } from '../support/young-person.ts';
import { sendReferral } from './writing-a-referral.ts';

/** What a referrer does with a referral after it was sent. */

const LAMBETH = 'E09000022';
let given: TestService;
let coordinator: Someone;
let referrer: Someone;
let visitor: HttpVisitor;
let sent: string;

beforeAll(async () => {
  given = await testService();
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
});
afterAll(() => given.stop());
beforeEach(async () => {
  referrer = await someone(given.owner, 'referrer');
  visitor = new HttpVisitor(given, referrer.cookie);
  sent = await sendReferral(visitor);
});

const idOf = (path: string) => path.split('/').at(-1) ?? '';
const readByCoordinator = () =>
  new HttpVisitor(given, coordinator.cookie).get(`/referrals/${idOf(sent)}`).then(({ text }) => text);
const stageNow = async () =>
  (
    await given.owner.query<{ stage: string }>('select stage from service.referral where id = $1', [
      idOf(sent),
    ])
  ).rows[0]?.stage;
const toldOf = async (template: string) =>
  (
    await given.owner.query<{ account_id: string }>(
      'select account_id from messages.message where template = $1 and path = $2',
      [template, `/referrals/${idOf(sent)}`],
    )
  ).rows.map(({ account_id }) => account_id);
const verify = () =>
  given.owner.query(
    'insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, $2, $3)',
    [referrer.accountId, 'Lambeth', 'Rang the council'],
  );

test('what is added reaches the coordinator, who is told, and is not shown to the referrer again', async () => {
  const added = await visitor.fill(`${sent}/add`, { words: 'Canary: seen at the station again' });
  expect(added.location).toBe(sent);
  expect(await readByCoordinator()).toContain('Canary: seen at the station again');
  expect(await toldOf('referral-added-to')).toEqual([coordinator.accountId]);
  const page = await visitor.get(sent);
  expect(page.text).toContain('What you added Information, on');
  expect(page.text).not.toContain('Canary');
});

test('nothing said is refused, and a form sent twice adds once', async () => {
  expect((await visitor.fill(`${sent}/add`, { words: ' ' })).status).toBe(422);
  const page = await visitor.get(`${sent}/add`);
  await Promise.all([1, 2].map(() => visitor.send(page, { words: 'Once' })));
  const { rows } = await given.owner.query(
    'select words from service.referral_addition where referral_id = $1',
    [idOf(sent)],
  );
  expect(rows).toEqual([{ words: 'Once' }]);
});

test('a referral is withdrawn once, with why, by a referrer who was not verified too', async () => {
  const withdrawn = await visitor.fill(`${sent}/withdraw`, { why: 'They have moved to Leeds' });
  expect(withdrawn.location).toBe(sent);
  expect(await stageNow()).toBe('withdrawn');
  expect(await toldOf('referral-withdrawn')).toEqual([coordinator.accountId]);
  const read = await readByCoordinator();
  expect(read).toContain('Withdrawn by the referrer');
  expect(read).toContain('They have moved to Leeds');
  const page = await visitor.get(sent);
  expect(page.text).toContain('You withdrew it on');
  expect(page.text).not.toContain('Withdraw this referral');
  expect((await visitor.get(`${sent}/withdraw`)).location).toBe(sent);
  // It may still keep somebody safe.
  expect((await visitor.fill(`${sent}/add`, { words: 'And one thing more' })).location).toBe(sent);
  expect(await readByCoordinator()).toContain('And one thing more');
});

test('whether it is too late to withdraw cannot be learned by trying: the wish is kept, the stage stays', async () => {
  await given.owner.query(`update service.referral set stage = 'declined' where id = $1`, [idOf(sent)]);
  const withdrawn = await visitor.fill(`${sent}/withdraw`, { why: 'Not needed' });
  expect(withdrawn.location).toBe(sent);
  expect(await stageNow()).toBe('declined');
  expect(await toldOf('referral-withdrawn')).toEqual([coordinator.accountId]);
  expect((await visitor.get(sent)).text).toContain('Where it stands Received You withdrew it on');
});

test('those who work with the young person learn of it when the referrer adds to it or withdraws', async () => {
  const place = await provider(given.owner);
  const worker = await someone(given.owner, 'caseworker', place);
  const manager = await someone(given.owner, 'provider-manager', { organisationId: place.organisationId });
  const { id: person } = await youngPerson(given.owner, { area: LAMBETH });
  await given.owner.query(`update service.referral set stage = 'allocated', person_id = $2 where id = $1`, [
    idOf(sent),
    person,
  ]);
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id) values ($1, $2, $3, $4, $5, $6)`,
    [idOf(sent), person, LAMBETH, place.organisationId, place.teamId, worker.accountId],
  );
  const told = async (template: string) =>
    (
      await given.owner.query<{ account_id: string }>(
        'select account_id from messages.message where template = $1 and path = $2',
        [template, `/people/${person}`],
      )
    ).rows
      .map(({ account_id }) => account_id)
      .toSorted();
  const both = [worker.accountId, manager.accountId].toSorted();
  await visitor.fill(`${sent}/add`, { words: 'Canary: he has been missing since Friday' });
  expect(await told('referral-added-to')).toEqual(both);
  for (const who of [worker, manager])
    expect((await new HttpVisitor(given, who.cookie).get(`/people/${person}`)).text).toMatch(
      /Added by the referrer Information, .* Canary: he has been missing since Friday/,
    );
  await visitor.fill(`${sent}/withdraw`, { why: 'Canary: the family asks us to stop' });
  expect(await told('referral-withdrawn')).toEqual(both);
  const chronology = await new HttpVisitor(given, worker.cookie).get(`/people/${person}/chronology`);
  expect(chronology.text).toContain('The referrer withdrew the referral');
  expect(chronology.text).toContain('Canary: the family asks us to stop');
});

test('an acceptance that is withdrawn ends the episode it began, and no other', async () => {
  const { rows } = await given.owner.query<{ person: string; episode: string }>(
    `with p as (
       insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
       values ('Bello', 'bello', 'not-known', 'female', 'BAFR', $1) returning id),
     e as (
       insert into service.episode (person_id, area, referral_id) select p.id, $1, $2 from p returning id, person_id)
     select person_id as person, id as episode from e`,
    [LAMBETH, idOf(sent)],
  );
  const [made] = rows;
  await given.owner.query(
    `update service.referral set stage = 'accepted', person_id = $2, episode_id = $3 where id = $1`,
    [idOf(sent), made?.person, made?.episode],
  );
  await visitor.fill(`${sent}/withdraw`, { why: 'They do not want it' });
  expect(await stageNow()).toBe('withdrawn');
  const ended = await given.owner.query('select closed_at from service.episode where id = $1', [
    made?.episode,
  ]);
  expect(ended.rows).toEqual([{ closed_at: expect.any(Date) }]);
});

test('a verified referrer is told that support has ended, in the words meant for them', async () => {
  await verify();
  await given.owner.query(
    `update service.referral set stage = 'closed', words_to_referrer = 'Support ended as planned.' where id = $1`,
    [idOf(sent)],
  );
  const page = await visitor.get(sent);
  expect(page.text).toContain('Where it stands Support has ended Support ended as planned.');
  expect((await visitor.get('/refer')).text).toContain('Support has ended');
});

test('nobody adds to a referral that is not theirs, or withdraws it', async () => {
  const other = new HttpVisitor(given, (await someone(given.owner, 'referrer')).cookie);
  expect((await other.get(`${sent}/add`)).status).toBe(404);
  const own = await sendReferral(other);
  for (const [page, fields] of [
    ['add', { words: 'x' }],
    ['withdraw', { why: 'x' }],
  ] as const) {
    const form = await other.get(`${own}/${page}`);
    expect((await other.send(form, fields, `${sent}/${page}`)).status).toBe(404);
  }
  expect(await stageNow()).toBe('received');
});

test('a question that waits is on the page of the referral and on the first page', async () => {
  await verify();
  await given.owner.query(
    `insert into service.request (kind, referral_id, area, question, asked_by, due_on, owner_id)
     values ('information', $1, $2, 'Which school?', $3, '2100-01-01', $4)`,
    [idOf(sent), LAMBETH, coordinator.accountId, referrer.accountId],
  );
  for (const path of ['/refer', sent])
    expect((await visitor.get(path)).text).toContain('Questions for you Answer a question about referral');
  const another = await sendReferral(visitor);
  expect((await visitor.get(another)).text).not.toContain('Questions for you');
});
