import { type History, type HistoryFile, type HistoryRow, historyColumns } from './history-rows.ts';

/** One file as CSV (RFC 4180), its columns in the order of the import format. */
export function csvOf<File extends HistoryFile>(file: File, history: History): string {
  const columns = historyColumns[file];
  const rows: readonly HistoryRow<File>[] = history[file];
  const lines = rows.map((row) => {
    const cells: Readonly<Record<string, string>> = row;
    return columns.map((column) => quoted(cells[column] ?? '')).join(',');
  });
  return [columns.join(','), ...lines, ''].join('\r\n');
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
