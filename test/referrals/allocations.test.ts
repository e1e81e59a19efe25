import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fold, type ReferralAction } from '../../src/referrals/referral.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../support/service.ts';
import { allocateTo, daysAgo, type WaitingPerson, waitingPerson } from '../support/waiting-person.ts';
import { LAMBETH } from '../support/young-person.ts';

let given: TestService;
let ours: { organisationId: string; teamId: string };
let secondTeam: string;
let amira: Someone;
let ben: Someone;
let cora: Someone;
let manager: Someone;
let other: Someone;
let strange: Someone;
let coordinator: Someone;
let operations: Someone;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  ours = await provider(owner, 'Harbour');
  const { organisationId } = ours;
  const made = await owner.query<{ id: string }>(
    `insert into identity.team (organisation_id, name) values ($1, 'Second team') returning id`,
    [organisationId],
  );
  secondTeam = made.rows[0]?.id ?? '';
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben Osei' });
  cora = await someone(owner, 'caseworker', { organisationId, teamId: secondTeam, name: 'Cora Lynn' });
  manager = await someone(owner, 'provider-manager', { organisationId, name: 'Mai Ager' });
  other = await someone(owner, 'provider-manager', { organisationId, name: 'Max Ager' });
  strange = await someone(owner, 'provider-manager', {
    organisationId: (await provider(owner, 'Beacon')).organisationId,
  });
  coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  operations = await someone(owner, 'operations-manager');
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const rows = async <Row>(query: string, ...values: unknown[]) =>
  (await given.owner.query(query, values)).rows as Row[];
const messagesTo = (who: Someone) =>
  rows<{ template: string; path: string }>(
    'select template, path from messages.message where account_id = $1 order by created_at, id',
    who.accountId,
  );

/** How the referral stands, which is what its actions come to. */
async function standing(referralId: string) {
  const [row] = await rows<{ stage: string }>('select stage from service.referral where id = $1', referralId);
  const actions = await rows<{ kind: string; details: object; sequence: number; by_account: string | null }>(
    'select * from service.referral_action where referral_id = $1 order by sequence',
    referralId,
  );
  const folded = fold(
    'intervention',
    actions.map(({ kind, details }) => ({ ...details, kind }) as ReferralAction),
  );
  expect(folded.stage).toBe(row?.stage);
  expect(actions.map(({ sequence }) => sequence)).toEqual(actions.map((_action, at) => at + 1));
  return { stage: row?.stage, actions };
}

async function allocatedPerson(to: Partial<Parameters<typeof allocateTo>[2]> = {}) {
  const person = await waitingPerson(given.owner, coordinator, {
    familyName: 'Quetzal',
    acceptedAt: daysAgo(40),
  });
  return { ...person, allocationId: await allocateTo(given.owner, person, { ...ours, ...to }) };
}

const allocation = async (id: string) =>
  (
    await rows<{
      taken_up_at: Date | null;
      taken_up_by: string | null;
      ended_at: Date | null;
      end_reason: string | null;
      worker_id: string | null;
      weight: number;
    }>('select * from service.allocation where id = $1', id)
  )[0];

