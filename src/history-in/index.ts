import type { Page } from '../platform/http/page.ts';
import { confirmImportPage } from './pages/confirm-import-page.tsx';
import { importFaultsPage } from './pages/import-faults-page.ts';
import { importPage } from './pages/import-page.tsx';
import { importsPage } from './pages/imports-page.tsx';
import { newImportPage } from './pages/new-import-page.tsx';

/** What other floors may use of the import. */

export { carryOutImports, type ImportingGround } from './carry-out-imports.ts';
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
export { TOLD_AT_MOST, type Told } from './told.ts';
export type { PlacedFault } from './waiting-rows.ts';

/** The pages of imports: what was imported, bringing files, and confirming what becomes of them. */
export const importPages: readonly Page[] = [
  importsPage,
  newImportPage,
  importPage,
  confirmImportPage,
  importFaultsPage,
];
