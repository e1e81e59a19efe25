import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import type { ComponentChildren } from 'preact';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildAssets } from '../../../bin/build.mjs';
import { launchBrowser } from '../../../test/support/browser.ts';
import { pageFaults } from '../../../test/support/page-faults.ts';
import { newVisitor, type Visitor, WITH_AND_WITHOUT_JAVASCRIPT } from '../../../test/support/page-object.ts';
import * as G from '../govuk/index.ts';
import { type Assets, loadAssets } from '../http/assets.ts';
import { Layout, renderDocument } from '../http/layout.tsx';
import { securityHeaders } from '../http/security-headers.ts';

// The script and the styles as they are built, in a browser, under the policy that the service sends.

const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A thing the browser sent: where to, and the fields. */
interface Sent {
  url: string;
  fields: Record<string, string>;
}

/** The heading of the page that has every component on it. */
const everyComponent = 'Every component';

/** What axe finds in the HTML that GOV.UK Frontend's own scripts make, which are not ours to change. */
const ofGovukFrontend = [
  // Radios that reveal something say so with aria-expanded, which screen readers read and ARIA does not foresee.
  /^axe aria-allowed-attr: .*class="govuk-radios__input"/,
  // The names of these buttons have commas between the words that are seen, for a pause.
  /^axe label-content-name-mismatch: .*govuk-(file-upload-button|accordion__section-button)/,
];

let folder: string;
let assets: Assets;
let browser: Browser;
let server: Server;
let visitor: Visitor;
let page: Page;
let sent: Sent[];
let title: string;
let body: ComponentChildren;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-client-'));
  await buildAssets(folder);
  assets = loadAssets(folder);
  server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  sent = [];
  title = 'Referral';
  answer = (response) => response.end(document(<h1 class="govuk-heading-l">Sent</h1>, 'Sent'));
  await open(true);
});
afterEach(() => visitor.context.close());

async function open(javaScript: boolean): Promise<void> {
  await visitor?.context.close();
  const { port } = server.address() as AddressInfo;
  visitor = await newVisitor(browser, { javaScript, baseUrl: `http://127.0.0.1:${port}` });
  page = visitor.page;
}

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  for (const [name, value] of Object.entries(securityHeaders)) {
    // Over plain HTTP on this machine only.
    if (name !== 'strict-transport-security') response.setHeader(name, value);
  }
  if (url.startsWith('/assets/')) {
    response.setHeader('content-type', types[extname(url)] ?? 'text/plain');
    response.end(await readFile(join(folder, url)));
    return;
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  if (request.method === 'POST') {
    sent.push({ url, fields: Object.fromEntries(new URLSearchParams(await text(request))) });
    answer(response);
  } else {
    response.end(document(body, title));
  }
}

function document(children: ComponentChildren, title: string): string {
  return renderDocument(
    <Layout
      title={title}
      errorTitlePrefix={title === everyComponent}
      serviceName="Rescue and Response"
      assets={assets}
      marking="OFFICIAL-SENSITIVE"
      demonstration
      navigation={[
        { text: 'Referrals', href: '#main-content', current: true },
        { text: 'Search', href: '#main-content' },
      ]}
      account={{
        name: 'Bronisława Oyelaran-Whitcombe',
        role: 'Partnership coordinator',
        href: '/account',
        signOut: (
          <form method="post" action="/sign-out">
            <button type="submit">Sign out</button>
          </form>
        ),
      }}
    >
      {children}
    </Layout>,
  );
}

const boroughs = [
  { text: '', value: '' },
  { text: 'Barnet', value: 'BNE' },
  { text: 'Lambeth', value: 'LBH' },
  { text: 'The <b>other</b> place', value: 'OTH' },
];

function Boroughs({ value }: { value?: string }) {
  return (
    <G.Select
      name="borough"
      label={{ text: 'Borough' }}
      hint={{ text: 'Where the young person lives' }}
      errorMessage={{ text: 'Choose a borough' }}
      items={boroughs}
      value={value}
      attributes={{ 'data-autocomplete': true }}
    />
  );
}

