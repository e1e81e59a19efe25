import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';

let given: TestService;
let ours: { organisationId: string; teamId: string };
let theirs: { organisationId: string; teamId: string };
let manager: Someone;
let other: Someone;
let admin: Someone;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  [ours, theirs] = [await provider(owner, 'Harbour'), await provider(owner, 'Beacon')];
  manager = await someone(owner, 'provider-manager', { organisationId: ours.organisationId });
  other = await someone(owner, 'provider-manager', { organisationId: ours.organisationId });
  admin = await someone(owner, 'administrator');
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const typed = { open: 'yes', worksWith: 'everybody', languages: '' };
const profile = async (teamId: string) =>
  (await given.owner.query('select * from identity.team_profile where team_id = $1', [teamId])).rows[0];

test('a manager says what their own teams offer, and reads of no others', async () => {
  const path = `/teams/${ours.teamId}`;
  expect((await as(manager).get('/teams')).text).toContain(
    'All young people None given None given Everywhere Open',
  );
  const reply = await as(manager).fill(path, {
    open: 'no',
    worksWith: 'young-women',
    specialisms: ['housing', 'no-such-specialism'],
    languages: 'french, Somali and french',
    patches: ['south'],
    areas: ['E09000007'],
  });
  expect(reply.location).toBe('/teams');
  const saved = await profile(ours.teamId);
  expect(saved).toMatchObject({
    works_with: 'young-women',
    specialisms: ['housing'],
    languages: ['French', 'Somali'],
    open_to_new: false,
    recorded_by: manager.accountId,
  });
  expect(saved.areas).toEqual(expect.arrayContaining(['E09000007', 'E09000022']));
  expect(saved.areas).toHaveLength(13);
  const list = await as(manager).get('/teams');
  expect(list.text).toContain('Young women only Housing French, Somali');
  expect(list.text).not.toContain('Beacon');
  expect((await as(manager).get(`/teams/${theirs.teamId}`)).status).toBe(404);
  const page = await as(manager).get(path);
  expect((await as(manager).send(page, typed, `/teams/${theirs.teamId}`)).status).toBe(404);
  expect(await profile(theirs.teamId)).toBeUndefined();
});

test('an administrator keeps what any team offers, and what is needed is asked for', async () => {
  const path = `/teams/${theirs.teamId}`;
  const refused = await as(admin).fill(path, { languages: 'Twi' });
  expect(refused.status).toBe(422);
  // A profile that nobody has written says that the team is open to everybody: only a form without answers is refused.
  expect(refused.text).toContain('Choose whether the team is open to new referrals');
  expect(refused.html).toContain('value="Twi"');
  expect((await as(admin).fill(path, typed)).status).toBe(303);
  expect((await as(admin).get('/teams')).text).toMatch(/First team , Beacon .*First team , Harbour/);
});

test('two who write at once: the first is kept, the second is told and loses nothing', async () => {
  const path = `/teams/${ours.teamId}`;
  const pages = [await as(manager).get(path), await as(other).get(path)] as const;
  const replies = await Promise.all([
    as(manager).send(pages[0], { ...typed, languages: 'Arabic' }),
    as(other).send(pages[1], { ...typed, languages: 'Bengali' }),
  ]);
  expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 422]);
  const late = replies.find(({ status }) => status === 422);
  expect(late?.text).toContain('Somebody else changed what the team offers while you were writing');
  expect((await profile(ours.teamId)).languages).toEqual([late === replies[0] ? 'Bengali' : 'Arabic']);
});
