import type { Transaction } from '../platform/database/transaction.ts';
import type { Asked } from '../statistics/measure.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { boroughProfile, boroughProfileChapters, profileDefinition } from './borough-profile.ts';
import { type CountedKind, computeEdition } from './compute-edition.ts';
import { completenessDefinition, dataCompletenessChapters } from './data-completeness.ts';
import type { Definition } from './figure-view.tsx';
import { quarterlyDefinition, quarterlyPerformanceChapters } from './quarterly-performance.ts';
import type { Chapter, ReportKind } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
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

const counted =
  (kind: CountedKind): KindOfReport['compute'] =>
  (tx, asked, { edition, until }) =>
    computeEdition(tx, kind, asked, edition, until);

const kindsOfReport: Readonly<Record<ReportKind, KindOfReport>> = {
  'strategic-assessment': {
    chapters: strategicAssessmentChapters,
    compute: counted('strategic-assessment'),
    definitionOf: catalogued,
  },
  'borough-profile': {
    chapters: boroughProfileChapters,
    compute: (tx, asked, { area, ...of }) => {
      if (area === null) throw new RangeError('A profile is of a borough');
      return boroughProfile(tx, asked, { ...of, area });
    },
    definitionOf: profileDefinition,
  },
  'quarterly-performance': {
    chapters: quarterlyPerformanceChapters,
    compute: counted('quarterly-performance'),
    definitionOf: quarterlyDefinition,
  },
  'data-completeness': {
    chapters: dataCompletenessChapters,
    compute: counted('data-completeness'),
    definitionOf: completenessDefinition,
  },
};

export const kindOfReport = (kind: ReportKind): KindOfReport => kindsOfReport[kind];

/** The measures of a report with their shapes, as what finds caveats and notable changes asks for them. */
export const shapesIn = (kind: ReportKind, figures: ReportFigures): Definition[] =>
  Object.entries(figures.measures).flatMap(([id, { version }]) => {
    const definition = kindOfReport(kind).definitionOf(id, version);
    return definition ? [definition] : [];
  });