describe.each(WITH_AND_WITHOUT_JAVASCRIPT)('$way', ({ javaScript }) => {
  test('every component can be used by everyone, on every width, under the policy', async () => {
    await open(javaScript);
    title = everyComponent;
    body = <EveryComponent />;
    await page.goto('/');
    const faults = await pageFaults(page);
    expect(faults.filter((fault) => !ofGovukFrontend.some((known) => known.test(fault)))).toEqual([]);
  });

  test('a form is sent with what was chosen in it', async () => {
    await open(javaScript);
    body = (
      <form method="post" action="/sent">
        <h1 class="govuk-heading-l">Referral</h1>
        <G.Select
          name="borough"
          label={{ text: 'Where they live' }}
          items={boroughs}
          attributes={{ 'data-autocomplete': true }}
        />
        <G.Button>Continue</G.Button>
      </form>
    );
    const form = await visitor.visit('/');
    await form.choose('Where they live', 'Lambeth');
    await form.press('Continue');
    expect(sent).toEqual([{ url: '/sent', fields: { borough: 'LBH' } }]);
  });
});

test('components start, and leave nothing in the browser', async () => {
  body = (
    <G.Accordion id="person" items={[{ heading: { text: 'Contacts' }, content: { text: 'Two contacts' } }]} />
  );
  await page.goto('/');
  await page.getByRole('button', { name: 'Contacts' }).click();
  await expect.poll(() => page.getByText('Two contacts').isVisible()).toBe(true);
  expect(
    await page.evaluate(() => [localStorage.length, sessionStorage.length, window.document.cookie]),
  ).toEqual([0, 0, '']);
});

test('on paper stands the marking and all of the content, and no way to anywhere', async () => {
  title = everyComponent;
  body = <EveryComponent />;
  await page.goto('/');
  await page.locator('body.js-enabled').waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const words of ['OFFICIAL-SENSITIVE', 'Two contacts', 'A history', 'Reference']) {
    expect(await page.getByText(words, { exact: true }).first().isVisible(), words).toBe(true);
  }
  for (const words of ['Search', 'Sign out', 'Continue', 'Change', 'Skip to main content', 'Show']) {
    expect(await page.getByText(words, { exact: true }).first().isVisible(), words).toBe(false);
  }
});

describe('a list that is searched by typing', () => {
  const chosen = () => page.locator('select[name="borough"]').inputValue();
  const box = () => page.getByRole('combobox', { name: 'Borough' });

  beforeEach(async () => {
    body = (
      <form method="post" action="/sent">
        <Boroughs value="BNE" />
        <G.Button>Continue</G.Button>
      </form>
    );
    await page.goto('/');
  });

  test('begins with what was chosen', async () => {
    expect(await box().inputValue()).toBe('Barnet');
    expect(await chosen()).toBe('BNE');
  });

  test('chooses what is typed out, whatever its capitals', async () => {
    await box().fill('lambeth');
    await page.keyboard.press('Tab');
    await expect.poll(chosen).toBe('LBH');
  });

  test('never sends an earlier choice in place of text that names none', async () => {
    await box().fill('Atlantis');
    await page.keyboard.press('Enter');
    await expect.poll(() => sent).toEqual([{ url: '/sent', fields: { borough: '' } }]);
  });

  test('shows an option as text, never as HTML', async () => {
    await box().fill('other');
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['The <b>other</b> place']);
  });

  test('keeps the hint and the error of its question while it is typed in', async () => {
    await box().fill('Lam');
    const ids = (await box().getAttribute('aria-describedby')) ?? '';
    expect(ids.split(' ')).toEqual(expect.arrayContaining(['borough-hint', 'borough-error']));
  });

  test('stays a list where two options read the same', async () => {
    body = (
      <G.Select
        name="worker"
        label={{ text: 'Worker' }}
        items={[
          { text: 'Sam Ali', value: '1' },
          { text: 'Sam Ali', value: '2' },
        ]}
        attributes={{ 'data-autocomplete': true }}
      />
    );
    await page.goto('/');
    await page.locator('body.js-enabled').waitFor();
    expect(await page.locator('select[name="worker"]').isVisible()).toBe(true);
  });
});

test('a form whose button is pressed twice is sent once, until it may be tried again', async () => {
  answer = (response) => response.writeHead(204).end();
  body = (
    <form method="post" action="/sent">
      <G.Button>Continue</G.Button>
    </form>
  );
  await page.clock.install();
  await page.goto('/');
  const press = () => page.getByRole('button').last().click();
  await press();
  await press();
  await expect.poll(() => sent.length).toBe(1);
  await page.clock.fastForward(11_000);
  await press();
  await expect.poll(() => sent.length).toBe(2);
});

