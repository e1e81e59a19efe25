import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page, Request, Response } from 'playwright-core';

/** How long a press may take to send the browser on its way to another page, in milliseconds. */
const TIME_TO_SET_OFF = 1000;
/** How long that page may take to come, in milliseconds. */
const TIME_TO_ARRIVE = 30_000;

/** The document a page shows: the answer it came in, and its HTML as it was served. */
export interface ServedDocument {
  readonly response: Response;
  readonly html: Promise<string>;
}

const records = new WeakMap<Page, PageRecord>();

/**
 * What a page has shown and complained of since it was opened. It listens from birth, so that nothing that happens
 * while a page loads is missed; `newVisitor` opens pages with one.
 */
export class PageRecord {
  readonly hasJavaScript: boolean;
  readonly #page: Page;
  readonly #faults: string[] = [];
  readonly #failedLoads = new Set<string>();
  readonly #loadMessages = new Map<string, string>();
  #document: ServedDocument | undefined;
  #session: Promise<CDPSession> | undefined;
  #departures = 0;
  #isUnderWay = false;

  private constructor(page: Page, hasJavaScript: boolean) {
    this.#page = page;
    this.hasJavaScript = hasJavaScript;
    page.on('request', (request) => {
      if (!isNavigation(page, request)) return;
      this.#departures += 1;
      this.#isUnderWay = true;
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#isUnderWay = false;
    });
    page.on('pageerror', (error) =>
      this.#faults.push(`uncaught in the page: ${error.message} (${page.url()})`),
    );
    page.on('requestfailed', (request) => this.#requestFailed(request));
    page.on('response', (response) => this.#responded(response));
    page.on('console', (message) => {
      const { url, lineNumber } = message.location();
      const text = message.text();
      // The browser repeats every failed load on its console: told once, by the load itself.
      if (text.startsWith('Failed to load resource:')) this.#loadMessages.set(url, text);
      else if (message.type() === 'error' || text.includes('Content Security Policy')) {
        this.#faults.push(`console: ${text} (${url}:${lineNumber + 1})`);
      }
    });
  }

  /** Starts the record of a page that has shown nothing yet. */
  static start(page: Page, hasJavaScript: boolean): void {
    records.set(page, new PageRecord(page, hasJavaScript));
  }

  /** @throws Error for a page that was not opened by `newVisitor`. */
  static of(page: Page): PageRecord {
    const record = records.get(page);
    if (!record) throw new Error('This page has no record of what it did: open it with newVisitor');
    return record;
  }

  /** @throws Error before the page has shown anything. */
  get document(): ServedDocument {
    if (!this.#document) throw new Error(`The page has not been anywhere yet (${this.#page.url()})`);
    return this.#document;
  }

  /** The browser's own line to the page. One for as long as the page: closing it would forget what it switched. */
  get session(): Promise<CDPSession> {
    this.#session ??= this.#page.context().newCDPSession(this.#page);
    return this.#session;
  }

  /**
   * Does what may lead to another page, and waits for that page if it does.
   * @throws Error when the browser sets off and nothing comes.
   */
  async follow(act: () => Promise<unknown>): Promise<void> {
    const departures = this.#departures;
    await act();
    if (await comesTrue(() => this.#departures > departures, TIME_TO_SET_OFF)) {
      const hasArrived = await comesTrue(() => !this.#isUnderWay, TIME_TO_ARRIVE);
      if (!hasArrived)
        throw new Error(`No page came within ${TIME_TO_ARRIVE / 1000} seconds of ${this.#page.url()}`);
    }
    await this.#page.waitForLoadState('load');
  }

  /** What has the focus: the name by which assistive technology announces it, and a number that is its own. */
  async focused(): Promise<{ name: string; node: number | undefined }> {
    const session = await this.session;
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' });
    if (!result.objectId) throw new Error('Nothing has the focus');
    const { nodes } = await session.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId,
      fetchRelatives: false,
    });
    return { name: String(nodes[0]?.name?.value ?? ''), node: nodes[0]?.backendDOMNodeId };
  }

  /** Everything the page complained of since this was last asked. */
  takeFaults(): string[] {
    for (const [url, text] of this.#loadMessages) {
      if (!this.#failedLoads.has(url)) this.#faults.push(`console: ${text} (${url})`);
    }
    this.#loadMessages.clear();
    return this.#faults.splice(0);
  }

  #requestFailed(request: Request): void {
    const reason = request.failure()?.errorText ?? 'unknown';
    this.#failedLoads.add(request.url());
    if (isNavigation(this.#page, request)) this.#isUnderWay = false;
    // A load that is dropped because the visitor went on to another page is no fault of the page.
    if (reason !== 'net::ERR_ABORTED') this.#faults.push(`failed request: ${request.url()} (${reason})`);
  }

  #responded(response: Response): void {
    if (isNavigation(this.#page, response.request())) {
      const isRedirect = response.status() >= 300 && response.status() < 400;
      const isDownload = /^attachment/i.test(response.headers()['content-disposition'] ?? '');
      if (isRedirect || isDownload || response.status() === 204) return;
      if (response.status() >= 400) this.#failedLoads.add(response.url());
      const html = response.text();
      // Asked for at once, while the browser still has it; whoever awaits it later is told if it could not be had.
      html.catch(() => undefined);
      this.#document = { response, html };
    } else if (response.status() >= 400) {
      this.#failedLoads.add(response.url());
      this.#faults.push(`failed request: ${response.url()} (status ${response.status()})`);
    }
  }
}

async function comesTrue(isTrue: () => boolean, within: number): Promise<boolean> {
  const end = performance.now() + within;
  while (!isTrue() && performance.now() < end) await delay(10);
  return isTrue();
}

/** Whether a request is for the page's own next document, not for a part of it. */
function isNavigation(page: Page, request: Request): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame();
}
