/** Wheeler's constants for moving ranges of two: 3 ÷ 1.128, and the upper limit of a range. */
const LIMIT = 2.66;
const RANGE_LIMIT = 3.267;

/** How many points in a row make a run, or a trend. */
const RUN = 7;

/**
 * Why a point is not just the usual variation. `outside`: beyond a process limit. `trend`: one of seven that each rise, or
 * each fall, from the last. `two-in-three`: between a near limit and its process limit, with another of three neighbours that
 * are all on that side. `one-side`: one of seven on one side of the mean.
 */
export type Signal = 'outside' | 'trend' | 'two-in-three' | 'one-side';

export interface XmrPoint {
  readonly value: number | null;
  /** The first that applies, in the order of the type; null when the point is usual variation or not known. */
  readonly signal: Signal | null;
  /** On which side of the mean it lies; null on it, or when not known. */
  readonly side: 'above' | 'below' | null;
}

export interface XmrChart {
  readonly mean: number;
  /** The mean of the moving ranges that the limits rest on. */
  readonly averageMovingRange: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly points: readonly XmrPoint[];
}

/** What a process would do about a target if it went on as it is. */
export type Assurance = 'will-meet' | 'will-not-meet' | 'may-meet';

/**
 * An XmR chart, of individual values and moving ranges: the mean, the natural process limits (mean ± 2.66 × the mean moving
 * range), and which points are signals. By the rules of NHS England's Making Data Count, as NHSRplotthedots has them:
 * ranges above 3.267 × their mean are left out once before the limits are set; signals are the four of `Signal`.
 *
 * A value that is not known or is hidden is null: no range reaches over it, and no run or trend goes on past it.
 *
 * @param values in the order of time, all of one length of time
 * @param screened false leaves the large ranges in
 * @returns null when no two values follow one another: there is no range to set limits by
 */
export function xmr(values: readonly (number | null)[], screened = true): XmrChart | null {
  const ranges = values.flatMap((value, at) => {
    const last = values[at - 1];
    return value === null || last === null || last === undefined ? [] : [Math.abs(value - last)];
  });
  if (ranges.length === 0) return null;
  const allRanges = meanOf(ranges);
  const averageMovingRange = screened
    ? meanOf(ranges.filter((range) => range < RANGE_LIMIT * allRanges || range === 0))
    : allRanges;
  const mean = meanOf(values.filter((value) => value !== null));
  const reach = LIMIT * averageMovingRange;
  return {
    mean,
    averageMovingRange,
    upperLimit: mean + reach,
    lowerLimit: mean - reach,
    points: pointsOf(values, mean, reach),
  };
}

/** Whether a process that goes on as it is would meet a target: always, never, or by chance, when it lies within the limits. */
export function assurance(
  { upperLimit, lowerLimit }: Pick<XmrChart, 'upperLimit' | 'lowerLimit'>,
  target: number,
  better: 'higher' | 'lower',
): Assurance {
  if (target > upperLimit) return better === 'higher' ? 'will-not-meet' : 'will-meet';
  if (target < lowerLimit) return better === 'higher' ? 'will-meet' : 'will-not-meet';
  return 'may-meet';
}

function pointsOf(values: readonly (number | null)[], mean: number, reach: number): XmrPoint[] {
  const sides = values.map((value) => (value === null ? null : Math.sign(value - mean)));
  const steps = values.map((value, at) => {
    const last = values[at - 1];
    return value === null || last === null || last === undefined ? null : Math.sign(value - last);
  });
  const outside = values.map((value) => value !== null && Math.abs(value - mean) > reach);
  const near = values.map(
    (value, at) => value !== null && !outside[at] && Math.abs(value - mean) > (reach * 2) / 3,
  );
  const inTrend = within(steps, RUN - 1, allOneWay).map((step, at, all) => step || all[at + 1] === true);
  const nearInThree = within(
    sides,
    3,
    (three, from) => allOneWay(three) && near.slice(from, from + 3).filter(Boolean).length >= 2,
  );
  const onOneSide = within(sides, RUN, allOneWay);
  return values.map((value, at) => ({
    value,
    side: sides[at] === 1 ? 'above' : sides[at] === -1 ? 'below' : null,
    signal: outside[at]
      ? 'outside'
      : inTrend[at]
        ? 'trend'
        : nearInThree[at] && near[at]
          ? 'two-in-three'
          : onOneSide[at]
            ? 'one-side'
            : null,
  }));
}

/** For each place whether it lies within some stretch of so many that the rule holds of. */
function within<T>(
  all: readonly T[],
  length: number,
  holds: (stretch: readonly T[], from: number) => boolean,
): boolean[] {
  const found = all.map(() => false);
  for (let from = 0; from + length <= all.length; from += 1) {
    if (holds(all.slice(from, from + length), from)) found.fill(true, from, from + length);
  }
  return found;
}

const allOneWay = (signs: readonly (number | null)[]): boolean =>
  signs[0] !== 0 && signs[0] !== null && signs.every((sign) => sign === signs[0]);

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
