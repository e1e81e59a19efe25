import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type Visitor, WITH_AND_WITHOUT_JAVASCRIPT } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, LAMBETH, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let place: { organisationId: string; teamId: string };

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  place = await provider(given.owner, 'Harbour');
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

/** Their browser, 320 px wide where it must fit the smallest screen. */
async function at(who: Someone, javaScript: boolean, width = 1024): Promise<Visitor> {
  const visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('casework $way', ({ javaScript }) => {
  const name = javaScript ? 'Amira Khan' : 'Ben Osei';
  const familyName = javaScript ? 'Hollis' : 'Tarrant';
  let worker: Someone;
  beforeAll(async () => {
    worker = await someone(given.owner, 'caseworker', { ...place, name });
    const person = await youngPerson(given.owner, { givenNames: 'Kai', familyName, knownAs: 'K' });
    await allocated(given.owner, person.id, place);
  });

  test('a manager chooses who works with a young person', async () => {
    const visitor = await at(await someone(given.owner, 'provider-manager', place), javaScript);
    let page = await visitor.visit('/caseload?show=without-worker');
    page = await page.follow(`Choose the worker of Kai ${familyName}`);
    await page.choose('Who works with them?', name);
    page = await page.press('Save');
    expect(await page.text()).toContain('The worker is chosen');
    await visitor.leave();
  });

  test('the worker writes a note, and changes it, on a small screen', async () => {
    const visitor = await at(worker, javaScript, 320);
    let page = await visitor.visit('/caseload');
    page = await page.follow(`Kai ${familyName}`);
    expect(await page.summary('Known as')).toBe('K');
    page = await page.press('Add a note');
    page = await page.press('Save the note');
    expect(await page.errors()).toEqual(['Choose what kind of note it is', 'Enter what happened']);
    await page.choose('Kind of note', 'Telephone call');
    await page.fill('What happened', 'Kai rang from the bus stop.');
    await page.fill('What the young person said or wants (optional)', '“I want to see my aunt.”');
    page = await page.press('Save the note');
    expect(await page.text()).toContain('Kai rang from the bus stop.');
    page = await page.follow(await visitor.page.getByRole('link', { name: /^Telephone call/ }).innerText());
    page = await page.press('Change this note');
    await page.fill('What happened', 'Kai rang from the station.');
    await page.fill('Why you are changing it', 'It was the station');
    page = await page.press('Save');
    expect(await page.text()).toContain('It was the station');
    await visitor.leave();
  }, 90_000);

  test('the operations manager finds the young person, reads the note and sees who has looked', async () => {
    const visitor = await at(
      await someone(given.owner, 'operations-manager', { name: 'Oona Per' }),
      javaScript,
    );
    let page = await visitor.visit('/search');
    await page.fill(
      'Name, date of birth, reference, postcode or phone number',
      javaScript ? 'holis kai' : 'tarant kai',
    );
    page = await page.press('Search');
    page = await page.follow(`Kai ${familyName}`);
    expect(await page.text()).toContain('Kai rang from the station.');
    page = await page.follow('Who has looked');
    expect(await page.text()).toContain(`${name}, caseworker, wrote a case note on`);
    expect(await page.text()).toContain(
      'Oona Per, operations manager, read the record and the case notes on',
    );
    await visitor.leave();
  });

  test('two coordinators correct one record; the second is shown what changed and chooses', async () => {
    const { owner } = given;
    const [amal, ben] = [
      await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' }),
      await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Ben Osei' }),
    ];
    const person = await youngPerson(owner, {
      givenNames: 'Kofi',
      familyName: 'Mensah',
      postcode: 'SW9 8EF',
    });
    const [first, second] = [await at(amal, javaScript), await at(ben, javaScript, 320)];
    const hers = await first.visit(`/people/${person.id}/edit`);
    const his = await second.visit(`/people/${person.id}/edit`);
    await hers.fill('Family name (optional)', 'Mensah-Osei');
    await hers.fill('Postcode (optional)', 'SE1 7PB');
    await hers.press('Save');
    await his.fill('Family name (optional)', 'Mensa');
    await his.fill('Known as (optional)', 'Kobby');
    let page = await his.press('Save');
    expect(await page.heading()).toBe('This record was changed while you had it open');
    page = await page.press('Save');
    expect(await page.errors()).toEqual(['Choose what to keep for family name']);
    await page.choose('Family name: which is right?', 'What you typed: Mensa');
    page = await page.press('Save');
    expect(await page.summary('Family name')).toBe('Mensa');
    expect(await page.summary('Postcode')).toBe('SE1 7PB');
    page = await page.follow('What was changed');
    expect(await page.text()).toContain('Family name: from Mensah-Osei to Mensa');
    await first.leave();
    await second.leave();
  });
});

test('what is typed into a note is saved while it is typed, and got back on another day', async () => {
  const { owner } = given;
  const worker = await someone(owner, 'caseworker', { ...place, name: 'Cass Worker' });
  const person = await youngPerson(owner, { givenNames: 'Ines', familyName: 'Duarte' });
  await allocated(owner, person.id, { ...place, workerId: worker.accountId });
  const visitor = await at(worker, true);
  const page = await visitor.visit(`/people/${person.id}/notes/new`);
  await page.fill('What happened', 'She was at the library');
  await visitor.page.getByText(/^Draft saved at/).waitFor();
  await visitor.leave();

  const later = await at(worker, true);
  let again = await later.visit(`/people/${person.id}/notes/new`);
  again = await again.follow('Get back what you typed');
  expect(await later.page.getByLabel('What happened').inputValue()).toBe('She was at the library');
  await later.leave();
});

test('the older notes, the history, the ended cases and the access log are pages like the others', async () => {
  const { owner } = given;
  const worker = await someone(owner, 'caseworker', { ...place, name: 'Dee Worker' });
  const person = await youngPerson(owner, { givenNames: 'Noor', familyName: 'Haddad' });
  await allocated(owner, person.id, { ...place, workerId: worker.accountId });
  const visitor = await at(worker, true);
  for (const path of ['/caseload?show=ended', `/people/${person.id}/notes`, `/people/${person.id}/history`])
    await visitor.visit(path);
  await visitor.leave();

  const lead = await at(await someone(owner, 'data-protection-lead'), true, 320);
  let page = await lead.visit(`/access-log`);
  await lead.page.getByText('Choose a record, an account or a day').click();
  await page.fill("Reference of a young person's record", person.reference);
  page = await page.press('Show');
  expect(await page.text()).toContain(`What was done about ${person.reference}`);
  page = await lead.visit(`/people/${person.id}/looks`);
  expect(await page.text()).toContain('Dee Worker, caseworker, read the case notes on');
  await lead.leave();
});
