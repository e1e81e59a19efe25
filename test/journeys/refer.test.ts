import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, PageObject, type Visitor, WITH_AND_WITHOUT_JAVASCRIPT } from '../support/page-object.ts';
import { someone, type TestService, testService } from '../support/service.ts';

let given: TestService;
let browser: Browser;

beforeAll(async () => {
  given = await testService();
  browser = await launchBrowser();
  await someone(given.owner, 'spoc', { areas: ['E09000022'] });
  await someone(given.owner, 'coordinator', { areas: ['E09000022'] });
});
afterAll(async () => {
  await browser.close();
  await given.stop();
});

/** The link in the newest e-mail to an address, as its reader would see it. */
async function linkSentTo(email: string): Promise<string> {
  const { rows } = await given.owner.query<{ secret_sealed: Buffer }>(
    `select m.secret_sealed from messages.message m join identity.account a on a.id = m.account_id
     where a.email = $1 order by m.created_at desc limit 1`,
    [email],
  );
  const sealed = rows[0]?.secret_sealed;
  if (!sealed) throw new Error(`No link was sent to ${email}`);
  return Buffer.from(given.service.keyring.box('message-secret').open(sealed, 'referrer-sign-in')).toString();
}

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('a referral $way', ({ javaScript }) => {
  let visitor: Visitor;
  const email = `ros.avery.${javaScript ? 'scripts' : 'plain'}@example.gov.uk`;
  const width = javaScript ? 1024 : 320;

  test('from a stranger’s browser to its reference, and nothing of it is shown again', {
    timeout: 180_000,
  }, async () => {
    visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });

    // The first page, the e-mail and the link.
    let page = await visitor.visit('/refer/start');
    expect(await page.text()).toContain('in immediate danger call 999');
    page = await page.press('Send me a link');
    expect(await page.errors()).toEqual([
      'Enter your full name',
      'Enter an e-mail address in the right form, like name@example.gov.uk',
    ]);
    await page.fill('Your full name', 'Ros Avery');
    await page.fill('Your work e-mail address', email);
    page = await page.press('Send me a link');
    expect(await page.heading()).toBe('Check your e-mail');
    const link = await linkSentTo(email);
    page = await visitor.visit(link);
    page = await page.press('Open your referrals');
    expect(await page.heading()).toBe('Your referrals');

    // About the referrer, with everything forgotten first.
    page = await page.press('Start a new referral');
    expect(await page.heading()).toBe('About you and this referral');
    await page.fill('Your full name', '');
    page = await page.press('Save and continue');
    expect(await page.errors()).toContain('Enter your job or role');
    await page.fill('Your full name', 'Ros Avery');
    await page.fill('Your job or role', 'Social worker');
    await page.choose('What kind of agency do you work for?', "Children's social care");
    await page.fill('Name of your agency or organisation', "St John's Children’s Services");
    await page.fill('Your work phone number', '020 7946 0000');
    await page.choose('What are you asking for?', 'Support for the young person');
    await page.choose('Does the young person know about this referral?', 'Yes');
    await page.choose('Do they agree to be contacted and offered support?', 'They have not been asked yet');
    page = await page.press('Save and continue');

    // About the young person: one name, an approximate age.
    expect(await page.heading()).toBe('The young person');
    await page.choose('What do you know of their name?', 'One name only');
    await page.fill('Name', 'أمينة');
    await page.choose('Do you know their date of birth?', 'Approximate');
    await page.fill('Their age, or the year they were born', '15');
    await page.choose('Gender', 'Not known');
    await page.choose('Ethnic group', 'Not known');
    await page.choose('Do you know the postcode where they live?', 'They have no fixed address');
    await page.choose('Which council is responsible for them?', 'Lambeth');
    page = await page.press('Save and continue');

    // Back works, and finds what was saved.
    expect(await page.heading()).toBe('What you are worried about');
    page = await page.follow('Back');
    expect(await page.page.getByLabel('Name', { exact: true }).inputValue()).toBe('أمينة');
    page = await page.press('Save and continue');

    await page.choose('Is the young person safe now?', 'No');
    await page.fill('What is happening?', 'Two new phones.\nDays away from home.');
    await page.fill('Why do you think county lines is involved?', 'Train tickets to the coast');
    await page.page.getByLabel('Not known: What is known about the people and places involved?').check();
    await page.choose('Have they gone missing?', 'Not known');
    await page.choose("Have the council's children's or adult social care been told?", 'No');
    await page.choose('Has anybody referred them to the National Referral Mechanism (NRM)?', 'No');
    await page.fill('What are the safe ways to contact them?', 'Through the school office');
    page = await page.press('Save and continue');

    // Checking, changing one thing, and sending.
    expect(await page.heading()).toBe('Check your answers before you send');
    expect(await page.text()).toContain('You say that the young person is not safe now. Call 999');
    expect(await page.text()).toContain("tell the children's social care of the council where they live");
    expect(await page.summary('Name')).toBe('أمينة');
    expect(await page.summary('What is known about the people and places involved?')).toBe('Not known');
    expect(await page.summary('Other names they are known by')).toBe('Not answered');
    page = await page.follow('Change : Your team');
    await page.fill('Your team', 'Adolescents');
    page = await page.press('Save and continue');
    expect(await page.summary('Your team')).toBe('Adolescents');
    page = await page.press('Send the referral');
    expect(await page.heading()).toBe('Referral sent');
    expect(await page.text()).toMatch(/HW-\w{4}-\w{4}/);

    // What is left of it for the one who sent it.
    page = await page.follow('See all your referrals');
    expect(await page.text()).toMatch(/HW-\w{4}-\w{4} Received Support for the young person/);
    expect(await page.text()).not.toContain('أمينة');
    await visitor.leave();
  });
});

