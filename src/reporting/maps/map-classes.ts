import { naturalBreaks } from '../../statistics/jenks.ts';
import { type Filling, ground, ink } from '../charts/palette.ts';
import type { Figure } from '../figure.ts';

/** A class of a map: the numbers from one to another, both included. */
export interface MapBand {
  readonly from: number;
  readonly to: number;
}

/** From the fewest to the most: one hue, ever darker, each with marks of its own, so that it is read in grey too. */
export const classFillings: readonly Filling[] = [
  { fill: '#eff6f6' },
  { fill: '#d3e5e5', marks: { kind: 'dots', colour: ink } },
  { fill: '#b0d0d2', marks: { kind: 'lines', colour: ink } },
  { fill: '#85b3b8', marks: { kind: 'stripes', colour: ink } },
  { fill: '#4a838d', marks: { kind: 'checks', colour: ground } },
  { fill: '#2a606b', marks: { kind: 'counter-stripes', colour: ground } },
  { fill: '#0d3640' },
];

/** The fillings of so many classes, as far apart as they can be. @throws RangeError for more than can be told apart */
export function fillingsOf(classes: number): readonly Filling[] {
  const last = classFillings.length - 1;
  if (classes > last + 1) {
    throw new RangeError(`No map can show ${classes} classes: ${last + 1} can be told apart`);
  }
  const places = Array.from({ length: classes }, (_class, n) =>
    classes === 1 ? last : Math.round((n * last) / (classes - 1)),
  );
  return classFillings.filter((_filling, n) => places.includes(n));
}

/** Natural breaks of the numbers that are more than nothing, in five classes at most. */
export function naturalBands(figures: readonly Figure[]): MapBand[] {
  const some = figures.filter((figure): figure is number => typeof figure === 'number' && figure > 0);
  return some.length === 0 ? [] : naturalBreaks(some, 5).map(({ from, to }) => ({ from, to }));
}

/** The class that a number is in; -1 where it is in none, as 0 is where the classes begin at 1. */
export function classOf(bands: readonly MapBand[], value: number): number {
  return bands.findIndex(({ from, to }) => value >= from && value <= to);
}
