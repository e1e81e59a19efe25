import type { PlainDate } from '../platform/clock/plain-date.ts';

/**
 * A number as it is published. `hidden`: kept back to protect people, and never shown as 0. `not-available`: there is none,
 * because what it is made of was never supplied or it is not defined. `not-applicable`: there cannot be one.
 */
export type Figure = number | MissingFigure;
export type MissingFigure = 'hidden' | 'not-available' | 'not-applicable';

/** The shorthand of the Government Analysis Function for what stands in a number's place, and what it says. */
export const shorthand: Readonly<Record<MissingFigure, { readonly mark: string; readonly says: string }>> = {
  hidden: { mark: '[c]', says: 'hidden to protect people' },
  'not-available': { mark: '[x]', says: 'not available' },
  'not-applicable': { mark: '[z]', says: 'not applicable' },
};

/** A number of a measure, where null says that there is none and `suppressed`, on its object, that it was hidden. */
export function figureOf(value: number | null, suppressed = false): Figure {
  if (value !== null) return value;
  return suppressed ? 'hidden' : 'not-available';
}

/** The shorthand of a cell that is no number or date; undefined of one that is. */
export function shorthandOf(cell: Figure | PlainDate): string | undefined {
  return typeof cell === 'string' && cell in shorthand ? shorthand[cell as MissingFigure].mark : undefined;
}

/** A figure in words: so many decimal places, thousands parted by a comma, the minus a real one, or its shorthand. */
export function figureInWords(figure: Figure, decimals = 0): string {
  if (typeof figure === 'string') return shorthand[figure].mark;
  const formatted = figure.toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return formatted.replace(/^-(?=0(\.0*)?$)/, '').replace('-', '−');
}
