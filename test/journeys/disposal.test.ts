import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryOutDisposals, reviewRetention } from '../../src/disposal/index.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { launchBrowser } from '../support/browser.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';

let given: TestService;
let browser: Browser;
let jobs: Database;
const visitors: Visitor[] = [];

beforeAll(async () => {
  given = await testService();
  browser = await launchBrowser();
  jobs = new Database(given.connections.jobs, { connections: 2 });
});
afterAll(async () => {
  for (const visitor of visitors) await visitor.leave();
  await jobs.close();
  await browser.close();
  await given.stop();
});

async function signedIn(who: Someone, javaScript: boolean): Promise<Visitor> {
  const visitor = await newVisitor(browser, { baseUrl: given.url, javaScript });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  visitors.push(visitor);
  return visitor;
}

/** A person whose one referral was declined, long enough ago or lately; gives their reference. */
async function declined(name: string, decidedAt: string): Promise<string> {
  const referrer = await someone(given.owner, 'referrer');
  const { rows } = await given.owner.query<{ id: string; reference: string }>(
    `insert into service.person (family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area)
     values ($1, lower($1), '1994-05-04', 'exact', 'male', 'WBRI', 'E09000022') returning id, reference`,
    [name],
  );
  await given.owner.query(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id, decided_at)
     values ('intervention', 'declined', $1, 'education', 'A school', $3, '2012-03-09', 'E09000022', $2, lower($2), 'not-known', 'male',
       'WBRI', '[]', $4, $3)`,
    [referrer.accountId, name, decidedAt, rows[0]?.id],
  );
  return rows[0]?.reference ?? '';
}

const holds = async (page: PageObject, ...words: string[]) => {
  const text = await page.text();
  for (const word of words) expect(text).toContain(word);
  return text;
};

test('two people dispose of a record; one alone, a hold, or a record that is kept still stop it', {
  timeout: 120_000,
}, async () => {
  const due = await declined('Secretname', '2012-03-06');
  const kept = await declined('Keptname', '2025-03-06');
  await reviewRetention(jobs, new Date());
  const [lead, manager] = [
    await someone(given.owner, 'data-protection-lead', { name: 'Dana Lead' }),
    await someone(given.owner, 'operations-manager', { name: 'Omar Manager' }),
  ];
  const first = await signedIn(lead, false);
  const second = await signedIn(manager, true);

  // The first person finds what is due, and sees references and dates alone.
  const overview = await first.visit('/disposal');
  const listed = await holds(
    overview,
    due,
    '6 March 2012',
    '4 May 2019',
    'Nothing waits for a second person',
  );
  expect(listed).not.toContain(kept);
  expect(listed).not.toContain('Secretname');
  let propose = await overview.follow(`Propose ${due}`);
  expect(await propose.page.getByLabel('Reference').inputValue()).toBe(due);

  // What is kept still, what is mistyped and what nobody has are refused, with all that was typed.
  await propose.fill('Reference', kept.toLowerCase().replaceAll('-', ' '));
  propose = await propose.press('Propose');
  expect(await propose.errors()).toEqual([
    expect.stringMatching(/^This record is kept until \d+ March 2031$/),
  ]);
  await propose.fill('Reference', 'HW-1');
  propose = await propose.press('Propose');
  expect(await propose.errors()).toEqual(['Enter a reference in the right form, such as HW-23BC-9XZW']);
  await propose.fill('Reference', 'HW-2222-2222');
  propose = await propose.press('Propose');
  expect(await propose.errors()).toEqual(['No record has this reference']);
  await propose.fill('Reference', due);
  await propose.fill('Note for the second person (optional)', 'Checked the paper file too');
  const proposed = await propose.press('Propose');
  await holds(proposed, 'Somebody else decides', 'The disposal is proposed');

  // The one who proposed cannot decide, by the page or round it.
  const id = (await given.owner.query<{ id: string }>('select id from disposal.request')).rows[0]?.id;
  await holds(await first.visit(`/disposal/requests/${id}`), 'somebody else has to decide');

  // A hold stops the second person.
  let hold = await (await second.visit('/disposal')).press('Place a legal hold');
  hold = await hold.press('Place the hold');
  expect(await hold.errors()).toEqual([
    'Enter the reference of the record',
    'Enter why the record must be kept',
  ]);
  await hold.fill('Reference', due);
  await hold.fill('Why must it be kept?', 'Inquiry 7\nof 2026');
  const held = await hold.press('Place the hold');
  await holds(held, 'Inquiry 7', 'The legal hold is placed', 'Dana Lead');
  let decide = await held.follow(`Decide ${due}`);
  await holds(decide, 'Checked the paper file too', 'under a legal hold');
  expect(await decide.summary('Referrals')).toBe('1');
  expect(await decide.text()).not.toContain('Secretname');
  decide = await decide.press('Decide');
  expect(await decide.errors()).toEqual(['Choose whether the record is to go']);
  await decide.choose('Is the record to go?', 'Yes, destroy it');
  decide = await decide.press('Decide');
  expect(await decide.errors()).toEqual(['This record is under a legal hold: it has to be lifted first']);

  const lift = await (await second.visit('/disposal')).follow(`Lift ${due}`);
  await holds(
    await lift.press('Lift the hold'),
    'The legal hold is lifted',
    'No record is under a legal hold',
  );
  decide = await second.visit(`/disposal/requests/${id}`);
  await decide.choose('Is the record to go?', 'Yes, destroy it');
  await holds(await decide.press('Decide'), 'Approved, not yet destroyed', due);

  await carryOutDisposals(jobs, []);
  const after = await holds(
    await second.visit('/disposal'),
    'Destroyed',
    'Dana Lead',
    'Omar Manager',
    'Not yet',
  );
  expect(after).not.toContain(due);
  expect((await given.owner.query('select family_name from service.person')).rows).toEqual([
    { family_name: 'Keptname' },
  ]);
});

test('a refusal keeps the record, and it can be proposed again', async () => {
  const reference = await declined('Refusedname', '2012-03-06');
  await reviewRetention(jobs, new Date());
  const [first, second] = [
    await signedIn(await someone(given.owner, 'operations-manager'), true),
    await signedIn(await someone(given.owner, 'data-protection-lead'), false),
  ];
  const proposeIt = async () => {
    const propose = await first.visit('/disposal/propose');
    await propose.fill('Reference', reference);
    await propose.fill('Note for the second person (optional)', 'Recorded twice');
    await propose.choose('Why is it to go?', 'It should never have been recorded');
    return await propose.press('Propose');
  };
  await proposeIt();
  expect(await (await proposeIt()).errors()).toEqual([
    'The disposal of this record has been proposed already',
  ]);
  const decide = await (await second.visit('/disposal')).follow(`Decide ${reference}`);
  await decide.choose('Is the record to go?', 'No, keep it');
  await holds(
    await decide.press('Decide'),
    'The disposal is refused, and the record is kept',
    'Nothing waits',
  );
  await carryOutDisposals(jobs, []);
  await holds(await proposeIt(), 'Somebody else decides');
});

test('an erasure that somebody asked for needs the request, and the second person sees what goes and what came since', async () => {
  const reference = await declined('Erasedname', '2012-03-06');
  const [first, second] = [
    new HttpVisitor(given, (await someone(given.owner, 'data-protection-lead')).cookie),
    new HttpVisitor(given, (await someone(given.owner, 'operations-manager')).cookie),
  ];
  const asked = { reference, ground: 'erasure-requested', note: 'She wrote to us' };
  const refused = await first.fill('/disposal/propose', asked);
  expect(refused.text).toContain('No request for erasure of this record is recorded');
  const inError = await first.fill('/disposal/propose', { ...asked, ground: 'recorded-in-error', note: '' });
  expect(inError.text).toContain('Enter why it should never have been recorded');
  const request = (kind: string) =>
    given.owner.query(
      `insert into service.rights_request (person_id, kind, received_on, asked_by, from_whom, what, due_on)
       select id, $2, current_date, 'themselves', 'her', 'all', current_date from service.person where reference = $1`,
      [reference, kind],
    );
  await request('erasure');
  expect((await first.fill('/disposal/propose', asked)).status).toBe(303);
  await request('access');
  const overview = await second.get('/disposal');
  expect(overview.text).toContain('7 years after it closed, and never less than until they are 25');
  const { rows } = await given.owner.query<{ id: string }>(
    'select id from disposal.request where reference = $1',
    [reference],
  );
  const decide = await second.get(`/disposal/requests/${rows[0]?.id}`);
  expect(decide.text).toContain('something that was asked for or said about them is not settled');
  expect(decide.text).toContain('Recorded or changed since it was proposed rights request: 1');
  const approved = await second.send(decide, { decision: 'approve' });
  expect(approved.status).toBe(422);
  expect(decide.text).toMatch(
    /Note She wrote to us .*Age now \d+ Support ended Never supported Referrals 1 Allocations 0 Case notes 0 Contacts 0 Plans, needs and goals 0 Safeguarding concerns 0 Files 0/,
  );
});

test('nobody else has these pages', async () => {
  for (const role of ['coordinator', 'spoc', 'administrator'] as const) {
    const other = await someone(given.owner, role);
    for (const path of ['/disposal', '/disposal/propose', '/disposal/holds/new']) {
      const reply = await fetch(`${given.url}${path}`, { headers: { cookie: other.cookie } });
      expect(reply.status, `${role} ${path}`).toBe(403);
    }
  }
});
