/** What other floors may use of the import. */

export { type CsvRow, csvRows } from './csv-rows.ts';
export { FAULTS_HEADER, faultLine, faultRow } from './faults-file.ts';
export { fileNames } from './files.ts';
export { filesIn } from './files-in.ts';
export {
  type FileOutcome,
  type ImportOutcome,
  type IncomingFile,
  importHistory,
} from './import-history.ts';
export type { Told } from './told.ts';
export type { PlacedFault } from './waiting-rows.ts';
