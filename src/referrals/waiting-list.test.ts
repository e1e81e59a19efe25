import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocateTo, daysAgo, type WaitingPerson, waitingPerson } from '../../test/support/waiting-person.ts';
import { CROYDON, LAMBETH } from '../../test/support/young-person.ts';

let given: TestService;
let amal: Someone;
let bea: Someone;
let croydon: Someone;
let operations: Someone;
let manager: Someone;
let team: { organisationId: string; teamId: string };

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  amal = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  bea = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Bea Ito' });
  croydon = await someone(owner, 'coordinator', { areas: [CROYDON] });
  operations = await someone(owner, 'operations-manager');
  team = await provider(owner, 'Harbour');
  manager = await someone(owner, 'provider-manager', { organisationId: team.organisationId });
});
afterAll(async () => await given.stop());
beforeEach(async () => {
  // Everybody who waited in a test before is supported.
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id)
     select e.referral_id, e.person_id, e.id, e.area, $1, $2 from service.episode e
     where not exists (select from service.allocation a where a.person_id = e.person_id and a.ended_at is null)`,
    [team.organisationId, team.teamId],
  );
});

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const waits = (familyName: string, days: number, more: Parameters<typeof waitingPerson>[2] = {}) =>
  waitingPerson(given.owner, amal, { familyName, acceptedAt: daysAgo(days), ...more });
const path = ({ personId }: WaitingPerson, task = '') => `/people/${personId}/waiting${task}`;

/** The names on the list, in order. */
async function names(who: Someone, query = ''): Promise<string[]> {
  const { html } = await as(who).get(`/waiting-list${query}`);
  return [...html.matchAll(/waiting"><bdi>([^<]*)<\/bdi>/g)].map(([, name = '']) => name);
}

describe('the waiting list', () => {
  test('has everybody who was accepted and whom nobody supports, the first accepted first', async () => {
    const [second, first] = [await waits('Second', 5), await waits('First', 9)];
    await waits('Third', 1);
    const supported = await waits('Supported', 20);
    await allocateTo(given.owner, supported, team);
    expect(await names(amal)).toEqual(['First', 'Second', 'Third']);
    expect(await names(operations)).toEqual(['First', 'Second', 'Third']);
    expect(await names(croydon)).toEqual([]);
    expect((await as(manager).get('/waiting-list')).status).toBe(403);
    const page = await as(amal).get('/waiting-list');
    expect(page.html).toContain(`/referrals/${first.referralId}/allocate`);
    expect((await as(operations).get('/waiting-list')).html).not.toContain(
      `/referrals/${second.referralId}/allocate`,
    );
  });

  test('shows a part of itself by what its address says, each with their place among all', async () => {
    await waits('Boy', 9);
    const girl = await waits('Girl', 7, { gender: 'female' });
    const back = await waits('Back', 5);
    const allocation = await allocateTo(given.owner, back, team);
    await as(manager).fill(`/allocations/${allocation}/hand-back`, { reason: 'no-capacity', why: '' });
    expect(await names(amal, '?gender=female')).toEqual(['Girl']);
    expect(await names(amal, '?since=handed-back')).toEqual(['Back']);
    expect(await names(amal, '?since=accepted')).toEqual(['Boy', 'Girl']);
    expect(await names(amal, `?where=${CROYDON}&gender=nonsense&page=x`)).toEqual(['Boy', 'Girl', 'Back']);
    expect((await as(amal).get('/waiting-list?gender=female')).html).toMatch(
      new RegExp(`numeric"[^>]*>2</td>[\\s\\S]*${girl.personId}`),
    );
    expect((await as(amal).get('/waiting-list?gender=other')).text).toContain('Nobody like that is waiting');
  });

  test('goes on from page to page', async () => {
    for (let each = 0; each < 27; each += 1)
      await waits(`Number ${String(each).padStart(2, '0')}`, 60 - each);
    const all = [...(await names(amal)), ...(await names(amal, '?page=2'))];
    expect(all).toHaveLength(27);
    expect(all).toEqual(all.toSorted());
    expect((await as(amal).get('/waiting-list')).html).toContain('page=2');
  });

  test('says who waits longest, by gender, age, ethnic group and area', async () => {
    await waits('One', 10, { gender: 'female', ethnicity: 'WBRI', dateOfBirth: '2001-01-01' });
    await waits('Two', 30);
    await waits('Three', 20);
    await waits('Four', 40, { area: CROYDON, dateOfBirth: null });
    const { text } = await as(operations).get('/waiting-list');
    expect(text).toContain('Everybody 4 25 40');
    expect(text).toContain('Gender: Female 1 10 10 Gender: Male 3 30 40');
    expect(text).toMatch(/Age now: Age not known 1 40 40/);
    expect(text).toContain('Ethnic group: Black 3 30 40 Ethnic group: White 1 10 10');
    expect(text).toContain('Area: Croydon 1 40 40 Area: Lambeth 3 20 30');
  });

  test('is a look that is written down, and so is each that it leads to', async () => {
    const one = await waits('Looked', 2);
    await as(amal).get('/waiting-list');
    await as(amal).get(path(one));
    const { rows } = await given.owner.query<{ action: string; person_id: string | null }>(
      'select action, person_id from audit.entry where actor_id = $1 order by at desc, id desc limit 2',
      [amal.accountId],
    );
    expect(rows).toEqual([
      { action: 'view-waiting', person_id: one.personId },
      { action: 'view-waiting-list', person_id: null },
    ]);
  });
});

