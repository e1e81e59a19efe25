import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, CROYDON, youngPerson } from '../../test/support/young-person.ts';

let given: TestService;
let amira: Someone;
let ben: Someone;
let stranger: Someone;
let operations: Someone;
let person: { id: string };

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  const ours = await provider(owner, 'Harbour');
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben Osei' });
  stranger = await someone(owner, 'caseworker', await provider(owner));
  operations = await someone(owner, 'operations-manager');
  person = await youngPerson(owner);
  await allocated(owner, person.id, { ...ours, workerId: amira.accountId });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const consent = () => `/people/${person.id}/consent`;
const decided = {
  decidedBy: 'Amira Khan',
  'decidedOn-day': '1',
  'decidedOn-month': '6',
  'decidedOn-year': '2026',
};
const sharing = {
  ...decided,
  kind: 'sharing',
  what: 'His new address',
  withWhom: 'The school',
  consent: 'given',
  asked: 'young-person',
  shared: 'yes',
};
const rows = async () =>
  (
    await given.owner.query(
      'select * from service.sharing_decision where person_id = $1 order by recorded_at, id',
      [person.id],
    )
  ).rows;

test('consent is on the young person’s page while it holds, and that it was withdrawn stands there instead', async () => {
  await as(amira).fill(`${consent()}/new`, sharing);
  expect((await as(ben).get(`/people/${person.id}`)).text).toContain(
    'Sharing with The school : His new address . Consent was given, 1 June 2026',
  );
  const [row] = await rows();
  const edit = `${consent()}/${row.id}/edit`;
  const without = await as(ben).fill(edit, { ...sharing, consent: 'withdrawn', shared: 'no' });
  expect(without.text).toContain('Enter the day consent was withdrawn');
  const reply = await as(ben).fill(edit, {
    ...sharing,
    consent: 'withdrawn',
    shared: 'no',
    'withdrawnOn-day': '2',
    'withdrawnOn-month': '6',
    'withdrawnOn-year': '2026',
  });
  expect(reply.location).toBe(consent());
  const now = (await as(ben).get(`/people/${person.id}`)).text;
  expect(now).toMatch(
    /Not shared Withdrawn Sharing with The school : His new address . Consent was withdrawn, 2 June 2026/,
  );
  expect(now).not.toContain('Consent was given, 1 June 2026');
  expect((await as(operations).get(consent())).text).toContain('Withdrawn 2 June 2026');
});

test('what is shared without consent rests on a rule, and says where that stands', async () => {
  const without = { ...sharing, what: 'That he is threatened', consent: 'not-sought', asked: '' };
  const before = await rows();
  const refused = await as(amira).fill(`${consent()}/new`, without);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Choose what allows sharing it without consent');
  expect(refused.text).toContain('Enter why it is shared without consent');
  expect(await rows()).toEqual(before);
  await as(amira).fill(`${consent()}/new`, { ...without, rule: 'safeguarding', reasons: 'He may be hurt' });
  const page = await as(ben).get(consent());
  expect(page.text).toContain('Without consent: Safeguarding a child, or an adult at risk (');
  expect(page.text).toContain('Schedule 1, paragraph 18');
  expect(page.text).toContain('He may be hurt');
});

