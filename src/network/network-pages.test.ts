import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, youngPerson } from '../../test/support/young-person.ts';

let given: TestService;
let amira: Someone;
let other: Someone;
let operations: Someone;
let person: { id: string };

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  const ours = await provider(owner, 'Harbour Trust');
  const theirs = await provider(owner, 'Beacon');
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  other = await someone(owner, 'caseworker', { ...theirs, name: 'Olu Other' });
  operations = await someone(owner, 'operations-manager');
  person = await youngPerson(owner);
  await allocated(owner, person.id, { ...ours, workerId: amira.accountId });
  await allocated(owner, person.id, { ...theirs, workerId: other.accountId });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const at = (part: string) => `/people/${person.id}/${part}`;
const stepfather = {
  kind: 'household',
  name: 'Gary Pike',
  relationship: 'Mother’s partner',
  parentalResponsibility: 'no',
  livesWith: 'yes',
  mayContact: 'never',
  contactWhy: 'He hits him when services ring',
};

test('who must not be contacted is said on the record, the log of contact and where contact is planned, with the reason', async () => {
  const silent = await as(amira).fill(at('network/new'), { ...stepfather, contactWhy: '' });
  expect(silent.text).toContain('Enter why they may not simply be contacted');
  const added = await as(amira).fill(at('network/new'), stepfather);
  expect(added).toMatchObject({ status: 303, location: at('network') });
  for (const path of [`/people/${person.id}`, at('network'), at('contacts'), at('contacts/plan')]) {
    const { text } = await as(amira).get(path);
    expect(text, path).toMatch(/Must not be contacted\s+Gary Pike/);
    expect(text, path).toContain('He hits him when services ring');
    expect(text, path).toContain('Nobody has written down how to reach them safely');
  }
  expect((await as(operations).get(at('network'))).text).toContain('Gary Pike');
  expect((await as(operations).get(at('network/new'))).status).toBe(403);
});

test('what the referral says of reaching them safely is shown and kept, until somebody has checked it with them', async () => {
  const { owner } = given;
  const referred = await youngPerson(owner);
  const quay = await provider(owner, 'Quay');
  const { referralId } = await allocated(owner, referred.id, quay);
  const cass = as(await someone(owner, 'caseworker', quay));
  const answers = (answer: string, value: string) =>
    owner.query('update service.referral set answers = $2 where id = $1', [
      referralId,
      JSON.stringify([
        { page: 'Reaching them safely', key: 'safeContact', question: 'Safe ways', answer, value },
      ]),
    ]);
  await answers('Not known', 'not-known');
  const nobody = 'Nobody has written down how to reach them safely';
  expect((await cass.get(`/people/${referred.id}`)).text).toContain(nobody);
  await answers('Ring his aunt, never his own phone', 'Ring his aunt, never his own phone');
  const { text } = await cass.get(`/people/${referred.id}`);
  expect(text).toMatch(/The referral of .* says: Ring his aunt, never his own phone Nobody has checked it/);
  expect(text).not.toContain(nobody);
  const keep = `/people/${referred.id}/safe-contact`;
  const form = await cass.get(keep);
  expect(form.html).toMatch(/<textarea[^>]*name="safeTimes"[^>]*>Ring his aunt, never his own phone</);
  await cass.send(form, { safeTimes: 'Ring his aunt, never his own phone', post: 'no' });
  expect((await cass.get(`/people/${referred.id}`)).text).not.toMatch(/The referral of .* says/);
  expect((await cass.get(keep)).text).not.toContain('The referral of');
});

test('a telephone number and an email address of somebody are such, or are asked for again with what was typed', async () => {
  const aunt = { ...stepfather, name: 'Aunt Bea', relationship: 'Aunt', mayContact: 'yes', contactWhy: '' };
  const wrong = await as(amira).fill(at('network/new'), {
    ...aunt,
    phone: 'Ring Gary',
    email: 'bea at home',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Enter a phone number with its area code, like 020 7946 0000');
  expect(wrong.text).toContain('Enter an email address in the right form, like name@example.org');
  expect(wrong.html).toContain('bea at home');
  const right = { ...aunt, phone: '+44 7700 900123', email: 'bea@example.org' };
  expect((await as(amira).fill(at('network/new'), right)).status).toBe(303);
  expect((await as(amira).fill(at('network/new'), aunt)).status).toBe(303);
  await given.owner.query(`delete from service.network_member where name = 'Aunt Bea'`);
});

test('a provider changes its own entries alone; whoever left is listed as before', async () => {
  const { rows } = await given.owner.query('select id from service.network_member where person_id = $1', [
    person.id,
  ]);
  const edit = at(`network/${rows[0].id}/edit`);
  expect((await as(other).get(edit)).status).toBe(404);
  const ended = await as(amira).fill(edit, {
    ...stepfather,
    'untilOn-day': '1',
    'untilOn-month': '2',
    'untilOn-year': '2026',
  });
  expect(ended.location).toBe(at('network'));
  expect((await as(amira).get(at('network'))).text).toMatch(/Before.*Gary Pike/);
  expect((await as(amira).get(at('contacts'))).text).not.toContain('Gary Pike');
  const kept = await given.owner.query('select until_on from history.network_member where id = $1', [
    rows[0].id,
  ]);
  expect(kept.rows).toEqual([{ until_on: null }]);
});

test('nothing is posted by one provider that another knows is not safe to post', async () => {
  const nowhere = await as(amira).fill(at('safe-contact'), { post: 'yes' });
  expect(nowhere.text).toContain('Enter the safe address that post may go to');
  await as(amira).fill(at('safe-contact'), {
    post: 'yes',
    safeAddress: '4 Aunt’s Road',
    phone: '07700 900123',
  });
  await as(amira).fill(at('safety-plan/edit'), { home: 'I lock the door.' });
  const before = await as(amira).get(at('safety-plan/print'));
  expect(before.text).toContain('send it only to: 4 Aunt’s Road');
  await as(other).fill(at('safe-contact'), { post: 'no', neverDo: 'Ring the landline' });
  const after = await as(amira).get(at('safety-plan/print'));
  expect(after.text).not.toContain('4 Aunt’s Road');
  expect(after.text).toContain('Post is not safe for them');
  expect((await as(amira).get(`/people/${person.id}`)).text).toContain('Never: Ring the landline');
});
