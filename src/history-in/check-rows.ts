import { type CsvRow, TOO_LONG } from './csv-rows.ts';
import type { Fault, ImportFile, Row } from './files.ts';

/** A row as it waits in the database: every cell that could be read, and what is wrong with it. */
export interface CheckedRow {
  line: number;
  cells: (string | null)[];
  faults: Fault[];
  /** What looks wrong with a row that is not. */
  odd: Fault[];
}

/** Where the columns of a file are. */
export interface Header {
  /** The place of each column of the description in a row of the file; -1 for one that the file does not have. */
  places: readonly number[];
  /** How many cells a row has. */
  width: number;
  /** Columns that the format does not know: they are passed over. */
  extra: readonly string[];
  faults: Fault[];
}

const IS_BLANK = 'it is blank, and every row needs it';
/** What a fault names where it is the row that is wrong, and not a column of it. */
export const THE_ROW = 'row';

/** What spreadsheets of other settings put between columns. */
const OTHER_SEPARATORS = [
  { mark: ';', called: 'semicolons' },
  { mark: '\t', called: 'tabs' },
] as const;

/** Finds the columns of a file in its first row, whatever their order and case. */
export function readHeader(file: ImportFile, { cells, malformed }: CsvRow): Header {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const known = file.columns.map(({ name }) => name);
  // Read as UTF-8, every other character of UTF-16 is U+0000.
  if (cells.some((cell) => cell.includes('\0')))
    return {
      places: [],
      width: cells.length,
      extra: [],
      faults: [[THE_ROW, 'the file is not in UTF-8: save it as CSV UTF-8 and import it again']],
    };
  const separator = OTHER_SEPARATORS.find(({ mark }) => names.length === 1 && names[0]?.includes(mark));
  if (separator)
    return {
      places: [],
      width: cells.length,
      extra: [],
      faults: [
        [
          THE_ROW,
          `its columns have ${separator.called} between them: save it as CSV with commas between them`,
        ],
      ],
    };
  const faults: Fault[] = malformed === null ? [] : [[THE_ROW, `the header has ${malformed}`]];
  for (const name of known)
    if (names.filter((each) => each === name).length > 1)
      faults.push([name, 'the column is there more than once: keep one of them']);
  for (const { name, required } of file.columns)
    if (required && !names.includes(name))
      faults.push([name, 'the column is not there, and every row needs it: add it to the header']);
  return {
    places: known.map((name) => names.indexOf(name)),
    width: cells.length,
    extra: cells.map((cell) => cell.trim()).filter((_cell, place) => !known.includes(names[place] ?? '')),
    faults,
  };
}

/** Checks one row by the description of its file: every cell of it, and then what they are to one another. */
export function checkRow(
  file: ImportFile,
  header: Pick<Header, 'places' | 'width'>,
  row: CsvRow,
): CheckedRow {
  const { line, malformed } = row;
  const inOrder = header.places.map((place) => (place === -1 ? '' : (row.cells[place] ?? '').trim()));
  if (malformed !== null || row.cells.length !== header.width) {
    // Its cells may not be where they belong; the reference alone tells which rows stand on it.
    const cells = file.columns.map((_column, n) => (n === 0 ? inOrder[0] || null : null));
    return { line, cells: withMade(file, cells, []), faults: [[THE_ROW, wrongShape(header, row)]], odd: [] };
  }
  const faults: Fault[] = [];
  const cells = file.columns.map(({ name, cell, required }, n): string | null => {
    const raw = inOrder[n] ?? '';
    if (raw === '') {
      if (required) faults.push([name, IS_BLANK]);
      return null;
    }
    const unreadable = cannotBeKept(raw);
    if (unreadable !== null) {
      faults.push([name, unreadable]);
      return null;
    }
    const read = cell(raw);
    if ('value' in read && read.value !== '') return read.value;
    if ('fault' in read) faults.push([name, read.fault]);
    // Of nothing but what cannot be seen.
    else if (required) faults.push([name, IS_BLANK]);
    return null;
  });
  const wrong = new Set(faults.map(([column]) => column));
  const read = rowOf(file, cells);
  for (const fault of file.check(read)) if (!wrong.has(fault[0])) faults.push(fault);
  return {
    line,
    cells: withMade(file, cells, faults),
    faults,
    odd: faults.length > 0 ? [] : file.odd(read),
  };
}

/** Whether a row says nothing at all, as spreadsheets leave below their last. */
export const isBlank = ({ cells, malformed }: CsvRow): boolean =>
  malformed === null && cells.every((cell) => cell.trim() === '');

function rowOf(file: ImportFile, cells: readonly (string | null)[]): Row {
  const places = placesOf(file);
  return (column) => cells[places.get(column) ?? -1] ?? null;
}

const known = new WeakMap<ImportFile, ReadonlyMap<string, number>>();
function placesOf(file: ImportFile): ReadonlyMap<string, number> {
  let places = known.get(file);
  if (!places) {
    places = new Map(file.columns.map(({ name }, place) => [name, place]));
    known.set(file, places);
  }
  return places;
}

function withMade(file: ImportFile, cells: (string | null)[], faults: readonly Fault[]): (string | null)[] {
  const row = rowOf(file, cells);
  return [...cells, ...file.made.map(({ of }) => (faults.length > 0 ? null : of(row)))];
}

function wrongShape({ width }: Pick<Header, 'width'>, { cells, malformed }: CsvRow): string {
  if (malformed === TOO_LONG) return 'it is longer than 1 MB: take out what does not belong in it';
  if (malformed !== null)
    return `it has ${malformed}: put the whole cell between quotation marks, and write each one inside it twice`;
  return `it has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and the header has ${width}: put a cell that holds a comma between quotation marks`;
}

function cannotBeKept(raw: string): string | null {
  if (raw.includes('\uFFFD'))
    return 'it has a character that is not UTF-8: save the file as CSV UTF-8 and import it again';
  return raw.includes('\0') ? 'it has a character that cannot be kept, U+0000: take it out' : null;
}
