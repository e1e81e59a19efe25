/**
 * The standard competition rank of each number, largest first: one more than how many are larger, so that equals share
 * a rank and the next one is as far down as if they had not (1, 2, 2, 4).
 */
export function competitionRanks(values: readonly number[]): number[] {
  const ranks = new Map<number, number>();
  const largestFirst = [...values].sort((a, b) => b - a);
  largestFirst.forEach((value, larger) => {
    if (!ranks.has(value)) ranks.set(value, larger + 1);
  });
  return values.map((value) => ranks.get(value) ?? values.length);
}
