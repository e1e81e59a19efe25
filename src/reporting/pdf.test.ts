import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ReadPdf, readPdf } from '../../test/reporting/read-pdf.ts';
import { launchBrowser } from '../platform/browser/launch-browser.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Printable, pdfOf } from './pdf.ts';

const styled = 'h2.unwanted { display: none } h2 { break-before: page }';

const report = (inside: string): Printable => ({
  html: `<!doctype html><html lang="en-GB"><head><title>Strategic assessment – Year 3</title>
    <link rel="stylesheet" href="/assets/report.css"></head><body>${inside}</body></html>`,
  marking: 'OFFICIAL & <SENSITIVE>',
  footer: 'Homeward, May 2020 to April 2021',
  fileAt: async (path) =>
    path === '/assets/report.css' ? { type: 'text/css', content: Buffer.from(styled) } : undefined,
});

describe('a printed report', () => {
  let pdf: ReadPdf;
  beforeAll(async () => {
    pdf = readPdf(
      await pdfOf(
        report(`<h1>Strategic assessment</h1>
          <h2>Referrals — by borough</h2>
          <table><caption>Referrals</caption>
            <thead><tr><th scope="col">Borough</th><th scope="col">Referrals</th></tr></thead>
            <tbody><tr><th scope="row">Newham</th><td>48</td></tr></tbody></table>
          <svg role="img" viewBox="0 0 9 9" width="90" aria-labelledby="t"><title id="t">Bars</title><rect width="5" height="5"/></svg>
          <h2 class="unwanted">Not in print</h2>
          <h2>Wards</h2><p>Nine wards.</p>`),
      ),
    );
  });

  test('is tagged: headings, a table with its headings, a figure with words for it, in order', () => {
    expect(pdf.tagged).toBe(true);
    expect(pdf.tags).toEqual([
      'Document',
      'H1',
      'H2',
      'Table',
      'Caption',
      'TR',
      'TH: Column',
      'TH: Column',
      'TR',
      'TH: Row',
      'TD',
      'Figure: Bars',
      'H2',
      'P',
    ]);
  });

  test('has bookmarks from its headings, by the styles that it asked for', () => {
    expect(pdf.outline).toEqual(['Strategic assessment', '  Referrals — by borough', '  Wards']);
  });

  test('says its language and shows its title', () => {
    expect(pdf.language).toBe('en-GB');
    expect(pdf.title).toBe('Strategic assessment – Year 3');
    expect(pdf.showsTitle).toBe(true);
  });

  test('has the marking, what it is and the number on every page, as they were given', () => {
    expect(pdf.pages).toHaveLength(3);
    for (const [at, page] of pdf.pages.entries()) {
      expect(page).toContain('OFFICIAL & <SENSITIVE>');
      expect(page).toContain('Homeward, May 2020 to April 2021');
      expect(page).toContain(`Page ${at + 1} of 3`);
    }
    expect(pdf.pages[1]).toContain('Newham');
    expect(pdf.pages[2]).toContain('Nine wards.');
  });
});

test('what a report holds runs no script and reaches nothing', async () => {
  let asked = 0;
  const server = createServer((_request, reply) => {
    asked += 1;
    reply.end('');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const { pages } = readPdf(
      await pdfOf(
        report(`<p id="said">As written.</p><script>document.getElementById('said').textContent = 'Injected.'</script>
          <img src="${elsewhere}/pixel.png" alt=""><iframe src="${elsewhere}/"></iframe>
          <iframe src="file:///etc/hostname"></iframe><img src="/assets/none.png" alt="">`),
      ),
    );
    expect(pages.join()).toContain('As written.');
    expect(pages.join()).not.toContain('Injected.');
    expect(asked).toBe(0);
  } finally {
    server.close();
  }
});

test('one is printed at a time, and one that fails holds up no other', async () => {
  let open = 0;
  let most = 0;
  const launch = async () => {
    open += 1;
    most = Math.max(most, open);
    const browser = await launchBrowser();
    browser.once('disconnected', () => {
      open -= 1;
    });
    return browser;
  };
  const noBrowser = () => launchBrowser({ platform: 'aix', arch: 'ppc64', environment: {} });
  const [first, refused, third] = await Promise.allSettled([
    pdfOf(report('<h1>One</h1>'), launch),
    pdfOf(report('<h1>Two</h1>'), noBrowser),
    pdfOf(report('<h1>Three</h1>'), launch),
  ]);
  expect(first.status).toBe('fulfilled');
  expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(Refusal) });
  expect(refused).toMatchObject({ reason: { message: expect.stringContaining('Install Chrome') } });
  expect(third.status === 'fulfilled' && readPdf(third.value).outline).toEqual(['Three']);
  expect([most, open]).toEqual([1, 0]);
});
