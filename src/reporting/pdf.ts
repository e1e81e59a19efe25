import type { Browser } from 'playwright-core';
import { launchBrowser } from '../platform/browser/launch-browser.ts';

/** A page to print, and what it asks for. */
export interface Printable {
  /** A whole document: its `lang` and `title` are those of the PDF, its headings the outline. */
  readonly html: string;
  /** Stands at the top of every page: the protective marking. */
  readonly marking: string;
  /** Stands at the foot of every page, beside its number: what is printed, its period and as at when. */
  readonly footer: string;
  /** The file at a path of the document's own address, `/assets/homeward.css` for instance; undefined when there is none. */
  readonly fileAt: (path: string) => Promise<PrintedFile | undefined>;
}

export interface PrintedFile {
  readonly type: string;
  readonly content: Uint8Array;
}

/** Names no machine (RFC 2606): what is not answered here is not answered. */
const ADDRESS = 'http://report.invalid';
const TIME_TO_PRINT = 60_000;

/** A browser takes some 240 MB: however many reports are asked for, one is printed at a time. */
let last: Promise<unknown> = Promise.resolve();

/**
 * A page as a PDF on A4: tagged, so that it can be listened to, with bookmarks from its headings, its language and its
 * title. No PDF/UA is claimed: Chromium writes no such identifier. The page runs no script, and reaches nothing but the
 * files that it is given.
 *
 * @param launch gives a browser, which is closed again
 * @throws Refusal when there is no browser, saying what to install
 */
export function pdfOf(
  page: Printable,
  launch: () => Promise<Browser> = () => launchBrowser(),
): Promise<Uint8Array> {
  const printed = last.then(() => printWith(launch, page));
  last = printed.catch(() => undefined);
  return printed;
}

async function printWith(launch: () => Promise<Browser>, printable: Printable): Promise<Uint8Array> {
  const browser = await launch();
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
    context.setDefaultTimeout(TIME_TO_PRINT);
    const page = await context.newPage();
    await page.route('**/*', async (route) => {
      const { origin, pathname } = new URL(route.request().url());
      if (origin !== ADDRESS) return route.abort();
      if (pathname === '/')
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: printable.html });
      const file = await printable.fileAt(pathname);
      if (!file) return route.abort();
      return route.fulfill({ contentType: file.type, body: Buffer.from(file.content) });
    });
    await page.goto(`${ADDRESS}/`, { waitUntil: 'load' });
    // Loading a page does not wait for the typefaces that its styles ask for.
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    return await page.pdf({
      format: 'A4',
      margin: { top: '22mm', right: '16mm', bottom: '20mm', left: '16mm' },
      printBackground: true,
      tagged: true,
      outline: true,
      displayHeaderFooter: true,
      headerTemplate: inTheMargin(`<b>${escaped(printable.marking)}</b>`, 'center'),
      footerTemplate: inTheMargin(
        `<span>${escaped(printable.footer)}</span><span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span>`,
        'space-between',
      ),
    });
  } finally {
    await browser.close();
  }
}

/** A margin is a document of its own, which the page's styles do not reach. */
function inTheMargin(content: string, justified: 'center' | 'space-between'): string {
  return `<div style="display: flex; justify-content: ${justified}; gap: 8mm; width: 100%; padding: 0 16mm; font: 9pt arial, sans-serif; color: #000">${content}</div>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
