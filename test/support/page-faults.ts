import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate, type Message } from 'html-validate';
import type { CDPSession, Page } from 'playwright-core';
import { PageRecord } from './page-record.ts';

/** What a visitor expects of a page beside its content. */
export interface Expected {
  /** The HTTP status. None: success, or 400, 409 or 422 on a page whose error summary says what is wrong. */
  readonly status?: number;
}

/** The narrowest screen a page must fit without scrolling sideways, in CSS pixels (WCAG 2.2, 1.4.10). */
const NARROWEST = 320;

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * GOV.UK Frontend puts these before `main`, outside every landmark, so that the skip link passes them.
 * axe's best practice "region" is let off for them and for nothing else.
 */
const OUTSIDE_LANDMARKS = '.govuk-skip-link, .govuk-back-link, .govuk-phase-banner, .govuk-exit-this-page';

/**
 * GOV.UK Frontend tells by `aria-expanded` on a radio or checkbox whether the question it reveals is shown. ARIA 1.2
 * does not know it there; screen readers say it, and GOV.UK keeps it for them. Let off where it is that and nothing else.
 */
const REVEALS_A_QUESTION =
  ':is(.govuk-radios__input, .govuk-checkboxes__input)[aria-controls][aria-expanded]';

/** html-validate's recommended, document and WCAG rules; where GOV.UK Frontend's own HTML departs, the reason. */
const HTML = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Checkboxes of one question share a name, as radios do.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
    // The error summary and banners, with headings of the second level, come before the page's heading.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    // Titles hold the question, the service and GOV.UK's pattern; a search engine's cut-off is nothing to us.
    'long-title': 'off',
    // Blank space at the end of a line is nothing a reader meets.
    'no-trailing-whitespace': 'off',
    // Screen readers read a date's hint only when the fieldset says its role; and a table that stacks on a phone is one to
    // every browser only when all its parts say theirs.
    'no-redundant-role': [
      'error',
      { exclude: ['group', 'table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'] },
    ],
    // A link that looks like a button is announced as one; banners are regions by role.
    'prefer-native-element': ['error', { exclude: ['button', 'region'] }],
    // `presentation` and `none` are the same role; the older name is known to more browsers.
    'presentation-role-style': 'off',
    // Our own scripts and styles come from the server that serves the page: no third party to hold to a hash.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Both spellings of a void element are the same element; the renderer writes `<br/>`.
    'void-style': 'off',
  },
});

/** Departures that no rule's options can name. */
const HTML_EXCEPTIONS: readonly { readonly rule: string; readonly message: RegExp; readonly why: string }[] =
  [
    {
      rule: 'input-attributes',
      message: /"autocapitalize" is not allowed on <input type="password">/,
      why: 'once "Show password" has made it a text field, a phone must not capitalise it',
    },
  ];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Everything that is wrong with the page as it stands, one readable line a fault: accessibility (axe), HTML as
 * served (html-validate), heading and title, links within the page, width at 320 pixels, and whatever the page
 * complained of since it was last asked: console, failed requests, content security policy.
 *
 * All checks run in a world of their own inside the page: the page's policy does not bind them, they change nothing
 * it can see, and they run on pages without JavaScript too.
 *
 * @param page opened by `newVisitor`, its document loaded.
 */
export async function pageFaults(page: Page, expected: Expected = {}): Promise<string[]> {
  const record = PageRecord.of(page);
  const { response, html } = record.document;
  const inPage = await IsolatedWorld.in(page);
  return [
    ...statusFaults(response.status(), expected, await inPage.call(hasErrorSummary)),
    ...(await htmlFaults(await html)),
    ...(await inPage.call(structureFaults)),
    ...(await axeFaults(page, inPage)),
    ...(await widthFaults(page, inPage)),
    // Last: the checks before it may provoke what it tells.
    ...record.takeFaults(),
  ];
}

function statusFaults(status: number, expected: Expected, hasErrors: boolean): string[] {
  const isRight =
    expected.status === undefined
      ? status < 400 || (hasErrors && [400, 409, 422].includes(status))
      : status === expected.status;
  return isRight ? [] : [`status ${status}${expected.status ? `, not ${expected.status}` : ''}`];
}

async function htmlFaults(html: string): Promise<string[]> {
  const report = await HTML.validateString(html);
  return report.results
    .flatMap((result) => result.messages)
    .filter((message) => !isExcepted(message))
    .map(
      ({ ruleId, message, selector, line }) => `html ${ruleId}: ${message} (${selector ?? `line ${line}`})`,
    );
}

function isExcepted({ ruleId, message }: Message): boolean {
  return HTML_EXCEPTIONS.some((exception) => exception.rule === ruleId && exception.message.test(message));
}

async function axeFaults(page: Page, inPage: IsolatedWorld): Promise<string[]> {
  return withScripts(page, async () => {
    await inPage.run(AXE);
    return inPage.call(runAxe, {
      tags: AXE_TAGS,
      outsideLandmarks: OUTSIDE_LANDMARKS,
      revealsAQuestion: REVEALS_A_QUESTION,
    });
  });
}

