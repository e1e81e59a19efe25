import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, WITH_AND_WITHOUT_JAVASCRIPT } from '../support/page-object.ts';
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

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('an analyst and a gender consultant $way', ({ javaScript }) => {
  const enter = async (who: Someone) => {
    const visitor = await newVisitor(browser, {
      javaScript,
      width: javaScript ? 1024 : 320,
      baseUrl: given.url,
    });
    await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
    return visitor;
  };

  test('answer what a caseworker asks, each from their own queue', { timeout: 180_000 }, async () => {
    const near = await provider(given.owner);
    const caseworker = await someone(given.owner, 'caseworker', { ...near, name: 'Cass Worker' });
    const analyst = await someone(given.owner, 'analyst', { name: 'Ana Lyst' });
    const consultant = await someone(given.owner, 'gender-consultant', { ...near, name: 'Gwen Consult' });
    const givenNames = javaScript ? 'Nia' : 'Ada';
    const person = await youngPerson(given.owner, { givenNames });
    await allocated(given.owner, person.id, near);

    const asking = await enter(caseworker);
    let page = await asking.visit(`/people/${person.id}`);
    page = await page.press('Ask somebody');
    page = await page.follow('Ask for an intelligence check');
    page = await page.press('Ask');
    expect(await page.errors()).toEqual(['Enter what you want to know']);
    await page.fill('What should the check find out?', 'Is anybody looking for her?');
    page = await page.press('Ask');
    expect(await page.text()).toContain('Intelligence check: asked');
    page = await asking.visit(`/people/${person.id}/ask?kind=consultation`);
    await page.fill('What do you want advice on?', 'How do I raise it with her mother?');
    page = await page.press('Ask');

    const checking = await enter(analyst);
    page = await checking.visit('/');
    expect(await page.heading()).toBe('Checks');
    page = await page.follow(`${givenNames} Okafor, ${person.reference}`);
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
    await checking.leave();

    const consulting = await enter(consultant);
    page = await consulting.visit('/');
    expect(await page.heading()).toBe('Consultations');
    page = await page.follow(`${givenNames} Okafor, ${person.reference}`);
    page = await page.follow('Write a note');
    await page.fill('Note', 'Her mother may not know.');
    page = await page.press('Save the note');
    await page.fill('Your advice', 'Ask her first what her mother knows.');
    page = await page.press('Send the answer');
    page = await page.follow('Back');
    page = await page.follow('Answered in the last 28 days');
    expect(await page.text()).toContain(`${givenNames} Okafor`);
    await consulting.leave();

    page = await asking.visit(`/people/${person.id}`);
    const read = await page.text();
    expect(read).toContain('Somebody may be. Do not meet at the station.');
    expect(read).toContain('Ask her first what her mother knows.');
    expect(read).not.toContain('A public account');
    expect(read).not.toContain('Her mother may not know.');
    await asking.leave();
  });
});
