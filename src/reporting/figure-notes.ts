import type { MeasureShape } from '../statistics/measure.ts';
import { reasonInWords } from './caveats.ts';
import { isObject, type MeasureFigures, numberOf, rowsOf } from './report-figures.ts';

/** What must stand on a figure beside what it says of itself, so that nobody takes it for what it is not: each a sentence. */
export function figureNotes(measure: MeasureFigures, { own }: MeasureShape): string[] {
  if (measure.reason !== undefined) return [`There is no figure. ${reasonInWords(measure.reason)}`];
  const notes = Array.isArray(measure.notes) ? measure.notes.filter((note) => typeof note === 'string') : [];
  const window = 'of' in own ? own.of.window : undefined;
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