async function widthFaults(page: Page, inPage: IsolatedWorld): Promise<string[]> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: usual?.height ?? 800 });
  const faults = await inPage.call(overflowFaults, NARROWEST);
  if (usual) await page.setViewportSize(usual);
  return faults;
}

/** A place inside the page to run scripts in, out of the page's sight and beyond its policy. */
class IsolatedWorld {
  readonly #session: CDPSession;
  readonly #contextId: number;

  private constructor(session: CDPSession, contextId: number) {
    this.#session = session;
    this.#contextId = contextId;
  }

  static async in(page: Page): Promise<IsolatedWorld> {
    const session = await PageRecord.of(page).session;
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'homeward-checks',
    });
    return new IsolatedWorld(session, executionContextId);
  }

  /** Calls a function inside the page. It is sent as text: it may use nothing of what surrounds it here. */
  async call<Argument, Result>(
    work: (argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>> {
    return (await this.run(`(${work.toString()})(${JSON.stringify(argument)})`)) as Awaited<Result>;
  }

  async run(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      contextId: this.#contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}

/** axe waits on promises, which a page without JavaScript never settles: they are let run while it looks. */
async function withScripts<Result>(page: Page, work: () => Promise<Result>): Promise<Result> {
  const record = PageRecord.of(page);
  if (record.hasJavaScript) return work();
  const session = await record.session;
  // This session's switch starts at "on"; only a switch that moves has an effect.
  await session.send('Emulation.setScriptExecutionDisabled', { value: true });
  await session.send('Emulation.setScriptExecutionDisabled', { value: false });
  try {
    return await work();
  } finally {
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
  }
}

// What follows runs inside the page.

function hasErrorSummary(): boolean {
  return document.querySelector('.govuk-error-summary') !== null;
}

interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
}
declare const axe: { run(root: Document, options: object): Promise<{ violations: AxeViolation[] }> };

async function runAxe({
  tags,
  outsideLandmarks,
  revealsAQuestion,
}: {
  tags: string[];
  outsideLandmarks: string;
  revealsAQuestion: string;
}): Promise<string[]> {
  const { violations } = await axe.run(document, {
    runOnly: tags,
    resultTypes: ['violations'],
    iframes: false,
  });
  const isExcepted = (id: string, selector: string) => {
    const element = document.querySelector(selector);
    if (id === 'region') return element?.closest(outsideLandmarks);
    // Only where the rule's one complaint is this attribute: aria-controls and aria-describedby are allowed anywhere.
    return id === 'aria-allowed-attr' && element?.matches(revealsAQuestion);
  };
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ target }) => !isExcepted(id, target.join(' ')))
      .map(({ target, html }) => `axe ${id}: ${help} (${target.join(' ')}) ${html.slice(0, 120)}`),
  );
}

/** GOV.UK's rules for a page: one h1, a title that begins with it, "Error: " before it when there are errors. */
function structureFaults(): string[] {
  const wordsOf = (element: Element) => {
    const copy = element.cloneNode(true) as Element;
    for (const caption of copy.querySelectorAll('[class*="govuk-caption-"]')) caption.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const faults: string[] = [];
  const headings = [...document.querySelectorAll('h1')];
  const [heading] = headings;
  if (headings.length !== 1) faults.push(`headings: ${headings.length} h1 where a page has one`);

  const title = document.title.replace(/\s+/g, ' ').trim();
  if (heading && !title.replace(/^Error: /, '').startsWith(wordsOf(heading))) {
    faults.push(`title: "${title}" does not begin with the heading "${wordsOf(heading)}"`);
  }
  if (title.startsWith('Error: ') !== (document.querySelector('.govuk-error-summary') !== null)) {
    faults.push(`title: "${title}" must begin with "Error: " when there is an error summary, and only then`);
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent((link.getAttribute('href') ?? '').slice(1));
    if (id === '' || !document.getElementById(id)) {
      faults.push(`link: "${wordsOf(link)}" leads to #${id}, which is not on the page`);
    }
  }
  return faults;
}

/** Elements that stick out on the right, unless something around them scrolls by itself. */
function overflowFaults(width: number): string[] {
  const wide = document.documentElement.scrollWidth;
  if (wide <= width) return [];
  const name = (element: Element) =>
    element.tagName.toLowerCase() +
    (element.id ? `#${element.id}` : '') +
    [...element.classList].map((each) => `.${each}`).join('');
  const scrollsByItself = (element: Element): boolean =>
    element !== document.body && (getComputedStyle(element).overflowX !== 'visible' || isInside(element));
  const isInside = (element: Element) =>
    element.parentElement !== null && scrollsByItself(element.parentElement);
  const sticksOut = (element: Element) =>
    element.getBoundingClientRect().right + scrollX > width && !isInside(element);
  const culprits = [...document.body.querySelectorAll('*')].filter(
    (element) => sticksOut(element) && ![...element.children].some(sticksOut),
  );
  return [`width: ${wide} pixels on a screen of ${width} (${culprits.slice(0, 5).map(name).join(', ')})`];
}
