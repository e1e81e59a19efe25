/** Equal values, what each of them ranks and how many there are. */
export interface RankedGroup {
  readonly rank: number;
  readonly size: number;
}

/** Ranks from the smallest, 1, where equals take the mean of the ranks that they fill: 10, 20, 20, 30 rank 1, 2.5, 2.5, 4. */
export function averageRanks(values: readonly number[]): number[] {
  const groups = rankedGroups(values);
  return values.map((value) => groups.get(value)?.rank ?? Number.NaN);
}

/** The groups of equals among the values, by value. */
export function rankedGroups(values: readonly number[]): ReadonlyMap<number, RankedGroup> {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  let smaller = 0;
  const groups = new Map<number, RankedGroup>();
  for (const [value, size] of [...sizes].sort(([a], [b]) => a - b)) {
    groups.set(value, { rank: smaller + (size + 1) / 2, size });
    smaller += size;
  }
  return groups;
}
