import type { ImportOutcome } from './import-history.ts';
import type { PlacedFault } from './waiting-rows.ts';

/** What a check found in files that were brought, as it is kept, sealed, until they are imported or thrown away. */
export interface ImportPreview
  extends Pick<ImportOutcome, 'files' | 'faults' | 'isUnreadable' | 'passedOver' | 'odd' | 'findings'> {
  /** The first of the faults. */
  firstFaults: PlacedFault[];
  /** How many of them the file of faults holds. */
  faultsKept: number;
}

/** How many faults are shown on the page. */
export const FAULTS_SHOWN = 100;

/** How many faults the file of them holds: who has more mends the first and checks again. */
export const FAULTS_KEPT = 200_000;

/** How many rows could be imported as they are. */
export const goodRowsOf = ({ files, isUnreadable }: Pick<ImportOutcome, 'files' | 'isUnreadable'>): number =>
  isUnreadable ? 0 : Object.values(files).reduce((sum, { rows, refused }) => sum + rows - refused, 0);

/** How far the work on an import is. */
export interface ImportProgress {
  what: string;
  rows: number;
}
