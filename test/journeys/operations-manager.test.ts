import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryOutImports } from '../../src/history-in/index.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { launchBrowser } from '../support/browser.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocateTo, waitingPerson } from '../support/waiting-person.ts';
import { CROYDON, LAMBETH, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let operations: Someone;
let coordinator: Someone;
let asksForRole: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  const { owner } = given;
  const { rows } = await owner.query<{ id: string }>(
    `insert into identity.organisation (kind, name) values ('service', 'The service') returning id`,
  );
  const service = { organisationId: rows[0]?.id ?? '' };
  operations = await someone(owner, 'operations-manager', { ...service, name: 'Miriam Castellanos' });
  coordinator = await someone(owner, 'coordinator', { ...service, areas: [LAMBETH], name: 'Cora Ordin' });
  await owner.query('insert into identity.approver (organisation_id, account_id) values ($1, $2)', [
    service.organisationId,
    operations.accountId,
  ]);
  asksForRole = await someone(owner, 'coordinator', { ...service, areas: [CROYDON], name: 'Noor Haddad' });
  await owner.query(
    `update identity.access_grant set approved_at = null, requested_by = $2 where account_id = $1`,
    [asksForRole.accountId, coordinator.accountId],
  );

  // Across the service: two who wait for a provider, one whose provider has not answered, and two who are supported.
  const [harbour, brightwater] = [await provider(owner, 'Harbour'), await provider(owner, 'Brightwater')];
  await waitingPerson(owner, coordinator, { givenNames: 'Wanda', familyName: 'Waits' });
  await waitingPerson(owner, coordinator, { givenNames: 'Cary', familyName: 'Croydon', area: CROYDON });
  const allocated = async (givenNames: string, daysAgo: number, to: typeof harbour) => {
    const person = await waitingPerson(owner, coordinator, {
      givenNames,
      familyName: 'Hollis',
      acceptedAt: new Date(Date.now() - daysAgo * 86_400_000),
    });
    return { ...person, allocation: await allocateTo(owner, person, to) };
  };
  await allocated('Newly', 1, harbour);
  const kai = await allocated('Kai', 100, harbour);
  const esi = await allocated('Esi', 400, brightwater);
  await owner.query(
    `update service.allocation set taken_up_at = now(), started_at = now() - interval '90 days' where id = any ($1::uuid[])`,
    [[kai.allocation, esi.allocation]],
  );
  // A referral of somebody who is not safe, which nobody has looked at in time.
  await owner.query(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, family_name,
       name_key, date_of_birth_precision, gender, ethnicity, answers, safe_now)
     values ('intervention', 'received', $1, 'education', 'A school', now() - interval '30 days', current_date - 20, $2, 'Urgent', 'urgent',
       'not-known', 'male', 'NOBT', '[]', 'no')`,
    [coordinator.accountId, LAMBETH],
  );
  // Three concerns: the answer to one is late, one is waited for, one has been answered.
  for (const due of ['current_date - 1', 'current_date + 3', 'null']) {
    const concern = await owner.query<{ id: string }>(
      `insert into service.concern (person_id, organisation_id, area, what, happened_at, danger, raised_by)
       values ($1, $2, $3, 'Followed home', now(), false, $4) returning id`,
      [kai.personId, harbour.organisationId, LAMBETH, coordinator.accountId],
    );
    await owner.query(
      `insert into service.concern_told (concern_id, person_id, organisation_id, area, agency, state, name, how, told_at, due_on, told_by)
       values ($1, $2, $3, $4, 'social-care', 'told', 'The duty team', 'telephone', now(), ${due}, $5)`,
      [concern.rows[0]?.id, kai.personId, harbour.organisationId, LAMBETH, coordinator.accountId],
    );
  }
  // What waits for the manager of the service.
  await owner.query(
    `insert into messages.message (account_id, template, path, state, attempts, last_error, created_at)
     values ($1, 'new-allocation', '/caseload', 'failed', 10, 'It could not be sent: 451', now() - interval '2 days')`,
    [coordinator.accountId],
  );
  await owner.query(
    `insert into service.rights_request (kind, received_on, asked_by, from_whom, what, due_on)
     values ('access', current_date - 60, 'themselves', 'A', 'All of it', current_date - 30),
       ('access', current_date, 'themselves', 'B', 'All of it', current_date + 30)`,
  );
  await owner.query(
    `insert into service.data_breach (discovered_at, what, risk) values (now(), 'A letter went astray', 'likely')`,
  );
  const old = await youngPerson(owner, { familyName: 'Longgone' });
  const lead = await someone(owner, 'data-protection-lead', { name: 'Gethin Pryce' });
  await owner.query(
    `insert into disposal.request (subject_kind, subject_id, reference, ground, requested_by)
     values ('person', $1, $2, 'recorded-in-error', $3)`,
    [old.id, old.reference, lead.accountId],
  );
  const looked = await new HttpVisitor(given, coordinator.cookie).get(`/people/${kai.personId}`);
  expect(looked.status).toBe(200);
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

async function begins(): Promise<{ visitor: Visitor; home: PageObject }> {
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: operations.token, url: given.url }]);
  return { visitor, home: await visitor.visit('/') };
}

/** What a list has one of for each that it lists, where its page has more tables than the list. */
const listed: Readonly<Record<string, string>> = {
  '/waiting-list': 'main table:first-of-type tbody tr:has(a)',
  '/messages/undelivered': 'section.hw-note',
  '/approvals': '[aria-label="Roles that wait for you"] tbody tr',
  '/disposal': '[aria-label="Proposals to decide"] tbody tr',
};

const holds = async (page: PageObject, ...words: string[]) => {
  const text = await page.text();
  for (const word of words) expect(text).toContain(word);
};

test('an operations manager begins with what waits across the service, and every count opens as many', {
  timeout: 120_000,
}, async () => {
  const { visitor, home } = await begins();
  expect(await home.heading()).toBe('What waits');
  await holds(home, 'boroughs have no contact');
  const counts = await visitor.page
    .locator('main li a')
    .evaluateAll((links) => links.map((link) => [link.textContent ?? '', link.getAttribute('href') ?? '']));
  expect(counts.map(([text]) => text)).toEqual([
    '1 not safe when they were referred',
    '1 late',
    '1 waiting for a decision',
    '1 waiting for a provider’s answer',
    '2 accepted and on the waiting list',
    '1 whose answer is late',
    '2 not answered',
    '3 open',
    '1 allocated and not taken up',
    '2 taken up and not engaged',
    '1 supported for less than 1 month',
    '2 supported for 1 to 3 months',
    '1 role that waits for your answer',
    '1 message that reached nobody',
    '1 request by right that is late',
    '1 breach that is not closed',
    '1 disposal that waits for a second person',
  ]);
  for (const [text = '', href = ''] of counts) {
    await visitor.page.goto(href);
    const rows = visitor.page.locator(listed[href] ?? 'main tbody tr');
    expect(await rows.count(), `${text}: ${href}`).toBe(Number.parseInt(text, 10));
  }
  await visitor.leave();
});

test('an operations manager gives a role, sees to a message, finds anybody, and sees who has looked', {
  timeout: 120_000,
}, async () => {
  const { visitor, home } = await begins();
  // A role is theirs to give, as who speaks for the service; nobody has it before.
  expect((await new HttpVisitor(given, asksForRole.cookie).get('/queue')).status).not.toBe(200);
  let page = await home.follow('1 role that waits for your answer');
  page = await page.follow('Noor Haddad');
  expect(await page.summary('Role')).toBe('Partnership coordinator');
  expect(await page.summary('For')).toBe('Croydon');
  await page.choose('Your decision', 'Approve');
  page = await page.press('Save');
  await holds(page, 'The role is given', 'Nothing waits for you');
  expect((await new HttpVisitor(given, asksForRole.cookie).get('/queue')).status).toBe(200);

  page = await page.follow('Undelivered messages');
  await holds(page, 'for Cora Ordin', 'Given up');
  page = await page.press('Try again to send “A new allocation” to Cora Ordin');
  await holds(page, 'The message is being sent again');

  page = await page.follow('Waiting list');
  await holds(page, 'Wanda Waits', 'Cary Croydon');
  await page.choose('Area', 'Croydon');
  page = await page.press('Filter');
  await holds(page, 'Cary Croydon');
  expect(await page.text()).not.toContain('Wanda Waits');

  // A name in another order and spelling finds whoever is supported anywhere; the search is recorded.
  page = await page.follow('Search');
  await page.fill('Name, date of birth, reference, postcode or phone number', 'holis kai');
  page = await page.press('Search');
  page = await page.follow('Kai Hollis');
  page = await page.follow('Who has looked');
  await holds(page, 'Cora Ordin, partnership coordinator');
  page = await page.follow('Back');
  page = await page.follow('Breaches');
  await holds(page, 'A letter went astray');
  await visitor.leave();
});

test('an operations manager brings files with a fault, mends it, and sees what was imported', {
  timeout: 120_000,
}, async () => {
  const { visitor, home } = await begins();
  const jobs = new Database(given.connections.jobs, { connections: 3 });
  const { service, connections } = given;
  const work = () =>
    carryOutImports({
      database: jobs,
      jobs: connections.jobs,
      keyring: service.keyring,
      clock: service.clock,
    });
  const choose = (kind: string) =>
    visitor.page.getByLabel('Choose the files').setInputFiles([
      {
        name: 'referrals.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          `referral_ref,received_on,kind,person_ref,family_name,decision,shoe_size\nR-1,2020-06-01,${kind},P-1,Bello,pending,4\n`,
        ),
      },
      {
        name: 'events.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('person_ref,kind,occurred_on\nP-1,missing,2020-05-30\n'),
      },
    ]);
  let page = await home.follow('Imports');
  await holds(page, 'Nothing was imported yet');
  page = await page.press('Import files');
  page = await page.press('Check the files', { status: 422 });
  expect(await page.errors()).toEqual(['Choose the files to import']);
  await choose('a guess');
  page = await page.press('Check the files');
  await holds(page, 'The files are being checked');
  await work();
  page = await page.press('See how far it is');
  await holds(
    page,
    'Nothing of it can be imported',
    '"a guess" is not one of intervention, intelligence',
    'referrals.csv: shoe_size is not a column of the import format',
  );
  page = await page.press('Discard the files');
  await holds(page, 'The files are thrown away', 'Discarded');

  page = await page.press('Import files');
  await choose('intelligence');
  page = await page.press('Check the files');
  await work();
  page = await page.press('See how far it is');
  await holds(page, 'Nothing is wrong with the files');
  page = await page.press('Import everything');
  expect(await page.heading()).toBe('Import everything?');
  page = await page.press('Import everything');
  await holds(page, 'The files are being imported');
  await work();
  await jobs.close();
  page = await page.press('See how far it is');
  expect(await page.heading()).toBe('What was imported');
  expect(await page.summary('Confirmed')).toMatch(/^Miriam Castellanos, /);
  page = await page.follow('Imports');
  await holds(page, 'referrals.csv, events.csv', '2 new', 'Imported');
  await visitor.leave();
});