test('a page changed in another window is compared and chosen, and a draft is thrown away', {
  timeout: 120_000,
}, async () => {
  const referrer = await someone(given.owner, 'referrer');
  const visitor = await newVisitor(browser, { baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: referrer.token, url: given.url }]);
  let page = await visitor.visit('/refer');
  page = await page.press('Start a new referral');
  await page.fill('Your job or role', 'Teacher');
  await page.choose('What kind of agency do you work for?', 'School, college or education service');
  await page.fill('Name of your agency or organisation', 'A school');
  await page.fill('Your work phone number', '020 7946 0000');
  await page.choose('What are you asking for?', 'Intelligence only');
  await page.choose('Why may you share this?', 'To safeguard a child');
  const draft = page.page.url();

  const otherWindow = await visitor.context.newPage();
  await otherWindow.goto(draft);
  let other = await PageObject.at(otherWindow);
  await other.fill('Your job or role', 'Head teacher');
  await other.choose('What kind of agency do you work for?', 'School, college or education service');
  await other.fill('Name of your agency or organisation', 'A school');
  await other.fill('Your work phone number', '020 7946 0000');
  await other.choose('What are you asking for?', 'Intelligence only');
  await other.choose('Why may you share this?', 'To safeguard a child');
  other = await other.press('Save and continue');
  expect(await other.heading()).toBe('The young person');

  page = await page.press('Save and continue');
  expect(await page.errors()).toEqual([
    'These answers were changed in another window or browser after you opened this page',
  ]);
  expect(await page.text()).toContain('Your job or role Head teacher Teacher');
  page = await page.press('Save and continue');
  expect(await page.heading()).toBe('The young person');

  page = await visitor.visit('/refer');
  page = await page.follow(
    await page.page
      .getByRole('link', { name: /^Throw away/ })
      .first()
      .innerText()
      .then((words) => words.replace(/\s+/g, ' ').trim()),
  );
  page = await page.press('Throw it away');
  expect(await page.text()).toContain('You have no referral that is not sent.');
  await visitor.leave();
});

test('a link that was used says so and offers another', { timeout: 60_000 }, async () => {
  const visitor = await newVisitor(browser, { baseUrl: given.url });
  const page = await visitor.visit('/refer/link?token=used', { status: 410 });
  expect(await page.heading()).toBe('This link does not work');
  expect(await (await page.press('Get a new link')).heading()).toBe('Refer a young person');
  await visitor.leave();
});
