import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type Expected, pageFaults } from './page-faults.ts';
import { PageRecord } from './page-record.ts';

/** Both ways every page must work, for `describe.each`. */
export const WITH_AND_WITHOUT_JAVASCRIPT = [
  { way: 'with JavaScript', javaScript: true },
  { way: 'without JavaScript', javaScript: false },
] as const;

/** The same for a journey whose pages others walk with JavaScript: both in the long run, else the harder way. */
export const WITHOUT_JAVASCRIPT_AT_LEAST = WITH_AND_WITHOUT_JAVASCRIPT.filter(
  ({ javaScript }) => !javaScript || process.env.HOMEWARD_TEST_LONG === '1',
);

/** How a visitor's browser is set up. */
export interface VisitorOptions {
  readonly javaScript?: boolean;
  /** Width of the window in CSS pixels. */
  readonly width?: number;
  /** Origin that addresses such as `/sign-in` are relative to. */
  readonly baseUrl?: string;
}

/** One person with a browser of their own: nobody else's cookies, in Britain's language and time. */
export async function newVisitor(
  browser: Browser,
  { javaScript = true, width = 1024, baseUrl }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    javaScriptEnabled: javaScript,
    viewport: { width, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
  });
  context.on('page', (page) => PageRecord.start(page, javaScript));
  return new Visitor(context, await context.newPage());
}

/** A person at a browser. */
export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;

  constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /** Goes to an address by typing it. */
  visit(url: string, expected?: Expected): Promise<PageObject> {
    return visit(this.page, url, expected);
  }

  /**
   * Leaves.
   * @throws Error when a page complained of something after it was last checked.
   */
  async leave(): Promise<void> {
    const faults = this.context.pages().flatMap((page) => PageRecord.of(page).takeFaults());
    await this.context.close();
    refuseFaults('After the last page was checked', faults);
  }
}

/** Goes to an address and checks the page found there. */
export async function visit(page: Page, url: string, expected?: Expected): Promise<PageObject> {
  await page.goto(url);
  return PageObject.at(page, expected);
}

/** Proof that a page was checked: `PageObject` cannot be made without it. */
export class CheckedPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** @throws Error that lists every fault of the page. */
  static async check(page: Page, expected?: Expected): Promise<CheckedPage> {
    await page.waitForLoadState('load');
    refuseFaults(`${page.url()}, "${await page.title()}"`, await pageFaults(page, expected));
    return new CheckedPage(page);
  }
}

/**
 * A page as a person meets it, in the words it shows. None can be had without its page being checked first
 * (accessibility, HTML, width, errors: see `pageFaults`), and whatever leads to another page checks that one too.
 *
 * Pages may have classes of their own: `class Person extends PageObject`, made with `await Person.at(page)`.
 */
export class PageObject {
  readonly page: Page;

  constructor(checked: CheckedPage) {
    this.page = checked.page;
  }

  /** The page the browser shows now, checked. */
  static async at<Kind extends PageObject>(
    this: new (
      checked: CheckedPage,
    ) => Kind,
    page: Page,
    expected?: Expected,
  ): Promise<Kind> {
    return new this(await CheckedPage.check(page, expected));
  }

  /** Words of the page's one heading. */
  async heading(): Promise<string> {
    return wordsOf(this.page.locator('h1'));
  }

  /** Words of the page's main part, as they are seen. */
  async text(): Promise<string> {
    return wordsOf(this.page.locator('main'));
  }

  /** Messages of the error summary, in order; none when there is no summary. */
  async errors(): Promise<string[]> {
    const messages = await this.page.locator('.govuk-error-summary__list li').allInnerTexts();
    return messages.map(plain);
  }

  /**
   * The answer beside a key of a summary list.
   * @throws Error when the page shows no such key, or several.
   */
  async summary(key: string): Promise<string> {
    const shown: string[] = [];
    const answers: string[] = [];
    for (const row of await this.page.locator('.govuk-summary-list__row').all()) {
      const shownKey = await wordsOf(row.locator('dt'));
      shown.push(shownKey);
      if (shownKey === key) answers.push(await wordsOf(row.locator('dd').first()));
    }
    const [answer] = answers;
    if (answer === undefined || answers.length > 1) {
      throw new Error(`"${key}" is on the page ${answers.length} times; its keys are: ${shown.join(', ')}`);
    }
    return answer;
  }

