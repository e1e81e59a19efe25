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
  given = await testService();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await given.stop();
});

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('what a caseworker asks, $way', ({ javaScript }) => {
  const givenNames = javaScript ? 'Nia' : 'Ada';
  let caseworker: Someone;
  let analyst: Someone;
  let consultant: Someone;
  let person: { id: string; reference: string };
  beforeAll(async () => {
    const { owner } = given;
    const near = await provider(owner);
    caseworker = await someone(owner, 'caseworker', { ...near, name: 'Cass Worker' });
    analyst = await someone(owner, 'analyst', { name: 'Ana Lyst' });
    consultant = await someone(owner, 'gender-consultant', { ...near, name: 'Gwen Consult' });
    person = await youngPerson(owner, { givenNames });
    await allocated(owner, person.id, { ...near, workerId: caseworker.accountId });
  });

  /** Their browser, as narrow as a telephone where it runs no script, at the page they begin with. */
  async function begins(who: Someone): Promise<{ visitor: Visitor; home: PageObject }> {
    const visitor = await newVisitor(browser, {
      javaScript,
      width: javaScript ? 1024 : 320,
      baseUrl: given.url,
    });
    await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
    return { visitor, home: await visitor.visit('/') };
  }

  test('a caseworker asks for a check and for advice', { timeout: 60_000 }, async () => {
    const { visitor, home } = await begins(caseworker);
    let page = await home.follow(`${givenNames} Okafor`);
    page = await page.follow('Overview');
    page = await page.press('Ask somebody');
    page = await page.follow('Ask for an intelligence check');
    page = await page.press('Ask');
    expect(await page.errors()).toEqual(['Enter what you want to know']);
    await page.fill('What should the check find out?', 'Is anybody looking for her?');
    page = await page.press('Ask');
    expect(await page.text()).toContain('Intelligence check: asked');
    page = await page.follow('Back');
    page = await page.press('Ask somebody');
    page = await page.follow('Ask for a case consultation');
    await page.fill('What do you want advice on?', 'How do I raise it with her mother?');
    page = await page.press('Ask');
    expect(await page.text()).toContain('How do I raise it with her mother?');
    await visitor.leave();
  });

  test('an analyst takes the check on, grades what is found and says what may be told', {
    timeout: 60_000,
  }, async () => {
    const { visitor, home } = await begins(analyst);
    expect(await home.heading()).toBe('Checks');
    let page = await home.follow(`${givenNames} Okafor, ${person.reference}`);
    page = await page.press('Take this on');
    expect(await page.summary('With')).toBe('Ana Lyst');
    page = await page.follow('Write down a finding');
    await page.fill('What was found', 'A post names her');
    await page.fill('Where it comes from', 'A public account');
    await page.choose('How reliable is the source?', '2: untested');
    await page.choose('How does the source know it?', 'A: known directly to the source');
    await page.choose('How may it be handled?', 'P: may be shared lawfully');
    page = await page.press('Save the finding');
    expect(await page.text()).toContain('A public account');
    await page.fill('What may be told of the findings', 'Somebody may be. Do not meet at the station.');
    page = await page.press('Send the answer');
    expect(await page.text()).toContain('What was answered');
    await visitor.leave();
  });

  test('a gender consultant writes a note, advises, and finds it again', { timeout: 60_000 }, async () => {
    const { visitor, home } = await begins(consultant);
    expect(await home.heading()).toBe('Consultations');
    let page = await home.follow(`${givenNames} Okafor, ${person.reference}`);
    page = await page.follow('Write a note');
    await page.fill('Note', 'Her mother may not know.');
    page = await page.press('Save the note');
    await page.fill('Your advice', 'Ask her first what her mother knows.');
    page = await page.press('Send the answer');
    page = await page.follow('Back');
    page = await page.follow('Answered in the last 28 days');
    expect(await page.text()).toContain(`${givenNames} Okafor`);
    await visitor.leave();
  });

  test('a caseworker reads the answers, and not what they rest on', { timeout: 60_000 }, async () => {
    const { visitor, home } = await begins(caseworker);
    let page = await home.follow(`${givenNames} Okafor`);
    page = await page.follow('Overview');
    const read = await page.text();
    expect(read).toContain('Somebody may be. Do not meet at the station.');
    expect(read).toContain('Ask her first what her mother knows.');
    expect(read).not.toContain('A public account');
    expect(read).not.toContain('Her mother may not know.');
    await visitor.leave();
  });
});
