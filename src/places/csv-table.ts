import { type CsvRow, csvRows } from '../history-in/index.ts';
import type { PlaceFault } from './place-fault.ts';

/** A column of a file, where it is and what the file calls it. */
export interface TableColumn {
  readonly index: number;
  readonly name: string;
}

export interface CsvTable {
  readonly header: TableHeader;
  /** The rows after the header, as they come. A row that cannot be read is a fault, and is left out. */
  readonly batches: AsyncIterable<readonly CsvRow[]>;
  /** What is wrong with the file's own form, as far as it has been read. */
  readonly faults: PlaceFault[];
}

/** The columns of a file by name: small letters, one space between words, whatever the file's own. */
export class TableHeader {
  readonly #columns: readonly { name: string; key: string; index: number }[];

  constructor(names: readonly string[]) {
    this.#columns = names.map((name, index) => {
      const plain = name.replace(/\s+/g, ' ').trim();
      return { name: plain, key: plain.toLowerCase(), index };
    });
  }

  get length(): number {
    return this.#columns.length;
  }

  /** The first pattern that any column fits; among several columns that fit it, the one of the newest year. */
  find(...patterns: readonly RegExp[]): TableColumn | undefined {
    for (const pattern of patterns) {
      const [newest] = this.all(pattern).toSorted((a, b) => yearIn(b.name) - yearIn(a.name));
      if (newest) return newest;
    }
    return undefined;
  }

  /** Every column that fits, in the file's order. */
  all(pattern: RegExp): TableColumn[] {
    return this.#columns.filter(({ key }) => pattern.test(key)).map(({ index, name }) => ({ index, name }));
  }
}

/** The year in the name of a column, in two digits as the ONS writes it: 22 of WD22CD; 0 where there is none. */
export function yearIn(name: string): number {
  return Number(/(?<!\d)(?:20)?(\d\d)(?!\d)/.exec(name)?.[1] ?? 0);
}

/** Begins to read a CSV file with a header. @returns null where there is not even a header */
export async function openTable(pieces: AsyncIterable<Uint8Array>): Promise<CsvTable | null> {
  const read = csvRows(pieces);
  let first: CsvRow[] = [];
  while (first.length === 0) {
    const { value, done } = await read.next();
    if (done) return null;
    first = value;
  }
  const [head, ...others] = first;
  const header = new TableHeader(head?.cells ?? []);
  const faults: PlaceFault[] = [];
  const sound = ({ line, cells, malformed }: CsvRow): boolean => {
    const what =
      malformed !== null
        ? `the row has ${malformed}`
        : cells.length !== header.length
          ? `the row has ${cells.length} cells and the header ${header.length}: each row has one for every column`
          : null;
    if (what !== null) faults.push({ line, column: '', what });
    return what === null;
  };
  async function* batches() {
    yield others.filter(sound);
    for await (const rows of read) yield rows.filter(sound);
  }
  return { header, batches: batches(), faults };
}

/** What is told of a file that has nothing in it. */
export const NOTHING_IN_IT: PlaceFault = { line: 1, column: '', what: 'there is nothing in the file' };

/** What is told of a column that is needed and not there. */
export function missingColumn(what: string, names: string): PlaceFault {
  return { line: 1, column: what, what: `there is no such column; it is called ${names}` };
}
