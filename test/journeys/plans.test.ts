import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type Visitor, WITHOUT_JAVASCRIPT_AT_LEAST } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let worker: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

async function at(who: Someone, javaScript: boolean, width: number): Promise<Visitor> {
  const visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

async function fillDate(page: Awaited<ReturnType<Visitor['visit']>>, question: string, year: number) {
  await page.fill('Day', '3', question);
  await page.fill('Month', '2', question);
  await page.fill('Year', String(year), question);
}

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('a caseworker’s plans, $way', ({ javaScript }) => {
  let person: { id: string };
  beforeAll(async () => {
    const place = await provider(given.owner);
    worker = await someone(given.owner, 'caseworker', { ...place, name: 'Amira Khan' });
    person = await youngPerson(given.owner, {
      givenNames: 'Kai',
      familyName: 'Hollis',
      dateOfBirth: '2009-03-01',
    });
    await allocated(given.owner, person.id, { ...place, workerId: worker.accountId });
  });
  const lastYear = new Date().getFullYear() - 1;

  test('the worker makes a safety plan with them and prints it, on a small screen', async () => {
    const visitor = await at(worker, javaScript, 320);
    let page = await visitor.visit(`/people/${person.id}`);
    page = await page.follow('Plans');
    page = await page.follow('Safety plan');
    page = await page.press('Make a safety plan');
    await page.fill('At home (optional)', 'I lock the door.');
    page = await page.press('Save the plan');
    expect(await page.text()).toContain('The safety plan is saved');
    page = await page.press('Review or change it');
    page = await page.press('Save the plan');
    expect(await page.errors()).toEqual(['Choose what you are doing with the plan']);
    await page.choose('What are you doing with the plan?', 'Reviewing it after an incident');
    await page.fill('Our codes and phrases (optional)', 'Pineapple');
    page = await page.press('Save the plan');
    expect(await page.summary('Last reviewed')).toContain('after an incident');

    page = await page.press('Print it for the young person');
    expect(await page.heading()).toBe('My plan');
    expect(await page.text()).toContain('Papers can be found.');
    await visitor.page.emulateMedia({ media: 'print' });
    const onPaper = await visitor.page.locator('body').innerText();
    expect(onPaper).toContain('Pineapple');
    for (const word of ['Homeward', 'OFFICIAL', 'Hollis', 'Papers can be found', 'Amira'])
      expect(onPaper).not.toContain(word);
    await visitor.page.emulateMedia({ media: 'screen' });
    await page.follow('Go back without printing');
    await visitor.leave();
  }, 90_000);

  test('records needs and a goal with a step, education, a referral on and consent', async () => {
    const visitor = await at(worker, javaScript, 1024);
    let page = await visitor.visit(`/people/${person.id}/needs`);
    page = await page.press('Record their needs');
    for (const need of await visitor.page.getByRole('group', { name: /^How much need: / }).all())
      await need.getByLabel('Some need', { exact: true }).check();
    page = await page.press('Save their needs');
    expect(await page.text()).toContain('Their needs are recorded');

    page = await visitor.visit(`/people/${person.id}/goals`);
    page = await page.press('Add a goal');
    await page.fill('The goal, in their own words', 'I want to cook');
    page = await page.press('Save the goal');
    page = await page.follow('Add a step to: I want to cook');
    await page.fill('What is to be done', 'Ring the college');
    await page.choose('Who does it', 'The young person');
    await fillDate(page, 'By when', lastYear);
    page = await page.press('Save the step');
    expect(await page.text()).toContain('Overdue');
    page = await page.press('Print them for the young person');
    page = await page.follow('Go back without printing');

    page = await page.follow('Progress');
    page = await page.press('Record education, training or work');
    await page.choose('What they do', 'In work');
    await fillDate(page, 'When it began', lastYear);
    page = await page.press('Save');
    page = await page.press('Record a referral on');
    await page.choose('Which service', 'Housing');
    await fillDate(page, 'The day it was made', lastYear);
    page = await page.press('Save');
    expect(await page.text()).toContain('Engaged: not known');

    page = await page.follow('Consent');
    page = await page.press('Record consent or a decision');
    await page.choose('What it is about', 'To be supported by us');
    await page.fill('What exactly', 'Meeting once a week');
    await page.choose('Consent', 'Consent was given');
    await page.choose('Who was asked (optional if nobody was)', 'The young person');
    await page.fill('Who decided', 'Amira Khan');
    await fillDate(page, 'When it was decided', lastYear);
    page = await page.press('Save');
    page = await page.follow('Overview');
    expect(await page.text()).toContain('Meeting once a week');
    await visitor.leave();
  }, 120_000);

  test('the trigger profile is a page like the others', async () => {
    const visitor = await at(worker, javaScript, 320);
    let page = await visitor.visit(`/people/${person.id}/trigger-profile`);
    page = await page.press('Write a trigger profile');
    await page.fill('What they look like (optional)', 'Tall, a red coat');
    page = await page.press('Save the profile');
    expect(await page.text()).toContain('Tall, a red coat');
    await visitor.leave();
  });
});
