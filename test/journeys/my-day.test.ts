import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  newVisitor,
  type PageObject,
  type Visitor,
  WITHOUT_JAVASCRIPT_AT_LEAST,
} from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('a caseworker’s day $way', ({ javaScript }) => {
  let place: { organisationId: string; teamId: string };
  let worker: Someone;
  beforeAll(async () => {
    place = await provider(given.owner);
    worker = await someone(given.owner, 'caseworker', { ...place, name: 'Amira Khan' });
    for (const givenNames of ['Kai', 'Noor']) {
      const { id } = await youngPerson(given.owner, { givenNames, familyName: 'Hollis' });
      await allocated(given.owner, id, { ...place, workerId: worker.accountId });
    }
  });

  /** Their browser, as narrow as a telephone where it runs no script. */
  async function at(who: Someone): Promise<Visitor> {
    const visitor = await newVisitor(browser, {
      javaScript,
      width: javaScript ? 1024 : 320,
      baseUrl: given.url,
    });
    await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
    return visitor;
  }
  async function fillDay(page: PageObject, daysAhead: number): Promise<void> {
    const day = new Date(Date.now() + daysAhead * 86_400_000);
    await page.fill('Day', String(day.getUTCDate()));
    await page.fill('Month', String(day.getUTCMonth() + 1));
    await page.fill('Year', String(day.getUTCFullYear()));
  }

  test('a worker goes out, records a try, plans again and comes back', async () => {
    const visitor = await at(worker);
    let page = await visitor.visit('/');
    expect(await page.heading()).toBe('My day');
    expect(await page.text()).toMatch(/First contact.*Kai Hollis: was due by/s);
    page = await page.follow('Say where you are going and when you will be back');
    await page.fill('Where you are going', 'The library in Brixton');
    await fillDay(page, 1);
    await page.fill('The time you will be back', '9am');
    page = await page.press('Save');
    page = await page.follow('Kai Hollis');
    page = await page.press('Record a contact');
    page = await page.press('Save');
    expect(await page.errors()).toEqual(['Choose how', 'Choose what came of it']);
    await page.choose('How', 'In person');
    await page.choose('What came of it', 'They did not come');
    page = await page.press('Save');
    expect(await page.text()).toContain('In person with the young person: they did not come');
    page = await page.press('Plan a contact');
    await page.choose('How', 'Telephone call');
    await fillDay(page, 2);
    await page.fill('The time it is planned for', '10am');
    page = await page.press('Plan it');
    expect(await page.text()).toContain('Record what came of it');
    page = await page.follow('My day');
    page = await page.follow('Say that you are back from The library in Brixton');
    page = await page.press('I am back');
    expect(await page.text()).toContain('You have not said that you are out alone.');
    await visitor.leave();
  }, 90_000);

  test('writes one note about two young people, takes a name out of it, and removes one of the notes', async () => {
    const visitor = await at(worker);
    let page = await visitor.visit('/my-day');
    page = await page.follow('Kai Hollis');
    page = await page.follow('Notes');
    page = await visitor.visit(`${new URL(visitor.page.url()).pathname}/new`);
    page = await page.follow('This was also about other young people');
    await page.choose('Kind of note', 'Contact in person');
    await page.fill('What happened, in words that name nobody', 'Noor and the others cooked.');
    await visitor.page.getByLabel('Noor Hollis').check();
    page = await page.press('Save the notes');
    expect(await page.errors()).toEqual([
      'All of the notes would say “Noor”, which gives away a name of one of them: write it otherwise, or say below that it tells of nobody else',
    ]);
    await page.fill('What happened, in words that name nobody', 'The group cooked.');
    page = await page.press('Save the notes');
    expect(await page.text()).toContain('The group cooked.');
    page = await page.follow(
      await visitor.page.getByRole('link', { name: /^Contact in person, / }).innerText(),
    );
    page = await page.follow('Remove this note');
    await page.fill('Why you are removing it', 'It was another day');
    page = await page.press('Remove the note');
    expect(await page.text()).toMatch(/Removed by Amira Khan on .* because: It was another day/);
    await visitor.leave();
  }, 90_000);

  test('a manager sees who is not back', async () => {
    await given.owner.query(
      `insert into service.check_in (worker_id, organisation_id, going_to, expected_back_at)
       values ($1, $2, 'Coldharbour Lane', now() - interval '20 minutes')`,
      [worker.accountId, place.organisationId],
    );
    const visitor = await at(await someone(given.owner, 'provider-manager', place));
    let page = await visitor.visit('/check-ins');
    expect(await page.text()).toContain('1 overdue');
    page = await page.follow('They are safe: Amira Khan, Coldharbour Lane');
    page = await page.press('I have reached them, and they are safe');
    expect(await page.text()).toContain('Nobody is out alone.');
    await visitor.leave();
  });
});
