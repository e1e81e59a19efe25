import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDemonstration } from '../../src/app/demonstration/make-demonstration.ts';
import { type RunningWorker, startWorker } from '../../src/app/worker.ts';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { type TestService, testService } from '../support/service.ts';
import { answerPages } from './answering-a-referral.ts';

/**
 * The README's walk, word for word: one referral from a stranger's browser to a case note, and who looked at it. Everybody
 * signs in as themselves with what the demonstration's own page shows, and the emails are those that the worker sent.
 */

let given: TestService;
let browser: Browser;
let worker: RunningWorker;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService({ demonstration: true }), launchBrowser()]);
  await makeDemonstration(given.owner, given.service.keyring, new Date());
  worker = await startWorker(given.service, given.connections, {
    environment: 'development',
    messages: undefined,
    checkpointFolder: undefined,
    checkpointEmail: undefined,
    dataDir: tmpdir(),
  });
});
afterAll(async () => {
  await worker?.stop();
  await browser?.close();
  await given?.stop();
});

async function signedIn(email: string): Promise<{ visitor: Visitor; home: PageObject }> {
  const visitor = await newVisitor(browser, { baseUrl: given.url });
  let page = await visitor.visit('/sign-in');
  const cells = await page.page.locator('tr', { hasText: email }).locator('td').allInnerTexts();
  const [password = '', code = ''] = cells.slice(-2).map((cell) => cell.trim());
  await page.fill('Email address', email);
  await page.fill('Password', password);
  page = await page.press('Continue');
  await page.page.getByLabel(/code/i).first().fill(code);
  return { visitor, home: await page.press('Sign in') };
}

/** The page that a message leads to, opened from the outbox by the one who waits for it. */
async function openedFromOutbox(visitor: Visitor, to: string): Promise<PageObject> {
  for (let tries = 0; tries < 40; tries += 1) {
    await visitor.page.goto('/outbox');
    const message = visitor.page.locator('article', { hasText: to }).first();
    if ((await message.count()) > 0)
      return await visitor.visit((await message.getByRole('link').getAttribute('href')) ?? '');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`No message for ${to} was delivered`);
}