test('what was refused stands first, also for whoever opens the record in an emergency, and is in the chronology', async () => {
  const { owner } = given;
  const other = await youngPerson(owner);
  const ours = await provider(owner, 'Quay');
  await allocated(owner, other.id, { ...ours });
  const cass = as(await someone(owner, 'caseworker', ours));
  const form = `/people/${other.id}/consent/new`;
  await cass.fill(form, { ...sharing, what: 'His timetable' });
  await cass.fill(form, {
    ...sharing,
    withWhom: 'His father',
    what: 'That he is supported at all',
    consent: 'refused',
    shared: 'no',
    reasons: 'He says his father would hurt him',
  });
  const support = { ...decided, kind: 'support', what: 'To be supported by us', consent: 'refused' };
  await cass.fill(form, { ...support, asked: 'young-person' });
  const backwards = await cass.fill(form, {
    ...support,
    asked: 'young-person',
    'reviewOn-day': '31',
    'reviewOn-month': '5',
    'reviewOn-year': '2026',
  });
  expect(backwards.text).toContain('The day to look at it again must be the day it was decided, or later');

  const leon = await someone(owner, 'coordinator', { areas: [CROYDON] });
  const opened = await as(leon).fill('/break-glass', {
    reference: other.reference,
    ground: 'missing',
    reason: 'He has rung from a place he does not know',
  });
  expect(opened.location, opened.text).toBe(`/people/${other.id}`);
  for (const reader of [cass, as(leon)]) {
    const { text } = await reader.get(`/people/${other.id}`);
    expect(text).toMatch(
      /Refused Support: To be supported by us.*Not shared Refused Sharing with His father.*would hurt him.*Sharing with The school/,
    );
  }
  const { text } = await cass.get(`/people/${other.id}/chronology?kind=consent`);
  expect(text).toContain(
    'Sharing with His father: consent was refused. No, it is not shared Significant 1 June 2026',
  );
  expect(text).toContain('Sharing with The school: consent was given. Yes, it is shared');
});

test('the database takes nothing that is shared without consent and without a rule', async () => {
  await expect(
    given.owner.query(
      `insert into service.sharing_decision (person_id, organisation_id, kind, what, consent, asked, shared, decided_by, decided_on)
       select person_id, organisation_id, kind, what, 'refused', 'young-person', 'yes', 'Nobody', decided_on
       from service.sharing_decision limit 1`,
    ),
  ).rejects.toThrow(/check constraint/);
});

test('two who change one decision at once cannot make of both what neither said', async () => {
  await as(amira).fill(`${consent()}/new`, { ...sharing, what: 'His timetable' });
  const row = (await rows()).at(-1);
  const edit = `${consent()}/${row.id}/edit`;
  const [hers, his] = [as(amira), as(ben)];
  const [one, two] = [await hers.get(edit), await his.get(edit)];
  const mine = { ...sharing, what: 'His timetable' };
  await hers.send(one, { ...mine, consent: 'refused', rule: 'safeguarding', reasons: 'He is in danger' });
  const clash = await his.send(two, { ...mine, consent: 'not-sought', asked: '', shared: 'no' });
  expect(clash.status).toBe(409);
  // Refused by somebody whom nobody asked.
  const mixed = await his.send(clash, { 'keep-consent': 'theirs' });
  expect(mixed.status).toBe(409);
  expect((await rows()).at(-1)).toMatchObject({ consent: 'refused', version: 2 });
});

test('nobody else’s decision is found, by whatever address', async () => {
  const [row] = await rows();
  const elsewhere = await youngPerson(given.owner);
  const theirs = await given.owner.query<{ organisation_id: string; team_id: string }>(
    `select g.organisation_id, g.team_id from identity.access_grant g where g.account_id = $1`,
    [stranger.accountId],
  );
  const [place] = theirs.rows;
  if (!place) throw new Error('The stranger works nowhere');
  await allocated(given.owner, elsewhere.id, {
    organisationId: place.organisation_id,
    teamId: place.team_id,
  });
  for (const path of [
    consent(),
    `${consent()}/new`,
    `${consent()}/${row.id}/edit`,
    `/people/${elsewhere.id}/consent/${row.id}/edit`,
  ]) {
    expect((await as(stranger).get(path)).status, path).toBe(404);
    const visitor = as(stranger);
    const form = await visitor.get(`/people/${elsewhere.id}/consent/new`);
    expect(form.status).toBe(200);
    const sent = await visitor.send(form, { ...sharing, what: 'Forged', version: '2' }, path);
    expect(sent.status, path).toBe(404);
  }
  expect((await rows()).some(({ what }) => what === 'Forged')).toBe(false);
  expect((await as(operations).get(`${consent()}/new`)).status).toBe(403);
});
