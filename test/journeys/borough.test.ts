import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendReferral } from '../referrals/writing-a-referral.ts';
import { launchBrowser } from '../support/browser.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { newVisitor, WITH_AND_WITHOUT_JAVASCRIPT } from '../support/page-object.ts';
import { someone, type TestService, testService } from '../support/service.ts';

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

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('a borough’s contact $way', ({ javaScript }) => {
  test('opens what came, says what the borough knows, and finds it said', { timeout: 90_000 }, async () => {
    const area = javaScript ? 'E09000022' : 'E09000007';
    const contact = await someone(given.owner, 'spoc', { areas: [area], name: 'Priya Contact' });
    const visitor = await newVisitor(browser, {
      javaScript,
      width: javaScript ? 1024 : 320,
      baseUrl: given.url,
    });
    await visitor.context.addCookies([{ name: 'homeward-session', value: contact.token, url: given.url }]);

    let page = await visitor.visit('/borough');
    expect(await page.text()).toContain('No referral is waiting.');
    const referrer = await someone(given.owner, 'referrer');
    await sendReferral(new HttpVisitor(given, referrer.cookie), { area });

    page = await visitor.visit('/borough');
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
