import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { messageLink } from '../../src/platform/messages/message-link.ts';
import { PASSWORD, SteppingClock, setUpAccount } from '../support/account.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  newVisitor,
  type PageObject,
  type Visitor,
  WITH_AND_WITHOUT_JAVASCRIPT,
} from '../support/page-object.ts';
import { provider, type TestService, testService } from '../support/service.ts';

const clock = new SteppingClock();
const CHOSEN = 'harbour teaspoon violin';

// Every page is looked at whole, and two cores may be busy with others.
vi.setConfig({ testTimeout: 120_000 });
let given: TestService;
let browser: Browser;
let partner: Awaited<ReturnType<typeof provider>>;

beforeAll(async () => {
  given = await testService({ clock });
  browser = await launchBrowser();
  partner = await provider(given.owner, 'Brightwater');
  await given.owner.query(
    `insert into identity.organisation (id, kind, name) values ($1, 'service', 'The service')`,
    [randomUUID()],
  );
});
afterAll(async () => {
  await browser?.close();
  await given?.stop();
});

const visitorOf = (javaScript = true): Promise<Visitor> =>
  newVisitor(browser, { javaScript, baseUrl: given.url });

/** A visitor who is signed in already. */
async function signedIn(cookie: string): Promise<Visitor> {
  const visitor = await visitorOf();
  const [name = '', value = ''] = cookie.split('=');
  await visitor.context.addCookies([{ name, value, url: given.url }]);
  return visitor;
}

/** Where the newest message to somebody leads, as the e-mail says. */
async function linkFor(email: string): Promise<string> {
  const { rows } = await given.owner.query<{ template: string; path: string; secret_sealed: Buffer | null }>(
    `select m.template, m.path, m.secret_sealed from messages.message m join identity.account a on a.id = m.account_id
     where a.email = $1 and m.secret_sealed is not null order by m.created_at desc limit 1`,
    [email],
  );
  if (!rows[0]) throw new Error(`No message to ${email}`);
  return messageLink(given.service.keyring, given.url, rows[0]);
}

const keyOn = async (page: PageObject): Promise<string> =>
  /the key is ([A-Z2-7 ]{30,})/.exec(await page.text())?.[1]?.replace(/ /g, '') ?? '';

async function enterPassword(page: PageObject, email: string, password: string): Promise<PageObject> {
  await page.fill('Email address', email);
  await page.fill('Password', password);
  return await page.press('Continue');
}

