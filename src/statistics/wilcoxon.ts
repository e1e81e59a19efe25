import { rankedGroups } from './average-ranks.ts';

/** Up to so many pairs the distribution is taken exactly, with ties or zeros up to so many. */
const EXACT = 50;
const EXACT_WITH_TIES = 13;

/**
 * Wilcoxon's signed-rank test: how likely differences at least this one-sided would be, if each were as likely up as down.
 * Two-sided. As scipy.stats.wilcoxon decides by default: pairs without a difference are left out (Wilcoxon 1945); the exact
 * distribution is used up to 50 pairs when no two differences are of one size and none is 0, else up to 13 pairs; beyond
 * that the normal approximation with the variance corrected for ties and no correction for continuity:
 *
 *     z = (T − n(n + 1)/4) ÷ √(n(n + 1)(2n + 1)/24 − Σ (t³ − t)/48)
 *
 * where T is the sum of the ranks of the rises, n counts the differences that are not 0 and t the sizes of the ties.
 *
 * @param differences after less before, one of each pair
 * @returns the probability, from 0 to 1; null when there is no difference at all
 */
export function wilcoxonP(differences: readonly number[]): number | null {
  const signed = differences.filter((difference) => difference !== 0);
  if (signed.length === 0) return null;
  const groups = rankedGroups(signed.map(Math.abs));
  const rankOf = (difference: number) => groups.get(Math.abs(difference))?.rank ?? Number.NaN;
  const rises = signed.reduce((sum, difference) => sum + (difference > 0 ? rankOf(difference) : 0), 0);
  const plain = groups.size === differences.length;
  return differences.length <= (plain ? EXACT : EXACT_WITH_TIES)
    ? exactP(signed.map(rankOf), rises)
    : normalP(
        signed.length,
        [...groups.values()].map(({ size }) => size),
        rises,
      );
}

/** Of all the ways to give each rank to a rise or a fall, twice the share at least as far to the one side. */
function exactP(ranks: readonly number[], rises: number): number {
  // Ranks of ties are whole or halves: doubled, every sum is a place in the list.
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const ways = [1, ...Array<number>(total).fill(0)];
  for (const rank of doubled) {
    for (let sum = total; sum >= rank; sum -= 1) ways[sum] = (ways[sum] ?? 0) + (ways[sum - rank] ?? 0);
  }
  const fewer = Math.min(Math.round(2 * rises), total - Math.round(2 * rises));
  const asFar = ways.slice(0, fewer + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * asFar) / 2 ** ranks.length);
}

function normalP(n: number, ties: readonly number[], rises: number): number {
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0);
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - tied / 48);
  return complementaryError(Math.abs(rises - (n * (n + 1)) / 4) / deviation / Math.SQRT2);
}

/** The complementary error function of a number of 0 or more, right to about 14 digits. */
function complementaryError(x: number): number {
  return x < 2.5 ? 1 - errorSeries(x) : errorFraction(x);
}

/** erf by its Maclaurin series in the form without alternating signs (Abramowitz and Stegun 7.1.6). */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * Number.EPSILON; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc by its continued fraction (Abramowitz and Stegun 7.1.14), which settles fast for larger numbers. */
function errorFraction(x: number): number {
  let fraction = x;
  for (let n = 100; n > 0; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
