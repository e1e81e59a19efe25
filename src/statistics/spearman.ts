import { averageRanks } from './average-ranks.ts';

/**
 * Spearman's rank correlation, from -1 to 1: how far two measurements of the same places rise and fall together,
 * whatever the shape of the relation. Pearson's correlation of the ranks, equals taking the mean of the ranks that they
 * fill (Spearman 1904; as scipy.stats.spearmanr).
 *
 * @param x one number for each place
 * @param y the other, in the same order
 * @returns null where it is not defined: of fewer than two places, or where either is the same everywhere
 * @throws RangeError when the lists are not of one length
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new RangeError(`${x.length} numbers do not pair with ${y.length}`);
  const [across, up] = [deviations(averageRanks(x)), deviations(averageRanks(y))];
  const spread = Math.sqrt(sumOfProducts(across, across) * sumOfProducts(up, up));
  if (spread === 0) return null;
  return Math.min(1, Math.max(-1, sumOfProducts(across, up) / spread));
}

/** How far each rank lies from the mean of them all, which for ranks is (n + 1) / 2 whatever the ties. */
function deviations(ranks: readonly number[]): number[] {
  return ranks.map((rank) => rank - (ranks.length + 1) / 2);
}

function sumOfProducts(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0);
}