test('an administrator adds an account and asks for a role; who speaks for the partner gives it', async () => {
  const administrator = await setUpAccount(given, 'administrator', { name: 'Ada Winterbourne' });
  const manager = await setUpAccount(given, 'provider-manager', {
    organisationId: partner.organisationId,
    name: 'Ines Carvalho',
  });
  const administering = await signedIn(administrator.cookie);

  let page = await administering.visit('/partners');
  page = await page.follow('Brightwater');
  page = await page.follow('Name somebody');
  await page.fill('Email address of their account', manager.email);
  page = await page.press('Name them');
  expect(await page.text()).toContain('Ines Carvalho');
  await page.fill('Add a team', 'Second team');
  page = await page.press('Add the team');
  page = await page.follow('Back');
  page = await page.press('Add a partner');
  page = await page.press('Add it');
  expect(await page.errors()).toEqual(['Enter its name', 'Choose what kind of organisation it is']);

  page = await administering.visit('/accounts');
  page = await page.press('Add an account');
  page = await page.press('Add and invite');
  expect(await page.errors()).toEqual(['Enter their name', 'Enter their work email address']);
  await page.fill('Name', 'Noor Haddad');
  await page.fill('Work email address', 'noor@example.org');
  page = await page.press('Add and invite');
  expect(await page.summary('State')).toBe('Invited');
  page = await page.follow('Ask for a role');
  page = await page.press('Continue', { status: 422 });
  await page.choose('Which role?', 'Partnership coordinator');
  page = await page.press('Continue');
  page = await page.press('Ask for this role');
  expect(await page.errors()).toEqual(['Choose the areas they answer for']);
  page = await page.follow('Back');
  await page.choose('Which role?', 'Caseworker');
  page = await page.press('Continue');
  await page.choose('Team they work in', 'Brightwater: Second team');
  page = await page.press('Ask for this role');
  expect(await page.text()).toContain('Waiting Asked for by Ada Winterbourne');

  const approving = await signedIn(manager.cookie);
  page = await approving.visit('/account');
  page = await page.follow('1 role waits for you');
  page = await page.follow('Noor Haddad');
  expect(await page.summary('Where')).toBe('Brightwater, Second team');
  await page.choose('Your decision', 'Approve');
  page = await page.press('Save');
  page = await page.follow('Noor Haddad');
  expect(await page.heading()).toBe('Do they still need this role?');
  await approving.leave();

  page = await administering.visit('/accounts');
  await page.fill('Name or email address', 'noor');
  page = await page.press('Search');
  page = await page.follow('Noor Haddad');
  expect(await page.text()).toContain('Given by Ines Carvalho');
  page = await page.follow('End the role of Caseworker');
  page = await page.follow('Back');
  page = await page.follow('Send a new set-up link');
  await page.choose('Why?', 'Their invitation ran out');
  page = await page.press('Send the link');
  page = await page.follow('Close this account');
  page = await page.press('Close the account');
  expect(await page.errors()).toEqual(['Choose why']);
  await page.choose('Why?', 'It was done by mistake');
  page = await page.press('Close the account');
  expect(await page.summary('State')).toBe('Closed');
  await administering.leave();
});

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('an invited person, $way', ({ javaScript }) => {
  test('sets up the account, signs in, changes role and signs out', async () => {
    const administrator = await setUpAccount(given, 'administrator');
    const email = `${randomUUID().slice(0, 8)}@example.org`;
    const inviting = await signedIn(administrator.cookie);
    const adding = await inviting.visit('/accounts/new');
    await adding.fill('Name', 'Noor Haddad');
    await adding.fill('Work email address', email);
    await adding.press('Add and invite');
    await inviting.leave();
    await given.owner.query(
      `insert into identity.access_grant (account_id, role, organisation_id, team_id, approved_at, requested_at)
       select a.id, g.role, $2, case when g.role = 'caseworker' then $3::uuid end, now(), g.at
       from identity.account a, (values ('provider-manager', now() - interval '1 day'), ('caseworker', now())) as g (role, at)
       where a.email = $1`,
      [email, partner.organisationId, partner.teamId],
    );

    const visitor = await visitorOf(javaScript);
    let page = await visitor.visit(await linkFor(email));
    expect(await page.heading()).toBe('Set up your account');
    await page.fill('Choose a password', 'password1234');
    page = await page.press('Continue');
    expect((await page.errors())[0]).toContain('too easy to guess');
    expect(visitor.page.url()).not.toContain('token');
    await page.fill('Choose a password', CHOSEN);
    await page.fill('Type it again', CHOSEN);
    page = await page.press('Continue');
    const key = await keyOn(page);
    await page.fill('Code that the app shows now', '12');
    page = await page.press('Continue');
    expect(await page.errors()).toHaveLength(1);
    expect(await keyOn(page)).toBe(key);
    await page.fill('Code that the app shows now', clock.nextCode(key));
    page = await page.press('Continue');
    expect(await page.heading()).toBe('Keep your recovery codes');
    page = await page.press('I have kept them');

    expect(await page.heading()).toBe('Sign in');
    page = await enterPassword(page, email, 'not the password');
    expect(await page.errors()).toHaveLength(1);
    page = await enterPassword(page, email, CHOSEN);
    expect(await page.heading()).toBe('Enter your code');
    await page.fill('Code from your authenticator app', '000000');
    page = await page.press('Sign in');
    expect(await page.errors()).toHaveLength(1);
    await page.fill('Code from your authenticator app', clock.nextCode(key));
    await visitor.page.getByRole('button', { name: 'Sign in', exact: true }).click();

    page = await visitor.visit('/account');
    expect(await page.summary('Role now')).toBe('Caseworker');
    page = await page.follow('Change the role you work in');
    await page.choose('Your roles', 'Provider manager');
    await visitor.page.getByRole('button', { name: 'Work in this role' }).click();
    page = await visitor.visit('/account');
    expect(await page.summary('Role now')).toBe('Provider manager');
    page = await page.follow('See where you are signed in');
    page = await page.follow('Back');
    page = await page.follow('Change your password');
    page = await page.press('Change password');
    expect(await page.errors()).toHaveLength(3);
    page = await page.press('Sign out');
    expect(await page.text()).toContain('You have signed out');
    page = await visitor.visit('/account');
    expect(await page.heading()).toBe('Sign in');
    await visitor.leave();
  });
});

test('new recovery codes are for who has just signed in again', async () => {
  const worker = await setUpAccount(given, 'data-protection-lead');
  await given.owner.query(`update identity.session set proved_again_at = null where account_id = $1`, [
    worker.accountId,
  ]);
  const visitor = await signedIn(worker.cookie);
  let page = await visitor.visit('/account');
  page = await page.follow('Get new ones in place of your recovery codes');
  expect(await page.heading()).toBe('Sign in again');
  page = await page.press('Continue');
  expect(await page.errors()).toEqual(['Enter your password', 'Enter the code that your app shows']);
  clock.reset();
  await page.fill('Password', PASSWORD);
  await page.fill('Code from your authenticator app', clock.nextCode(worker.totpSecret));
  page = await page.press('Continue');
  expect(await page.heading()).toBe('New recovery codes');
  page = await page.press('I have kept them');
  expect(await page.summary('Recovery codes')).toContain('10 left');
  await visitor.leave();
});

test('a link that works no more, and a step that took too long, say what to do', async () => {
  const visitor = await visitorOf();
  let page = await visitor.visit('/set-up-account?token=made-up');
  expect(await page.heading()).toBe('This link does not work any more');
  page = await visitor.visit('/sign-in/code');
  expect(await page.heading()).toBe('Start signing in again');
  page = await visitor.visit('/sign-out');
  expect(await page.heading()).toBe('Sign out');
  await visitor.leave();
});
