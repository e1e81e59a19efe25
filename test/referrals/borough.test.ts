import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor, type Reply } from '../support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../support/service.ts';
import { sendReferral } from './writing-a-referral.ts';

let given: TestService;
let contact: Someone;
let colleague: Someone;
let coordinator: Someone;

const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';

beforeAll(async () => {
  given = await testService();
  contact = await someone(given.owner, 'spoc', { areas: [LAMBETH], name: 'Priya Contact' });
  colleague = await someone(given.owner, 'spoc', { areas: [LAMBETH], name: 'Owen Colleague' });
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH, CAMDEN] });
});
afterAll(() => given.stop());

const visitorFor = (who: Someone) => new HttpVisitor(given, who.cookie);

/** Sends a referral as somebody new, and gives its id. */
async function referred(area: string, givenNames: string): Promise<string> {
  const referrer = await someone(given.owner, 'referrer');
  const sent = await sendReferral(visitorFor(referrer), { area, givenNames });
  return sent.slice(sent.lastIndexOf('/') + 1);
}

const told = async (referralId: string, template: string): Promise<string[]> => {
  const { rows } = await given.owner.query<{ account_id: string }>(
    'select account_id from messages.message where template = $1 and path like $2',
    [template, `%${referralId}`],
  );
  return rows.map(({ account_id }) => account_id);
};

test('a contact finds the referrals of their borough and no other, with their answers', async () => {
  const [ours, theirs] = [await referred(LAMBETH, 'Ours'), await referred(CAMDEN, 'Theirs')];
  const visitor = visitorFor(contact);
  const list = await visitor.get('/borough');
  expect(list.text).toContain('Ours Bello');
  expect(list.text).not.toContain('Theirs');
  expect(list.text).toContain('Say you have seen it');
  const page = await visitor.get(`/borough/referrals/${ours}`);
  expect(page.text).toContain('Two new phones, and days away from home.');
  expect(page.text).toContain('Referral sent');
  const own = await visitor.get(`/borough/referrals/${ours}`);
  expect((await visitor.get(`/borough/referrals/${theirs}`)).status).toBe(404);
  const forged = await visitor.send(own, { note: 'forged', version: '0' }, `/borough/referrals/${theirs}`);
  expect(forged.status).toBe(404);
  const { rows } = await given.owner.query(
    'select from service.borough_acknowledgement where referral_id = $1',
    [theirs],
  );
  expect(rows).toHaveLength(0);
});

test.each(['no', 'ask-me', 'not-known'])(
  'a contact is not told whom intelligence came from, where the referrer answered “%s”; a coordinator is',
  async (sourceMayBeTold) => {
    const about = {
      yourName: 'Canary Referrer',
      role: 'Canary job',
      phone: '0121 496 0777',
      agencyName: 'Canary Academy',
      team: 'Canary team',
      manager: 'Canary manager',
      agencyAddress: '1 Canary Road',
    };
    const source = [...Object.values(about), 'Canary Account'];
    const referrer = await someone(given.owner, 'referrer', { name: 'Canary Account' });
    const path = await sendReferral(visitorFor(referrer), {
      area: LAMBETH,
      kind: 'intelligence',
      agencyKind: 'education',
      ...about,
      sourceMayBeTold,
    });
    const id = path.slice(path.lastIndexOf('/') + 1);
    const { rows } = await given.owner.query<{ id: string }>(
      `insert into service.person (area, given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity)
       values ($1, 'Of', 'Intelligence', 'of intelligence', 'not-known', 'female', 'BAFR') returning id`,
      [LAMBETH],
    );
    const personId = rows[0]?.id ?? '';
    await given.owner.query('update service.referral set person_id = $2 where id = $1', [id, personId]);
    const visitor = visitorFor(contact);
    const page = await visitor.get(`/borough/referrals/${id}`);
    expect(page.text).toContain('has not agreed that the borough is told whom it came from');
    expect(page.text).toContain('Two new phones, and days away from home.');
    expect(page.text).toContain('Referral sent The referrer ,');
    for (const where of [page, await visitor.get(`/people/${personId}`)])
      for (const told of source) expect(where.html).not.toContain(told);
    const whole = await visitorFor(coordinator).get(`/referrals/${id}`);
    for (const told of source) expect(whole.text).toContain(told);
  },
);

