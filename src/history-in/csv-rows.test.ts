import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvRow, csvRows } from './csv-rows.ts';

/** Reads a text that comes in pieces of some bytes each. */
async function read(text: string | Uint8Array, pieceLength = 65_536): Promise<CsvRow[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
  };
  const rows: CsvRow[] = [];
  for await (const some of csvRows(pieces())) for (const row of some) rows.push(row);
  return rows;
}

const good = (line: number, ...cells: string[]): CsvRow => ({ line, cells, malformed: null });

test('reads quoted commas, quotation marks and line ends, and tells each row’s first line', async () => {
  expect(await read('a,b\r\n"1,2","he said ""no"""\r\n"two\r\nlines",x\r\n\r\nlast,')).toEqual([
    good(1, 'a', 'b'),
    good(2, '1,2', 'he said "no"'),
    good(3, 'two\r\nlines', 'x'),
    good(6, 'last', ''),
  ]);
});

test.each(['\n', '\r\n', '\r'])('takes %j for the end of a line', async (end) => {
  expect(await read(`a,b${end}1,2${end}`)).toEqual([good(1, 'a', 'b'), good(2, '1', '2')]);
});

test('passes over a byte-order mark, and gives U+FFFD for what is no UTF-8', async () => {
  expect(await read('\uFEFFa,b\n')).toEqual([good(1, 'a', 'b')]);
  const latin1 = Buffer.from('Zoë,x\n', 'latin1');
  expect(await read(latin1)).toEqual([good(1, 'Zo\uFFFD', 'x')]);
});

describe('a row whose quotation marks are wrong', () => {
  test.each([
    ['1,he said "no",3', 'a quotation mark inside a cell that does not begin with one'],
    ['1,"he" said,3', 'words after a closing quotation mark'],
    ['1,"never closed,3', 'a quotation mark that is never closed'],
  ])('%s ends where its line ends, and those after it are read', async (row, malformed) => {
    const rows = await read(`a,b,c\n${row}\n4,5,6\n`);
    expect(rows[1]).toMatchObject({ line: 2, malformed });
    expect(rows.slice(2)).toEqual([good(3, '4', '5', '6')]);
  });

  test('takes no other row with it, even where a later cell is quoted', async () => {
    const rows = await read('a,b\n1,"open\n2,"quoted"\n3,x\n');
    expect(rows.map(({ line, malformed }) => [line, malformed !== null])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
    ]);
  });

  test('is known long before the end of a long file', async () => {
    const rows = await read(`a,b\n1,"open\n${'2,x\n'.repeat(600_000)}`);
    expect(rows).toHaveLength(600_002);
    expect(rows[1]).toMatchObject({ line: 2, malformed: 'a quotation mark that is never closed' });
    expect(rows.at(-1)).toEqual(good(600_002, '2', 'x'));
  });
});

describe('a line longer than 1 MB', () => {
  const long = 'x'.repeat(3_000_000);

  test.each([
    ['in a cell', `1,${long},3`],
    ['in a quoted cell', `1,"${long}",3`],
    ['in a cell that is never closed', `1,"${long}`],
    ['in many cells', `1,${'2,'.repeat(1_500_000)}`],
  ])('%s is one row that says so, and those after it are read', async (_where, row) => {
    for (const end of ['\n', '\r\n', '\r'])
      for (const pieceLength of [65_536, 10_000_000]) {
        const rows = await read(`a,b,c${end}${row}${end}4,5,6${end}`, pieceLength);
        expect(rows.map(({ line, malformed }) => [line, malformed])).toEqual([
          [1, null],
          [2, 'a line longer than 1 MB'],
          [3, null],
        ]);
        expect(rows[1]?.cells[0]).toBe('1');
        expect(rows[2]).toEqual(good(3, '4', '5', '6'));
      }
  });

  test('is one row where the file ends with it', async () => {
    expect(await read(`a,b\n${long}`)).toEqual([
      good(1, 'a', 'b'),
      { line: 2, cells: [], malformed: 'a line longer than 1 MB' },
    ]);
  });

  test('is told from one of 1 MB, which is read', async () => {
    const longest = 'x'.repeat(1_048_576);
    expect(await read(`${longest}\n${longest}x\n`)).toEqual([
      good(1, longest),
      { line: 2, cells: [], malformed: 'a line longer than 1 MB' },
    ]);
  });
});

test('whatever is written is read again as it was, however it is cut up', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 6 });
  const written = (cells: readonly string[]) =>
    cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      async (table, pieceLength) => {
        const text = table.map((row) => `${written(row)}\r\n`).join('');
        const rows = await read(text, pieceLength);
        expect(rows.map(({ cells }) => cells)).toEqual(table);
        expect(rows.every(({ malformed }) => malformed === null)).toBe(true);
        // The line of each is one more than the line ends before it.
        let before = '';
        for (const [place, row] of rows.entries()) {
          expect(row.line).toBe(1 + (before.match(/\r\n|\n|\r/g) ?? []).length);
          before += `${written(table[place] ?? [])}\r\n`;
        }
      },
    ),
    { numRuns: 200 },
  );
});
