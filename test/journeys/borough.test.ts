import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { londonDate } from '../../src/platform/clock/london-time.ts';
import { addDays } from '../../src/platform/clock/plain-date.ts';
import { sendReferral } from '../referrals/writing-a-referral.ts';
import { launchBrowser } from '../support/browser.ts';
import { FormClient } from '../support/form-client.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { newVisitor, type Visitor, WITHOUT_JAVASCRIPT_AT_LEAST } from '../support/page-object.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';

let given: TestService;
let browser: Browser;

beforeAll(async () => {
  given = await testService();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await given.stop();
});

async function at(who: Someone, { javaScript }: { javaScript: boolean }): Promise<Visitor> {
  const visitor = await newVisitor(browser, {
    javaScript,
    width: javaScript ? 1024 : 320,
    baseUrl: given.url,
  });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('a SPOC, a borough’s contact, $way', ({ javaScript }) => {
  test('opens what came, says what the borough knows, and finds it said', { timeout: 90_000 }, async () => {
    const area = javaScript ? 'E09000022' : 'E09000007';
    const contact = await someone(given.owner, 'spoc', { areas: [area], name: 'Priya Contact' });
    const visitor = await at(contact, { javaScript });

    const referrer = await someone(given.owner, 'referrer');
    await sendReferral(new HttpVisitor(given, referrer.cookie), { area });

    let page = await visitor.visit('/');
    page = await page.follow('1 that nobody of your borough has seen');
    expect(await page.text()).toContain('Say you have seen it');
    page = await page.follow('Amina Bello');
    expect(await page.heading()).toMatch(/^Referral HW-/);
    expect(await page.summary('Responsible borough')).toBe(javaScript ? 'Lambeth' : 'Camden');
    await page.fill('What the borough knows and can offer', 'She has a social worker, Jo.');
    page = await page.press('I have seen this');
    expect(await page.text()).toContain('Seen by Priya Contact');
    expect(await page.text()).toContain('She has a social worker, Jo.');
    page = await page.follow('Back');
    expect(await page.text()).toContain('Nothing: seen');
    page = await page.follow('All, decided ones too');
    expect(await page.text()).toContain('Amina Bello');
    await visitor.leave();
  });
});

describe('a SPOC', () => {
  const BROMLEY = 'E09000006';
  const CROYDON = 'E09000008';
  const nextYear = String(new Date().getFullYear() + 1);

  test('answers what the borough is asked, and is stood in for while they are away', {
    timeout: 120_000,
  }, async () => {
    const contact = await someone(given.owner, 'spoc', { areas: [BROMLEY], name: 'Priya Contact' });
    const neighbour = await someone(given.owner, 'spoc', { areas: [CROYDON], name: 'Owen Neighbour' });
    const coordinator = await someone(given.owner, 'coordinator', { areas: [BROMLEY], name: 'Cora Ordin' });
    const referrer = await someone(given.owner, 'referrer');
    await sendReferral(new HttpVisitor(given, referrer.cookie), { area: BROMLEY });
    const { rows } = await given.owner.query<{ id: string }>(
      'select id from service.referral where area = $1',
      [BROMLEY],
    );
    const asked = await new FormClient(given, coordinator).submit(
      `/referrals/${rows[0]?.id}/ask?kind=borough`,
      {
        kind: 'borough',
        question: 'Who is her social worker?',
        'dueOn-day': '1',
        'dueOn-month': '3',
        'dueOn-year': nextYear,
      },
    );
    expect(asked.status).toBe(303);

    const visitor = await at(contact, { javaScript: false });
    let page = await visitor.visit('/');
    expect(await page.heading()).toBe('What waits');
    page = await page.follow('1 request that nobody has taken');
    expect(await page.text()).toContain(`1 March ${nextYear}`);
    page = await page.follow(await visitor.page.locator('tbody a').innerText());
    expect(await page.text()).toContain('Who is her social worker?');
    page = await page.press('Take this on');
    expect(await page.summary('With')).toBe('Priya Contact');
    page = await page.press('Send the answer');
    expect(await page.errors()).toEqual(['Enter the answer']);
    await page.fill('What your borough answers', 'Jo Day, since March.');
    page = await page.press('Send the answer');
    expect(await page.text()).toContain('What was answered');

    page = await page.follow('Referrals');
    page = await page.follow('Arrange cover');
    await page.choose('Who stands in?', 'Owen Neighbour, Croydon');
    page = await page.press('Arrange it');
    expect(await page.errors()).toEqual(['Enter the first day', 'Enter the last day']);
    const today = londonDate(new Date());
    for (const [group, on] of [
      ['First day', today],
      ['Last day', addDays(today, 14)],
    ] as const) {
      const [year = '', month = '', day = ''] = on.split('-');
      await page.fill('Day', day, group);
      await page.fill('Month', month, group);
      await page.fill('Year', year, group);
    }
    page = await page.press('Arrange it');
    expect(await page.text()).toContain('Owen Neighbour stands in for you in Bromley');

    const standing = await at(neighbour, { javaScript: false });
    // What was asked has been answered, and so the referral has been seen.
    const theirs = await standing.visit('/borough?show=all');
    expect(await theirs.text()).toContain('Bromley');
    expect(await theirs.text()).toContain('You stand in for Priya Contact');
    await standing.leave();

    page = await page.follow('End it : Owen Neighbour for Priya Contact');
    page = await page.press('End it now');
    expect(await page.text()).toContain('Nobody stands in for you');
    page = await page.follow('Young people');
    expect(await page.text()).toContain('No provider works with anybody');
    await visitor.leave();
  });

  test('is missed where a borough has none, by those who answer for it', { timeout: 60_000 }, async () => {
    const SUTTON = 'E09000029';
    const coordinator = await someone(given.owner, 'coordinator', { areas: [SUTTON] });
    const operations = await someone(given.owner, 'operations-manager');
    const referrer = await someone(given.owner, 'referrer');
    await sendReferral(new HttpVisitor(given, referrer.cookie), { area: SUTTON });
    const { rows } = await given.owner.query(
      `select from messages.message where account_id = $1 and template = 'borough-without-contact'`,
      [operations.accountId],
    );
    expect(rows).toHaveLength(1);
    const visitor = await at(coordinator, { javaScript: false });
    let page = await visitor.visit('/');
    expect(await page.text()).toContain('Referrals wait unseen in Sutton (1): 1 borough has no contact');
    page = await page.follow('1 borough has no contact');
    expect(await page.text()).toContain('Sutton');
    await visitor.leave();
  });
});
