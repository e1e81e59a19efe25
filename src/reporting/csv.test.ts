import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { csvOf } from './csv.ts';
import type { DataTable } from './data-table.ts';

const oneColumn = (...cells: string[]): DataTable => ({
  title: 'Words',
  columns: [{ kind: 'text', heading: 'Word', cells }],
});

test('a table is its headings and rows, numbers and dates as machines read them', () => {
  expect(
    csvOf({
      title: 'Referrals by borough',
      columns: [
        { kind: 'text', heading: 'Borough', cells: ['Newham', 'Kingston, upon “Thames”', 'Camden "N"'] },
        { kind: 'figure', heading: 'Referrals', cells: [1048, 'hidden', 0] },
        { kind: 'figure', heading: 'Change', cells: [-0.125, 'hidden', 'not-available'], decimals: 1 },
        { kind: 'date', heading: 'First', cells: [plainDate('2020-05-01'), 'hidden', 'not-applicable'] },
      ],
    }),
  ).toBe(
    'Borough,Referrals,Change,First\r\n' +
      'Newham,1048,-0.125,2020-05-01\r\n' +
      '"Kingston, upon “Thames”",[c],[c],[c]\r\n' +
      '"Camden ""N""",0,[x],[z]\r\n',
  );
});

describe('what a spreadsheet could take for a formula is text with an apostrophe', () => {
  test.each([
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+44 20', "'+44 20"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['  =1+1', "'  =1+1"],
    ['\t=1', "'\t=1"],
    ['\rx', '"\'\rx"'],
    ['\nx', '"\'\nx"'],
    ['a=b', 'a=b'],
    ["O'Neill", "O'Neill"],
    ['', ''],
  ])('%j is written %j', (words, written) => {
    expect(csvOf(oneColumn(words))).toBe(`Word\r\n${written}\r\n`);
  });

  test('in a heading too', () => {
    const table: DataTable = {
      title: 'Sly',
      columns: [{ kind: 'text', heading: '=1+1', cells: ['a'] }],
    };
    expect(csvOf(table)).toBe("'=1+1\r\na\r\n");
  });
});

/** Reads RFC 4180, as its grammar says. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test('whatever is written is read again, but for the apostrophe', () => {
  const words = fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', '=', ' ', 'é', "'", '-') });
  const table = fc.array(fc.tuple(words, fc.integer()));
  fc.assert(
    fc.property(table, (rows) => {
      const csv = csvOf({
        title: 'Any',
        columns: [
          { kind: 'text', heading: 'Words', cells: rows.map(([cell]) => cell) },
          { kind: 'figure', heading: 'Number', cells: rows.map(([, cell]) => cell) },
        ],
      });
      const [, ...body] = read(csv);
      expect(body.map(([cell, number]) => [cell?.replace(/^'(?=\s*[=-]|\s)/, ''), Number(number)])).toEqual(
        rows.map(([cell, number]) => [cell.replace(/^'(?=\s*[=-]|\s)/, ''), number]),
      );
      for (const [cell] of body) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }),
  );
});

test.each([
  [
    'columns of two lengths',
    { title: 'T', columns: [...oneColumn('a').columns, { kind: 'figure', heading: 'N', cells: [] }] },
  ],
  [
    'two columns of one heading',
    { title: 'T', columns: [...oneColumn('a').columns, ...oneColumn('b').columns] },
  ],
  ['no column', { title: 'T', columns: [] }],
  ['what is no number', { title: 'T', columns: [{ kind: 'figure', heading: 'N', cells: [Number.NaN] }] }],
] satisfies [string, DataTable][])('%s are refused', (_what, table) => {
  expect(() => csvOf(table)).toThrow(RangeError);
});
