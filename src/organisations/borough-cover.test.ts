import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendReferral } from '../../test/referrals/writing-a-referral.ts';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import { type Someone, someone, type TestService, testService } from '../../test/support/service.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays } from '../platform/clock/plain-date.ts';

const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';

let given: TestService;
let away: Someone;
let standIn: Someone;
let operations: Someone;

beforeAll(async () => {
  given = await testService();
  away = await someone(given.owner, 'spoc', { areas: [LAMBETH], name: 'Priya Contact' });
  standIn = await someone(given.owner, 'spoc', { areas: [CAMDEN], name: 'Owen Neighbour' });
  operations = await someone(given.owner, 'operations-manager');
});
afterAll(() => given.stop());

const visitorFor = (who: Someone) => new HttpVisitor(given, who.cookie);

async function referred(area: string, givenNames: string): Promise<string> {
  const sent = await sendReferral(visitorFor(await someone(given.owner, 'referrer')), { area, givenNames });
  return sent.slice(sent.lastIndexOf('/') + 1);
}

async function council(): Promise<string> {
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into identity.organisation (kind, name) values ('local-authority', gen_random_uuid()::text) returning id`,
  );
  return rows[0]?.id ?? '';
}

/** The fields of a date, some days from today. */
function day(name: string, daysFromToday: number): Record<string, string> {
  const [year = '', month = '', of = ''] = addDays(londonDate(new Date()), daysFromToday).split('-');
  return { [`${name}-day`]: of, [`${name}-month`]: month, [`${name}-year`]: year };
}

async function named(by: Someone, whom: Someone, from: number, until: number) {
  const visitor = visitorFor(by);
  return await visitor.send(await visitor.get('/borough/cover'), {
    by: whom.accountId,
    ...day('from', from),
    ...day('until', until),
  });
}

const seenBy = async (who: Someone) => (await visitorFor(who).get('/borough')).text;

async function told(referralId: string, template: string): Promise<string[]> {
  const { rows } = await given.owner.query<{ account_id: string }>(
    'select account_id from messages.message where template = $1 and path like $2',
    [template, `%${referralId}`],
  );
  return rows.map(({ account_id }) => account_id);
}

const endAll = () =>
  given.owner.query(
    'update identity.borough_cover set ended_at = now(), ended_by = named_by where ended_at is null',
  );

describe('whoever stands in for a borough’s contact', () => {
  test('sees its referrals from the first day to the last, is told of new ones, and both see it', async () => {
    await referred(LAMBETH, 'Before');
    expect(await seenBy(standIn)).not.toContain('Before Bello');
    expect((await named(away, standIn, 0, 3)).status).toBe(303);
    expect(await seenBy(standIn)).toContain('Before Bello');
    const during = await referred(LAMBETH, 'During');
    expect((await told(during, 'referral-received')).toSorted()).toEqual(
      [away.accountId, standIn.accountId].toSorted(),
    );
    expect((await visitorFor(standIn).get(`/borough/referrals/${during}`)).status).toBe(200);
    expect(await seenBy(away)).toContain('Owen Neighbour stands in for you in Lambeth');
    expect(await seenBy(standIn)).toContain('You stand in for Priya Contact in Lambeth');

    const { rows } = await given.owner.query(
      `select subject_id from audit.entry where action = 'name-stand-in' and actor_id = $1`,
      [away.accountId],
    );
    expect(rows).toEqual([{ subject_id: standIn.accountId }]);
    await endAll();
  });

  test('sees nothing before the first day nor after the last', async () => {
    await named(away, standIn, 1, 3);
    expect(await seenBy(standIn)).not.toContain('Before Bello');
    await given.owner.query(
      `update identity.borough_cover set starts_on = current_date - 9, ends_on = current_date - 1 where ended_at is null`,
    );
    expect(await seenBy(standIn)).not.toContain('Before Bello');
    await endAll();
  });

  test.each(['the covered', 'the stand-in'])('until %s ends it', async (which) => {
    await named(away, standIn, 0, 3);
    const visitor = visitorFor(which === 'the covered' ? away : standIn);
    const cover = await visitor.get('/borough/cover');
    const [, end = ''] = /href="(\/borough\/cover\/[0-9a-f-]+\/end)"/.exec(cover.html) ?? [];
    expect((await visitor.send(await visitor.get(end))).status).toBe(303);
    expect(await seenBy(standIn)).not.toContain('Before Bello');
    expect((await visitor.get(end)).status).toBe(404);
  });

  test('loses it when their own role, or the one they cover, ends', async () => {
    const [leaver, cover] = [
      await someone(given.owner, 'spoc', { areas: [LAMBETH] }),
      await someone(given.owner, 'spoc', { areas: [CAMDEN] }),
    ];
    await named(leaver, cover, 0, 3);
    expect(await seenBy(cover)).toContain('Before Bello');
    await given.owner.query('update identity.access_grant set ended_at = now() where id = $1', [
      leaver.grantId,
    ]);
    expect(await seenBy(cover)).not.toContain('Before Bello');
  });

  test('sees each referral once, where both have the same borough', async () => {
    const colleague = await someone(given.owner, 'spoc', { areas: [LAMBETH] });
    await named(away, colleague, 0, 3);
    expect((await seenBy(colleague)).match(/Before Bello/g)).toHaveLength(1);
    await endAll();
  });
});

describe('nobody is given what was not approved', () => {
  test('only a contact can be named', async () => {
    const coordinator = await someone(given.owner, 'coordinator', { areas: [CAMDEN] });
    const refused = await named(away, coordinator, 0, 3);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose a colleague of your council who is a borough’s contact already');
    expect((await named(away, away, 0, 3)).status).toBe(422);
    const unapproved = await someone(given.owner, 'spoc', { areas: [CAMDEN] });
    await given.owner.query('update identity.access_grant set approved_at = null where id = $1', [
      unapproved.grantId,
    ]);
    expect((await named(away, unapproved, 0, 3)).status).toBe(422);
  });

  test('and the database refuses cover of somebody else, or by nobody approved', async () => {
    const elsewhere = await someone(given.owner, 'spoc', {
      areas: [CAMDEN],
      organisationId: await council(),
    });
    const cover = (grantId: string, standInId: string, until = '2020-01-20') =>
      given.service.database.asPerson(standIn.token, (tx) =>
        tx
          .insertInto('identity.borough_cover')
          .values({
            grant_id: grantId,
            stand_in_id: standInId,
            starts_on: '2020-01-01',
            ends_on: until,
            named_by: standIn.accountId,
          })
          .execute(),
      );
    for (const [grantId, standInId, until] of [
      [away.grantId, standIn.accountId],
      [away.grantId, away.accountId],
      [standIn.grantId, operations.accountId],
      [standIn.grantId, standIn.accountId],
      [standIn.grantId, elsewhere.accountId],
      [standIn.grantId, away.accountId, '2020-04-02'],
    ] as const)
      await expect(cover(grantId, standInId, until)).rejects.toThrow('row-level security');
    await cover(standIn.grantId, away.accountId, '2020-04-01');
  });

  test('a contact of another council is not offered', async () => {
    const elsewhere = await someone(given.owner, 'spoc', {
      areas: [CAMDEN],
      organisationId: await council(),
    });
    const { text } = await named(away, elsewhere, 0, 3);
    expect(text).toContain('Choose a colleague of your council');
  });

  test('a last day that is before the first, over, or a quarter away is refused', async () => {
    expect((await named(away, standIn, 0, 92)).text).toContain('less than 92 days after the first');
    expect((await named(away, standIn, 3, 2)).text).toContain('The last day must not be before the first');
    expect((await named(away, standIn, -3, -1)).text).toContain('The last day must be today or later');
  });
});

describe('a borough that has no contact', () => {
  const BRENT = 'E09000005';

  test('is an alarm for those who run the service and for its coordinators, with what waits there', async () => {
    const coordinator = await someone(given.owner, 'coordinator', { areas: [BRENT] });
    const further = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
    const id = await referred(BRENT, 'Unseen');
    expect(await told(id, 'borough-without-contact')).toEqual([operations.accountId]);
    for (const who of [operations, coordinator])
      expect((await visitorFor(who).get('/home')).text).toContain('Referrals wait unseen in Brent (1)');
    expect((await visitorFor(further).get('/home')).text).not.toContain('no contact');

    const contact = await someone(given.owner, 'spoc', { areas: [BRENT] });
    expect((await visitorFor(coordinator).get('/home')).text).not.toContain('Brent');
    await given.owner.query('update identity.account set disabled_at = now() where id = $1', [
      contact.accountId,
    ]);
    expect((await visitorFor(coordinator).get('/home')).text).toContain('Brent (1)');
    // Whoever stands in for them is told.
    await given.owner.query(
      `insert into identity.borough_cover (grant_id, stand_in_id, starts_on, ends_on, named_by)
       values ($1, $2, current_date - 1, current_date + 1, $3)`,
      [contact.grantId, standIn.accountId, contact.accountId],
    );
    expect((await visitorFor(coordinator).get('/home')).text).not.toContain('Brent');
    expect(await told(await referred(BRENT, 'Covered'), 'borough-without-contact')).toEqual([]);
    await endAll();
  });

  test('is shown to the administrator, who is told of no referral', async () => {
    const administrator = await someone(given.owner, 'administrator');
    const page = await visitorFor(administrator).get('/boroughs-without-contact');
    expect(page.text).toContain('Brent');
    expect(page.text).not.toContain('Lambeth');
    expect(page.text).not.toContain('Referrals waiting');
    expect((await visitorFor(operations).get('/boroughs-without-contact')).text).toMatch(/Brent 2/);
  });
});

test('nobody stands in who works for another council by then, as its contact too', async () => {
  const here = await council();
  const theirs = await someone(given.owner, 'spoc', { areas: [LAMBETH], organisationId: here });
  const leaver = await someone(given.owner, 'spoc', { areas: [CAMDEN], organisationId: here });
  expect((await named(theirs, leaver, 0, 3)).status).toBe(303);
  const referralId = await referred(LAMBETH, 'Left');
  expect((await visitorFor(leaver).get(`/borough/referrals/${referralId}`)).status).toBe(200);
  await given.owner.query('update identity.access_grant set organisation_id = $2 where account_id = $1', [
    leaver.accountId,
    await council(),
  ]);
  expect((await visitorFor(leaver).get(`/borough/referrals/${referralId}`)).status).toBe(404);
});