describe('a form that saves itself', () => {
  const status = () => page.getByRole('status').textContent();
  const drafts = () => sent.filter(({ url }) => url === '/draft');

  beforeEach(async () => {
    answer = (response) => response.writeHead(204).end();
    body = (
      <form method="post" action="/sent" data-autosave="/draft" data-autosave-sign-in="/sign-in">
        <input type="hidden" name="csrf" value="token" />
        <G.Textarea name="note" label={{ text: 'Note' }} />
        <G.PasswordInput name="password" label={{ text: 'Password' }} />
        <G.Input name="code" label={{ text: 'Code' }} autocomplete="one-time-code" />
        <G.Button>Send</G.Button>
      </form>
    );
    await page.clock.install({ time: new Date('2026-11-21T14:05:00Z') });
    await page.goto('/');
    await page.locator('body.js-enabled').waitFor();
  });

  test('sends its fields but no secret, and says when', async () => {
    await page.getByLabel('Password', { exact: true }).fill('a secret');
    await page.getByLabel('Code').fill('123456');
    await page.getByLabel('Note').fill('Met at the library');
    expect(sent).toEqual([]);
    await page.clock.fastForward(3_100);
    await expect.poll(status).toBe('Draft saved at 14:05');
    expect(sent).toEqual([{ url: '/draft', fields: { csrf: 'token', note: 'Met at the library' } }]);
  });

  test('saves what changed since, and nothing when nothing did', async () => {
    await page.getByLabel('Note').fill('One');
    await page.clock.fastForward(3_100);
    await expect.poll(status).toBe('Draft saved at 14:05');
    await page.clock.fastForward(60_000);
    expect(drafts()).toHaveLength(1);
    await page.getByLabel('Note').fill('One and two');
    await page.clock.fastForward(3_100);
    await expect.poll(() => drafts().map(({ fields }) => fields.note)).toEqual(['One', 'One and two']);
    await expect.poll(status).toBe('Draft saved at 14:06');
  });

  test.each([
    ['401', (response: ServerResponse) => response.writeHead(401).end()],
    ['403', (response: ServerResponse) => response.writeHead(403).end()],
    [
      'the page for signing in',
      (response: ServerResponse) => response.writeHead(303, { location: '/' }).end(),
    ],
  ])('answered with %s, says to sign in, keeps the text and saves it after', async (_, refusal) => {
    answer = refusal;
    await page.getByLabel('Note').fill('Kept');
    await page.clock.fastForward(3_100);
    await expect.poll(status).toContain('you have been signed out');
    expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in');
    expect(await page.getByLabel('Note').inputValue()).toBe('Kept');

    answer = (response) => response.writeHead(204).end();
    await page.clock.fastForward(16_000);
    await expect.poll(status).toBe('Draft saved at 14:05');
    expect(drafts().at(-1)?.fields.note).toBe('Kept');
  });

  test('says so when the server fails, and keeps trying', async () => {
    answer = (response) => response.writeHead(500).end();
    await page.getByLabel('Note').fill('Kept');
    await page.clock.fastForward(3_100);
    await expect.poll(status).toContain('we will keep trying');
    answer = (response) => response.writeHead(204).end();
    await page.clock.fastForward(16_000);
    await expect.poll(status).toBe('Draft saved at 14:05');
  });

  test('once it is sent, saves no more until somebody types again', async () => {
    await page.getByLabel('Note').fill('Sent');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => sent.map(({ url }) => url)).toEqual(['/sent']);
    await page.clock.fastForward(60_000);
    expect(drafts()).toEqual([]);
    await page.getByLabel('Note').fill('Sent, and more');
    await page.clock.fastForward(3_100);
    await expect.poll(() => drafts().map(({ fields }) => fields.note)).toEqual(['Sent, and more']);
  });
});

