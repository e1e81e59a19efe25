/** How much of a common beginning counts, and how much each letter of it adds. */
const LONGEST_PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/**
 * How alike two words are, from 0 (no letter in common) to 1 (the same), by Jaro and Winkler's measure: letters in
 * common that stand near one another, less half of those in another order, and more for a common beginning.
 */
export function jaroWinkler(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const ofA = a.filter((letter, at) => {
    for (let place = Math.max(0, at - reach); place <= Math.min(b.length - 1, at + reach); place += 1) {
      if (b[place] !== letter || taken.has(place)) continue;
      taken.add(place);
      return true;
    }
    return false;
  });
  if (ofA.length === 0) return 0;
  const ofB = b.filter((_letter, at) => taken.has(at));
  const outOfOrder = ofA.filter((letter, at) => letter !== ofB[at]).length / 2;
  const common = ofA.length;
  const jaro = (common / a.length + common / b.length + (common - outOfOrder) / common) / 3;
  let prefix = 0;
  while (prefix < Math.min(LONGEST_PREFIX, a.length, b.length) && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}