test('one referral, from a stranger’s browser to a case note', { timeout: 300_000 }, async () => {
  const stranger = await newVisitor(browser, { baseUrl: given.url });
  let page = await stranger.visit('/');
  page = await page.press('Refer a young person');
  await page.fill('Your full name', 'Ros Avery');
  await page.fill('Your work email address', 'ros.avery@newham.example');
  await page.press('Send me a link');
  page = await openedFromOutbox(stranger, 'ros.avery@newham.example');
  page = await page.press('Open your referrals');
  page = await page.press('Start a new referral');
  page = await answerPages(page, [
    { on: 'Is anybody in danger now?', choose: { 'Is the young person safe now?': 'No' } },
    {
      on: 'Who the service is for',
      choose: {
        'Which of these do you know of, or suspect?':
          'They are being used by people who run a county line, or may be',
      },
    },
    { on: 'The kind of referral', choose: { 'What are you asking for?': 'Support for the young person' } },
    {
      on: 'About you',
      fill: { 'Your job or role': 'Social worker', 'Your work phone number': '020 7946 0000' },
      choose: { 'What kind of agency do you work for?': "Children's social care" },
    },
    { on: 'Your agency', fill: { 'Name of your agency or organisation': 'Newham children’s services' } },
    {
      on: 'Their name',
      choose: { 'What do you know of their name?': 'First names and family name' },
      fill: { 'First names': 'Zuleika', 'Family name': 'Thread-Canary' },
    },
    {
      on: 'Their age',
      choose: { 'Do you know their date of birth?': 'Exact' },
      date: ['Date of birth', '29', '2', '2012'],
    },
    { on: 'Gender and ethnic group', choose: { Gender: 'Female', 'Ethnic group': 'Not known' } },
    { on: 'Where they live', choose: { 'Do you know the postcode where they live?': 'Not known' } },
    {
      on: 'The council responsible for them',
      choose: { 'Which council is responsible for them?': 'Newham' },
    },
    {
      on: 'What they know and agree to',
      choose: {
        'Does the young person know about this referral?': 'Yes',
        'Do they agree to be contacted and offered support?': 'Yes',
      },
    },
    { on: 'Their parents or carers' },
    {
      on: 'Reaching them safely',
      fill: { 'What are the safe ways to contact them?': 'Through the school' },
    },
    { on: 'What worries you', fill: { 'What is happening?': 'Found far from home twice this month.' } },
    { on: 'County lines', choose: { 'Is a county line involved?': 'It is suspected' } },
    {
      on: 'Social care',
      choose: { "Have the council's children's or adult social care been told?": 'Yes' },
    },
    {
      on: 'The National Referral Mechanism',
      choose: { 'Has anybody referred them to the National Referral Mechanism (NRM)?': 'No' },
    },
  ]);
  page = await page.follow('Leave out the rest, and check your answers');
  page = await page.press('Send the referral');
  const reference = /HW-\w{4}-\w{4}/.exec(await page.text())?.[0] ?? '';
  expect(reference).not.toBe('');

  const sunita = await signedIn('sunita.rao@homeward.example');
  page = await sunita.home.follow('Referrals');
  expect(await page.text()).toContain('Zuleika Thread-Canary');
  await sunita.visitor.leave();

  const farida = await signedIn('farida.haddad@homeward.example');
  page = await farida.home.follow('Queue');
  page = await page.follow(reference);
  expect(await page.text()).toContain('the young person was not safe. If they are in danger now, call 999');
  page = await page.press('Verify the referrer');
  await page.choose('How did you ask the agency?', 'By telephone, on a number the agency has published');
  await page.fill('The published number or address you used', '020 7946 0001');
  await page.fill('Who confirmed it?', 'The duty desk');
  page = await page.press('Record that the referrer is verified');
  page = await page.press('Match the young person');
  const nobody = page.page.getByLabel('None of the people above is this young person');
  if ((await nobody.count()) > 0) await nobody.check();
  page = await page.press('Make a new record');
  page = await page.press('Decide');
  page = await page.press('Continue');
  expect(await page.errors()).toEqual(['Choose what you decide']);
  await page.choose('Your decision', 'Accept');
  page = await page.press('Continue');
  page = await page.press('Accept');
  page = await page.press('Allocate to a provider');
  await page.choose('Team', 'St Giles Trust, One-to-one team');
  page = await page.press('Continue');
  await page.choose('Who in One-to-one team will work with the young person?', 'Dwayne Prescott');
  await page.choose(
    'Why are they supported before those who have waited longer?',
    'The worker with room suits them',
  );
  await page.fill('Why this team?', 'They know the school');
  page = await page.press('Allocate');
  expect(await page.summary('Allocated to')).toContain('Dwayne Prescott');
  await farida.visitor.leave();

  // Verified now, the referrer is told where it stands, and still not what they wrote.
  page = await stranger.visit('/refer');
  expect(await page.text()).toContain('Accepted');
  expect(await page.text()).not.toContain('Thread-Canary');
  await stranger.leave();

  const dwayne = await signedIn('dwayne.prescott@homeward.example');
  page = await dwayne.home.follow('Caseload');
  page = await page.follow('Zuleika Thread-Canary');
  // Before anybody rings: nothing to open first.
  expect(await page.text()).toContain('What are the safe ways to contact them? Through the school');
  page = await page.press('Add a note');
  await page.choose('Kind of note', 'Telephone call');
  await page.fill('What happened', 'Rang as agreed. She is safe and at her aunt’s.');
  page = await page.press('Save the note');
  expect(await page.text()).toContain('Rang as agreed. She is safe and at her aunt’s.');
  await dwayne.visitor.leave();

  const miriam = await signedIn('miriam.castellanos@homeward.example');
  page = await miriam.home.follow('Search');
  await page.fill('Name, date of birth, reference, postcode or phone number', 'thred canary zulaika');
  page = await page.press('Search');
  page = await page.follow('Zuleika Thread-Canary');
  page = await page.follow('Who has looked');
  expect(await page.text()).toContain('Dwayne Prescott');
  await miriam.visitor.leave();
});