describe('what is done meanwhile', () => {
  test('is recorded by a coordinator of the area, with everything that was recorded before', async () => {
    const one = await waits('Meanwhile', 4);
    const visitor = as(amal);
    await visitor.fill(path(one), { meanwhile: 'Their school\nrings weekly', localProvision: '' });
    await visitor.fill(path(one), {
      meanwhile: 'Their school rings daily',
      localProvision: 'Lambeth’s youth team',
    });
    const page = await as(bea).get(path(one));
    expect(page.html).toContain('Their school\nrings weekly');
    expect(page.text).toMatch(
      /What was recorded Amal Khan ,[\s\S]*rings daily Lambeth’s youth team Amal Khan ,/,
    );
    expect((await as(amal).get('/waiting-list')).text).toContain(
      'Their school rings daily From the borough: Lambeth’s youth team',
    );
    expect((await as(operations).get(path(one))).text).toContain('Their school rings daily');
    expect((await as(croydon).get(path(one))).status).toBe(404);
    expect((await as(manager).get(path(one))).status).toBe(403);
    const [entry] = (
      await given.owner.query<{ action: string; person_id: string }>(
        `select e.action, e.person_id from audit.entry e join service.waiting_entry w on w.action_id = e.id where w.person_id = $1`,
        [one.personId],
      )
    ).rows;
    expect(entry).toEqual({ action: 'record-waiting', person_id: one.personId });
  });

  test('by two at once is kept of the first, and the second is told and keeps what they typed', async () => {
    const one = await waits('Both', 4);
    const pages = [await as(amal).get(path(one)), await as(bea).get(path(one))] as const;
    const replies = await Promise.all([
      as(amal).send(pages[0], { meanwhile: 'What Amal wrote', localProvision: '' }),
      as(bea).send(pages[1], { meanwhile: 'What Bea wrote', localProvision: '' }),
    ]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    const late = replies.find(({ status }) => status === 422);
    expect(late?.text).toContain('Somebody else recorded something since you opened this page');
    expect(late?.html).toContain('What Amal wrote');
    expect(late?.html).toContain('What Bea wrote');
  });

  test('is theirs to read no longer, and nobody’s to write, once somebody supports them', async () => {
    const one = await waits('Supported', 4);
    const page = await as(amal).get(path(one));
    await allocateTo(given.owner, one, team);
    expect((await as(amal).get(path(one))).status).toBe(404);
    expect((await as(amal).send(page, { meanwhile: 'x', localProvision: '' })).status).toBe(404);
  });

  test('the database itself lets nobody write of another area, nor one who runs the service at all', async () => {
    const one = await waits('Guarded', 4);
    for (const who of [croydon, operations]) {
      const write = inCommand(given.service.database, who.token, (tx) =>
        tx
          .insertInto('service.waiting_entry')
          .values({ person_id: one.personId, episode_id: one.episodeId, area: LAMBETH })
          .execute(),
      );
      await expect(write).rejects.toThrow('row-level security');
    }
  });
});

describe('moving somebody up', () => {
  test('puts them first, with a reason of the list and why, and back again', async () => {
    await waits('First', 9);
    const later = await waits('Later', 2);
    const visitor = as(amal);
    const move = path(later, '/move-up');
    const without = await visitor.fill(move, { reason: '', why: 'x' });
    expect(without.text).toContain('Choose why they should go first');
    expect((await visitor.fill(move, { reason: 'risk-increased', why: '' })).text).toContain('Enter why');
    expect((await visitor.fill(move, { reason: 'no-such', why: 'x' })).status).toBe(422);
    await visitor.fill(move, { reason: 'risk-increased', why: 'Threatened at home' });
    expect(await names(amal)).toEqual(['Later', 'First']);
    expect(await names(amal, '?since=moved-up')).toEqual(['Later']);
    expect((await as(amal).get('/waiting-list')).text).toContain('Moved up The risk to them has increased');
    expect((await as(bea).get(path(later))).text).toContain('Threatened at home');
    await visitor.fill(move, { reason: 'back', why: '' });
    expect(await names(amal)).toEqual(['First', 'Later']);
    // That they were, and why, is kept.
    expect((await as(bea).get(path(later))).text).toMatch(/Moved up: The risk to them has increased/);
    expect((await as(operations).get(move)).status).toBe(403);
  });

  test('goes before those who wait in order, and after those moved up before them', async () => {
    const [one, other] = [await waits('Plain', 9), await waits('Upper', 2)];
    const third = await waits('Uppest', 1);
    for (const each of [third, other])
      await as(amal).fill(path(each, '/move-up'), { reason: 'after-rescue', why: 'Rescued' });
    expect(await names(amal)).toEqual(['Uppest', 'Upper', 'Plain']);
    const ofOne = await as(bea).get(path(one, '/move-up'));
    await as(amal).fill(path(one), { meanwhile: 'Newer', localProvision: '' });
    const late = await as(bea).send(ofOne, { reason: 'other', why: 'x' });
    expect(late.status).toBe(422);
    expect(late.text).toContain('Somebody else recorded something about them');
  });
});

describe('what is suggested', () => {
  test('goes by what teams offer, and by the rules that the administrator has set', async () => {
    const admin = await someone(given.owner, 'administrator');
    const rowan = await provider(given.owner, 'Rowan');
    const keeper = await someone(given.owner, 'provider-manager', { organisationId: rowan.organisationId });
    const worker = await someone(given.owner, 'caseworker', { ...rowan, name: 'Ruth Evans' });
    await someone(given.owner, 'caseworker', team);
    await as(keeper).fill(`/teams/${rowan.teamId}`, {
      open: 'yes',
      worksWith: 'young-women',
      specialisms: ['young-women'],
      languages: 'somali, French',
      areas: [LAMBETH],
    });
    const one = await waits('Suggested', 3, {
      gender: 'female',
      answers: [
        {
          page: 'young-person',
          key: 'language',
          question: 'Language',
          answer: 'Somali and English',
          value: '',
        },
      ],
    });
    const ended = await allocateTo(given.owner, one, {
      ...rowan,
      workerId: worker.accountId,
      startedAt: new Date('2026-01-05T10:00Z'),
    });
    await as(keeper).fill(`/allocations/${ended}/hand-back`, { reason: 'no-capacity', why: '' });
    await given.owner.query(`update service.allocation set ended_at = '2026-03-12 12:00Z' where id = $1`, [
      ended,
    ]);
    const allocate = `/referrals/${one.referralId}/allocate`;
    const { text } = await as(amal).get(allocate);
    expect(text).toContain(
      'Rowan, First team Choose this team ( Rowan, First team ) For Supports young women Works in Lambeth 30 of 30 points free Speaks Somali Ruth Evans worked with them until 12 March 2026 Against Nothing',
    );
    expect(text.indexOf('Rowan, First team')).toBeLessThan(text.indexOf('Harbour, First team'));

    // Closed to new referrals it is suggested no more, and can still be chosen.
    await as(keeper).fill(`/teams/${rowan.teamId}`, { open: 'no', worksWith: 'young-women' });
    const closed = await as(amal).get(allocate);
    expect(closed.text).not.toContain('Choose this team ( Rowan');
    expect(closed.text).toContain('Rowan, First team (not open to new referrals)');

    await as(keeper).fill(`/teams/${rowan.teamId}`, { open: 'yes', worksWith: 'young-women' });
    const rules = as(admin);
    const twice = await rules.fill('/allocation-rules', { capacity: '1', gender: '1' });
    expect(twice.text).toContain('Choose a weight that no other rule has');
    await rules.fill('/allocation-rules', { capacity: '1', area: '2' });
    expect((await as(amal).get(allocate)).text).not.toContain('Supports young women');
    expect((await as(manager).get('/allocation-rules')).status).toBe(403);
    await given.owner.query('update reference.allocation_rule set in_use = true');
  });
});
