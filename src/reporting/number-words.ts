/** Numbers in the words of the house: what a reader of a report sees, in a table or in a sentence. */

export const HIDDEN = 'a number that is not published';

/** 1784 → `1,784`; at most one place after the point. */
export const countInWords = (count: number): string =>
  count.toLocaleString('en-GB', { maximumFractionDigits: 1 });

/** 0.538 → 54: whole, half of one up. */
export const percentOfFraction = (fraction: number): number =>
  Math.sign(fraction) * Math.floor(Math.abs(fraction) * 100 + 0.5);

/** A change as a fraction of what was before: 0.75 → `up 75%`, −0.778 → `down 78%`; rounded half up. */
export function changeInWords(change: number): string {
  if (change === 0) return 'no change';
  const percent = percentOfFraction(Math.abs(change));
  const by = percent === 0 ? 'by less than 1%' : `${percent.toLocaleString('en-GB')}%`;
  return `${change > 0 ? 'up' : 'down'} ${by}`;
}

/** A difference of two percentages: 8 → `up 8 percentage points`. */
export function pointsInWords(points: number): string {
  if (points === 0) return 'no change';
  return `${points > 0 ? 'up' : 'down'} ${Math.abs(points)} percentage point${Math.abs(points) === 1 ? '' : 's'}`;
}

/** The probability of a test: never zero. */
export const probabilityInWords = (p: number): string => (p < 0.001 ? 'less than 0.001' : p.toFixed(3));

/** A number by the name of the field that it stands in. */
export function numberInWords(field: string, value: number): string {
  switch (field) {
    case 'percent':
      return `${value}%`;
    case 'populationShare':
      return `${percentOfFraction(value)}%`;
    case 'points':
      return pointsInWords(value);
    case 'change':
      return changeInWords(value);
    case 'relativeRate':
    case 'low':
    case 'high':
      return value.toFixed(1);
    case 'rho':
      return value.toFixed(2);
    case 'wilcoxonP':
      return probabilityInWords(value);
    default:
      return countInWords(value);
  }
}
