import { csvText } from '../platform/text/csv-text.ts';
import { type Column, type DataTable, rowCount } from './data-table.ts';
import { shorthandOf } from './figure.ts';

/**
 * A table as comma-separated values (RFC 4180): UTF-8 without a mark of byte order, one row of headings, lines that end in CR LF,
 * cells in quotes where they hold a comma, a quote or a line break.
 *
 * Numbers are written whole, with a full stop and nothing between thousands, and dates as YYYY-MM-DD; what is hidden or
 * not available is its shorthand, never empty and never 0. Texts follow the rule against formulas (`csvText`).
 */
export function csvOf(table: DataTable): string {
  const rows = Array.from({ length: rowCount(table) }, (_, row) =>
    table.columns.map((column) => cellOf(column, row)),
  );
  return [table.columns.map(({ heading }) => csvText(heading)), ...rows]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
}

function cellOf(column: Column, row: number): string {
  if (column.kind === 'text') return csvText(column.cells[row] ?? '');
  const cell = column.cells[row];
  return cell === undefined ? '' : (shorthandOf(cell) ?? String(cell));
}