function EveryComponent() {
  return (
    <>
      <G.ErrorSummary
        titleText="There is a problem"
        errorList={[{ text: 'Enter the young person’s date of birth', href: '#born-day' }]}
      />
      <G.NotificationBanner>The note is saved</G.NotificationBanner>
      <h1 class="govuk-heading-l">{everyComponent}</h1>
      <p class="govuk-body">
        Żaneta O’Connor <G.Tag classes="govuk-tag--yellow">Waiting</G.Tag>
      </p>
      <form method="post" action="/sent" data-autosave="/draft">
        <G.Input name="name" label={{ text: 'Full name' }} hint={{ text: 'As the young person gives it' }} />
        <G.DateInput
          id="born"
          namePrefix="born"
          fieldset={{ legend: { text: 'Date of birth', classes: 'govuk-fieldset__legend--m' } }}
          errorMessage={{ text: 'Enter the young person’s date of birth' }}
        />
        <Boroughs />
        <G.Radios
          name="safe"
          fieldset={{ legend: { text: 'Is the young person safe now?' } }}
          items={[
            { text: 'Yes', value: 'yes' },
            {
              text: 'No',
              value: 'no',
              hint: { text: 'We will call you back today' },
              conditional: <G.Input name="telephone" label={{ text: 'Your telephone number' }} />,
            },
          ]}
          value="no"
        />
        <G.Checkboxes
          name="concern"
          fieldset={{ legend: { text: 'What worries you?' } }}
          items={[
            { text: 'Going missing', value: 'missing' },
            { text: 'Unexplained money or phones', value: 'money' },
          ]}
          values={['money']}
        />
        <G.CharacterCount name="story" label={{ text: 'What has happened?' }} maxlength={200} />
        <G.Textarea name="more" label={{ text: 'Anything else' }} />
        <G.PasswordInput name="password" label={{ text: 'Password' }} />
        <G.FileUpload name="file" label={{ text: 'Attach a file' }} javascript />
        <G.WarningText>Never upload indecent images of a child.</G.WarningText>
        <G.Details summaryText="Why we ask">It helps us to find the right worker.</G.Details>
        <G.Button>Continue</G.Button>
      </form>
      <G.SummaryList
        card={{ title: { text: 'Young person' } }}
        rows={[
          {
            key: { text: 'Reference' },
            value: { text: 'averyveryverylongreferencewithoutanyspaceatallinit'.repeat(3) },
            actions: { items: [{ text: 'Change', href: '#main-content', visuallyHiddenText: 'reference' }] },
          },
        ]}
      />
      <form class="hw-filter" method="get" action="/">
        <G.Input name="search" label={{ text: 'Search referrals' }} />
        <G.Button classes="govuk-button--secondary">Search</G.Button>
      </form>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="hw-scroll" tabIndex={0} aria-label="Referrals waiting">
        <G.Table
          caption="Referrals waiting"
          firstCellIsHeader
          head={['Reference', 'Received', 'Borough', 'Stage', 'Days'].map((heading) => ({ text: heading }))}
          rows={[
            [
              ...['HW-2041-7K', '21 November 2026', 'Tower Hamlets', 'Waiting'].map((text) => ({ text })),
              {
                text: (
                  <>
                    4<span class="govuk-visually-hidden"> working days</span>
                  </>
                ),
              },
            ],
          ]}
        />
      </section>
      <G.Pagination
        previous={{ href: '/?page=1' }}
        next={{ href: '/?page=3' }}
        items={[
          { number: 1, href: '/?page=1' },
          { number: 2, href: '/?page=2', current: true },
          { ellipsis: true },
        ]}
      />
      <article class="hw-note">
        <p class="hw-note__meta">Tomasz Field, 21 November 2026 at 14:05</p>
        <p class="hw-note__text">{'Met at the library.\n\nShe asked about college.'}</p>
      </article>
      <ol class="hw-timeline">
        <li class="hw-timeline__item">
          <h2 class="hw-timeline__title">Allocated</h2>
          <p class="hw-timeline__meta">21 November 2026</p>
        </li>
        <li class="hw-timeline__item">
          <h2 class="hw-timeline__title">Received</h2>
          <p class="hw-timeline__meta">20 November 2026</p>
        </li>
      </ol>
      <G.Tabs
        items={[
          { label: 'Summary', id: 'summary', panel: { text: 'A summary' } },
          { label: 'History', id: 'history', panel: { text: 'A history' } },
        ]}
      />
      <G.Accordion
        id="person"
        items={[{ heading: { text: 'Contacts' }, content: { text: 'Two contacts' } }]}
      />
      <G.TaskList
        items={[
          { title: { text: 'About you' }, href: '#main-content', status: { text: 'Completed' } },
          {
            title: { text: 'About them' },
            status: { tag: { text: 'Cannot start yet', classes: 'govuk-tag--grey' } },
          },
        ]}
      />
      <G.InsetText>The referrer sees only that it was received.</G.InsetText>
      <G.Panel titleText="Referral sent" headingLevel={2}>
        Your reference is HW-2041-7K
      </G.Panel>
    </>
  );
}
