import { csvText } from '../platform/text/csv-text.ts';
import type { PlacedFault } from './waiting-rows.ts';

/** The first line of a CSV file of faults. */
export const FAULTS_HEADER = 'file,line,column,fault\r\n';

/** A fault as a line of a CSV file: columns are called as somebody's file calls them. */
export function faultRow({ file, line, column, message }: PlacedFault): string {
  return `${[file, String(line), column, message].map(csvText).join(',')}\r\n`;
}

/** A fault as it is told: `FILE:LINE: COLUMN: what is wrong and what is allowed`. */
export const faultLine = ({ file, line, column, message }: PlacedFault): string =>
  `${file}:${line}: ${column}: ${message}`;