test('a contact is told whom intelligence came from, where the referrer agreed to it', async () => {
  const referrer = await someone(given.owner, 'referrer');
  const answers = {
    area: LAMBETH,
    kind: 'intelligence',
    yourName: 'Willing Referrer',
    sourceMayBeTold: 'yes',
  };
  const sent = await sendReferral(visitorFor(referrer), answers);
  const page = await visitorFor(contact).get(`/borough/referrals/${sent.slice(sent.lastIndexOf('/') + 1)}`);
  expect(page.text).toContain('Willing Referrer');
});

test('the look at a referral, and at the list, is recorded', async () => {
  const id = await referred(LAMBETH, 'Looked');
  await visitorFor(contact).get(`/borough/referrals/${id}`);
  const { rows } = await given.owner.query<{ action: string }>(
    'select action from audit.entry where actor_id = $1 and (subject_id = $2 or subject_id = $3) order by at',
    [contact.accountId, id, contact.grantId],
  );
  expect(rows.map(({ action }) => action)).toContain('view-referral');
  expect(rows.map(({ action }) => action)).toContain('view-borough-list');
});

test('“I have seen this” is recorded once, in the borough’s name; a coordinator is told of words only', async () => {
  const id = await referred(LAMBETH, 'Seen');
  const visitor = visitorFor(contact);
  const page = await visitor.get(`/borough/referrals/${id}`);
  expect((await visitor.send(page)).status).toBe(303);
  expect(await told(id, 'borough-answered')).toEqual([]);
  const seen = await visitorFor(colleague).get(`/borough/referrals/${id}`);
  expect(seen.text).toContain('Seen by Priya Contact of Lambeth');

  const answered = await visitorFor(colleague).send(seen, { note: 'She has a social worker.' });
  expect(answered.status).toBe(303);
  expect(await told(id, 'borough-answered')).toEqual([coordinator.accountId]);
  const after = await visitor.get(`/borough/referrals/${id}`);
  expect(after.text).toContain('She has a social worker.');
  expect(after.text).toContain('last changed by Owen Colleague');
  expect((await visitorFor(coordinator).get(`/referrals/${id}`)).text).toContain('She has a social worker.');
  const { rows } = await given.owner.query<{ note: string }>(
    'select note from history.borough_acknowledgement where referral_id = $1',
    [id],
  );
  expect(rows).toEqual([{ note: '' }]);
  expect((await visitor.get('/borough')).text).toMatch(/Seen Bello HW-\S+ Support .{0,80}Nothing: seen/);
});

test('two contacts who say that they have seen it at once have both said so', async () => {
  const id = await referred(LAMBETH, 'Both');
  const visitors = [visitorFor(contact), visitorFor(colleague)];
  const pages = await Promise.all(visitors.map((visitor) => visitor.get(`/borough/referrals/${id}`)));
  const replies = await Promise.all(visitors.map((visitor, place) => visitor.send(pages[place] as Reply)));
  expect(replies.map(({ status }) => status)).toEqual([303, 303]);
  const { rows } = await given.owner.query(
    'select version from service.borough_acknowledgement where referral_id = $1',
    [id],
  );
  expect(rows).toEqual([{ version: 1 }]);
});

