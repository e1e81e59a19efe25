import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, PageObject, type Visitor, WITHOUT_JAVASCRIPT_AT_LEAST } from '../support/page-object.ts';
import { someone, type TestService, testService } from '../support/service.ts';
import { answerPages, type Given } from './answering-a-referral.ts';

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

/** The link in the newest email to an address, as its reader would see it. */
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

/** The pages after those that are needed, for a child who went missing, is on bail and was referred to the NRM. */
const everyOtherPage: readonly Given[] = [
  {
    on: 'What has been noticed',
    choose: { 'Which of these have been noticed? (optional)': 'Injuries that they cannot explain' },
  },
  {
    on: 'The line, and what they are made to do',
    choose: { 'Is there a link to a gang? (optional)': 'Not known' },
  },
  { on: 'Where and when', choose: { 'Police force of the place they are taken to (optional)': 'Kent' } },
  { on: 'How they are controlled', choose: { 'Are they said to owe a debt? (optional)': 'No' } },
  {
    on: 'The people and places involved',
    tick: ['Not known (What is known about the people and places involved?)'],
  },
  { on: 'How this is known', choose: { 'How is this known? (optional)': 'The young person said so' } },
  {
    on: 'Going missing',
    choose: { 'Have they gone missing? (optional)': 'Yes, and I think it is linked to county lines' },
  },
  { on: 'When they were missing', fill: { 'The longest time, in days (optional)': '9' } },
  {
    on: 'Police and court',
    choose: { 'Which of these are they, or were they in the last year? (optional)': 'On bail' },
  },
  { on: 'What they are accused of, and what comes next' },
  { on: 'How the NRM referral stands', choose: { 'Reasonable grounds decision (optional)': 'Positive' } },
  { on: 'Meetings about them' },
  { on: 'Education, training and work', choose: { 'Are they in education? (optional)': 'Not in education' } },
  {
    on: 'Health and disability',
    choose: { 'Have they a disability, or a need like one? (optional)': 'Autism' },
  },
  { on: 'Nationality' },
  { on: 'Family and household' },
  { on: 'Who works with them' },
  { on: 'Risks' },
  { on: 'Visiting them' },
  {
    on: 'Strengths and wishes',
    fill: { 'What do they say about it, in their own words? (optional)': '“I want out.”' },
  },
  {
    on: 'Numbers and earlier referrals',
    choose: { 'Which numbers do you have for them? (optional)': 'None' },
  },
];

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('a referrer $way', ({ javaScript }) => {
  let visitor: Visitor;
  const email = `ros.avery.${javaScript ? 'scripts' : 'plain'}@example.gov.uk`;
  const width = javaScript ? 1024 : 320;

  test('from a stranger’s browser to its reference, and nothing of it is shown again', {
    timeout: 300_000,
  }, async () => {
    visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });

    // The first page, the email and the link.
    let page = await visitor.visit('/refer/start');
    expect(await page.text()).toContain('in immediate danger call 999');
    page = await page.press('Send me a link');
    expect(await page.errors()).toEqual([
      'Enter your full name',
      'Enter an email address in the right form, like name@example.gov.uk',
    ]);
    await page.fill('Your full name', 'Ros Avery');
    await page.fill('Your work email address', email);
    page = await page.press('Send me a link');
    expect(await page.heading()).toBe('Check your email');
    const link = await linkSentTo(email);
    page = await visitor.visit(link);
    page = await page.press('Open your referrals');
    expect(await page.heading()).toBe('Your referrals');

    page = await page.press('Start a new referral');
    expect(await page.text()).toContain('immediate danger call 999 now');
    page = await page.press('Save and continue');
    expect(await page.errors()).toEqual(['Choose whether the young person is safe now']);
    page = await answerPages(page, [
      {
        on: 'Is anybody in danger now?',
        choose: { 'Is the young person safe now?': 'No' },
        tick: ['Not known (What is the danger, and what has been done about it?)'],
      },
      {
        on: 'Who the service is for',
        choose: { 'Which of these do you know of, or suspect?': 'None of these' },
      },
      { on: 'The kind of referral', choose: { 'What are you asking for?': 'Support for the young person' } },
      {
        on: 'About you',
        fill: { 'Your job or role': 'Social worker', 'Your work phone number': '020 7946 0000' },
        choose: { 'What kind of agency do you work for?': "Children's social care" },
      },
      { on: 'Your agency', fill: { 'Name of your agency or organisation': "St John's Children’s Services" } },
      {
        on: 'Their name',
        choose: { 'What do you know of their name?': 'One name only' },
        fill: { Name: 'أمينة' },
      },
      {
        on: 'Their age',
        choose: { 'Do you know their date of birth?': 'Approximate' },
        fill: { 'Their age, or the year they were born': '15' },
      },
      { on: 'Gender and ethnic group', choose: { Gender: 'Not known', 'Ethnic group': 'Not known' } },
    ]);

    // Back works, and finds what was saved.
    for (const _ of ['gender', 'age', 'name']) page = await page.follow('Back');
    expect(await page.page.getByLabel('Name', { exact: true }).inputValue()).toBe('أمينة');
    for (const _ of ['name', 'age', 'gender']) page = await page.press('Save and continue');

    page = await answerPages(page, [
      {
        on: 'Where they live',
        choose: { 'Do you know the postcode where they live?': 'They have no fixed address' },
      },
      {
        on: 'The council responsible for them',
        choose: { 'Which council is responsible for them?': 'Lambeth' },
      },
      {
        on: 'What they know and agree to',
        choose: {
          'Does the young person know about this referral?': 'Yes',
          'Do they agree to be contacted and offered support?': 'They have not been asked yet',
        },
      },
      {
        on: 'Their parents or carers',
        choose: { 'Does a parent or carer know about this referral? (optional)': 'No' },
      },
      {
        on: 'Reaching them safely',
        fill: { 'What are the safe ways to contact them?': 'Through the school office' },
      },
      {
        on: 'What worries you',
        fill: { 'What is happening?': 'Two new phones.\nDays away from home.' },
      },
      { on: 'County lines', choose: { 'Is a county line involved?': 'It is suspected' } },
    ]);
    expect(await page.text()).toContain(
      'This referral does not tell social care, and does not replace telling them',
    );
    page = await answerPages(page, [
      {
        on: 'Social care',
        choose: { "Have the council's children's or adult social care been told?": 'No' },
      },
    ]);
    expect(await page.text()).toContain('This referral does not do so, and does not replace it');
    page = await answerPages(page, [
      {
        on: 'The National Referral Mechanism',
        choose: {
          'Has anybody referred them to the National Referral Mechanism (NRM)?': 'Yes',
          'Who was the first responder?': 'Police',
        },
      },
    ]);

    if (javaScript) {
      // In a hurry: what is needed is answered, and the rest is named on the page before sending.
      page = await page.follow('Leave out the rest, and check your answers');
      expect(await page.text()).toContain('You have not opened these pages');
      page = await page.follow('The people and places involved');
      await page.page.getByLabel('Not known (What is known about the people and places involved?)').check();
      page = await page.press('Save and continue');
    } else {
      // With time for every page that the answers so far make matter.
      page = await answerPages(page, everyOtherPage);
      expect(await page.text()).not.toContain('You have not opened these pages');
      expect(await page.summary('Which of these have been noticed?')).toBe(
        'Injuries that they cannot explain',
      );
      expect(await page.summary('The longest time, in days')).toBe('9');
    }

    // Checking, changing one thing, and sending.
    expect(await page.heading()).toBe('Check your answers before you send');
    expect(await page.text()).toContain('You say that the young person is not safe now. Call 999');
    expect(await page.text()).toContain("tell the children's social care of the council where they live");
    expect(await page.text()).toContain('You ticked none of the reasons');
    expect(await page.summary('Name')).toBe('أمينة');
    expect(await page.summary('What is known about the people and places involved?')).toBe('Not known');
    expect(await page.text()).toContain('Not answered: Other names they are known by');
    page = await page.follow('Your team');
    await page.fill('Your team (optional)', 'Adolescents');
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
  const draft = page.page.url();
  await page.choose('Is the young person safe now?', 'No');

  const otherWindow = await visitor.context.newPage();
  await otherWindow.goto(draft);
  let other = await PageObject.at(otherWindow);
  await other.choose('Is the young person safe now?', 'Yes');
  other = await other.press('Save and continue');
  expect(await other.heading()).toBe('Who the service is for');

  page = await page.press('Save and continue');
  expect(await page.errors()).toEqual([
    'These answers were changed in another window or browser after you opened this page',
  ]);
  expect(await page.text()).toContain('Is the young person safe now? Yes No');
  page = await page.press('Save and continue');

  // Family, who give intelligence: pages that no agency is asked, and none that support needs.
  page = await answerPages(page, [
    {
      on: 'Who the service is for',
      choose: { 'Which of these do you know of, or suspect?': 'Not known: I am not sure' },
    },
    { on: 'The kind of referral', choose: { 'What are you asking for?': 'Intelligence only' } },
    {
      on: 'About you',
      fill: { 'Your job or role': 'Aunt', 'Your work phone number': '020 7946 0000' },
      choose: { 'What kind of agency do you work for?': 'I am the young person, or family' },
    },
    {
      on: 'You and the young person',
      fill: { 'What are you to the young person? (optional)': 'Their aunt' },
    },
    { on: 'Their name', choose: { 'What do you know of their name?': 'Not known' } },
    { on: 'Their age', choose: { 'Do you know their date of birth?': 'Not known' } },
    { on: 'Gender and ethnic group', choose: { Gender: 'Not known', 'Ethnic group': 'Not known' } },
    { on: 'Where they live', choose: { 'Do you know the postcode where they live?': 'Not known' } },
    {
      on: 'The council responsible for them',
      choose: { 'Which council is responsible for them?': 'Lambeth' },
    },
    { on: 'Why you may share this', choose: { 'Why may you share this?': 'To safeguard a child' } },
  ]);
  expect(await page.heading()).toBe('What worries you');

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
