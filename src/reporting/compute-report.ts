import type { Transaction } from '../platform/database/transaction.ts';
import { definedAs } from '../statistics/catalogue.ts';
import type { Asked } from '../statistics/measure.ts';
import { boroughProfile, boroughProfileChapters, profileDefinition } from './borough-profile.ts';
import { type CountedKind, computeEdition } from './compute-edition.ts';
import { completenessDefinition, dataCompletenessChapters } from './data-completeness.ts';
import { type Definitions, definitions } from './definitions.ts';
import type { Definition } from './figure-view.tsx';
import { quarterlyDefinition, quarterlyPerformanceChapters } from './quarterly-performance.ts';
import type { Chapter, ReportKind } from './report-document.ts';
import type { Edition, ReportFigures } from './report-figures.ts';
import { strategicAssessmentChapters } from './strategic-assessment-chapters.ts';

/** What each kind of report is made of, and how its figures are worked out. */
interface KindOfReport {
  readonly chapters: readonly Chapter[];
  /** What it is counted by. */
  readonly countedBy: keyof Definitions;
  /**
   * @param area the place that it is of; null for the whole service
   * @param until what was published before this moment is known to everybody; null for all that was
   * @param by the definitions in use of these; those in use unless told
   */
  compute(
    tx: Transaction,
    asked: Asked,
    of: {
      readonly edition: Edition;
      readonly area: string | null;
      readonly until: Date | null;
      readonly by?: Definitions;
    },
  ): Promise<ReportFigures>;
  /** @param all every definition that there is, unless told */
  definitionOf(measure: string, version: number, all?: Definitions): Definition | undefined;
}

/** A measure of the catalogue, in the version by which figures were counted. */
const catalogued: KindOfReport['definitionOf'] = (measure, version, { measures } = definitions) =>
  definedAs(measures, measure, version);

const counted =
  (kind: CountedKind): KindOfReport['compute'] =>
  (tx, asked, { edition, until, by = definitions }) =>
    computeEdition(tx, kind, asked, edition, until, by);

const kindsOfReport: Readonly<Record<ReportKind, KindOfReport>> = {
  'strategic-assessment': {
    chapters: strategicAssessmentChapters,
    countedBy: 'measures',
    compute: counted('strategic-assessment'),
    definitionOf: catalogued,
  },
  'borough-profile': {
    chapters: boroughProfileChapters,
    countedBy: 'measures',
    compute: (tx, asked, { area, by = definitions, ...of }) => {
      if (area === null) throw new RangeError('A profile is of a borough');
      return boroughProfile(tx, asked, { ...of, area, by });
    },
    definitionOf: profileDefinition,
  },
  'quarterly-performance': {
    chapters: quarterlyPerformanceChapters,
    countedBy: 'measures',
    compute: counted('quarterly-performance'),
    definitionOf: quarterlyDefinition,
  },
  'data-completeness': {
    chapters: dataCompletenessChapters,
    countedBy: 'completeness',
    compute: counted('data-completeness'),
    definitionOf: (measure, version, { completeness } = definitions) =>
      completenessDefinition(measure, version, completeness),
  },
};

export const kindOfReport = (kind: ReportKind): KindOfReport => kindsOfReport[kind];

/** The measures of a report with their shapes, as what finds caveats and notable changes asks for them. */
export const shapesIn = (kind: ReportKind, figures: ReportFigures): Definition[] =>
  Object.entries(figures.measures).flatMap(([id, { version }]) => {
    const definition = kindOfReport(kind).definitionOf(id, version);
    return definition ? [definition] : [];
  });
