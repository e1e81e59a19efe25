import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, type SetUpAccount, SteppingClock, setUpAccount } from '../support/account.ts';
import { launchBrowser } from '../support/browser.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { newVisitor, PageObject } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, noteAbout, youngPerson } from '../support/young-person.ts';

const clock = new SteppingClock();
let given: TestService;
let browser: Browser;
let lead: SetUpAccount;
let worker: Someone;
let asking: { id: string; reference: string };

beforeAll(async () => {
  given = await testService({ clock });
  browser = await launchBrowser();
  const { owner } = given;
  lead = await setUpAccount(given, 'data-protection-lead', { name: 'Gethin Pryce' });
  const team = await provider(owner, 'Brightwater');
  worker = await someone(owner, 'caseworker', { ...team, name: 'Wren Osei' });
  asking = await youngPerson(owner, { givenNames: 'Ama', familyName: 'Boateng' });
  await allocated(owner, asking.id, { ...team, workerId: worker.accountId });
  const note = await noteAbout(owner, asking.id, worker, team.organisationId, {
    fact: 'Came with Kestrel Amadi, who was kind.',
  });
  await owner.query(`update service.case_note set third_party = 'Her aunt is ill.' where id = $1`, [note]);
  // A worker looks at somebody who has the same family name.
  const namesake = await youngPerson(owner, { givenNames: 'Esi', familyName: 'Osei' });
  await allocated(owner, namesake.id, { ...team, workerId: worker.accountId });
  const looked = await new HttpVisitor(given, worker.cookie).get(`/people/${namesake.id}`);
  expect(looked.status).toBe(200);
  await owner.query(
    `update identity.access_grant set approved_at = now() - interval '100 days' where account_id = $1`,
    [worker.accountId],
  );
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

const holds = async (page: PageObject, ...words: string[]) => {
  const text = await page.text();
  for (const word of words) expect(text).toContain(word);
};

/** Fills the three boxes of a date with a day that was so many days ago. */
async function fillDaysAgo(page: PageObject, question: string, days: number): Promise<void> {
  const day = new Date(Date.now() - days * 86_400_000);
  await page.fill('Day', String(day.getUTCDate()), question);
  await page.fill('Month', String(day.getUTCMonth() + 1), question);
  await page.fill('Year', String(day.getUTCFullYear()), question);
}

test('a data protection lead answers requests by right, keeps the breach log and sees who has looked', {
  timeout: 180_000,
}, async () => {
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  const record = async (from: PageObject, kind: string, reference: string, daysAgo: number) => {
    const form = await from.follow('Record a request');
    await form.choose('What do they ask for?', kind);
    await fillDaysAgo(form, 'When was it received?', daysAgo);
    await form.choose('Who asks?', 'The young person themselves');
    await form.fill('Their name, and where to answer', 'Ama, by her worker');
    await form.fill('What do they ask, in their words?', 'What you know about me');
    await form.fill("Reference of the young person's record (optional)", reference);
    return await form.press('Save the request');
  };

  const recordWithoutBrowser = async (kind: string) => {
    const day = new Date();
    const cookie = (await visitor.context.cookies()).find(({ name }) => name === 'homeward-session');
    const saved = await new HttpVisitor(given, `${cookie?.name}=${cookie?.value}`).fill(
      '/rights-requests/new',
      {
        kind,
        'received-day': String(day.getUTCDate()),
        'received-month': String(day.getUTCMonth() + 1),
        'received-year': String(day.getUTCFullYear()),
        askedBy: 'themselves',
        fromWhom: 'Ama, by her worker',
        what: 'Stop using what you hold',
      },
    );
    expect(saved.status, saved.text).toBe(303);
  };

  let page = await visitor.visit('/sign-in');
  await page.fill('Email address', lead.email);
  await page.fill('Password', PASSWORD);
  page = await page.press('Continue');
  await page.fill('Code from your authenticator app', clock.nextCode(lead.totpSecret));
  page = await page.press('Sign in');
  expect(await page.heading()).toBe('What waits');
  await holds(page, 'None to answer', 'No records opened in an emergency', '1 role that nobody confirmed');

  // A copy of what is held: the record is found, the identity checked, others blacked out, the copy made.
  page = await page.follow('Requests by right');
  page = await record(page, 'A copy of what is held (access)', '', 3);
  await holds(page, 'The request is saved', 'days left', 'Not found yet', 'A copy can be made when');
  page = await page.follow('Record what was done');
  await page.fill("Reference of the young person's record (optional)", 'HW-2222-2222');
  page = await page.press('Save');
  expect(await page.errors()).toEqual(['No record has this reference: check it']);
  await page.fill("Reference of the young person's record (optional)", asking.reference);
  await fillDaysAgo(page, 'When was it known who asks? (optional)', 1);
  await page.fill('How was their identity checked? (optional)', 'Her worker knows her');
  page = await page.press('Save');
  expect(await page.summary('Record')).toBe(asking.reference);
  page = await page.follow('Make the copy of what is held');
  expect(await page.heading()).toBe('What is held');
  await page.fill('Which words?', 'Kestrel Amadi');
  await page.choose('Why?', 'It is about somebody else, who has not agreed');
  page = await page.press('Black them out');
  await holds(page, 'The words are blacked out', 'Case notes: 2 entries, 2 with something blacked out');
  page = await page.follow('Case notes');
  await holds(page, 'Her aunt is ill.', 'They will read: Came with [redacted], who was kind.');
  page = await page.follow('Decide about What was said of or by others');
  await holds(page, 'The service proposes to black it out');
  await page.choose('What do you decide?', 'Show it');
  await page.choose('Why?', 'The person whom it is about has agreed');
  page = await page.press('Save');
  page = await page.follow('Back');
  page = await page.follow('Make the redacted copy');
  await holds(page, 'You have not opened all of it');
  const downloading = visitor.page.waitForEvent('download');
  await visitor.page.getByRole('link', { name: 'I have made sure of these: make the redacted copy' }).click();
  const copy = await readFile(await (await downloading).path(), 'utf8');
  expect(copy).toContain('Her aunt is ill.');
  expect(copy).toContain('who was kind');
  expect(copy).not.toContain('Kestrel');
  // To what is held, and from there to the request.
  page = await page.follow('Back');
  page = await page.follow('Back');
  page = await page.follow('Record the answer');
  await page.choose('How was it answered?', 'Done in part');
  await page.fill('What was decided, and why?', 'Given by hand; what names others is left out.');
  page = await page.press('Save the answer');
  expect(await page.summary('Answer')).toBe('Done in part');
  await holds(page, 'Given by hand');

  // Another is late before anybody knew of it, a complaint has two clocks, and processing is restricted.
  page = await page.follow('Back');
  page = await record(page, 'Correction', asking.reference, 60);
  await holds(page, 'Those who work with the young person are then asked to correct it', 'days late');
  page = await page.follow('Restrict processing');
  await page.fill('Why is it restricted?', 'She disputes the dates');
  page = await page.press('Restrict processing');
  expect(await page.summary('Processing')).toContain('She disputes the dates');
  for (const kind of ['objection', 'restriction', 'complaint']) await recordWithoutBrowser(kind);
  page = await page.follow('Home');
  await holds(page, '1 whose answer is late', '4 to answer');
  page = await page.follow('1 whose answer is late');
  expect(await visitor.page.locator('tbody tr').count()).toBe(1);
  await holds(page, 'Correction');
  page = await page.follow('Those to answer');
  await visitor.page.getByRole('link', { name: /^Complaint about data protection/ }).click();
  page = await PageObject.at(visitor.page);
  expect(await page.summary('Acknowledged')).toMatch(/^Not yet: by .*: 30 days left$/);
  expect(await page.summary('Answer')).toMatch(/^By .*: \d+ days left$/);

  // The breach log, with its 72 hours.
  page = await page.follow('Breaches');
  page = await page.follow('Record a breach');
  await fillDaysAgo(page, 'When was it discovered?', 1);
  await page.fill('At what time?', '9am');
  await page.fill('What happened?', 'A letter went to the wrong door');
  await page.choose('What is the risk to people?', 'A risk to people is likely');
  page = await page.press('Save the breach');
  await holds(page, 'The breach is saved', 'A letter went to the wrong door', 'hours left');
  page = await page.follow('Home');
  page = await page.follow('1 of which the Information Commissioner is still to be told');
  await holds(page, 'A letter went to the wrong door');

  // Who has looked: what stands out, then one person's record, then one account.
  page = await page.follow('Unusual access');
  await holds(page, 'Wren Osei', 'The young person has the same family name');
  await visitor.page.getByRole('link', { name: /^Wren Osei,/ }).click();
  page = await (await PageObject.at(visitor.page)).press('Save what was found');
  expect(await page.errors()).toEqual(['Choose what you found', 'Enter what you found']);
  await page.choose('What did you find?', 'It is explained');
  await page.fill('What explains it, or what follows?', 'No relation: asked on the telephone');
  page = await page.press('Save what was found');
  await holds(page, 'What was found is saved', 'Explained');
  page = await page.follow('Access log');
  await visitor.page.getByText('Choose a record, an account or a day').click();
  await page.fill("Reference of a young person's record", asking.reference);
  page = await page.press('Show');
  await holds(page, `What was done about ${asking.reference}`, 'Gethin Pryce', 'made the redacted copy');
  await visitor.page.getByText('Choose a record, an account or a day').click();
  await page.fill('Email address of an account', worker.email);
  page = await page.press('Show');
  await holds(page, 'What was done by Wren Osei', 'read the record and the case notes');

  // And the rest of the work, from the navigation: what those pages look like is tried in every-page.test.ts.
  for (const [way, words] of [
    ['Access reviews', 'Wren Osei'],
    ['Opened records', 'Nothing waits for review'],
    ['Disposal', 'No record is due'],
  ] as const) {
    await visitor.page.getByRole('link', { name: way, exact: true }).click();
    expect(await visitor.page.locator('main').innerText(), way).toContain(words);
  }
  await visitor.leave();
});
