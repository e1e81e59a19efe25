import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningWorker, startWorker, type WorkerSettings } from '../../src/app/worker.ts';
import { tryMessageAgain } from '../../src/platform/messages/undelivered.ts';
import { launchBrowser } from '../support/browser.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { type MailServer, startMailServer } from '../support/mail.ts';
import { newVisitor, WITH_AND_WITHOUT_JAVASCRIPT } from '../support/page-object.ts';
import { someone, type TestService, testService } from '../support/service.ts';

let given: TestService;
let browser: Browser;
let mail: MailServer;
let worker: RunningWorker;

const toOutbox: WorkerSettings = {
  environment: 'development',
  messages: undefined,
  checkpointFolder: undefined,
  checkpointEmail: undefined,
  dataDir: tmpdir(),
};
const byMail = (): WorkerSettings => ({
  ...toOutbox,
  messages: { kind: 'smtp', url: mail.url, from: 'homeward@example.org' },
});
const startsToWork = async (settings: WorkerSettings) => {
  worker = await startWorker(given.service, given.connections, settings);
};

beforeAll(async () => {
  given = await testService();
  browser = await launchBrowser();
});
beforeEach(async () => {
  mail = await startMailServer();
});
afterEach(async () => {
  await worker.stop();
  await mail.stop();
});
afterAll(async () => {
  await browser.close();
  await given.stop();
});

/** A message that was refused for good, to somebody with a name to be told apart by. */
async function refusedMessage(name: string): Promise<void> {
  const { accountId } = await someone(given.owner, 'caseworker', { ...(await aTeam()), name });
  await given.owner.query(
    `insert into messages.message (account_id, template, path, state, attempts, last_error, created_at)
     values ($1, 'new-allocation', '/caseload', 'failed', 10, 'It could not be sent: 451 (address) is busy',
       now() - interval '2 days')`,
    [accountId],
  );
}

async function aTeam(): Promise<{ organisationId: string; teamId: string }> {
  const { rows } = await given.owner.query<{ organisationId: string; teamId: string }>(
    `with o as (insert into identity.organisation (kind, name) values ('provider', gen_random_uuid()) returning id)
     insert into identity.team (organisation_id, name) select id, 'A team' from o
     returning organisation_id as "organisationId", id as "teamId"`,
  );
  const team = rows[0];
  if (!team) throw new Error('no team was made');
  return team;
}

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('$way', ({ javaScript }) => {
  const width = javaScript ? 1024 : 320;

  test('a developer asks for a link and finds it in the outbox', { timeout: 90_000 }, async () => {
    await startsToWork(toOutbox);
    const visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });
    const email = `dev.${javaScript}@example.org`;
    let page = await visitor.visit('/refer/start');
    await page.fill('Your full name', 'Dev Eloper');
    await page.fill('Your work email address', email);
    await page.press('Send me a link');
    await expect
      .poll(async () => (await new HttpVisitor(given).get('/outbox')).text, { timeout: 10_000 })
      .toContain(email);
    page = await visitor.visit('/outbox');
    expect(await page.text()).toContain('Your link to Homeward');
    await visitor.page.locator('article', { hasText: email }).getByRole('link').click();
    await visitor.page.getByRole('button', { name: 'Open your referrals' }).click();
    await expect.poll(() => visitor.page.locator('h1').innerText()).toBe('Your referrals');
    await visitor.leave();
  });

  test('an operations manager sees what could not be delivered, and has it tried again', {
    timeout: 90_000,
  }, async () => {
    const name = `Rashida Unreached ${javaScript}`;
    await refusedMessage(name);
    const manager = await someone(given.owner, 'operations-manager');
    await startsToWork(byMail());
    const visitor = await newVisitor(browser, { javaScript, width, baseUrl: given.url });
    await visitor.context.addCookies([{ name: 'homeward-session', value: manager.token, url: given.url }]);
    let page = await visitor.visit('/messages/undelivered');
    expect(await page.text()).toMatch(
      new RegExp(`A new allocation, for ${name} Since .*Tried 10 times. Given up. It could not be sent: 451`),
    );
    page = await page.press(`Try again to send “A new allocation” to ${name}`);
    expect(await page.text()).toContain('The message is being sent again');
    const received = await mail.waitFor(
      ({ subject }) => subject === 'There is something new in your caseload',
    );
    expect(received.text).toContain(`${given.url}/caseload`);
    const looking = new HttpVisitor(given, manager.cookie);
    await expect
      .poll(async () => (await looking.get('/messages/undelivered')).text, { timeout: 5_000 })
      .not.toContain(name);
    page = await visitor.visit('/messages/undelivered');
    expect(await page.text()).toContain('Every message has been delivered.');
    await visitor.leave();
  });
});

