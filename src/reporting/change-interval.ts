import { relativeRate } from '../statistics/relative-rate.ts';

/** By how much something changed, with a 95% interval: what a rise or a fall must have beside it to be one. */
export interface ChangeInterval {
  readonly low: number;
  readonly high: number;
}

const STANDARD_ERRORS = 1.959963984540054;
/** What lies beyond a 95% interval at one end. */
const TAIL = 0.025;

/**
 * How many times the rate of before a rate is: 1 is no change. By the log method (relative-rate.ts); where one of the counts
 * is 0, exactly, given how many there were of both (Clopper and Pearson).
 *
 * @param days how long each count was counted for
 * @returns null when there were none at all
 */
export function rateRatioInterval(
  current: { readonly count: number; readonly days: number },
  previous: { readonly count: number; readonly days: number },
): ChangeInterval | null {
  const n = current.count + previous.count;
  if (n === 0) return null;
  const time = previous.days / current.days;
  if (current.count === 0) {
    const most = 1 - TAIL ** (1 / n);
    return { low: 0, high: (most / (1 - most)) * time };
  }
  if (previous.count === 0) {
    const least = TAIL ** (1 / n);
    return { low: (least / (1 - least)) * time, high: Number.POSITIVE_INFINITY };
  }
  const rate = relativeRate(
    { count: current.count, base: current.days },
    { count: previous.count, base: previous.days },
  );
  return rate?.low == null || rate.high === null ? null : { low: rate.low, high: rate.high };
}

/** A share of whole numbers. */
interface Part {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * The difference of two shares, as fractions: 0 is no change. Newcombe's hybrid score interval (1998, method 10), which
 * keeps to its 95% with the small numbers that services have.
 *
 * @returns null when there is nothing to be a share of
 */
export function shareDifferenceInterval(current: Part, previous: Part): ChangeInterval | null {
  if (current.denominator === 0 || previous.denominator === 0) return null;
  const [now, before] = [wilson(current), wilson(previous)];
  const difference = now.share - before.share;
  return {
    low: difference - Math.hypot(now.share - now.low, before.high - before.share),
    high: difference + Math.hypot(now.high - now.share, before.share - before.low),
  };
}

/** A share with Wilson's score interval. */
function wilson({ numerator, denominator: n }: Part): ChangeInterval & { share: number } {
  const share = numerator / n;
  const z2 = STANDARD_ERRORS ** 2;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (STANDARD_ERRORS / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
