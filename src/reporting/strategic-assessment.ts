import type { Transaction } from '../platform/database/transaction.ts';
import type { Asked } from '../statistics/measure.ts';
import { computeEdition } from './compute-edition.ts';
import { type Definitions, definitions } from './definitions.ts';
import type { Edition, ReportFigures } from './report-figures.ts';

/**
 * The figures of the strategic assessment, of an edition (`computeEdition`).
 *
 * @param asked its moment settled (`settledMoment`)
 * @param until what was published before this moment is known to everybody; null for all that was
 * @param by the definitions in use of these
 */
export const strategicAssessment = (
  tx: Transaction,
  asked: Asked,
  disclosure: Edition,
  until: Date | null = null,
  by: Definitions = definitions,
): Promise<ReportFigures> => computeEdition(tx, 'strategic-assessment', asked, disclosure, until, by);