describe('what could not be delivered', () => {
  test('is for those who can see to it, names whom it was for, and never where it led', async () => {
    await startsToWork(toOutbox);
    await refusedMessage('Known Name');
    for (const role of ['operations-manager', 'administrator'] as const) {
      const { cookie } = await someone(given.owner, role);
      const page = await new HttpVisitor(given, cookie).get('/messages/undelivered');
      expect(page.text).toContain('for Known Name');
      expect(page.html).not.toContain('/caseload"');
    }
    for (const role of ['coordinator', 'spoc', 'data-protection-lead', 'referrer'] as const) {
      const { cookie } = await someone(given.owner, role, { areas: ['E09000022'] });
      const page = await new HttpVisitor(given, cookie).get('/messages/undelivered');
      expect(page.status, role).toBe(403);
      expect(page.text).not.toContain('Known Name');
    }
  });

  test('to a referrer is seen by an operations manager too, who learns no name and no whole address', async () => {
    await startsToWork(toOutbox);
    const { accountId, email } = await someone(given.owner, 'referrer', { name: 'Refers Quietly' });
    await given.owner.query(
      `insert into messages.message (account_id, template, path, state, attempts, last_error)
       values ($1, 'referral-news', '/refer', 'failed', 10, 'It could not be sent: 550 (address) is unknown')`,
      [accountId],
    );
    const pageOf = async (role: 'operations-manager' | 'administrator') =>
      (await new HttpVisitor(given, (await someone(given.owner, role)).cookie).get('/messages/undelivered'))
        .text;
    expect(await pageOf('administrator')).toContain('for Refers Quietly');
    const seen = await pageOf('operations-manager');
    expect(seen).toContain('for a referrer at r…@example.org');
    expect(seen).not.toContain('Refers Quietly');
    expect(seen).not.toContain(email);
  });

  test('is tried again by nobody else, whatever they send', async () => {
    await startsToWork(toOutbox);
    const { rows } = await given.owner.query<{ id: string }>(
      `select id from messages.message where state = 'failed' limit 1`,
    );
    const message = rows[0]?.id ?? '';
    const { token } = await someone(given.owner, 'coordinator', { areas: ['E09000022'] });
    await expect(
      given.service.database.asPerson(token, (tx) => tryMessageAgain(tx, message)),
    ).rejects.toThrow('only an operations manager or administrator');
  });

  test('is told with a link that ran out when it has, and without a way to send it again', async () => {
    await startsToWork(toOutbox);
    const { accountId } = await someone(given.owner, 'referrer', { name: 'Late Comer' });
    await given.owner.query(
      `insert into messages.message (account_id, template, path, state, attempts, last_error, created_at)
       values ($1, 'referrer-sign-in', '/refer/link', 'failed', 3, 'The link in it had run out.', now() - interval '1 hour')`,
      [accountId],
    );
    const { cookie } = await someone(given.owner, 'administrator');
    const page = await new HttpVisitor(given, cookie).get('/messages/undelivered');
    expect(page.text).toContain('for Late Comer');
    expect(page.text).toContain('A new one has to be asked for.');
    expect(page.text).not.toContain('to Late Comer');
  });
});

test('in production there is no outbox', async () => {
  await startsToWork(toOutbox);
  const { environment } = given.service;
  try {
    given.service.environment = 'production';
    expect((await new HttpVisitor(given).get('/outbox')).status).toBe(404);
  } finally {
    given.service.environment = environment;
  }
});
