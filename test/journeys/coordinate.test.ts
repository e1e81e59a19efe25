import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keyOfNames } from '../../src/people/index.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  newVisitor,
  type PageObject,
  type Visitor,
  WITHOUT_JAVASCRIPT_AT_LEAST,
} from '../support/page-object.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';

const LAMBETH = 'E09000022';

let given: TestService;
let browser: Browser;
let coordinator: Someone;
let referrer: Someone;

beforeAll(async () => {
  [given, browser] = await Promise.all([testService(), launchBrowser()]);
  const { owner } = given;
  coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  referrer = await someone(owner, 'referrer', { name: 'Rae Ferrer' });
  const harbour = await provider(owner, 'Harbour');
  await someone(owner, 'caseworker', { ...harbour, name: 'Wil Orr' });
  await someone(owner, 'provider-manager', { organisationId: harbour.organisationId });
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

beforeEach(async () => {
  // Everybody meets a referrer whom nobody has verified yet.
  await given.owner.query('delete from service.referrer_verification');
});

async function referred(
  givenNames: string,
  familyName: string,
  dateOfBirth: string,
  kind = 'intervention',
): Promise<string> {
  const id = randomUUID();
  const { rows } = await given.owner.query<{ reference: string }>(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, given_names, family_name,
       name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, answers)
     values ($1, $9, 'received', $2, 'education', 'Brockwell School', current_date + 5, $3, $4, $5, $6, $7, 'exact', 'female',
       'BAFR', 'SW9 8EF', $8) returning reference`,
    [
      id,
      referrer.accountId,
      LAMBETH,
      givenNames,
      familyName,
      keyOfNames({ givenNames, familyName, knownAs: '' }),
      dateOfBirth,
      JSON.stringify([
        {
          page: 'you',
          key: 'role',
          question: 'What is your role?',
          answer: 'Head of year',
          value: 'Head of year',
        },
        {
          page: 'concern',
          key: 'whatIsHappening',
          question: 'What is happening?',
          answer: 'Away for two nights.\nCame back with a second phone.',
          value: '',
        },
      ]),
      kind,
    ],
  );
  await given.owner.query(
    `insert into service.referral_action (referral_id, sequence, area, kind, by_account) values ($1, 1, $2, 'sent', $3)`,
    [id, LAMBETH, referrer.accountId],
  );
  return rows[0]?.reference ?? '';
}

async function known(givenNames: string, familyName: string, dateOfBirth: string): Promise<string> {
  const { rows } = await given.owner.query<{ reference: string }>(
    `insert into service.person (given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, area)
     values ($1, $2, $3, $4, 'exact', 'female', 'BAFR', 'SW9 8EF', $5) returning reference`,
    [givenNames, familyName, keyOfNames({ givenNames, familyName, knownAs: '' }), dateOfBirth, LAMBETH],
  );
  return rows[0]?.reference ?? '';
}

async function signedIn(options: { javaScript: boolean; width?: number }): Promise<Visitor> {
  const visitor = await newVisitor(browser, { ...options, baseUrl: given.url });
  await visitor.context.addCookies([{ name: 'homeward-session', value: coordinator.token, url: given.url }]);
  return visitor;
}

describe.each(WITHOUT_JAVASCRIPT_AT_LEAST)('a coordinator, $way', ({ javaScript }) => {
  const surname = javaScript ? 'Adeyemi' : 'Okonkwo';
  let amal: Visitor;
  beforeAll(async () => {
    amal = await signedIn({ javaScript });
  });
  afterAll(async () => await amal.leave());

  /** From the referral's page to a provider, by the pages' own words. */
  async function acceptAndAllocate(page: PageObject): Promise<PageObject> {
    let at = await page.press('Decide');
    expect(await at.heading()).toBe('What do you decide?');
    await at.choose('Your decision', 'Accept');
    at = await at.press('Continue');
    expect(await at.heading()).toBe('Accept: what the referrer will read');
    at = await at.press('Accept');
    expect(await at.text()).toContain('Accepted, waiting for a provider');
    at = await at.press('Allocate to a provider');
    await at.choose('Team', 'Harbour, First team');
    at = await at.press('Continue');
    expect(await at.heading()).toBe('Allocate to Harbour');
    await at.choose('Who in First team will work with the young person?', 'Wil Orr');
    await at.fill('Why this team? (optional)', 'They know the school');
    at = await at.press('Allocate');
    expect(await at.summary('Allocated to')).toMatch(/^Harbour, First team, Wil Orr, since /);
    return at;
  }

  test('verifies the referrer, links the record there is, accepts and allocates', async () => {
    const record = await known('Funmilayo', surname, '2010-04-03');
    const reference = await referred('Funmi', surname, '2010-03-04');
    const queue = await amal.visit('/queue');
    expect(await queue.heading()).toBe('Queue');
    let at = await queue.follow(reference);
    expect(await at.heading()).toBe(`Referral ${reference}`);
    expect(await at.summary('What is happening?')).toBe(
      'Away for two nights. Came back with a second phone.',
    );

    at = await at.press('Record a first look');
    await at.choose('Can it wait its turn?', 'No, it cannot wait');
    await at.fill('What you found, and what comes next (optional)', 'Ring the school first');
    at = await at.press('Record the first look');
    expect(await at.text()).toContain('Cannot wait');
    const waiting = await amal.visit('/queue');
    expect(await waiting.text()).toMatch(new RegExp(`Funmi ${surname}, \\d+ Cannot wait`, 'i'));
    at = await waiting.follow(reference);

    at = await at.press('Verify the referrer');
    at = await at.press('Record that the referrer is verified');
    expect(await at.errors()).toEqual([
      'Choose how you asked the agency',
      'Enter the published number or address you used',
      'Enter who at the agency confirmed it',
    ]);
    await at.choose('How did you ask the agency?', 'By telephone, on a number the agency has published');
    await at.fill('The published number or address you used', '020 7946 0001, on the school’s website');
    await at.fill('Who confirmed it?', 'The school office');
    at = await at.press('Record that the referrer is verified');
    expect(await at.summary('Referrer')).toContain('Verified by Amal Khan');

    at = await at.press('Match the young person');
    const shown = await at.text();
    expect(shown).toContain(`A name in common: ${surname}`);
    expect(shown).toContain('A name spelt another way: Funmi in the referral, Funmilayo on record');
    expect(shown).toContain('Day and month of birth changed round');
    at = await at.press(`This is them Funmilayo ${surname}, ${record}`);
    expect(await at.summary('Matched record')).toContain(`Funmilayo ${surname}`);

    at = await acceptAndAllocate(at);
    expect(await at.text()).toMatch(
      /Referral sent Rae Ferrer,.*Looked at Amal Khan.*Ring the school first.*Referrer verified Amal Khan.*Matched with a young person’s record Amal Khan.*Accepted Amal Khan.*Allocated to a provider Amal Khan/,
    );
    const left = await amal.visit('/queue?whom=provider');
    expect(await left.text()).toMatch(new RegExp(`${reference}.*The provider: an answer from Harbour`));
  }, 90_000);

  test('makes a record where nobody on record is the young person', async () => {
    await known('Grace', `${surname}-Eze`, '2001-02-03');
    const reference = await referred('Ngozi', `${surname}-Eze`, '2011-05-06');
    let at = await (await amal.visit('/queue')).follow(reference);
    at = await at.press('Decide');
    expect(await at.text()).toContain('You cannot accept it now. Match the young person first');
    at = await at.follow('Match the young person');
    at = await at.press('Make a new record');
    expect(await at.errors()).toEqual([
      'Say that none of the people above is this young person, or link one of them',
    ]);
    await at.page.getByLabel('None of the people above is this young person').check();
    at = await at.press('Make a new record');
    expect(await at.summary('Matched record')).toContain(`Ngozi ${surname}-Eze`);
    await acceptAndAllocate(at);
  }, 90_000);
});

test('amends a decision, takes it back, and makes a referral for support of intelligence', async () => {
  const reference = await referred('Ada', 'Changed', '2011-02-02', 'intelligence');
  const amal = await signedIn({ javaScript: true });
  let at = await (await amal.visit('/queue')).follow(reference);
  at = await at.press('Decide');
  await at.choose('Your decision', 'Keep as intelligence only');
  at = await at.press('Continue');
  at = await at.press('Keep as intelligence only');

  at = await at.follow('Amend the decision');
  await at.fill('What the referrer will read', 'Thank you. We will look at it with others.');
  at = await at.press('Amend the decision');
  expect(await at.errors()).toEqual(['Enter why you amend the decision']);
  await at.fill('Why do you amend it?', 'Plainer words');
  at = await at.press('Amend the decision');
  expect(await at.text()).toContain('Decision amended Amal Khan');

  at = await at.follow('Take the decision back');
  await at.fill('Why is it taken back?', 'Her aunt rang');
  at = await at.press('Take the decision back');
  expect(await at.text()).toContain('Waiting for a decision');

  at = await at.follow('Make it a referral for support');
  await at.fill('Why is support needed?', 'She asked for a worker');
  at = await at.press('Make it a referral for support');
  expect(await at.text()).toContain('Not asked yet');
  expect(await at.text()).toMatch(
    /Kept as intelligence .* Decision amended .* Decision reversed .* Made a referral for support/,
  );
  expect(await at.summary('What is happening?')).toContain('Away for two nights.');
  await amal.leave();
}, 60_000);

test('the queue is filtered by keyboard, and the address keeps what was chosen', async () => {
  await referred('Tolu', 'Keyed', '2012-01-01');
  const amal = await signedIn({ javaScript: true });
  const queue = await amal.visit('/queue');
  await queue.tabTo('Waiting for');
  await queue.page.keyboard.press('ArrowDown');
  await queue.tabTo('In order of');
  await queue.page.keyboard.press('ArrowDown');
  await queue.tabTo('Filter');
  const filtered = await queue.pressKey('Enter');
  const address = new URL(filtered.page.url()).searchParams;
  expect([address.get('wait'), address.get('order')]).toEqual(['look', 'longest']);
  expect(await filtered.text()).toContain('Tolu Keyed');
  await amal.leave();
});
