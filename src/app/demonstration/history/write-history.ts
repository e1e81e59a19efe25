import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type History,
  type HistoryFile,
  type HistoryRow,
  historyColumns,
  historyFiles,
} from './history-rows.ts';
import { makeHistory } from './make-history.ts';

/** Writes the demonstration's history as a folder that `homeward import` reads; the folder is made where it is missing. */
export async function writeHistory(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const history = makeHistory();
  for (const file of historyFiles) await writeFile(join(folder, file), csvOf(file, history));
}

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
