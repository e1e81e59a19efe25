import type { MeasureShape } from '../statistics/measure.ts';
import { reasonInWords } from './caveats.ts';
import { daysOf } from './notable.ts';
import { isObject, type MeasureFigures, numberOf, type ReportFigures, rowsOf } from './report-figures.ts';

/** What must stand on a figure, so that nobody takes it for what it is not: each a sentence. */
export function figureNotes(
  measure: MeasureFigures,
  { own }: MeasureShape,
  { period, comparison }: Pick<ReportFigures, 'period' | 'comparison'>,
): string[] {
  if (measure.reason !== undefined) return [`There is no figure. ${reasonInWords(measure.reason)}`];
  const notes: string[] = [];
  const window = 'of' in own ? own.of.window : undefined;
  const compares = own.kind !== 'object' && own.kind !== 'rows';
  if (compares && comparison && window === undefined && daysOf(period) !== daysOf(comparison))
    notes.push(
      `The periods are ${daysOf(period)} and ${daysOf(comparison)} days long: compare the counts with care.`,
    );
  if (window === 'to-date') notes.push('Counted from the beginning, up to the last day of each period.');
  if (window === 'last-day') notes.push('As it was on the last day of each period.');
  if (own.kind === 'count-table' || own.kind === 'total') {
    const { total } = measure;
    if (isObject(total) && numberOf(total.current) === 0) notes.push('There were none in the period.');
  }
  if (isObject(measure.current) && numberOf(measure.current.denominator) === 0)
    notes.push('There were none in the period, so there is no percentage.');
  if (own.kind === 'count-table' && own.keys === 'open') {
    const rows = rowsOf(measure);
    if (rows.length === 1) notes.push('There is one row, and nothing to rank it against.');
    if (rows.length === 0) notes.push('No row has anything to tell.');
  }
  return notes;
}
