import type { Transaction } from '../platform/database/transaction.ts';
import type { Asked } from '../statistics/measure.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import type { Definition } from './figure-view.tsx';
import type { Chapter, ReportKind } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import { strategicAssessment } from './strategic-assessment.ts';
import { strategicAssessmentChapters } from './strategic-assessment-chapters.ts';

/** What each kind of report is made of, and how its figures are worked out. */
interface KindOfReport {
  readonly chapters: readonly Chapter[];
  /**
   * @param area the place that it is of; null for the whole service
   * @param until what was published before this moment is known to everybody; null for all that was
   */
  compute(
    tx: Transaction,
    asked: Asked,
    of: { readonly edition: Edition; readonly area: string | null; readonly until: Date | null },
  ): Promise<ReportFigures>;
  definitionOf(measure: string, version: number): Definition | undefined;
}

/** A measure of the catalogue, in the version by which figures were counted. */
function catalogued(measure: string, version: number): Definition | undefined {
  const found = measureWithId(measure);
  return found?.version === version ? found : undefined;
}

export const kindsOfReport: Readonly<Partial<Record<ReportKind, KindOfReport>>> = {
  'strategic-assessment': {
    chapters: strategicAssessmentChapters,
    compute: (tx, asked, { edition, until }) => strategicAssessment(tx, asked, edition, until),
    definitionOf: catalogued,
  },
};

/** @throws RangeError for a kind that is not made yet */
export function kindOfReport(kind: ReportKind): KindOfReport {
  const found = kindsOfReport[kind];
  if (!found) throw new RangeError(`There is no report of the kind ${kind}`);
  return found;
}

/** The measures of a report with their shapes, as what finds caveats and notable changes asks for them. */
export const shapesIn = (kind: ReportKind, figures: ReportFigures): Definition[] =>
  Object.entries(figures.measures).flatMap(([id, { version }]) => {
    const definition = kindOfReport(kind).definitionOf(id, version);
    return definition ? [definition] : [];
  });
