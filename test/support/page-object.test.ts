import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { newVisitor, PageObject, type Visitor, WITH_AND_WITHOUT_JAVASCRIPT } from './page-object.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; font-src 'self'; form-action 'self'";
const GOVUK = join(
  dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')),
  'dist',
  'govuk',
);

const AUTOCOMPLETE = dirname(createRequire(import.meta.url).resolve('accessible-autocomplete'));

/** The HTML of a component as govuk-frontend itself ships it. */
async function govuk(component: string, fixture: string): Promise<string> {
  const file = await readFile(join(GOVUK, 'components', component, 'fixtures.json'), 'utf8');
  const { fixtures } = JSON.parse(file) as { fixtures: { name: string; html: string }[] };
  const found = fixtures.find(({ name }) => name === fixture);
  if (!found) throw new Error(`govuk-frontend has no fixture "${fixture}" of ${component}`);
  return found.html;
}

interface Content {
  title?: string;
  head?: string;
  heading?: string;
  before?: string;
  main?: string;
}

function page({
  title = 'A good page',
  head = '',
  heading = '<h1 class="govuk-heading-l">A good page</h1>',
  before = '',
  main = '',
}: Content) {
  return `<!DOCTYPE html>
<html lang="en" class="govuk-template">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="/govuk-frontend.min.css">
    ${head}
  </head>
  <body class="govuk-template__body">
    <a href="#main" class="govuk-skip-link">Skip to main content</a>
    <div class="govuk-width-container">
      ${before}
      <main class="govuk-main-wrapper" id="main">
        ${heading}
        ${main}
      </main>
    </div>
  </body>
</html>`;
}

const ASKED = page({
  title: 'Who are you worried about? – Referral',
  heading:
    '<h1 class="govuk-heading-l"><span class="govuk-caption-l">Referral</span> Who are you worried about?</h1>',
  main: `<form method="post" action="/answer" novalidate>
    <div class="govuk-form-group">
      <label class="govuk-label" for="name">Full name</label>
      <input class="govuk-input" id="name" name="name" type="text" autocomplete="off">
    </div>
    <fieldset class="govuk-fieldset" role="group">
      <legend class="govuk-fieldset__legend">Date of birth</legend>
      <label class="govuk-label" for="birth-day">Day</label>
      <input class="govuk-input" id="birth-day" name="birth-day" type="text" inputmode="numeric">
    </fieldset>
    <fieldset class="govuk-fieldset" role="group">
      <legend class="govuk-fieldset__legend">Date last seen</legend>
      <label class="govuk-label" for="seen-day">Day</label>
      <input class="govuk-input" id="seen-day" name="seen-day" type="text" inputmode="numeric">
    </fieldset>
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend">Are they safe now?</legend>
      <div class="govuk-radios" data-module="govuk-radios">
        <div class="govuk-radios__item">
          <input class="govuk-radios__input" id="safe" name="safe" type="radio" value="yes">
          <label class="govuk-label govuk-radios__label" for="safe">Yes</label>
        </div>
        <div class="govuk-radios__item">
          <input class="govuk-radios__input" id="safe-2" name="safe" type="radio" value="no">
          <label class="govuk-label govuk-radios__label" for="safe-2">No</label>
        </div>
      </div>
    </fieldset>
    <div class="govuk-form-group">
      <label class="govuk-label" for="borough">Borough</label>
      <select class="govuk-select" id="borough" name="borough">
        <option value="">Choose</option>
        <option value="E09000012">Hackney</option>
      </select>
    </div>
    <button type="submit" class="govuk-button" data-module="govuk-button">Continue</button>
  </form>`,
});

const REFUSED = page({
  title: 'Error: Who are you worried about?',
  heading: '<h1 class="govuk-heading-l">Who are you worried about?</h1>',
  before: `<div class="govuk-error-summary" data-module="govuk-error-summary">
    <div role="alert">
      <h2 class="govuk-error-summary__title">There is a problem</h2>
      <div class="govuk-error-summary__body">
        <ul class="govuk-list govuk-error-summary__list"><li><a href="#name">Enter their full name</a></li></ul>
      </div>
    </div>
  </div>`,
  main: `<form method="post" action="/answer" novalidate>
    <label class="govuk-label" for="name">Full name</label>
    <input class="govuk-input" id="name" name="name" type="text">
    <button type="submit" class="govuk-button">Continue</button>
  </form>`,
});

