import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanAttachments } from '../../src/attachments/index.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { testFileScanner } from '../../src/platform/files/file-scanner.ts';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type PageObject, type Visitor } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, noteAbout, youngPerson } from '../support/young-person.ts';

let given: TestService;
let browser: Browser;
let jobs: Database;
let worker: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  jobs = new Database(given.connections.jobs);
  const place = await provider(given.owner, 'Harbour');
  worker = await someone(given.owner, 'caseworker', { ...place, name: 'Amira Khan' });
  const { id } = await youngPerson(given.owner, {
    givenNames: 'Kai',
    familyName: 'Hollis',
    dateOfBirth: '2009-03-01',
  });
  await allocated(given.owner, id, { ...place, workerId: worker.accountId });
  await noteAbout(given.owner, id, worker, place.organisationId, { fact: 'We walked by the river.' });
});
afterAll(async () => {
  await browser?.close();
  await jobs?.close();
  await given?.stop();
});

/** Their browser, which runs no script, at Kai's record by way of the page they begin with. */
async function atKai({ width = 1024 } = {}): Promise<{ visitor: Visitor; record: PageObject }> {
  const visitor = await newVisitor(browser, { javaScript: false, width, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: worker.token, url: given.url }]);
  await visitor.page.goto('/');
  await visitor.page.getByRole('link', { name: 'Kai Hollis' }).first().click();
  return { visitor, record: await visitor.visit(visitor.page.url()) };
}

async function fillDay(
  page: PageObject,
  group: string,
  [day, month, year]: readonly [string, string, string],
) {
  await page.fill('Day', day, group);
  await page.fill('Month', month, group);
  await page.fill('Year', year, group);
}

describe('a caseworker', () => {
  test('writes down who is round a young person, and is warned wherever they would ring', {
    timeout: 90_000,
  }, async () => {
    const { visitor, record } = await atKai({ width: 320 });
    let page = await record.follow('Write down how to reach them safely');
    await page.fill('Safe phone number (optional)', '07700 900 123');
    await page.fill('What never to do (optional)', 'Ring after six: his brother answers.');
    page = await page.press('Save safe contact');
    expect(await page.errors()).toEqual(['Choose whether anything may be posted or left']);
    await page.choose('May anything be posted or left?', 'No: nothing may be posted or left');
    page = await page.press('Save safe contact');

    page = await page.press('Add somebody');
    await page.choose('What are they to the young person?', 'Household');
    await page.fill('Name', 'Dean');
    await page.fill('Relationship or role', 'Mother’s partner');
    await page.choose('May they be contacted about the young person?', 'Must not be contacted');
    await page.choose('Do they have parental responsibility?', 'No');
    await page.choose('Do they live with the young person?', 'Yes');
    page = await page.press('Add them');
    expect(await page.errors()).toEqual(['Enter why they may not simply be contacted']);
    await page.fill(
      'Why not, or how through the worker (optional if they may be contacted)',
      'He tells those who use Kai.',
    );
    page = await page.press('Add them');
    page = await page.press('Add somebody');
    await page.choose('What are they to the young person?', 'Professionals');
    await page.fill('Name', 'Ms Bello');
    await page.fill('Relationship or role', 'Social worker');
    await page.fill('Organisation (optional)', 'Lambeth Council');
    await page.choose('May they be contacted about the young person?', 'Yes');
    await page.choose('Do they have parental responsibility?', 'No');
    await page.choose('Do they live with the young person?', 'No');
    page = await page.press('Add them');
    expect(await page.text()).toContain('Ms Bello, Social worker');

    const warned = [
      'Ring after six: his brother answers.',
      'Must not be contacted Dean',
      'He tells those who use Kai.',
    ];
    for (const way of ['Overview', 'Contact']) {
      page = await page.follow(way);
      const words = await page.text();
      for (const warning of warned) expect(words, way).toContain(warning);
      expect(words, way).toContain('07700 900 123');
    }
    page = await page.press('Plan a contact');
    for (const warning of warned) expect(await page.text()).toContain(warning);
    await visitor.leave();
  });

  test('puts a file on the record, which is opened by nobody until it is checked, and then downloaded', {
    timeout: 60_000,
  }, async () => {
    const { visitor, record } = await atKai();
    let page = await record.follow('Files');
    page = await page.press('Add a file');
    page = await page.press('Add the file');
    expect(await page.errors()).toEqual(['Choose a file that is not empty']);
    await visitor.page.getByLabel('Choose a file').setInputFiles({
      name: 'college-letter.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('He may begin in September.'),
    });
    page = await page.press('Add the file');
    expect(await page.text()).toContain('Being checked for viruses');
    expect(await visitor.page.getByRole('link', { name: /^Download/ }).count()).toBe(0);
    const { keyring, clock } = given.service;
    await scanAttachments({ database: jobs, keyring, clock, scanner: testFileScanner });
    await visitor.page.reload();
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.getByRole('link', { name: /^Download/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('college-letter.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe('He may begin in September.');
    await visitor.leave();
  });

  test('tells the story in order, prints what matters of it, and sums it up for whoever comes next', {
    timeout: 90_000,
  }, async () => {
    const { visitor, record } = await atKai();
    let page = await record.follow('Chronology');
    page = await page.press('Add an event');
    page = await page.press('Add the event');
    expect(await page.errors()).toEqual([
      'Enter the day it happened',
      'Enter what happened',
      'Enter who says so, or which paper',
    ]);
    await fillDay(page, 'The day it happened', ['3', '2', '2026']);
    await page.fill('What happened', 'The court made a care order.');
    await page.fill('Who says so', 'The court’s letter');
    page = await page.press('Add the event');
    expect(await page.text()).toContain('We walked by the river.');
    await visitor.page.getByText('Choose what is shown').click();
    await visitor.page.getByLabel('Events').check();
    await page.fill('From (optional)', '1/2/2026');
    await page.fill('Until (optional)', '31/12/2026');
    page = await page.press('Show');
    expect(await page.text()).toContain('The court made a care order.');
    expect(await page.text()).toContain('From 1 February 2026. Until 31 December 2026.');
    expect(await page.text()).not.toContain('We walked by the river.');
    await visitor.page.emulateMedia({ media: 'print' });
    expect(await visitor.page.getByText('Choose what is shown').isVisible()).toBe(false);
    expect(await visitor.page.getByText('The court made a care order.').isVisible()).toBe(true);
    await visitor.page.emulateMedia({ media: 'screen' });
    await page.fill('Until (optional)', 'Christmas');
    page = await page.press('Show');
    expect(await page.text()).toContain('Enter a day like 27/3/2026, or leave it empty');

    page = await page.follow('Overview');
    page = await page.follow('Write a case summary');
    page = await page.press('Save the summary');
    expect(await page.errors()).toEqual(['Enter where things stand']);
    await page.fill('Where things stand', 'In care since February, and at college.');
    page = await page.press('Save the summary');
    expect(await page.text()).toMatch(/Harbour, Amira Khan, .* To be written afresh by \d/);
    expect(await page.text()).toContain('In care since February, and at college.');
    await visitor.leave();
  });
});
