import type { MeasureShape } from '../statistics/measure.ts';
import { percent } from '../statistics/percent.ts';
import { numberOfSuch } from './figure-tables.ts';
import { keyInWords } from './key-words.ts';
import { countInWords } from './number-words.ts';
import { type MeasureFigures, numberOf, rowsOf } from './report-figures.ts';

/** Whoever is among the first so many is named; where more than `MOST` share the last place, nobody is. */
const FIRST = 2;
const MOST = 4;

/**
 * Of what a table counts beside its own, such as rescues beside requests: the two rows that have most, with all that tie with the
 * second, and what part of the whole they have together. By the numbers that are told alone, so that it tells nothing else.
 */
export function leadingRows(measure: MeasureFigures, { own, parts }: MeasureShape): string[] {
  if (own.kind !== 'count-table' || !own.exclusive) return [];
  const ranked = rowsOf(measure).filter(({ key }) => !own.unranked?.includes(String(key)));
  return Object.entries(own.further ?? {}).flatMap(([name, counted]) => {
    const whole = numberOfSuch(measure, { own, ...(parts && { parts }) })(counted);
    if (typeof whole !== 'number' || whole === 0) return [];
    const told = ranked.flatMap(({ label, [name]: value }) => {
      const count = numberOf(value);
      return count === null ? [] : [{ label: String(label), count }];
    });
    const fewest = told.map(({ count }) => count).toSorted((a, b) => b - a)[FIRST - 1];
    const first = told
      .filter(({ count }) => fewest !== undefined && fewest > 0 && count >= fewest)
      .toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'en-GB'));
    if (first.length === 0 || first.length > MOST || told.length === FIRST) return [];
    const together = first.reduce((sum, { count }) => sum + count, 0);
    const what = keyInWords(name).toLowerCase();
    const of = told.length < ranked.length ? `Of those whose ${what} are told, ` : '';
    const names = first.map(({ label }) => label);
    return [
      `${of}${names.slice(0, -1).join(', ')} and ${names.at(-1)} had most ${what}: together ${countInWords(together)} of ${countInWords(whole)}, ${percent(together, whole)}%.`,
    ];
  });
}