  /**
   * Types into the field with this label.
   * @param group legend of the question the field belongs to, where a label such as "Day" is found in several.
   */
  async fill(label: string, value: string, group?: string): Promise<void> {
    await this.#within(group).getByLabel(label, { exact: true }).fill(value);
  }

  /** Chooses an option: a radio or checkbox by the question's legend, or one of a list by the list's label. */
  async choose(legendOrLabel: string, option: string): Promise<void> {
    const group = this.#within(legendOrLabel);
    if ((await group.count()) > 0) {
      await group.getByLabel(option, { exact: true }).check();
      return;
    }
    const list = this.page.getByLabel(legendOrLabel, { exact: true });
    if ((await list.evaluate((element) => element.tagName)) === 'SELECT') {
      await list.selectOption({ label: option });
    } else {
      await list.fill(option);
      await this.page.getByRole('option', { name: option, exact: true }).click();
    }
  }

  /** Presses a button, and checks the page it leads to. */
  press(button: string, expected?: Expected): Promise<PageObject> {
    return this.#go(() => this.page.getByRole('button', { name: button, exact: true }).click(), expected);
  }

  /** Follows a link, and checks the page it leads to. */
  follow(link: string, expected?: Expected): Promise<PageObject> {
    return this.#go(() => this.page.getByRole('link', { name: link, exact: true }).click(), expected);
  }

  /** Presses a key where the focus is, and checks the page that is shown then. */
  pressKey(key: string, expected?: Expected): Promise<PageObject> {
    return this.#go(() => this.page.keyboard.press(key), expected);
  }

  /**
   * Moves the focus with the Tab key to the control with this name, as its label or its own words give it.
   * @throws Error when a whole round does not reach it, or when the focus cannot be seen at a stop on the way.
   */
  async tabTo(name: string): Promise<void> {
    const passed = new Map<number | undefined, string>();
    for (;;) {
      await this.page.keyboard.press('Tab');
      const { name: stop, node } = await PageRecord.of(this.page).focused();
      const focused = this.page.locator(':focus');
      if ((await focused.count()) > 0) await this.#refuseInvisibleFocus(focused, stop);
      if (stop === name) return;
      if (passed.has(node)) break;
      passed.set(node, stop);
    }
    throw new Error(`Tab never reached "${name}". It stopped at: ${[...passed.values()].join(', ')}`);
  }

  /** What the focus looks like is judged as it is by eye: the place must look different without it. */
  async #refuseInvisibleFocus(focused: Locator, name: string): Promise<void> {
    const element = await focused.elementHandle();
    const box = await element?.boundingBox();
    if (!element || !box) throw new Error(`"${name}" has the focus and takes up no room on the page`);
    const around = 8;
    const clip = {
      x: Math.max(0, box.x - around),
      y: Math.max(0, box.y - around),
      width: box.width + 2 * around,
      height: box.height + 2 * around,
    };
    const look = () => this.page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
    const withFocus = await look();
    await element.evaluate((node) => (node as HTMLElement).blur());
    const without = await look();
    await element.evaluate((node) => (node as HTMLElement).focus({ preventScroll: true }));
    if (withFocus.equals(without))
      throw new Error(`The focus cannot be seen on "${name}" (${this.page.url()})`);
  }

  #within(legend: string | undefined): Locator {
    return legend === undefined
      ? this.page.locator(':root')
      : this.page.getByRole('group', { name: legend, exact: true });
  }

  async #go(act: () => Promise<unknown>, expected?: Expected): Promise<PageObject> {
    await PageRecord.of(this.page).follow(act);
    return PageObject.at(this.page, expected);
  }
}

function refuseFaults(where: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new Error(
    `${where}: ${faults.length} fault${faults.length > 1 ? 's' : ''}\n${faults.map((each) => `  - ${each}`).join('\n')}`,
  );
}

/** What is seen of one element. */
async function wordsOf(locator: Locator): Promise<string> {
  const texts = await locator.allInnerTexts();
  const [text] = texts;
  if (text === undefined || texts.length > 1)
    throw new Error(`${locator} is on the page ${texts.length} times`);
  return plain(text);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
