import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page as BrowserPage, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages } from '../../src/app/pages.ts';
import type { Page } from '../../src/platform/http/page.ts';
import { addressesOf, isTheirs, type Knocking, knockOn } from '../access/knocking.ts';
import { type Route, routes, visitors, type Visitor as Who } from '../access/route-matrix.ts';
import { buildWorld, type World } from '../access/world.ts';
import { launchBrowser } from '../support/browser.ts';
import { newVisitor, PageObject, type Visitor } from '../support/page-object.ts';
import { PageRecord } from '../support/page-record.ts';
import { type TestService, testService } from '../support/service.ts';

/**
 * Every page of the service in a real browser, of a world that has one of everything: the page object checks each with
 * axe, as HTML and at 320 pixels; here it is measured as it is printed too. A page that is added is here by itself. In the
 * long run its form is sent with nothing filled in, and the page that says what is wrong, in our words, is checked too.
 * HOMEWARD_PICTURES=FOLDER keeps a picture of each.
 */

const PICTURES = process.env.HOMEWARD_PICTURES;
const LONG = process.env.HOMEWARD_TEST_LONG === '1' || PICTURES !== undefined;

let given: TestService;
let world: World;
let knocking: Knocking;
let browser: Browser;
const atTheirBrowsers = new Map<Who, Visitor>();

beforeAll(async () => {
  given = await testService();
  world = await buildWorld(given);
  knocking = knockOn(given, world);
  browser = await launchBrowser();
  if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
});
afterAll(async () => {
  for (const visitor of atTheirBrowsers.values()) await visitor.leave();
  await browser.close();
  await given.stop();
});

const everyPage = pages.map((page) => [page.path, page, routeOf(page)] as const);

test.each(everyPage)('%s is sound as it opens', async (path, page, route) => {
  const found = await shownTo(page, route);
  if (typeof found === 'string') {
    expect(found).toBe(notShownHere(path, route));
    return;
  }
  const visitor = await atTheirBrowser(found.who);
  const opened = await visitor.visit(found.path, { status: found.status });
  expect(await widerThanPaper(opened.page), 'pixels wider in print').toBe(0);
  await picture(opened.page, page, 'open');
});

const withForms = everyPage.filter(([_path, page, route]) => page.post && page.form && route.acts !== true);

test.each(LONG ? withForms : [])('%s is sound where it says what is wrong', async (_path, page, route) => {
  const found = await shownTo(page, route);
  if (typeof found === 'string') return;
  const { page: at } = await atTheirBrowser(found.who);
  await at.goto(found.path);
  const form = await formOf(at, page);
  if (form === null) return;
  await form.evaluate(empty);
  await PageRecord.of(at).follow(() => form.locator('button:not([type="button"])').first().click());
  const answered = await PageObject.at(at);
  expect((await answered.errors()).filter((each) => /^Invalid |expected /.test(each))).toEqual([]);
  await picture(at, page, 'sent-empty');
});

/** By how much the page sticks out to the right when it is printed, in pixels. */
async function widerThanPaper(at: BrowserPage): Promise<number> {
  const usual = at.viewportSize();
  await at.setViewportSize({ width: 1024, height: 800 });
  await at.emulateMedia({ media: 'print' });
  const over = await at.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await at.emulateMedia({ media: null });
  if (usual) await at.setViewportSize(usual);
  return over;
}

function routeOf({ path }: Page): Route {
  const route = routes[path];
  if (!route) throw new Error(`${path} has no row in test/access/route-matrix.ts`);
  return route;
}

/** What everybody gets of a page that the world shows to nobody. */
function notShownHere(path: string, route: Route): string {
  if (route.triedIn !== undefined) return 'not theirs';
  return HANDS_OUT.test(path) ? 'a file' : LEADS_ON.test(path) ? 'leads on' : 'a page';
}
const HANDS_OUT = /\/files\/:file$|\/imports\/:import\/faults$|\/export\/(copy|whole)$|\/download\/:format$/;
/** To the first question of a referral without an answer (refer.test.ts gives them all); back to what is marked. */
const LEADS_ON = /^\/refer\/:draft\/|\/export\/(mark|marks\/:mark\/end)$|^\/reports\/:report\/sign-off$/;

interface Found {
  who: Who;
  path: string;
  status: number;
}

/**
 * Somebody to whom a page is shown, and where: with its form, if anybody is shown one. In a word what else they get, where
 * nobody sees a page.
 */
async function shownTo(page: Page, route: Route): Promise<Found | string> {
  let instead: Found | string = 'not theirs';
  for (const who of visitors) {
    for (const address of addressesOf(route, world).filter((each) => isTheirs(route, who, each))) {
      const path = page.url(address.params);
      const { status, headers, body } = await knocking.get(who, path);
      if (headers.get('content-disposition')?.startsWith('attachment')) instead = 'a file';
      else if (status === 303 && typeof instead === 'string') instead = 'leads on';
      else if (status === 200 || status === route.may[who]) {
        const found = { who, path, status };
        const main = body.slice(body.indexOf('<main'));
        if (!page.post || main.includes('<form method="post"')) return found;
        if (typeof instead === 'string') instead = found;
      }
    }
  }
  return instead;
}

/** One browser for each of the cast, kept for all their pages. */
async function atTheirBrowser(who: Who): Promise<Visitor> {
  const known = atTheirBrowsers.get(who);
  if (known) return known;
  const visitor = await newVisitor(browser, { javaScript: false, baseUrl: given.url });
  const [name = '', value = ''] = knocking.cookieOf(who).split('=');
  await visitor.context.addCookies([{ name, value, url: given.url }]);
  atTheirBrowsers.set(who, visitor);
  return visitor;
}

/** The form on a page that has the page's own fields; null where what the page shows now takes none. */
async function formOf(at: BrowserPage, { form }: Page): Promise<Locator | null> {
  const names = Object.keys(form?.shape ?? {});
  for (const each of await at.locator('main form[method="post"]').all()) {
    const controls = each.locator(names.map((name) => `[name="${name}"], [name^="${name}-"]`).join(', '));
    if (names.length === 0 || (await controls.count()) > 0) return each;
  }
  return null;
}

/** Empties every box, and shows what was folded away. Runs inside the page. */
function empty(form: Element): void {
  form.closest('details')?.setAttribute('open', '');
  for (const box of form.querySelectorAll('textarea, select, input')) {
    if (box instanceof HTMLInputElement && ['hidden', 'radio', 'checkbox'].includes(box.type)) continue;
    (box as HTMLInputElement).value = '';
  }
}

async function picture(at: BrowserPage, { path }: Page, state: string): Promise<void> {
  if (PICTURES === undefined) return;
  const name = path.replaceAll(/[/:]+/g, '_').replace(/^_/, '') || 'home';
  const usual = at.viewportSize();
  for (const width of [1280, 320]) {
    await at.setViewportSize({ width, height: 900 });
    await at.screenshot({ path: join(PICTURES, `${name}-${state}-${width}.png`), fullPage: true });
  }
  if (usual) await at.setViewportSize(usual);
}
