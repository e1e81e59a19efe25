import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currentTotp } from '../../src/platform/identity/one-time-code.ts';
import { PASSWORD, type SetUpAccount, setUpAccount } from '../support/account.ts';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let named: Someone;
let other: SetUpAccount;
let worker: Someone;
let lead: Someone;
let kai: { id: string; reference: string };
let noor: { id: string; reference: string };

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  const { owner } = given;
  const place = await provider(owner, 'Harbour');
  worker = await someone(owner, 'caseworker', { ...place, name: 'Amira Khan' });
  named = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Cora Ordin' });
  other = await setUpAccount(given, 'coordinator', { areas: [LAMBETH], name: 'Dee Legate' });
  lead = await someone(owner, 'data-protection-lead', { name: 'Lee Protector' });
  kai = await youngPerson(owner, { givenNames: 'Kai', familyName: 'Hollis' });
  await allocated(owner, kai.id, { ...place, workerId: worker.accountId });
  noor = await youngPerson(owner, {
    givenNames: 'Noor',
    familyName: 'Tarrant',
    dateOfBirth: '2010-04-03',
    area: CROYDON,
  });
  await allocated(owner, noor.id, { ...place, workerId: worker.accountId, area: CROYDON });
  // Dee signed in this morning.
  await owner.query(
    `update identity.session set proved_again_at = now() - interval '4 hours' where account_id = $1`,
    [other.accountId],
  );
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

async function at(who: Someone): Promise<Visitor> {
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

async function search(page: PageObject, words: string): Promise<PageObject> {
  await page.fill('Name, date of birth, reference, postcode or phone number', words);
  return await page.press('Search');
}

describe('a restricted record', () => {
  test('is there for those it names, and for a colleague of theirs not even in an emergency', {
    timeout: 90_000,
  }, async () => {
    const naming = await at(named);
    let page = await search(await (await naming.visit('/')).follow('Search'), 'Kai Hollis');
    page = await page.follow('Kai Hollis');
    page = await page.follow('Restrict this record');
    await page.page.getByLabel('Amira Khan').check();
    page = await page.press('Restrict the record');
    expect(await page.errors()).toEqual(['Enter why it must be restricted, in at least a few words']);
    await page.fill('Why must it be restricted?', 'Dee, who coordinates with us, is an aunt of his.');
    page = await page.press('Restrict the record');
    expect(await page.text()).toContain(
      'This record is restricted. Only Amira Khan, Cora Ordin may open it.',
    );
    await naming.leave();

    const shut = await at(other);
    page = await search(await (await shut.visit('/')).follow('Search'), 'Kai Hollis');
    expect(await page.text()).not.toContain(kai.reference);
    page = await page.follow('Open a record in an emergency');
    expect(await page.heading()).toBe('Sign in again');
    await page.fill('Password', PASSWORD);
    await page.fill('Code from your authenticator app', currentTotp(other.totpSecret, new Date()));
    page = await page.press('Continue');
    expect(await page.heading()).toBe('Open a record in an emergency');
    await page.fill('Reference', kai.reference);
    await page.choose('What is the emergency?', 'They are missing');
    await page.fill('Why do you need the record now?', 'His school has rung, and asks who works with him.');
    page = await page.press('Open the record for one hour');
    expect(await page.errors()).toEqual([
      'No record can be opened with this. Check what you typed; if it is right, ring the operations manager',
    ]);

    // One that is not restricted, and not theirs: for an hour.
    await page.fill('Reference', '');
    await page.fill('Full name (if you have no reference)', 'Noor Tarrant');
    for (const [part, value] of [
      ['Day', '3'],
      ['Month', '4'],
      ['Year', '2010'],
    ] as const)
      await page.fill(part, value, 'Date of birth (if you have no reference)');
    page = await page.press('Open the record for one hour');
    expect(await page.heading()).toBe('Noor Tarrant');
    expect(await page.text()).toContain('You opened this record in an emergency. It is open to you until');
    await given.owner.query(`update service.record_opening set until = now() - interval '1 second'`);
    page = await shut.visit(`/people/${noor.id}`, { status: 404 });
    expect(await page.text()).not.toContain('Noor');
    await shut.leave();
  });

  test('is opened for an hour under the eyes of whoever works with them and of the data protection lead', {
    timeout: 60_000,
  }, async () => {
    const { rows } = await given.owner.query<{ account_id: string; path: string }>(
      'select account_id, path from messages.message order by path',
    );
    expect(rows).toEqual([
      { account_id: worker.accountId, path: `/people/${noor.id}` },
      { account_id: lead.accountId, path: '/record-openings' },
    ]);
    const working = await at(worker);
    let page = await working.visit(`/people/${noor.id}`);
    expect(await page.text()).toMatch(
      /Dee Legate, partnership coordinator, opened this record in an emergency on .*: They are missing\. Ask them/i,
    );
    await working.leave();

    const reviewing = await at(lead);
    page = await (await reviewing.visit('/')).follow('Opened records');
    page = await page.follow(await reviewing.page.locator('tbody a').innerText());
    expect(await page.summary('Record')).toBe(noor.reference);
    expect(await page.summary('Why')).toBe('His school has rung, and asks who works with him.');
    page = await page.follow('What they looked at');
    expect(await page.text()).toMatch(/Dee Legate, partnership coordinator, .*emergency/i);
    await reviewing.page.goBack();
    page = await reviewing.visit(reviewing.page.url());
    page = await page.press('Save the review');
    expect(await page.errors()).toEqual([
      'Choose what you found',
      'Enter what you found and what follows from it',
    ]);
    await page.choose('What did you find?', 'It was not justified');
    await page.fill('Why, and what follows', 'It was of another young person. Spoken with the manager.');
    page = await page.press('Save the review');
    expect(await page.text()).toContain('Nothing waits for review.');
    await reviewing.leave();
  });
});
