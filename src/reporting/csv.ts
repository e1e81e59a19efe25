import { type Column, type DataTable, rowCount } from './data-table.ts';
import { shorthandOf } from './figure.ts';

/**
 * What makes a spreadsheet take a cell for a formula (CSV injection, as OWASP describes it): =, +, - or @, also in full width,
 * after any white space. A tab or a line break at the beginning can part a cell in two, and counts as well.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A table as comma-separated values (RFC 4180): UTF-8 without a mark of byte order, one row of headings, lines that end in CR LF,
 * cells in quotes where they hold a comma, a quote or a line break.
 *
 * Numbers are written whole, with a full stop and nothing between thousands, and dates as YYYY-MM-DD; what is hidden or
 * not available is its shorthand, never empty and never 0. **The rule against formulas:** a text that a spreadsheet could
 * take for one is written with an apostrophe before it, which shows; numbers and dates are never touched, since they are
 * made here and hold nothing that anybody typed.
 */
export function csvOf(table: DataTable): string {
  const rows = Array.from({ length: rowCount(table) }, (_, row) =>
    table.columns.map((column) => cellOf(column, row)),
  );
  return [table.columns.map(({ heading }) => text(heading)), ...rows]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
}

function cellOf(column: Column, row: number): string {
  if (column.kind === 'text') return text(column.cells[row] ?? '');
  const cell = column.cells[row];
  return cell === undefined ? '' : (shorthandOf(cell) ?? String(cell));
}

function text(words: string): string {
  const harmless = FORMULA.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
