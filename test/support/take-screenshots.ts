import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../src/platform/database/embedded-server.ts';
import { packageRoot } from '../../src/platform/package-root.ts';
import { launchBrowser } from './browser.ts';

/**
 * Pictures of the running demonstration service: those of the README go to docs/screenshots, and every page, wide and
 * narrow, to the folder that is named on the command line. Run by `npm run screenshots [FOLDER]`.
 */

/** Enough that a picture shows what a page is for, not its heading alone. */
const HEIGHT = 1300;

const everything = process.argv[2];
const readme = join(packageRoot, 'docs', 'screenshots');

interface Stop {
  name: string;
  /** An address, else the page before; and from there the words of a link to follow, or of one made as a button. */
  path?: string;
  follow?: RegExp;
  press?: RegExp;
  /** A part of the record that it led to: `/people/…/PART`. */
  part?: string;
  /** A place on the page to begin at, where it is long. */
  from?: string;
  inReadme?: boolean;
}

const walks: { as: string | null; stops: Stop[] }[] = [
  {
    as: null,
    stops: [
      { name: 'home', path: '/' },
      { name: 'help', path: '/help' },
      { name: 'privacy', path: '/privacy' },
      { name: 'accessibility', path: '/accessibility' },
      { name: 'sign-in', path: '/sign-in' },
      { name: 'refer-start', path: '/refer/start' },
      { name: 'outbox', path: '/outbox' },
      { name: 'not-found', path: '/nowhere' },
    ],
  },
  {
    as: 'farida.haddad@homeward.example',
    stops: [
      { name: 'queue', path: '/queue', inReadme: true },
      { name: 'referral', follow: /^HW-/, inReadme: true },
      { name: 'match', press: /^Match the young person/ },
      { name: 'coordinator-search', path: '/search' },
      { name: 'account', path: '/account' },
    ],
  },
  {
    as: 'temi.oyelaran@homeward.example',
    stops: [
      { name: 'waiting-list', path: '/waiting-list', inReadme: true },
      { name: 'allocate', follow: /^Allocate/ },
    ],
  },
  {
    as: 'dwayne.prescott@homeward.example',
    stops: [
      { name: 'caseload', path: '/caseload' },
      { name: 'caseload-team', path: '/caseload?show=team' },
    ],
  },
  {
    as: 'samira.noor@homeward.example',
    stops: [
      { name: 'my-day', path: '/my-day', inReadme: true },
      { name: 'person', path: '/caseload', follow: /Mensah-Doyle/, inReadme: true },
      { name: 'new-note', press: /^Add a note/ },
      { name: 'network', path: '/caseload', follow: /Mensah-Doyle/, part: 'network' },
      { name: 'safety-plan', path: '/caseload', follow: /Mensah-Doyle/, part: 'safety-plan' },
      { name: 'goals', path: '/caseload', follow: /Mensah-Doyle/, part: 'goals' },
      { name: 'chronology', path: '/caseload', follow: /Mensah-Doyle/, part: 'chronology', inReadme: true },
    ],
  },
  {
    as: 'sunita.rao@homeward.example',
    stops: [
      { name: 'borough', path: '/borough' },
      { name: 'borough-referral', follow: /Featherstonehaugh/ },
    ],
  },
  {
    as: 'angela.fortune@homeward.example',
    stops: [
      { name: 'manager-home', path: '/home' },
      { name: 'manager-caseload', path: '/caseload' },
      { name: 'workers', path: '/workers' },
      { name: 'supervision', path: '/supervision' },
      { name: 'closing', path: '/closings', follow: /^[A-Z]/, inReadme: true },
      { name: 'approvals', path: '/approvals' },
    ],
  },
  {
    as: 'miriam.castellanos@homeward.example',
    stops: [
      { name: 'what-waits', path: '/home' },
      { name: 'concerns', path: '/concerns' },
      { name: 'undelivered', path: '/messages/undelivered' },
      { name: 'disposal', path: '/disposal' },
    ],
  },
  {
    as: 'yusuf.delacroix@homeward.example',
    stops: [
      { name: 'checks', path: '/checks' },
      {
        name: 'assessment',
        path: '/reports',
        follow: /^Strategic assessment.*public/,
        from: '#figure-referrals-by-borough',
        inReadme: true,
      },
      { name: 'targets', path: '/reports/targets' },
    ],
  },
  { as: 'marguerite.osei@homeward.example', stops: [{ name: 'consultations', path: '/consultations' }] },
  {
    as: 'gethin.pryce@homeward.example',
    stops: [
      { name: 'rights-requests', path: '/rights-requests' },
      { name: 'breaches', path: '/breaches' },
      { name: 'record-openings', path: '/record-openings' },
      { name: 'access-log', path: '/access-log' },
    ],
  },
  {
    as: 'ada.winterbourne@homeward.example',
    stops: [
      { name: 'set-up', path: '/set-up' },
      { name: 'figure-settings', path: '/set-up/figures' },
      { name: 'accounts', path: '/accounts' },
      { name: 'account-new', path: '/accounts/new' },
      { name: 'partners', path: '/partners' },
    ],
  },
];

