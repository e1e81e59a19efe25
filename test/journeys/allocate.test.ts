import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, type Visitor, WITHOUT_JAVASCRIPT_AT_LEAST } from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocateTo, waitingPerson } from '../support/waiting-person.ts';
import { LAMBETH } from '../support/young-person.ts';

/** From the waiting list to a team, back again, and from a worker who leaves to one who stays. */

let given: TestService;
let browser: Browser;
let ours: { organisationId: string; teamId: string };
let coordinator: Someone;
let manager: Someone;
let leaver: Someone;
let admin: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  const { owner } = given;
  ours = await provider(owner, 'Harbour');
  coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Mai Ager',
  });
  leaver = await someone(owner, 'caseworker', { ...ours, name: 'Lea Ver' });
  await someone(owner, 'caseworker', { ...ours, name: 'Wil Orr' });
  admin = await someone(owner, 'administrator', { name: 'Ada Min' });
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

async function signedIn(
  who: Someone,
  options: { javaScript?: boolean; width?: number } = {},
): Promise<Visitor> {
  const visitor = await newVisitor(browser, { ...options, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: who.token, url: given.url }]);
  return visitor;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('$way', ({ javaScript }) => {
  const [longer, name] = javaScript ? ['Amina Longer', 'Bola Later'] : ['Chidi Longer', 'Dede Later'];
  const named = (whole: string) => {
    const [givenNames = '', familyName = ''] = whole.split(' ');
    return { givenNames, familyName };
  };

  test('a coordinator sees who waits, moves somebody up and allocates them; the provider hands them back', async () => {
    const { owner } = given;
    const first = await waitingPerson(owner, coordinator, { ...named(longer), acceptedAt: daysAgo(40) });
    await waitingPerson(owner, coordinator, { ...named(name), acceptedAt: daysAgo(3), gender: 'female' });
    const amal = await signedIn(coordinator, { javaScript });
    let page = await amal.visit('/waiting-list');
    expect((await page.text()).indexOf(longer)).toBeLessThan((await page.text()).indexOf(name));
    page = await page.follow(name);
    await page.fill('What is being done meanwhile? (optional)', 'Their school rings every week');
    page = await page.press('Save');
    page = await page.follow('Move them up');
    await page.choose('Why should they go first?', 'The risk to them has increased');
    await page.fill('Why, in your words', 'Threatened at home');
    page = await page.press('Save');
    page = await amal.visit('/waiting-list');
    expect((await page.text()).indexOf(name)).toBeLessThan((await page.text()).indexOf(longer));

    page = await page.follow(`Allocate: ${name}`);
    expect(await page.text()).toMatch(/For \d+ of 60 points free/);
    page = await page.follow('Choose this team (Harbour, First team)');
    await page.choose('Who in First team will work with the young person?', 'Lea Ver');
    page = await page.press('Allocate');
    expect(await page.summary('Allocated to')).toMatch(/^Harbour, First team, Lea Ver/);
    // Whoever goes before somebody who has waited longer, and was not moved up, goes with a reason.
    const { personId } = await waitingPerson(owner, coordinator, {
      ...named(`${name}er`),
      acceptedAt: daysAgo(1),
    });
    page = await (await amal.visit('/waiting-list')).follow(`Allocate: ${name}er`);
    page = await page.follow('Choose this team (Harbour, First team)');
    await page.choose('Who in First team will work with the young person?', 'The team decides');
    page = await page.press('Allocate');
    expect(await page.errors()).toEqual([
      'Choose why they are supported before those who have waited longer',
    ]);
    await page.choose(
      'Why are they supported before those who have waited longer?',
      'The worker with room suits them',
    );
    page = await page.press('Allocate');
    page = await amal.visit(`/people/${personId}`);
    expect(await page.summary('Harbour')).toContain(
      'Went before 1 who had waited longer: The worker with room suits them',
    );
    await amal.leave();

    const mai = await signedIn(manager, { javaScript });
    page = await mai.visit('/caseload');
    expect(await page.text()).toContain('Waiting for your answer');
    page = await page.follow(`Answer about ${name}er`);
    page = await page.follow('Hand them back');
    page = await page.press('Hand them back');
    expect(await page.errors()).toEqual(['Choose why you cannot support them']);
    await page.choose('Why can you not support them?', 'No worker has room');
    page = await page.press('Hand them back');
    expect(await page.text()).not.toContain(`${name}er`);
    page = await page.follow(`Answer about ${name}`);
    page = await page.press('Take them up');
    expect(await page.summary('Your answer')).toContain('Taken up on');
    await mai.leave();

    const again = await signedIn(coordinator, { javaScript });
    page = await again.visit('/waiting-list?since=handed-back');
    expect(await page.text()).toContain('Handed back today by Harbour: No worker has room');
    await again.leave();
    // For the next round nobody waits.
    for (const id of [personId, first.personId])
      await owner.query('update service.episode set closed_at = now() where person_id = $1', [id]);
  }, 120_000);
});

test('a manager sees who carries how much, arranges cover, and moves the cases of somebody who leaves', async () => {
  const { owner } = given;
  const person = await waitingPerson(owner, coordinator, { givenNames: 'Efe', familyName: 'Stays' });
  await allocateTo(owner, person, { ...ours, workerId: leaver.accountId });
  const mai = await signedIn(manager, { width: 320 });
  let page = await (await mai.visit('/workers')).follow('Lea Ver');
  /** Each is offered with what they carry. */
  const withPoints = async (name: string) =>
    (await mai.page.locator('option', { hasText: name }).first().textContent())?.trim() ?? name;
  await page.fill('Points they carry', '20');
  page = await page.press('Save');
  expect(await page.text()).toMatch(/of 20 points used/);
  page = await page.follow('Arrange cover');
  await page.choose('Who stands in?', await withPoints('Wil Orr'));
  const [year = '', month = '', day = ''] = new Date().toISOString().slice(0, 10).split('-');
  for (const group of ['First day', 'Last day']) {
    await page.fill('Day', day, group);
    await page.fill('Month', month, group);
    await page.fill('Year', year, group);
  }
  page = await page.press('Arrange it');
  page = await page.follow('End this cover');
  page = await page.press('End it now');
  page = await page.press('Move their cases');
  await page.choose(
    'Who takes all of them over, but for those below with somebody of their own?',
    await withPoints('Wil Orr'),
  );
  page = await page.press('Move them');
  expect(await page.text()).toMatch(/cases? (is|are) moved/);
  page = await (await mai.visit('/caseload')).follow('Change the worker of Efe Stays');
  await page.choose('How much work is it?', '5, intensive');
  page = await page.press('Save');

  page = await (await mai.visit('/teams')).follow('First team');
  await page.choose('Whom does it work with?', 'Young women only');
  await page.fill('Languages its workers speak, besides English (optional)', 'Somali');
  page = await page.press('Save');
  expect(await page.text()).toContain('Young women only');
  await mai.leave();

  const ada = await signedIn(admin);
  page = await ada.visit('/allocation-rules');
  await page.choose('Age: the team specialises in those of 18 to 25', 'Not used');
  page = await page.press('Save');
  expect(await page.text()).toContain('The rules are saved');
  await ada.leave();
}, 120_000);