test('two contacts who write at once: the second sees what was, what is and what they typed, and chooses', async () => {
  const id = await referred(LAMBETH, 'Written');
  const [first, second] = [visitorFor(contact), visitorFor(colleague)];
  await first.send(await first.get(`/borough/referrals/${id}`), { note: 'As it was' });
  const [mine, theirs] = [
    await first.get(`/borough/referrals/${id}`),
    await second.get(`/borough/referrals/${id}`),
  ];
  expect((await first.send(mine, { note: 'A plan is in place' })).status).toBe(303);
  const refused = await second.send(theirs, { note: 'A mentor is free' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(
    'When you opened the page As it was Saved by Priya Contact A plan is in place',
  );
  expect(refused.text).toContain('Typed by you A mentor is free');
  expect((await second.send(refused, { note: 'A plan, and a mentor' })).status).toBe(303);
  expect((await first.get(`/borough/referrals/${id}`)).text).toContain('A plan, and a mentor');

  // Emptying the box is a change like any other: a page opened before another's words cannot do it unseen.
  const stale = await first.get(`/borough/referrals/${id}`);
  await second.send(await second.get(`/borough/referrals/${id}`), { note: 'A plan, a mentor and a place' });
  expect((await first.send(stale, { note: '' })).status).toBe(422);
  expect((await first.get(`/borough/referrals/${id}`)).text).toContain('A plan, a mentor and a place');
});

test('a decided referral leaves the open list and stays in the whole one', async () => {
  const id = await referred(LAMBETH, 'Decided');
  await given.owner.query(
    `update service.referral set stage = 'declined', decided_at = now() where id = $1`,
    [id],
  );
  const visitor = visitorFor(contact);
  expect((await visitor.get('/borough')).text).not.toContain('Decided Bello');
  expect((await visitor.get('/borough?show=all')).text).toContain('Decided Bello');
  expect((await visitor.get('/borough?show=nonsense&before=nonsense')).status).toBe(200);
});

test('every referral of several boroughs is on one of the pages, once, newest first', async () => {
  const both = await someone(given.owner, 'spoc', { areas: ['E09000030', 'E09000031'] });
  const referrer = await someone(given.owner, 'referrer');
  await given.owner.query(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, family_name,
       name_key, date_of_birth_precision, gender, ethnicity, answers)
     select 'intelligence', 'received', $1, 'other', 'Agency', timestamptz '2026-05-01' + (n / 3) * interval '1 hour', '2026-06-01',
       case when n % 4 = 0 then 'E09000030' else 'E09000031' end, 'Number' || n, 'number', 'not-known', 'unknown', 'NOBT', '[]'
     from generate_series(1, 60) n`,
    [referrer.accountId],
  );
  const visitor = visitorFor(both);
  const seen: number[] = [];
  let pages = 0;
  for (let path: string | undefined = '/borough'; path !== undefined; pages++) {
    const page: Reply = await visitor.get(path);
    seen.push(...[...page.text.matchAll(/Number(\d+)/g)].map(([, number]) => Number(number)));
    path = /href="(\/borough\?before=[^"]+)"[^>]*rel="next"/.exec(page.html)?.[1];
  }
  expect(pages).toBe(3);
  expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  const hours = seen.map((number) => Math.floor(number / 3));
  expect(hours).toEqual([...hours].sort((a, b) => b - a));
});

test('a contact sees to which provider a young person went, and no case note', async () => {
  const id = await referred(LAMBETH, 'Allocated');
  const { organisationId, teamId, name } = await provider(given.owner);
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into service.person (given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ('Allocated', 'Bello', 'allocated bello', 'not-known', 'female', 'NOBT', $1) returning id`,
    [LAMBETH],
  );
  const personId = rows[0]?.id;
  await given.owner.query(`update service.referral set person_id = $2, stage = 'allocated' where id = $1`, [
    id,
    personId,
  ]);
  await given.owner.query(
    `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details) values
       ($1, 2, $2, $3, 'person-linked', jsonb_build_object('personId', $3::uuid)),
       ($1, 3, $2, $3, 'person-set-apart', jsonb_build_object('personId', homeward.new_id()))`,
    [id, LAMBETH, personId],
  );
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id) values ($1, $2, $3, $4, $5)`,
    [id, personId, LAMBETH, organisationId, teamId],
  );
  await given.owner.query(
    `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact)
     values ($1, $2, $3, 'contact', now(), 'Canary of a case note')`,
    [personId, organisationId, contact.accountId],
  );
  const page = await visitorFor(contact).get(`/borough/referrals/${id}`);
  expect(page.text).toContain(`Allocated to ${name}`);
  expect(page.text).toContain('Matched with a young person');
  expect(page.text).not.toContain('somebody else than a person on record');
  expect(page.html).not.toContain('Canary');
});

test('only a contact may speak for a borough: the page refuses the role, and so does the database', async () => {
  const id = await referred(LAMBETH, 'Others');
  const caseworker = await someone(given.owner, 'caseworker', await provider(given.owner));
  for (const who of [coordinator, caseworker, await someone(given.owner, 'referrer')]) {
    expect((await visitorFor(who).get('/borough')).status).toBe(403);
    expect((await visitorFor(who).get(`/borough/referrals/${id}`)).status).toBe(403);
  }
  const written = inCommand(given.service.database, coordinator.token, (tx) =>
    tx
      .insertInto('service.borough_acknowledgement')
      .values({ referral_id: id, area: LAMBETH, acknowledged_by: coordinator.accountId, note: 'forged' })
      .execute(),
  );
  await expect(written).rejects.toThrow('row-level security');
});

test('a note over the limit is refused, naming field and limit, and kept as typed', async () => {
  const id = await referred(LAMBETH, 'Long');
  const visitor = visitorFor(contact);
  const long = 'x'.repeat(5_001);
  const refused = await visitor.send(await visitor.get(`/borough/referrals/${id}`), { note: long });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(
    'What the borough knows and can offer must be 5,000 characters or fewer; it is 1 too long',
  );
  expect(refused.html).toContain(long);
});
