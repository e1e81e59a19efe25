/** A row of a CSV file, and the line on which it begins, the header's being 1. */
export interface CsvRow {
  line: number;
  cells: string[];
  /** What is wrong with its quotation marks, as the end of "the row has …"; null where nothing is. */
  malformed: string | null;
}

/** How many characters a record may have. One of more than one line that is longer has a quotation mark that nobody closed. */
const LONGEST = 1_048_576;
/** What is wrong with a single line that is longer, as the end of "the row has …". */
export const TOO_LONG = 'a line longer than 1 MB';
const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;

/**
 * Reads CSV (RFC 4180; lines end in CRLF, LF or CR) as it comes, a piece at a time: UTF-8, with or without a byte-order mark.
 * Bytes that are no UTF-8 become U+FFFD. A row whose quotation marks are wrong ends where its first line ends, so that the
 * rows after it are still read, and each fault is told of its own line. Of a line longer than 1 MB the beginning is given, and
 * the rest of it passed over. Empty lines are passed over too.
 */
export async function* csvRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow[]> {
  const decoder = new TextDecoder('utf-8');
  const reader = new CsvReader();
  for await (const piece of pieces) yield reader.read(decoder.decode(piece, { stream: true }), false);
  yield reader.read(decoder.decode(), true);
}

interface Record {
  cells: string[];
  malformed: string | null;
  /** Where the next one begins, or where the text ends before this line does. */
  next: number;
}

class CsvReader {
  #rest = '';
  #line = 1;
  /** Whether what comes next is the rest of a line that is too long. */
  #isPastLongest = false;

  read(text: string, isEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    const all = this.#rest + text;
    let from = 0;
    while (from < all.length) {
      if (this.#isPastLongest) {
        const end = endOfLine(all, from);
        from = end;
        if (end === all.length || isHalfLineEnd(all, end, isEnd)) break;
        from = afterLineEnd(all, end);
        this.#line += 1;
        this.#isPastLongest = false;
        continue;
      }
      const record = recordAt(all, from, isEnd);
      if (record === null) break;
      const { cells, malformed } = record;
      if (cells.length > 1 || cells[0] !== '') rows.push({ line: this.#line, cells, malformed });
      this.#isPastLongest = malformed === TOO_LONG;
      this.#line += linesBetween(all, from, record.next);
      from = record.next;
    }
    this.#rest = all.slice(from);
    return rows;
  }
}

/** The record that begins at a place; null where more of the text is needed to know its end. */
function recordAt(text: string, from: number, isEnd: boolean): Record | null {
  const cells: string[] = [];
  let at = from;
  let malformed: string | null = null;
  for (;;) {
    const cell = text.charCodeAt(at) === QUOTE ? quotedCell(text, at) : plainCell(text, at);
    if (cell.end === text.length && !isEnd && text.length - from <= LONGEST) return null;
    if (cell.end - from > LONGEST) return tooLong(text, from, cells);
    cells.push(cell.value);
    malformed ??= cell.malformed;
    const after = text.charCodeAt(cell.end);
    if (malformed === null && after === COMMA) {
      at = cell.end + 1;
      continue;
    }
    const end = malformed === null ? cell.end : endOfLine(text, from);
    // Whether a line feed follows a carriage return is not known before it is there.
    if (isHalfLineEnd(text, end, isEnd)) return null;
    return { cells, malformed, next: Math.min(afterLineEnd(text, end), text.length) };
  }
}

/** A record that goes on past the longest: its first line is, or it is a quotation mark that takes other lines with it. */
function tooLong(text: string, from: number, cells: string[]): Record {
  const end = endOfLine(text, from);
  return end - from > LONGEST
    ? { cells, malformed: TOO_LONG, next: end }
    : { cells, malformed: NEVER_CLOSED, next: Math.min(afterLineEnd(text, end), text.length) };
}

const NEVER_CLOSED = 'a quotation mark that is never closed';

interface Cell {
  value: string;
  /** The place of the comma or line end after it, or of the end of the text. */
  end: number;
  malformed: string | null;
}

function plainCell(text: string, from: number): Cell {
  let end = from;
  let malformed: string | null = null;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === COMMA || code === LF || code === CR) break;
    if (code === QUOTE) malformed = 'a quotation mark inside a cell that does not begin with one';
  }
  return { value: text.slice(from, end), end, malformed };
}

function quotedCell(text: string, from: number): Cell {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return { value: '', end: text.length, malformed: NEVER_CLOSED };
    value += text.slice(at, quote);
    if (text.charCodeAt(quote + 1) !== QUOTE) {
      const { value: more, end } = plainCell(text, quote + 1);
      return { value, end, malformed: more === '' ? null : 'words after a closing quotation mark' };
    }
    value += '"';
    at = quote + 2;
  }
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return text.length;
}

const isHalfLineEnd = (text: string, end: number, isEnd: boolean): boolean =>
  text.charCodeAt(end) === CR && end + 1 === text.length && !isEnd;

const afterLineEnd = (text: string, end: number): number =>
  end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);

function linesBetween(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) lines += 1;
  }
  return lines;
}