const dataDir = await mkdtemp(join(tmpdir(), 'homeward-pictures-'));
const port = await freePort();
const origin = `http://localhost:${port}`;
const service = spawn(process.execPath, [join(packageRoot, 'dist', 'homeward.js'), 'start'], {
  env: { ...process.env, HOMEWARD_DATA_DIR: dataDir, HOMEWARD_PORT: String(port) },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const browser = await launchBrowser();
try {
  await mkdir(readme, { recursive: true });
  if (everything) await mkdir(everything, { recursive: true });
  await answering();
  for (const walk of walks) await take(browser, walk);
} finally {
  await browser.close();
  service.kill('SIGTERM');
  await new Promise((resolve) => service.once('exit', resolve));
  await rm(dataDir, { recursive: true, force: true });
}

async function answering(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (
      await fetch(`${origin}/health`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The service does not answer');
}

async function take(on: Browser, { as, stops }: (typeof walks)[number]): Promise<void> {
  const context = await on.newContext({
    viewport: { width: 1280, height: HEIGHT },
    locale: 'en-GB',
    baseURL: origin,
  });
  const page = await context.newPage();
  if (as !== null) await signIn(page, as);
  for (const { name, path, follow, press, part, from, inReadme } of stops) {
    if (path !== undefined) await page.goto(path);
    const main = page.locator('main');
    // One that is not there stops the run: a picture of another page is worse than none.
    if (follow !== undefined) {
      const link = main.getByRole('link', { name: follow }).first();
      // What the background makes, such as a published report, is there a little later.
      for (let tries = 0; tries < 120 && (await link.count()) === 0; tries += 1) {
        await page.waitForTimeout(1000);
        await page.reload();
      }
      await link.click();
    }
    if (press !== undefined) await main.getByRole('button', { name: press }).first().click();
    if (part !== undefined) {
      await page.waitForURL('**/people/*');
      await page.goto(`${page.url()}/${part}`);
    }
    await page.waitForLoadState('networkidle');
    if (from !== undefined) await page.locator(from).evaluate((place) => place.scrollIntoView());
    if (inReadme) await page.screenshot({ path: join(readme, `${name}.png`) });
    if (everything === undefined) continue;
    await page.screenshot({ path: join(everything, `${name}-1280.png`), fullPage: true });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.screenshot({ path: join(everything, `${name}-320.png`), fullPage: true });
    await page.setViewportSize({ width: 1280, height: HEIGHT });
  }
  await context.close();
}

/** As anybody would: with what the sign-in page of a demonstration shows. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  const cells = await page.locator('tr', { hasText: email }).locator('td').allInnerTexts();
  const [password = '', code = ''] = cells.slice(-2).map((cell) => cell.trim());
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel(/code/i).first().fill(code);
  await page
    .getByRole('button', { name: /sign in|continue/i })
    .last()
    .click();
  await page.waitForLoadState('load');
}
