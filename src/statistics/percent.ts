/**
 * A share as a whole percentage, rounded half up from the exact fraction: 3 of 24 is 13, never 12. The arithmetic is of
 * whole numbers alone, so that no half is lost to a fraction that binary cannot hold.
 *
 * @param numerator how many, a whole number of 0 or more
 * @param denominator of how many, likewise
 * @returns null when the denominator is 0
 * @throws RangeError for anything but whole numbers of 0 or more, small enough to be exact (4.5 × 10¹³)
 */
export function percent(numerator: number, denominator: number): number | null {
  const doubled = 200 * numerator + denominator;
  if (![numerator, denominator, doubled].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`${numerator} of ${denominator} is not a share of whole numbers`);
  }
  if (denominator === 0) return null;
  const halves = 2 * denominator;
  return (doubled - (doubled % halves)) / halves;
}

/** How much larger a count is than the one before, as a fraction of that one, unrounded. @returns null when that is 0 */
export function change(current: number, previous: number): number | null {
  return previous === 0 ? null : (current - previous) / previous;
}

/** The difference of two displayed percentages, in percentage points. @returns null when there is none of either */
export function points(current: number | null, previous: number | null): number | null {
  return current === null || previous === null ? null : current - previous;
}
