import type { Figures } from '../statistics/disclosure/figures.ts';
import type { Fields } from '../statistics/measure.ts';
import type { Edition, ReportFigures } from './report-figures.ts';

/** A report that is counted exactly, and how an edition of it is told once it is known what may be. */
export interface CountedReport {
  /** What disclosure control goes by: every number that is told, in the shapes that say which of them are one. */
  readonly exact: Figures;
  /** @param fields of each measure of `exact`, as they may be told */
  tell(disclosure: Edition, fields: Readonly<Record<string, Fields>>): ReportFigures;
  /** The fields of each measure of `exact` as a report that was published has told them. */
  asCounted(told: Readonly<Record<string, Fields>>): Readonly<Record<string, Fields>>;
}

/** The internal edition: every number as it was counted. */
export const exactly = ({ exact, tell }: CountedReport): ReportFigures =>
  tell(
    'internal',
    Object.fromEntries(Object.entries(exact.measures).map(([id, { fields }]) => [id, fields])),
  );
