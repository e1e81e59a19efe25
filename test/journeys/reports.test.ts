import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/platform/database/transaction.ts';
import { publishReports } from '../../src/reporting/publish-report.ts';
import { readPdf } from '../reporting/read-pdf.ts';
import { referred } from '../statistics/few-records.ts';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type Visitor } from '../support/page-object.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';

/** A strategic assessment from its first day until it is a file, by the two people it takes. */

let given: TestService;
let browser: Browser;
let jobs: Database;
let author: Someone;
let manager: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  jobs = new Database(given.connections.jobs);
  author = await someone(given.owner, 'analyst', { name: 'Ada Analyst' });
  manager = await someone(given.owner, 'operations-manager', { name: 'Omar Operations' });
  for (const day of ['2020-05-01', '2020-12-24', '2021-04-30', '2019-06-01'])
    await referred(given.owner, day, { gender: 'female' });
});
afterAll(async () => {
  await jobs?.close();
  await browser?.close();
  await given?.stop();
});

async function atTheirBrowser({ token }: Someone): Promise<Visitor> {
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: token, url: given.url }]);
  return visitor;
}

test('an analyst writes it with figures that cannot disagree, a manager signs it, and it is downloaded', async () => {
  const analyst = await atTheirBrowser(author);
  let page = await analyst.visit('/reports/new');
  await page.choose('Kind of report', 'Strategic assessment');
  await page.fill('Title', 'Year 3');
  for (const [group, [day, month, year]] of [
    ['First day of the period', ['1', '5', '2020']],
    ['Last day of the period', ['30', '4', '2021']],
  ] as const) {
    await page.fill('Day', day, group);
    await page.fill('Month', month, group);
    await page.fill('Year', year, group);
  }
  await page.choose('Editions', 'Internal');
  page = await page.press('Work out the figures');
  const report = analyst.page.url();

  page = await analyst.visit(`${report}/texts/introduction`);
  await page.fill('Text', 'There were {{referrals.total}} referrals after {{referrals.total previous}}.');
  page = await page.press('Save and see what it looks like');
  expect(await page.text()).toContain('There were 3 referrals after 1.');
  page = await analyst.visit(report);
  await page.press('Submit it to be signed off');

  const second = await atTheirBrowser(manager);
  page = await second.visit(`${report}/sign-off`);
  await page.choose('What do you decide?', 'It is right: sign it off');
  await page.press('Save the decision');
  await publishReports(jobs);

  page = await second.visit(report);
  page = await page.follow('Internal edition as it was published');
  const published = await page.text();
  for (const told of [
    'OFFICIAL-SENSITIVE',
    'Signed off by Omar Operations',
    'There were 3 referrals after 1.',
  ])
    expect(published.includes(told), told).toBe(true);
  const download = async (link: string): Promise<Buffer> => {
    const [file] = await Promise.all([
      second.page.waitForEvent('download'),
      second.page.getByRole('link', { name: link, exact: true }).click(),
    ]);
    return await readFile(await file.path());
  };
  const csv = (await download('Download as comma-separated values (CSV), a number a row')).toString('utf8');
  expect(csv).toMatch(/^referrals\.total,1,Referrals received,,,,total\.current,3,2020-05-01/m);
  const pdf = readPdf(await download('Download as a PDF, to read and print'));
  expect(pdf).toMatchObject({ tagged: true });
  expect(pdf.pages.length).toBeGreaterThan(5);
  await analyst.leave();
  await second.leave();
}, 60_000);
