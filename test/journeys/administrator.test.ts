import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { londonDate } from '../../src/platform/clock/london-time.ts';
import { addWorkingDays } from '../../src/platform/clock/working-days.ts';
import { sendReferral } from '../referrals/writing-a-referral.ts';
import { SteppingClock } from '../support/account.ts';
import { launchBrowser } from '../support/browser.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';

const LAMBETH = 'E09000022';
const GATESHEAD = 'E08000037';
const RETIRED = 'The borough has similar support';

const clock = new SteppingClock();
let given: TestService;
let browser: Browser;
let coordinator: Someone;
let operations: Someone;
/** A referral that was declined for a reason that is retired afterwards. */
let declined: string;
/** One that is still to be decided. */
let waiting: string;

beforeAll(async () => {
  given = await testService({ clock });
  browser = await launchBrowser();
  const { owner } = given;
  const { rows } = await owner.query<{ id: string }>(
    `insert into identity.organisation (kind, name) values ('service', 'The service') returning id`,
  );
  const service = { organisationId: rows[0]?.id ?? '' };
  coordinator = await someone(owner, 'coordinator', { ...service, areas: [LAMBETH] });
  operations = await someone(owner, 'operations-manager', { ...service, name: 'Bo Castellanos' });
  const referrer = new HttpVisitor(given, (await someone(owner, 'referrer')).cookie);
  for (const familyName of ['Declined', 'Waiting']) await sendReferral(referrer, { familyName });
  const referral = async (familyName: string): Promise<string> => {
    const found = await owner.query<{ id: string }>(
      'select id from service.referral where family_name = $1',
      [familyName],
    );
    return `/referrals/${found.rows[0]?.id}`;
  };
  [declined, waiting] = [await referral('Declined'), await referral('Waiting')];
  const done = await new HttpVisitor(given, coordinator.cookie).fill(`${declined}/decide?decision=declined`, {
    reason: 'similar-provision-in-borough',
    words: 'Your council offers the same, and nearer.',
  });
  expect(done.status, done.text).toBe(303);
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

async function signedIn(who: Someone): Promise<Visitor> {
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

const holds = async (page: PageObject, ...words: string[]) => {
  const text = await page.text();
  for (const word of words) expect(text).toContain(word);
};

test('an administrator sets up another region from the browser, and everybody works in it', {
  timeout: 180_000,
}, async () => {
  const visitor = await signedIn(await someone(given.owner, 'administrator', { name: 'Ada Winterbourne' }));
  let page = await visitor.visit('/');
  expect(await page.heading()).toBe('Set-up');

  page = await page.follow('The service');
  await page.fill('Name of the service', '');
  page = await page.press('Save');
  expect(await page.errors()).toEqual(['Enter the name of the service']);
  await page.fill('Name of the service', 'Tyne Lights');
  await page.fill('Telephone (optional)', '0191 498 0000');
  await page.fill('Email of the data protection lead (optional)', 'data@tyne.example');
  page = await page.press('Save');
  await holds(page, 'The details are saved');

  page = await page.follow('Patches and areas');
  page = await page.press('Add a patch');
  await page.fill('Name', 'South bank');
  page = await page.press('Add it');
  page = await page.press('Add an area');
  await page.fill('Code', 'Gateshead');
  await page.fill('Name', 'Gateshead');
  await page.choose('Patch', 'South bank');
  page = await page.press('Add it');
  expect(await page.errors()).toEqual(['Enter a code like E08000003']);
  await page.fill('Code', GATESHEAD);
  page = await page.press('Add it');
  await holds(page, 'The area is added', GATESHEAD);

  // A provider with a team, and a council whose contact is asked for here and given by whoever speaks for it.
  page = await page.follow('Partners');
  page = await page.press('Add a partner');
  await page.fill('Name', 'Lamplighters');
  await page.choose('What kind of organisation is it?', 'A provider');
  page = await page.press('Add it');
  await page.fill('Add a team', 'Quayside team');
  page = await page.press('Add the team');
  page = await page.follow('Quayside team');
  await page.choose('Whom does it work with?', 'Young women only');
  page = await page.press('Save');
  await holds(page, 'What the team offers is saved', 'Young women only');
  page = await page.follow('Partners');
  page = await page.press('Add a partner');
  await page.fill('Name', 'Gateshead Council');
  await page.choose('What kind of organisation is it?', 'A local authority');
  page = await page.press('Add it');
  page = await page.follow('Name somebody');
  await page.fill('Email address of their account', operations.email);
  page = await page.press('Name them');
  await holds(page, 'Bo Castellanos');
  page = await page.follow('Change the areas it is responsible for');
  await page.choose('Areas', 'Gateshead');
  page = await page.press('Save');
  await holds(page, 'The areas are saved', 'Gateshead.');
  page = await page.follow('Set-up');
  page = await page.follow('Borough contacts');
  await holds(page, 'Gateshead South bank Nobody.');
  page = await page.follow('add one');
  await page.fill('Name', 'Sol Ferrer');
  await page.fill('Work email address', 'sol@example.org');
  page = await page.press('Add and invite');
  page = await page.follow('Ask for a role');
  await page.choose('Which role?', 'Borough contact');
  page = await page.press('Continue');
  page = await page.press('Ask for this role');
  await holds(page, 'Whoever speaks for the organisation has been told', 'Waiting');
  const { rows: asked } = await given.owner.query<{ id: string }>(
    `select g.id from identity.access_grant g join identity.account a on a.id = g.account_id where a.email = 'sol@example.org'`,
  );
  const approved = await new HttpVisitor(given, operations.cookie).fill(`/approvals/${asked[0]?.id}`, {
    decision: 'approve',
  });
  expect(approved.status, approved.text).toBe(303);
  page = await page.follow('Set-up');
  page = await page.follow('Borough contacts');
  await holds(page, 'Gateshead South bank Sol Ferrer');

  // From today a decision takes two working days; one reason is retired, another is added.
  page = await page.follow('Set-up');
  page = await page.follow('Thresholds');
  page = await page.follow('From receiving a referral to deciding it');
  await page.fill('How many working days?', '2');
  const [year = '', month = '', day = ''] = londonDate(new Date()).split('-');
  await page.fill('Day', day, 'From which day?');
  await page.fill('Month', month, 'From which day?');
  await page.fill('Year', year, 'From which day?');
  page = await page.press('Save');
  await holds(page, 'The threshold is saved', '2 working days In force');
  page = await page.follow('Set-up');
  page = await page.follow('Reasons');
  page = await page.follow('Why a referral is declined or pointed elsewhere');
  page = await page.follow(RETIRED);
  await page.choose('Is it used?', 'No, it is retired');
  page = await page.press('Save');
  await holds(page, 'The reason is saved', `${RETIRED} Retired`);
  await page.fill('Words', 'Lives on a boat');
  page = await page.press('Add it');
  await holds(page, 'Lives on a boat');

  page = await page.follow('Set-up');
  page = await page.follow('Messages');
  page = await page.follow('A referral arrived');
  await holds(page, 'How it reads now A referral is waiting in Tyne Lights');
  await page.fill('Subject', 'A referral waits at Tyne Lights');
  page = await page.press('See how it will read');
  await holds(page, 'How it will read, once you save it', 'A referral waits at Tyne Lights');
  page = await page.press('Save');
  await holds(page, 'How it reads now', 'A referral waits at Tyne Lights');
  page = await page.follow('Set-up');
  page = await page.follow('What was changed');
  await holds(page, 'Ada Winterbourne', 'Lives on a boat');
  await visitor.leave();

  // What it says elsewhere, within a minute.
  clock.pass(1);
  const referrer = await someone(given.owner, 'referrer');
  const referring = await signedIn(referrer);
  page = await referring.visit('/refer');
  expect(await referring.page.locator('header').innerText()).toContain('Tyne Lights');
  page = await page.follow('Help now');
  await holds(page, 'To reach Tyne Lights', '0191 498 0000');
  await referring.leave();
  await sendReferral(new HttpVisitor(given, referrer.cookie), { familyName: 'Charlton', area: GATESHEAD });
  const { rows: sent } = await given.owner.query<{ due: string }>(
    `select decision_due_on::text as due from service.referral where family_name = 'Charlton'`,
  );
  expect(sent).toEqual([{ due: addWorkingDays(londonDate(clock.now()), 2) }]);

  const deciding = new HttpVisitor(given, coordinator.cookie);
  const offered = (await deciding.get(`${waiting}/decide?decision=declined`)).text;
  expect(offered).toContain('Lives on a boat');
  expect(offered).not.toContain(RETIRED);
  expect((await deciding.get(declined)).text).toContain(RETIRED);
});