const answered = (answers: URLSearchParams) =>
  page({
    title: 'Check your answers',
    heading: '<h1 class="govuk-heading-l">Check your answers</h1>',
    main: `<dl class="govuk-summary-list">${[...answers]
      .map(
        ([key, value]) =>
          `<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`,
      )
      .join('')}</dl><p class="govuk-body"><a class="govuk-link" href="/asked">Start again</a></p>`,
  });

/** A fault planted in an otherwise good page, and the words in which it must be reported. */
const PLANTED: Record<string, { content: Content; report: RegExp; needsJavaScript?: true }> = {
  'a field without a label': { content: { main: '<input name="q">' }, report: /axe label: .*\(input\)/ },
  'text of low contrast': {
    content: { head: '<link rel="stylesheet" href="/faint.css">', main: '<p class="faint">Faint</p>' },
    report: /axe color-contrast: .*<p class="faint">/,
  },
  'a page wider than 320 pixels': {
    content: { head: '<link rel="stylesheet" href="/wide.css">', main: '<div class="wide">Wide</div>' },
    report: /width: \d+ pixels on a screen of 320 \(.*div\.wide/,
  },
  'invalid HTML': {
    content: { main: '<p><div>A block in a paragraph</div></p>' },
    report: /html no-implicit-close: .*<p>/,
  },
  'a duplicate id': { content: { main: '<p id="main">Twice</p>' }, report: /html no-dup-id: .*"main"/ },
  'an uncaught error': {
    content: { head: '<script src="/broken.js"></script>' },
    report: /uncaught in the page: planted/,
    needsJavaScript: true,
  },
  'an error on the console': {
    content: { head: '<script src="/complains.js"></script>' },
    report: /console: planted complaint/,
    needsJavaScript: true,
  },
  'an image that is not there': {
    content: { main: '<img src="/missing.png" alt="">' },
    report: /failed request: http:.*\/missing\.png \(status 404\)/,
  },
  'a load from another site': {
    content: { main: '<img src="http://example.org/pixel.png" alt="">' },
    report: /console: .*Content Security Policy/,
  },
  'an inline style, against the policy': {
    content: { main: '<p style="color: red">Red</p>' },
    report: /console: .*Content Security Policy/,
  },
  'an inline script, against the policy': {
    content: { main: '<script>document.title = "Injected";</script>' },
    report: /console: .*Content Security Policy/,
    needsJavaScript: true,
  },
  'two first headings': { content: { main: '<h1>Another</h1>' }, report: /headings: 2 h1/ },
  'no heading': { content: { heading: '' }, report: /headings: 0 h1/ },
  'a title that is not the heading': {
    content: { title: 'Homeward' },
    report: /title: "Homeward" does not begin/,
  },
  'a title that tells of errors where there are none': {
    content: { title: 'Error: A good page' },
    report: /title: .*only then/,
  },
  'a link to nowhere on the page': {
    content: { main: '<a href="#gone">Gone</a>' },
    report: /link: "Gone" leads to #gone/,
  },
};

/** A long list, made into a field that suggests where there are scripts. */
const LONG_LIST = page({
  title: 'Which borough?',
  heading: '<h1 class="govuk-heading-l">Which borough?</h1>',
  head: `<link rel="stylesheet" href="/accessible-autocomplete.min.css">
    <script defer src="/accessible-autocomplete.min.js"></script>
    <script defer src="/enhance.js"></script>`,
  main: `<form method="post" action="/answer">
    <input type="hidden" name="name" value="Sam">
    <label class="govuk-label" for="borough">Borough</label>
    <select class="govuk-select" id="borough" name="borough">
      <option value="">Choose</option>
      <option value="E09000007">Camden</option>
      <option value="E09000012">Hackney</option>
    </select>
    <button type="submit" class="govuk-button">Continue</button>
  </form>`,
});

const FILES: Record<string, { type: string; body: string }> = {
  '/faint.css': { type: 'text/css', body: '.faint { color: #bbb; }' },
  '/wide.css': { type: 'text/css', body: '.wide { width: 400px; }' },
  '/no-focus.css': { type: 'text/css', body: '#hidden-focus:focus { outline: none; box-shadow: none; }' },
  '/enhance.js': {
    type: 'text/javascript',
    body: 'accessibleAutocomplete.enhanceSelectElement({ selectElement: document.getElementById("borough") });',
  },
  '/broken.js': { type: 'text/javascript', body: 'throw new Error("planted");' },
  '/complains.js': { type: 'text/javascript', body: 'console.error("planted complaint");' },
  '/late.js': {
    type: 'text/javascript',
    body: 'document.querySelector("button").addEventListener("click", () => { throw new Error("late"); });',
  },
};

let browser: Browser;
let server: Server;
let baseUrl: string;
let components: string;

beforeAll(async () => {
  components = await allComponents();
  server = createServer(async (request, reply) => {
    const address = new URL(request.url ?? '/', 'http://localhost');
    const send = (status: number, body: string, type = 'text/html') => {
      reply.writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': POLICY,
      });
      reply.end(body);
    };
    const file = FILES[address.pathname];
    const planted = PLANTED[decodeURIComponent(address.pathname.slice(1))];
    if (file) return send(200, file.body, file.type);
    if (planted) return send(200, page(planted.content));
    if (address.pathname === '/govuk-frontend.min.css') {
      return send(200, await readFile(join(GOVUK, 'govuk-frontend.min.css'), 'utf8'), 'text/css');
    }
    if (address.pathname.startsWith('/assets/')) {
      const asset = await readFile(join(GOVUK, address.pathname)).catch(() => undefined);
      reply.writeHead(asset ? 200 : 404, { 'content-security-policy': POLICY });
      return reply.end(asset);
    }
    if (address.pathname.startsWith('/accessible-autocomplete.')) {
      const type = address.pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
      return send(200, await readFile(join(AUTOCOMPLETE, address.pathname), 'utf8'), type);
    }
    if (address.pathname === '/long-list') return send(200, LONG_LIST);
    if (address.pathname === '/components') return send(200, components);
    if (address.pathname === '/asked') return send(200, ASKED);
    if (address.pathname === '/forbidden') return send(403, page({}));
    if (address.pathname === '/late') {
      return send(
        200,
        page({
          head: '<script defer src="/late.js"></script>',
          main: '<button type="button">Break</button>',
        }),
      );
    }
    if (address.pathname === '/focus') {
      return send(
        200,
        page({
          head: '<link rel="stylesheet" href="/no-focus.css">',
          main: `<p><a class="govuk-link" href="/asked">Seen</a></p>
            <button id="hidden-focus" type="button">Unseen</button>`,
        }),
      );
    }
    if (address.pathname === '/answer') {
      let body = '';
      for await (const chunk of request) body += chunk;
      // Slow, as a busy server is: whoever presses must wait for the page that comes.
      await delay(700);
      const answers = new URLSearchParams(body);
      if (!answers.get('name')) return send(422, REFUSED);
      reply.writeHead(303, { location: `/answered?${answers}` });
      return reply.end();
    }
    if (address.pathname === '/answered') return send(200, answered(address.searchParams));
    return send(404, page({ title: 'Page not found', heading: '<h1>Page not found</h1>' }));
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

async function allComponents(): Promise<string> {
  const parts = await Promise.all([
    govuk('back-link', 'default'),
    govuk('phase-banner', 'default'),
    govuk('warning-text', 'default'),
    govuk('inset-text', 'default'),
    govuk('details', 'default'),
    govuk('date-input', 'default'),
    govuk('checkboxes', 'default'),
    govuk('password-input', 'default'),
    govuk('notification-banner', 'default'),
    govuk('summary-list', 'default'),
    govuk('table', 'default'),
    govuk('tag', 'default'),
    govuk('button', 'link'),
  ]);
  const [backLink = '', phaseBanner = '', ...rest] = parts;
  const withAddresses = (html: string) => html.replaceAll('href="#"', 'href="/asked"');
  return page({ before: withAddresses(phaseBanner + backLink), main: withAddresses(rest.join('\n')) });
}

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('a visitor $way', ({ javaScript }) => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await newVisitor(browser, { javaScript, baseUrl });
  });
  afterEach(() => visitor.context.close());

  test("finds no fault in GOV.UK's own components", async () => {
    const good = await visitor.visit('/components');
    expect(await good.heading()).toBe('A good page');
  });

  const plants = Object.entries(PLANTED).filter(([, { needsJavaScript }]) => javaScript || !needsJavaScript);
  test.each(plants)('is told of %s', async (name, { report }) => {
    await expect(visitor.visit(`/${name}`)).rejects.toThrow(report);
  });

  test('is told of a status nobody expected, and not of one that is', async () => {
    await expect(visitor.visit('/forbidden')).rejects.toThrow('status 403');
    expect(await (await visitor.visit('/forbidden', { status: 403 })).heading()).toBe('A good page');
    await expect(visitor.visit('/asked', { status: 403 })).rejects.toThrow('status 200, not 403');
  });

  test('fills in a form, is refused, mends it, and reads the answers', async () => {
    const asked = await visitor.visit('/asked');
    expect(await asked.heading()).toBe('Referral Who are you worried about?');
    const refused = await asked.press('Continue');
    expect(await refused.errors()).toEqual(['Enter their full name']);

    const again = await visitor.visit('/asked');
    await again.fill('Full name', 'Ngozi O’Brien');
    await again.fill('Day', '29', 'Date of birth');
    await again.fill('Day', '1', 'Date last seen');
    await again.choose('Are they safe now?', 'No');
    await again.choose('Borough', 'Hackney');
    const answers = await again.press('Continue');
    expect(await answers.heading()).toBe('Check your answers');
    expect(await answers.errors()).toEqual([]);
    expect(await answers.summary('name')).toBe('Ngozi O’Brien');
    expect(await answers.summary('birth-day')).toBe('29');
    expect(await answers.summary('seen-day')).toBe('1');
    expect(await answers.summary('safe')).toBe('no');
    expect(await answers.summary('borough')).toBe('E09000012');
    expect(await answers.text()).toContain('Ngozi O’Brien');
    await expect(answers.summary('surname')).rejects.toThrow('its keys are: name,');
    expect(await (await answers.follow('Start again')).heading()).toContain('Who are you worried about?');
  });

  test('chooses from a long list', async () => {
    const list = await visitor.visit('/long-list');
    await list.choose('Borough', 'Hackney');
    const answers = await list.press('Continue');
    expect(await answers.summary('borough')).toBe('E09000012');
  });

  test('can do it all by keyboard', async () => {
    const asked = await visitor.visit('/asked');
    await asked.tabTo('Skip to main content');
    await asked.pressKey('Enter');
    await asked.tabTo('Full name');
    await visitor.page.keyboard.type('Sam');
    await asked.tabTo('Yes');
    await visitor.page.keyboard.press('Space');
    await asked.tabTo('Continue');
    const answers = await asked.pressKey('Enter');
    expect(await answers.summary('name')).toBe('Sam');
    expect(await answers.summary('safe')).toBe('yes');
  });

  test('is told of a focus that cannot be seen, and of a control that Tab never reaches', async () => {
    const focus = await visitor.visit('/focus');
    await focus.tabTo('Seen');
    await expect(focus.tabTo('Unseen')).rejects.toThrow('The focus cannot be seen on "Unseen"');
    const asked = await visitor.visit('/asked');
    await expect(asked.tabTo('Delete')).rejects.toThrow(/never reached "Delete".*Full name/);
  });

  test('has the width back after each page was measured at 320 pixels', async () => {
    await visitor.visit('/asked');
    expect(visitor.page.viewportSize()).toEqual({ width: 1024, height: 800 });
  });

  test('keeps scripts as they were after a page was checked', async () => {
    await visitor.visit('/asked');
    await visitor.page.goto('/an error on the console');
    const checked = PageObject.at(visitor.page);
    if (javaScript) await expect(checked).rejects.toThrow('planted complaint');
    else expect(await (await checked).heading()).toBe('A good page');
  });
});

test('a complaint after the last check is told when the visitor leaves', async () => {
  const visitor = await newVisitor(browser, { baseUrl });
  await visitor.visit('/late');
  await visitor.page.getByRole('button').click();
  await expect(visitor.leave()).rejects.toThrow(/After the last page was checked.*\n.*late/);
});

test('a page that was opened without a record cannot be checked', async () => {
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(`${baseUrl}/asked`);
  await expect(PageObject.at(stranger)).rejects.toThrow('open it with newVisitor');
  await context.close();
});
