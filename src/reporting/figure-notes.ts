import type { Counted, MeasureShape, Shape } from '../statistics/measure.ts';
import { reasonInWords } from './caveats.ts';
import { leadingRows } from './leading-rows.ts';
import { isObject, type MeasureFigures, numberOf, rowsOf } from './report-figures.ts';

/** What must stand on a figure beside what it says of itself, so that nobody takes it for what it is not: each a sentence. */
export function figureNotes(measure: MeasureFigures, shape: MeasureShape): string[] {
  const { own } = shape;
  if (measure.reason !== undefined) return [`There is no figure. ${reasonInWords(measure.reason)}`];
  const notes = Array.isArray(measure.notes) ? measure.notes.filter((note) => typeof note === 'string') : [];
  const window = windowOf(own);
  const lastDay = own.kind === 'object' ? 'the last day of the period' : 'the last day of each period';
  if (window === 'to-date') notes.push(`Counted from the beginning, up to ${lastDay}.`);
  if (window === 'last-day') notes.push(`As it was on ${lastDay}.`);
  if (own.kind === 'object' && countsNrm(own.fields))
    notes.push(
      'Referrals to the National Referral Mechanism are counted by the day on which they were made: one that was made after the last day of the period is not among these, though the referral to the service that it follows may be of the period.',
    );
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
  return [...notes, ...leadingRows(measure, shape)];
}

/** The days of which a figure is; of what has several numbers, the first that tells. */
function windowOf(shape: Shape): Counted['window'] {
  if ('of' in shape) return shape.of.window;
  return shape.kind === 'object' ? Object.values(shape.fields).map(windowOf).find(Boolean) : undefined;
}

const countsNrm = (fields: Readonly<Record<string, Shape>>): boolean =>
  Object.values(fields).some((shape) => 'of' in shape && shape.of.records === 'nrm-referrals');
