/** A group's count of events and what it is a rate of. */
export interface GroupCount {
  /** Events, referrals for instance: a whole number. */
  readonly count: number;
  /** What the rate is of, more than 0: a population, or a share of one. Only the proportion between the groups matters. */
  readonly base: number;
  /**
   * How many people the count was drawn from, each of whom can be in it once at most. Left out, the count is of events out
   * of a population that is known, where somebody may be in it twice and the population is no sample.
   */
  readonly drawnFrom?: number;
}

export interface RelativeRate {
  /** How many times the others' rate the group's is. */
  readonly relativeRate: number;
  /** The 95% interval; null when the group has no event, where the method has none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Half the width of a 95% interval, in standard errors. */
const STANDARD_ERRORS = 1.959963984540054;

/**
 * How many times the others' rate a group's rate is, with its 95% interval by the log method:
 *
 *     rr = (a ÷ base₁) ÷ (b ÷ base₀)     interval = rr × exp(± 1.96 se)     se² = 1/a + 1/b
 *
 * The group's share of referrals over its share of the population, over the same for everybody else, is this with the
 * shares of the population as bases: what the shares of referrals have in common cancels.
 *
 * The variance is that of log(a ÷ b) when referrals fall to the group or to others independently (given their total a is
 * binomial, and by the delta method var log(a ÷ b) = 1/a + 1/b; two Poisson counts give the same). The shares of the
 * population are taken as known and add nothing. Where the counts are instead of people drawn from a group of known size,
 * each once at most, `drawnFrom` gives the interval of Katz and others (1978), se² = 1/a − 1/n₁ + 1/b − 1/n₀, which tends to
 * the former as the groups grow.
 *
 * @returns null when the others have no event: no rate is any number of times none
 * @throws RangeError for a count below 0 or a base of 0 or less
 */
export function relativeRate(group: GroupCount, others: GroupCount): RelativeRate | null {
  for (const { count, base } of [group, others]) {
    if (!(count >= 0 && base > 0)) throw new RangeError(`${count} out of ${base} is not a rate`);
  }
  if (others.count === 0) return null;
  const rate = group.count / group.base / (others.count / others.base);
  if (group.count === 0) return { relativeRate: 0, low: null, high: null };
  const factor = Math.exp(STANDARD_ERRORS * Math.sqrt(variance(group) + variance(others)));
  return { relativeRate: rate, low: rate / factor, high: rate * factor };
}

function variance({ count, drawnFrom = Number.POSITIVE_INFINITY }: GroupCount): number {
  return 1 / count - 1 / drawnFrom;
}
