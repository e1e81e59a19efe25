import { strFromU8, unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../test/support/browser.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { odsOf, type Spreadsheet } from './ods.ts';

const assessment: Spreadsheet = {
  title: 'Strategic assessment & figures <May 2020 to April 2021>',
  cover: ['OFFICIAL', 'Period: 1 May 2020 to 30 April 2021'],
  notes: ['Percentages are rounded half up.'],
  created: new Date('2021-06-01T09:00:00Z'),
  tables: [
    {
      name: 'Boroughs',
      notes: ['By the borough responsible at the time.'],
      table: {
        title: 'Referrals by borough, 1 May 2020 to 30 April 2021',
        columns: [
          { kind: 'text', heading: 'Borough', cells: ['Newham', '=1+1 "N" & <b>', 'Kingston\u0007\uD800 '] },
          { kind: 'figure', heading: 'Referrals', cells: [1048, 'hidden', 0] },
          { kind: 'figure', heading: 'Times', cells: [6.1557, 'hidden', 'not-available'], decimals: 2 },
          { kind: 'date', heading: 'First', cells: [plainDate('2020-05-01'), 'hidden', 'not-available'] },
        ],
      },
    },
    {
      name: 'Wards',
      table: {
        title: 'Referrals by ward',
        columns: [
          { kind: 'text', heading: 'Ward', cells: [] },
          { kind: 'figure', heading: 'Referrals', cells: [] },
        ],
      },
    },
  ],
};

/** What a reader of the file finds in it, as a browser reads XML. */
interface Sheet {
  name: string;
  columns: string[];
  rows: { type: string | null; value: string | null; text: string }[][];
  headings: string[];
}

const bytes = odsOf(assessment);
const files = unzipSync(bytes);

let browser: Browser;
let sheets: Sheet[];
beforeAll(async () => {
  browser = await launchBrowser();
  sheets = await readSheets(strFromU8(files['content.xml'] ?? new Uint8Array()));
});
afterAll(() => browser.close());

async function faultsOf(xml: string): Promise<string> {
  const page = await browser.newPage();
  // As text: the test's own types have no DOM.
  const fault = await page.evaluate<string>(
    `new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml').querySelector('parsererror')?.textContent ?? ''`,
  );
  await page.close();
  return fault;
}

async function readSheets(xml: string): Promise<Sheet[]> {
  const page = await browser.newPage();
  const found = await page.evaluate<Sheet[]>(`(() => {
    const all = (node, name) => [...node.getElementsByTagName(name)];
    const content = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
    return all(content, 'table:table').map((sheet) => ({
      name: sheet.getAttribute('table:name'),
      columns: all(sheet, 'table:table-column').map((column) => column.getAttribute('table:style-name')),
      headings: all(sheet, 'table:table-header-rows').flatMap((row) => all(row, 'text:p').map((p) => p.textContent)),
      rows: all(sheet, 'table:table-row').map((row) => all(row, 'table:table-cell').map((cell) => ({
        type: cell.getAttribute('office:value-type'),
        value: cell.getAttribute('office:value') ?? cell.getAttribute('office:date-value'),
        text: cell.textContent,
      }))),
    }));
  })()`);
  await page.close();
  return found;
}

const sheet = (name: string): Sheet => {
  const found = sheets.find((each) => each.name === name);
  if (!found) throw new Error(`There is no sheet ${name}`);
  return found;
};
const texts = (name: string) => sheet(name).rows.map((row) => row.map(({ text }) => text));

describe('the file', () => {
  test('begins with its kind, as it is, so that whoever opens it knows', () => {
    const [header, rest] = [bytes.subarray(0, 30), bytes.subarray(30)];
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(strFromU8(header.subarray(0, 4), true)).toBe('PK\u0003\u0004');
    // Method 0: stored. No extra field stands between the name and the content.
    expect(view.getUint16(8, true)).toBe(0);
    expect(view.getUint16(28, true)).toBe(0);
    expect(strFromU8(rest.subarray(0, 54))).toBe('mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
  });

  test('lists what is in it, and all of it is well-formed XML', async () => {
    const parts = Object.keys(files).filter((name) => !['mimetype', 'META-INF/manifest.xml'].includes(name));
    const manifest = strFromU8(files['META-INF/manifest.xml'] ?? new Uint8Array());
    expect(Array.from(manifest.matchAll(/full-path="([^"]+)"/g), ([, path]) => path)).toEqual([
      '/',
      ...parts,
    ]);
    for (const name of [...parts, 'META-INF/manifest.xml']) {
      expect(await faultsOf(strFromU8(files[name] ?? new Uint8Array()))).toBe('');
    }
    expect(await faultsOf('<a><b></a>')).not.toBe('');
  });

  test('is the same for the same publication', () => {
    expect(odsOf(assessment)).toEqual(bytes);
  });

  test('says in what language it is, and its title', () => {
    const meta = strFromU8(files['meta.xml'] ?? new Uint8Array());
    expect(meta).toContain('<dc:language>en-GB</dc:language>');
    expect(meta).toContain('<dc:title>Strategic assessment &amp; figures &lt;May');
  });
});

describe('the sheets', () => {
  test('are a cover, contents and notes, then one a table, each with its title in A1', () => {
    expect(sheets.map(({ name, rows }) => [name, rows[0]?.[0]?.text])).toEqual([
      ['Cover', 'Strategic assessment & figures <May 2020 to April 2021>'],
      ['Contents', 'Contents'],
      ['Notes', 'Notes'],
      ['Boroughs', 'Referrals by borough, 1 May 2020 to 30 April 2021'],
      ['Wards', 'Referrals by ward'],
    ]);
  });

  test('have no merged cell, and a width for every column', () => {
    const content = strFromU8(files['content.xml'] ?? new Uint8Array());
    expect(content).not.toMatch(/number-(columns|rows)-(spanned|repeated)|covered-table-cell/);
    for (const { columns, rows } of sheets) {
      expect(columns).toHaveLength(Math.max(...rows.map((row) => row.length)));
      for (const style of columns) {
        expect(content).toMatch(new RegExp(`style:name="${style}"[^>]*><[^>]*column-width="\\d+mm"`));
      }
    }
  });

  test('have room for the longest date and for each word of a heading', () => {
    const widths = sheet('Boroughs').columns.map((style) => Number(style.replace('width-', '')));
    const [borough = 0, referrals = 0, , first = 0] = widths;
    // Arial of 12 points: a date such as 30 September 2020 takes 38 mm, and “Referrals” in bold 20 mm.
    expect(first).toBeGreaterThanOrEqual(40);
    expect(referrals).toBeGreaterThanOrEqual(24);
    expect(borough).toBeLessThan(90);
  });

  test('hold real numbers and dates, and shorthand for what is hidden or not available', () => {
    expect(sheet('Boroughs').rows.slice(-3)).toEqual([
      [
        { type: 'string', value: null, text: 'Newham' },
        { type: 'float', value: '1048', text: '1048' },
        { type: 'float', value: '6.1557', text: '6.16' },
        { type: 'date', value: '2020-05-01', text: '2020-05-01' },
      ],
      [
        // Not a formula: a string is shown as it is, and what XML cannot hold is gone.
        { type: 'string', value: null, text: '=1+1 "N" & <b>' },
        { type: 'string', value: null, text: '[c]' },
        { type: 'string', value: null, text: '[c]' },
        { type: 'string', value: null, text: '[c]' },
      ],
      [
        { type: 'string', value: null, text: 'Kingston\uFFFD ' },
        { type: 'float', value: '0', text: '0' },
        { type: 'string', value: null, text: '[x]' },
        { type: 'string', value: null, text: '[x]' },
      ],
    ]);
  });

  test('say what shorthand means where it is used', () => {
    expect(texts('Notes')).toEqual([
      ['Notes'],
      ['In place of a number, [c] means: hidden to protect people.'],
      ['In place of a number, [x] means: not available.'],
      ['Percentages are rounded half up.'],
    ]);
    expect(texts('Boroughs').slice(1, 5)).toEqual([
      ['This sheet contains one table.'],
      ['By the borough responsible at the time.'],
      ['What [c] and [x] mean is in the notes.'],
      ['Borough', 'Referrals', 'Times', 'First'],
    ]);
    expect(texts('Wards')).toEqual([
      ['Referrals by ward'],
      ['This sheet contains one table.'],
      ['Ward', 'Referrals'],
    ]);
  });

  test('keep the row of headings in sight, mark the table, and are linked to from the contents', () => {
    expect(sheet('Boroughs').headings).toEqual(['Borough', 'Referrals', 'Times', 'First']);
    const settings = strFromU8(files['settings.xml'] ?? new Uint8Array());
    const content = strFromU8(files['content.xml'] ?? new Uint8Array());
    const [, boroughs] = settings.split('config:name="Boroughs"');
    expect(boroughs).toMatch(/^>[^/]*VerticalSplitMode[^>]*>2<.*?VerticalSplitPosition"[^>]*>5</);
    expect(content).toContain(`target-range-address="'Boroughs'.A5:'Boroughs'.D8"`);
    expect(content).toContain(`xlink:href="#'Boroughs'.A1"`);
    expect(texts('Contents').slice(2)).toEqual([
      ['Sheet', 'Table'],
      ['Boroughs', 'Referrals by borough, 1 May 2020 to 30 April 2021'],
      ['Wards', 'Referrals by ward'],
    ]);
  });
});

test('a table of thirty columns has letters for all of them', () => {
  const columns = Array.from({ length: 30 }, (_, at) => ({
    kind: 'figure' as const,
    heading: `Month ${at + 1}`,
    cells: [at],
  }));
  const wide = odsOf({ ...assessment, tables: [{ name: 'Wide', table: { title: 'Wide', columns } }] });
  const content = strFromU8(unzipSync(wide)['content.xml'] ?? new Uint8Array());
  expect(content).toContain(`'Wide'.A3:'Wide'.AD4`);
});

test('the marking is at the head of every printed page of every sheet', () => {
  const files = unzipSync(odsOf({ ...assessment, marking: 'OFFICIAL-SENSITIVE' }));
  const [content, styles] = ['content.xml', 'styles.xml'].map((name) =>
    strFromU8(files[name] ?? new Uint8Array()),
  );
  expect(styles).toMatch(/style:name="Default".*<style:header><text:p>OFFICIAL-SENSITIVE<\/text:p>/);
  expect(content).toContain('style:name="sheet" style:family="table" style:master-page-name="Default"');
  const sheets = content?.match(/<table:table [^>]*>/g) ?? [];
  expect(sheets).toHaveLength(assessment.tables.length + 3);
  for (const sheet of sheets) expect(sheet).toContain('table:style-name="sheet"');
});

test.each(['', 'Cover', 'wards', 'a/b', "O'Neill", 'x'.repeat(32)])(
  'a sheet cannot be named “%s”',
  (name) => {
    const tables = [
      ...assessment.tables,
      { name, table: assessment.tables[0]?.table ?? { title: '', columns: [] } },
    ];
    expect(() => odsOf({ ...assessment, tables })).toThrow(/cannot be the name of a sheet/);
  },
);
