import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Asked } from '../statistics/measure.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { boroughProfile, boroughProfileChapters, profileDefinition } from './borough-profile.ts';
import { completenessDefinition, dataCompleteness, dataCompletenessChapters } from './data-completeness.ts';
import type { Definition } from './figure-view.tsx';
import {
  quarterlyDefinition,
  quarterlyPerformance,
  quarterlyPerformanceChapters,
} from './quarterly-performance.ts';
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

const kindsOfReport: Readonly<Record<ReportKind, KindOfReport>> = {
  'strategic-assessment': {
    chapters: strategicAssessmentChapters,
    compute: (tx, asked, { edition, until }) => strategicAssessment(tx, asked, edition, until),
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
    compute: (tx, asked, { edition }) => internalAlone(edition, () => quarterlyPerformance(tx, asked)),
    definitionOf: quarterlyDefinition,
  },
  'data-completeness': {
    chapters: dataCompletenessChapters,
    compute: (tx, asked, { edition }) => internalAlone(edition, () => dataCompleteness(tx, asked)),
    definitionOf: completenessDefinition,
  },
};

/** What providers and fields have in a month or a quarter is too little to publish beside the rest. */
async function internalAlone(
  edition: Edition,
  figures: () => Promise<ReportFigures>,
): Promise<ReportFigures> {
  if (edition === 'public')
    throw new Refusal(
      'This kind of report has an internal edition alone: its numbers are small. Choose that one',
    );
  return await figures();
}

export const kindOfReport = (kind: ReportKind): KindOfReport => kindsOfReport[kind];

/** The measures of a report with their shapes, as what finds caveats and notable changes asks for them. */
export const shapesIn = (kind: ReportKind, figures: ReportFigures): Definition[] =>
  Object.entries(figures.measures).flatMap(([id, { version }]) => {
    const definition = kindOfReport(kind).definitionOf(id, version);
    return definition ? [definition] : [];
  });