describe('a provider’s answer', () => {
  let one: WaitingPerson & { allocationId: string };
  let path: string;
  beforeEach(async () => {
    one = await allocatedPerson({ why: 'Their school asked for you' });
    path = `/allocations/${one.allocationId}`;
  });

  test('is waited for on the caseload until it is given, with the day by which', async () => {
    await given.owner.query(
      `update service.allocation set started_at = now() - interval '20 days' where id = $1`,
      [one.allocationId],
    );
    const caseload = await as(manager).get('/caseload');
    expect(caseload.html).toContain(`href="${path}"`);
    expect(caseload.text).toContain('Waiting for your answer');
    expect(caseload.text).toContain('Late');
    const page = await as(manager).get(path);
    expect(page.text).toContain('Their school asked for you');
    expect(page.text).toMatch(/Waiting for you, by .* Late/);
    expect((await as(manager).send(page)).location).toBe(path);
    expect((await as(manager).get(path)).text).toMatch(/Taken up on/);
    expect((await as(manager).get('/caseload')).html).not.toContain(`href="${path}"`);
  });

  test('taking it up is an action of the referral, with who did it', async () => {
    const visitor = as(manager);
    await visitor.send(await visitor.get(path));
    const { stage, actions } = await standing(one.referralId);
    expect(stage).toBe('allocated');
    expect(actions.at(-1)).toMatchObject({
      kind: 'taken-up',
      details: { organisationId: ours.organisationId },
      by_account: manager.accountId,
    });
    expect(await allocation(one.allocationId)).toMatchObject({
      taken_up_by: manager.accountId,
      ended_at: null,
    });
    const [entry] = await rows(
      `select e.actor_id, e.person_id from audit.entry e join service.allocation a on a.action_id = e.id
       where a.id = $1 and e.action = 'take-up-allocation'`,
      one.allocationId,
    );
    expect(entry).toEqual({ actor_id: manager.accountId, person_id: one.personId });
  });

  test('two managers take up at once: it is taken up once', async () => {
    const [first, second] = [await as(manager).get(path), await as(other).get(path)];
    const replies = await Promise.all([as(manager).send(first), as(other).send(second)]);
    expect(replies.map(({ status }) => status)).toEqual([303, 303]);
    const { actions } = await standing(one.referralId);
    expect(actions.filter(({ kind }) => kind === 'taken-up')).toHaveLength(1);
  });

  test('taken up and handed back at once: one of the two holds, or the one after the other', async () => {
    for (let round = 0; round < 3; round += 1) {
      const each = await allocatedPerson();
      const where = `/allocations/${each.allocationId}`;
      const [up, back] = [as(manager), as(other)];
      const pages = [await up.get(where), await back.get(`${where}/hand-back`)] as const;
      const replies = await Promise.all([
        up.send(pages[0]),
        back.send(pages[1], { reason: 'no-capacity', why: '' }),
      ]);
      const { stage, actions } = await standing(each.referralId);
      // Handing back always ends it; taking up came before, or was told that it had ended.
      expect(stage).toBe('accepted');
      const answers = actions.map(({ kind }) => kind).slice(4);
      expect(replies[0].status).toBe(303);
      expect(answers).toEqual(replies[0].location === where ? ['taken-up', 'handed-back'] : ['handed-back']);
      expect((await allocation(each.allocationId))?.ended_at).not.toBeNull();
    }
  });

  test('handing back needs a reason, ends the allocation, and the coordinators are told', async () => {
    const visitor = as(manager);
    const page = await visitor.get(`${path}/hand-back`);
    const refused = await visitor.send(page, { reason: '', why: 'Kept words' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose why you cannot support them');
    expect(refused.html).toContain('Kept words');
    expect((await visitor.send(page, { reason: 'no-such-reason', why: '' })).status).toBe(422);
    const told = (await messagesTo(coordinator)).length;
    const reply = await visitor.send(page, { reason: 'wrong-match', why: 'They asked for a woman' });
    expect(reply.location).toBe('/caseload');
    expect((await messagesTo(coordinator)).slice(told)).toEqual([
      { template: 'allocation-handed-back', path: '/waiting-list' },
    ]);
    const { stage, actions } = await standing(one.referralId);
    expect(stage).toBe('accepted');
    expect(actions.at(-1)).toMatchObject({
      kind: 'handed-back',
      details: {
        organisationId: ours.organisationId,
        reason: 'wrong-match',
        why: 'They asked for a woman',
      },
      by_account: manager.accountId,
    });
    expect(await allocation(one.allocationId)).toMatchObject({ end_reason: 'wrong-match' });
    // They wait again, by the time they have waited already.
    const list = await as(coordinator).get('/waiting-list');
    expect(list.html).toContain(`/people/${one.personId}/waiting`);
    expect(list.text).toMatch(
      /Referred 43 days ago, on .*Accepted 40 days ago, on .*Handed back today by Harbour : Another provider suits them better/,
    );
    // Nothing about them is the provider's any more, who had never taken them up.
    for (const gone of [path, `${path}/hand-back`, `/people/${one.personId}`])
      expect((await visitor.get(gone)).status).toBe(404);
    expect((await as(amira).get(`/people/${one.personId}`)).status).toBe(404);
    const late = await visitor.send(page, { reason: 'wrong-match', why: '' });
    expect(late.location).toBe('/caseload');
  });

  test('can be to hand back after it was taken up', async () => {
    const visitor = as(manager);
    await visitor.send(await visitor.get(path));
    await visitor.fill(`${path}/hand-back`, { reason: 'young-person-declined', why: '' });
    expect((await visitor.get(path)).text).toMatch(/Ended on .*: /);
    expect((await standing(one.referralId)).actions.map(({ kind }) => kind).slice(4)).toEqual([
      'taken-up',
      'handed-back',
    ]);
  });

  test('where an area has no coordinator, whoever runs the service is told', async () => {
    const elsewhere = await waitingPerson(given.owner, coordinator, { area: 'E09000007' });
    const id = await allocateTo(given.owner, elsewhere, ours);
    const told = (await messagesTo(operations)).length;
    await as(manager).fill(`/allocations/${id}/hand-back`, { reason: 'other', why: '' });
    expect((await messagesTo(operations)).slice(told)).toMatchObject([
      { template: 'allocation-handed-back' },
    ]);
  });

  test('is nobody else’s to give', async () => {
    expect((await as(strange).get(path)).status).toBe(404);
    expect((await as(strange).get(`${path}/hand-back`)).status).toBe(404);
    expect((await as(amira).get(path)).status).toBe(403);
    const ask = (who: Someone, answer = 'handed-back', reason = 'other') =>
      inCommand(given.service.database, who.token, (tx) =>
        sql<{ said: string }>`
          select need_to_know.answer_allocation(${one.allocationId}, ${answer}, ${reason}, '', now()) as said`.execute(
          tx,
        ),
      );
    expect((await ask(strange))?.result.rows).toEqual([{ said: 'missing' }]);
    await expect(ask(amira)).rejects.toThrow('permission denied');
    await expect(ask(coordinator)).rejects.toThrow('permission denied');
    await expect(ask(manager, 'closed')).rejects.toThrow(
      'only the manager of a provider answers an allocation',
    );
    await expect(ask(manager, 'handed-back', 'no-such-reason')).rejects.toThrow('no such reason');
    const changed = inCommand(given.service.database, manager.token, (tx) =>
      tx
        .updateTable('service.referral')
        .set({ stage: 'accepted' })
        .where('id', '=', one.referralId)
        .executeTakeFirst(),
    );
    await expect(changed).rejects.toThrow('permission denied');
    expect((await standing(one.referralId)).actions).toHaveLength(4);
  });

  test('is for those alone whom a restricted record names, and so is the wait after it', async () => {
    const { owner } = given;
    const { rows: made } = await owner.query<{ id: string }>(
      `insert into service.restriction (person_id, why, placed_by) values ($1, 'A relative works here', $2) returning id`,
      [one.personId, manager.accountId],
    );
    const restrictionId = made[0]?.id;
    const name = (who: Someone) =>
      owner.query(
        'insert into service.restriction_reader (restriction_id, person_id, account_id) values ($1, $2, $3)',
        [restrictionId, one.personId, who.accountId],
      );
    await name(manager);
    expect((await as(other).get(path)).status).toBe(404);
    const asked = await inCommand(given.service.database, other.token, (tx) =>
      sql<{ said: string }>`
        select need_to_know.answer_allocation(${one.allocationId}, 'handed-back', 'other', '', now()) as said`.execute(
        tx,
      ),
    );
    expect(asked?.result.rows).toEqual([{ said: 'missing' }]);
    await as(manager).fill(`${path}/hand-back`, { reason: 'other', why: '' });
    const waiting = `/people/${one.personId}/waiting`;
    expect((await as(coordinator).get('/waiting-list')).html).not.toContain(waiting);
    expect((await as(coordinator).get(waiting)).status).toBe(404);
    await name(coordinator);
    expect((await as(coordinator).get('/waiting-list')).html).toContain(waiting);
  });

  test('is asked for no more once support has ended', async () => {
    const page = await as(manager).get(path);
    await given.owner.query(`update service.referral set stage = 'closed' where id = $1`, [one.referralId]);
    const reply = await as(manager).send(page);
    expect(reply.text).toContain('It cannot be taken up now');
    expect((await allocation(one.allocationId))?.taken_up_at).toBeNull();
  });
});

describe('who works with whom', () => {
  test('is chosen by who has room, and how much work it is counts', async () => {
    const { allocationId } = await allocatedPerson({ workerId: amira.accountId });
    const path = `/allocations/${allocationId}/worker`;
    const page = await as(manager).get(path);
    expect(page.text).toMatch(/Ben Osei 0 young people, 0 of 30 points used/);
    await as(manager).send(page, { worker: ben.accountId, weight: '5' });
    expect(await allocation(allocationId)).toMatchObject({ worker_id: ben.accountId, weight: 5 });
    expect((await as(manager).get(path)).text).toMatch(/Ben Osei 1 young person, 5 of 30 points used/);
    const told = (await messagesTo(ben)).length;
    await as(manager).fill(path, { worker: ben.accountId, weight: '1' });
    expect(await allocation(allocationId)).toMatchObject({ worker_id: ben.accountId, weight: 1 });
    // A weight is no news to whom it was given before.
    expect(await messagesTo(ben)).toHaveLength(told);
    expect((await as(manager).fill(path, { worker: ben.accountId, weight: '6' })).status).toBe(422);
    expect((await as(ben).get('/caseload')).text).toContain(
      'You work with 1 young person: 1 of your 30 points.',
    );
  });

  test('how much a worker carries is set once for two who set it at once', async () => {
    const path = `/workers/${ben.accountId}`;
    const [first, second] = [await as(manager).get(path), await as(other).get(path)];
    expect((await as(manager).send(first, { points: '18' })).status).toBe(303);
    const late = await as(other).send(second, { points: '25' });
    expect(late.status).toBe(422);
    expect(late.text).toContain('Somebody else has just set 18 points');
    expect((await as(other).send(late, { points: '25' }, path)).status).toBe(303);
    expect((await as(manager).get('/workers')).text).toMatch(/Ben Osei First team \d+ \d+ 25/);
    for (const points of ['', '-1', '501', '2.5', 'ten'])
      expect((await as(manager).fill(path, { points })).status).toBe(422);
    expect((await as(strange).get(path)).status).toBe(404);
    await given.owner.query('delete from service.worker_capacity');
  });
});

describe('cover', () => {
  const days = (from: number, until: number) => {
    const parts = (name: string, ahead: number) => {
      const [year = '', month = '', day = ''] = new Date(Date.now() + ahead * 86_400_000)
        .toISOString()
        .slice(0, 10)
        .split('-');
      return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
    };
    return { ...parts('from', from), ...parts('until', until) };
  };

  test('puts the cases into the caseload of whoever stands in, from the first day to the last', async () => {
    const { personId } = await allocatedPerson({ workerId: amira.accountId });
    const mine = async (who: Someone) =>
      (await as(who).get('/caseload')).html.includes(`/people/${personId}`);
    expect(await mine(ben)).toBe(false);
    const path = `/workers/${amira.accountId}/cover`;
    expect((await as(manager).fill(path, { by: ben.accountId, ...days(7, 14) })).status).toBe(303);
    expect((await messagesTo(ben)).at(-1)).toMatchObject({ template: 'new-allocation' });
    expect(await mine(ben)).toBe(false);
    await as(manager).fill(path, { by: ben.accountId, ...days(-1, 1) });
    expect([await mine(ben), await mine(amira)]).toEqual([true, true]);
    expect((await as(amira).get('/caseload')).text).toContain('Amira Khan , away: Ben Osei stands in');
    expect((await as(manager).get('/workers')).text).toMatch(/Amira Khan First team .* Ben Osei , until/);
    const worker = await as(manager).get(`/workers/${amira.accountId}`);
    const [, end = ''] = /href="([^"]*\/cover\/[^"]*\/end)"/.exec(worker.html) ?? [];
    const visitor = as(manager);
    await visitor.send(await visitor.get(end));
    expect(await mine(ben)).toBe(false);
    expect((await visitor.get(end)).status).toBe(404);
    await given.owner.query('delete from service.cover');
  });

  test('is by somebody of the same team, who could see the cases, and for days to come', async () => {
    const visitor = as(manager);
    const page = await visitor.get(`/workers/${amira.accountId}/cover`);
    expect(page.text).not.toContain('Cora Lynn');
    // How much they would have, before it is given to them.
    expect(page.text).toMatch(/Ben Osei, \d+ of 30 points/);
    expect(page.text).toMatch(/whose cases are \d+ points/);
    for (const by of [cora.accountId, amira.accountId, strange.accountId]) {
      const reply = await visitor.send(page, { by, ...days(0, 1) });
      expect(reply.text).toContain('Choose somebody of the same team');
    }
    const refused = await visitor.send(page, { by: ben.accountId, ...days(3, 2) });
    expect(refused.text).toContain('The last day must not be before the first');
    const past = await visitor.send(page, { by: ben.accountId, ...days(-5, -2) });
    expect(past.text).toContain('The last day must be today or later');
    expect(await rows('select id from service.cover')).toEqual([]);
    expect((await as(strange).get(`/workers/${amira.accountId}/cover`)).status).toBe(404);
  });

  test('the database itself lets a manager arrange it among their own caseworkers alone', async () => {
    const arrange = (by: Someone) =>
      inCommand(given.service.database, manager.token, (tx) =>
        tx
          .insertInto('service.cover')
          .values({
            organisation_id: ours.organisationId,
            worker_id: amira.accountId,
            covered_by: by.accountId,
            starts_on: '2026-01-01',
            ends_on: '2026-01-02',
          })
          .execute(),
      );
    await expect(arrange(strange)).rejects.toThrow('row-level security');
    await expect(arrange(coordinator)).rejects.toThrow('row-level security');
  });
});

describe('the cases of somebody who leaves', () => {
  let leaver: Someone;
  beforeEach(async () => {
    leaver = await someone(given.owner, 'caseworker', { ...ours, name: 'Lea Ver' });
  });
  const held = async (who: Someone) =>
    (
      await rows<{ id: string }>(
        'select id from service.allocation where worker_id = $1 and ended_at is null order by id',
        who.accountId,
      )
    ).map(({ id }) => id);

  test('move in one act, all to one but those with somebody of their own, each in its own log', async () => {
    const made: Awaited<ReturnType<typeof allocatedPerson>>[] = [];
    for (let each = 0; each < 3; each += 1) made.push(await allocatedPerson({ workerId: leaver.accountId }));
    const [first, second, third] = made.map(({ allocationId }) => allocationId);
    // They have left already: nothing of theirs may be lost for it.
    await given.owner.query('update identity.access_grant set ended_at = now() where id = $1', [
      leaver.grantId,
    ]);
    expect((await as(manager).get('/workers')).text).toContain(
      'Lea Ver Cannot sign in to any of your teams now: move their cases',
    );
    const told = [(await messagesTo(ben)).length, (await messagesTo(amira)).length];
    const path = `/workers/${leaver.accountId}/move`;
    const before = await rows<{ used: number }>(
      'select coalesce(sum(weight), 0)::int as used from service.allocation where worker_id = $1 and ended_at is null',
      ben.accountId,
    );
    const choices = (await as(manager).get(path)).text;
    // To choose for all, and for each of the three.
    expect(choices.split(`Ben Osei, ${before[0]?.used} of 30 points`)).toHaveLength(5);
    const reply = await as(manager).fill(path, {
      all: ben.accountId,
      'to[]': ['', `${second}:${amira.accountId}`, ''],
    });
    expect(reply.location).toBe('/workers');
    expect(await held(leaver)).toEqual([]);
    expect((await allocation(second ?? ''))?.worker_id).toBe(amira.accountId);
    for (const id of [first, third]) expect((await allocation(id ?? ''))?.worker_id).toBe(ben.accountId);
    const logged = await rows<{ person_id: string }>(
      `select person_id from audit.entry where action = 'move-case' and actor_id = $1 order by at`,
      manager.accountId,
    );
    expect(new Set(logged.map(({ person_id }) => person_id))).toEqual(
      new Set(made.map(({ personId }) => personId)),
    );
    expect([
      (await messagesTo(ben)).length - (told[0] ?? 0),
      (await messagesTo(amira)).length - (told[1] ?? 0),
    ]).toEqual([1, 1]);
    expect((await as(manager).get(path)).status).toBe(404);
  });

  test.each([
    { what: 'account is closed', path: () => `/accounts/${leaver.accountId}/close`, reason: 'left' },
    {
      what: 'role is ended',
      path: () => `/accounts/${leaver.accountId}/roles/${leaver.grantId}/end`,
      reason: 'left',
    },
  ])(
    'of a worker whose $what: the administrator is warned, the managers are told and count them',
    async ({ path, reason }) => {
      for (let each = 0; each < 2; each += 1) await allocatedPerson({ workerId: leaver.accountId });
      expect((await as(manager).get('/home')).text).not.toContain(
        '2 young people whose worker cannot sign in',
      );
      const administrator = new HttpVisitor(given, (await someone(given.owner, 'administrator')).cookie);
      const toldBefore = [(await messagesTo(manager)).length, (await messagesTo(strange)).length];
      const page = await administrator.get(path());
      expect(page.text).toContain('They work with 2 young people now');
      expect((await administrator.send(page, { reason })).status).toBe(303);
      expect((await messagesTo(manager)).slice(toldBefore[0])).toEqual([
        { template: 'something-waits', path: `/workers/${leaver.accountId}/move` },
      ]);
      expect(await messagesTo(strange)).toHaveLength(toldBefore[1] ?? 0);
      expect((await as(manager).get('/home')).text).toContain('2 young people whose worker cannot sign in');
      expect((await as(manager).get('/workers')).text).toContain(
        'Lea Ver Cannot sign in to any of your teams now',
      );
      await as(manager).fill(`/workers/${leaver.accountId}/move`, { all: ben.accountId, 'to[]': ['', ''] });
      expect(await held(leaver)).toEqual([]);
      expect((await as(manager).get('/home')).text).not.toContain(
        '2 young people whose worker cannot sign in',
      );
    },
  );

  test('take with them what was planned, and whoever has too much then is marked', async () => {
    const { personId } = await allocatedPerson({ workerId: leaver.accountId });
    await given.owner.query(
      `insert into service.contact (person_id, organisation_id, worker_id, planned_for, how, with_whom, outcome)
       values ($1, $2, $3, now() - interval '1 minute', 'telephone', 'young-person', 'planned')`,
      [personId, ours.organisationId, leaver.accountId],
    );
    await given.owner.query('update service.allocation set weight = 5 where worker_id = $1', [ben.accountId]);
    for (let each = 0; each < 7; each += 1) {
      const { allocationId } = await allocatedPerson({ workerId: leaver.accountId });
      await given.owner.query('update service.allocation set weight = 5 where id = $1', [allocationId]);
    }
    const move = `/workers/${leaver.accountId}/move`;
    const reply = await as(manager).fill(move, { all: ben.accountId, 'to[]': Array(8).fill('') });
    expect(reply.status).toBe(303);
    const link = (who: Someone) =>
      as(who)
        .get('/my-day')
        .then(({ html }) => html.includes('/contacts/'));
    expect(await link(leaver)).toBe(false);
    expect(await link(ben)).toBe(true);
    expect((await as(ben).get('/my-day')).text).not.toContain('planned by');
    expect((await as(manager).get('/workers')).text).toMatch(/Ben Osei .{0,80} \d+ too many/);
  });

  test('move all or not at all: somebody of another team can take none of this one’s', async () => {
    const one = await allocatedPerson({ workerId: leaver.accountId });
    await allocatedPerson({ workerId: leaver.accountId });
    const before = await held(leaver);
    const reply = await as(manager).fill(`/workers/${leaver.accountId}/move`, {
      all: ben.accountId,
      'to[]': [`${one.allocationId}:${cora.accountId}`],
    });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('Cora Lynn does not work in First team');
    expect(await held(leaver)).toEqual(before);
    const none = await as(manager).fill(`/workers/${leaver.accountId}/move`, { all: '', 'to[]': [''] });
    expect(none.text).toContain('Choose who takes them over');
  });

  test('moved by two managers at once move once, and the second is told', async () => {
    const made: Awaited<ReturnType<typeof allocatedPerson>>[] = [];
    for (let each = 0; each < 3; each += 1) made.push(await allocatedPerson({ workerId: leaver.accountId }));
    const path = `/workers/${leaver.accountId}/move`;
    const named = (who: Someone) => made.map(({ allocationId }) => `${allocationId}:${who.accountId}`);
    const pages = [await as(manager).get(path), await as(other).get(path)] as const;
    const replies = await Promise.all([
      as(manager).send(pages[0], { all: '', 'to[]': named(amira) }),
      as(other).send(pages[1], { all: '', 'to[]': named(ben) }),
    ]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    const winner = replies[0].status === 303 ? amira : ben;
    for (const { allocationId } of made)
      expect((await allocation(allocationId))?.worker_id).toBe(winner.accountId);
    expect(replies.find(({ status }) => status === 422)?.text).toContain(
      'Somebody else has moved or ended one of these cases',
    );
  });

  test('are no other provider’s to move', async () => {
    const one = await allocatedPerson({ workerId: leaver.accountId });
    const visitor = as(strange);
    expect((await visitor.get(`/workers/${leaver.accountId}/move`)).status).toBe(404);
    const own = await visitor.get('/workers');
    const token = await as(strange).get('/account/password');
    const reply = await visitor.send(
      { ...token, path: own.path },
      { all: ben.accountId },
      `/workers/${leaver.accountId}/move`,
    );
    expect([403, 404]).toContain(reply.status);
    expect((await allocation(one.allocationId))?.worker_id).toBe(leaver.accountId);
  });
});
