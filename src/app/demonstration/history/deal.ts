import type { Chance } from './chance.ts';

/** A value that exactly so many are given, and to whom it can be given where not to everybody. */
export type Hand<To, Value> = readonly [value: Value, count: number, fits?: (to: To) => boolean];

/**
 * Gives everybody exactly one value, and each value to exactly as many as its hand says, so that the totals of a
 * published table are met by the way it is made. Hands are dealt in their order: the narrowest go first.
 *
 * @throws Error when the counts are not as many as there are to be given to, or too few are left whom a value fits
 */
export function deal<To, Value>(
  chance: Chance,
  to: readonly To[],
  hands: readonly Hand<To, Value>[],
  give: (to: To, value: Value) => void,
): void {
  const wanted = hands.reduce((sum, [, count]) => sum + count, 0);
  if (wanted !== to.length) throw new Error(`${wanted} values for ${to.length}`);
  let left = chance.shuffled(to);
  for (const [value, count, fits] of hands) {
    const chosen = new Set((fits ? left.filter(fits) : left).slice(0, count));
    if (chosen.size < count)
      throw new Error(`${JSON.stringify(value)}: ${count} wanted, it fits ${chosen.size}`);
    for (const one of chosen) give(one, value);
    left = left.filter((one) => !chosen.has(one));
  }
}

/** Deals what becomes of a column of each. @throws as {@link deal} does */
export function dealAs<To extends object, Column extends keyof To>(
  chance: Chance,
  column: Column,
  to: readonly To[],
  hands: readonly Hand<To, To[Column]>[],
): void {
  deal(chance, to, hands, (one, value) => {
    one[column] = value;
  });
}

/** A table of totals as hands of its keys. */
export function handsOf<Key extends string>(table: Readonly<Record<Key, number>>): [Key, number][] {
  return Object.entries(table) as [Key, number][];
}

/** The sum of a table of totals. */
export function totalOf(table: Readonly<Record<string, number>>): number {
  return Object.values(table).reduce((sum, count) => sum + count, 0);
}

/** The same table for another total: each in proportion, and what is left over to the largest remainders. */
export function apportioned<Key extends string>(
  table: Readonly<Record<Key, number>>,
  total: number,
): Record<Key, number> {
  const sum = totalOf(table);
  const shares = handsOf(table).map(([key, count]) => ({
    key,
    whole: Math.floor((count * total) / sum),
    remainder: (count * total) % sum,
  }));
  const over = total - shares.reduce((all, { whole }) => all + whole, 0);
  const luckiest = new Set([...shares].sort((a, b) => b.remainder - a.remainder).slice(0, over));
  return Object.fromEntries(
    shares.map((share) => [share.key, share.whole + (luckiest.has(share) ? 1 : 0)]),
  ) as Record<Key, number>;
}

/** A total as so many parts that differ a little, none of them below 1. */
export function inParts(chance: Chance, total: number, parts: number): number[] {
  const even = Array.from({ length: parts }, (_, index) => Math.floor((total + index) / parts));
  for (let index = 1; index < even.length; index += 2) {
    const shift = chance.below(Math.max(1, Math.floor((even[index] ?? 0) / 3)));
    even[index] = (even[index] ?? 0) - shift;
    even[index - 1] = (even[index - 1] ?? 0) + shift;
  }
  return chance.shuffled(even);
}
