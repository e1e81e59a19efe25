import type { Row } from './problem.ts';

/** After so many combinations of known combinations none is looked for any more. */
const mostTries = 20_000;

/**
 * A set of small cells whose sum follows from the equations: a 0-1 combination of their columns in the row space in which
 * no other column has a part.
 *
 * @param isSmall by column, whether it may be in such a set
 * @param isConstant by column, whether it is no unknown at all
 * @returns the columns of the set, or null when there is none
 */
export function knownSum(
  rows: readonly Row[],
  isSmall: readonly boolean[],
  isConstant: readonly boolean[],
): number[] | null {
  const others = isSmall.flatMap((small, column) => (small || isConstant[column] ? [] : [column]));
  const small = isSmall.flatMap((its, column) => (its && !isConstant[column] ? [column] : []));
  const left: Combination[] = rows.map(
    ({ at, by }) =>
      new Map(
        at
          .map((column, term): [number, number] => [column, by[term] ?? 0])
          .filter(([column]) => !isConstant[column]),
      ),
  );
  for (const column of others) {
    const pivot = takePivot(left, column);
    if (pivot) for (const row of left) clear(row, pivot, column);
  }
  const basis: Combination[] = [];
  for (const column of small) {
    const pivot = takePivot(left, column);
    if (!pivot) continue;
    for (const row of [...left, ...basis]) clear(row, pivot, column);
    basis.push(pivot);
  }
  const found = firstSet(basis);
  return found ? [...found.keys()].sort((a, b) => a - b) : null;
}

/** Columns and how often each is counted; those that are not, are not there. */
type Combination = Map<number, number>;

function isSet(combination: Combination): boolean {
  return combination.size > 0 && [...combination.values()].every((times) => Math.abs(times - 1) < 1e-9);
}

/** The shortest row with a part in a column, divided so that it counts it once, taken out of the rows. */
function takePivot(rows: Combination[], column: number): Combination | undefined {
  let best = -1;
  rows.forEach((row, number) => {
    if (row.has(column) && (best === -1 || row.size < (rows[best]?.size ?? 0))) best = number;
  });
  const [pivot] = best === -1 ? [] : rows.splice(best, 1);
  const by = pivot?.get(column) ?? 1;
  if (pivot && by !== 1) for (const [at, times] of pivot) pivot.set(at, times / by);
  return pivot;
}

function clear(row: Combination, pivot: Combination, column: number): void {
  const by = row.get(column);
  if (by === undefined || row === pivot) return;
  for (const [at, times] of pivot) {
    const sum = (row.get(at) ?? 0) - by * times;
    if (Math.abs(sum) < 1e-9) row.delete(at);
    else row.set(at, sum);
  }
}

/**
 * Each combination has a column of its own, which it counts once: a set takes each of them or leaves it. What one takes away, others
 * must bring back.
 */
function firstSet(basis: readonly Combination[]): Combination | undefined {
  const single = basis.find(isSet);
  if (single) return single;
  let tries = mostTries;
  const search = (sum: Combination, used: ReadonlySet<number>): Combination | undefined => {
    if (isSet(sum)) return sum;
    tries -= 1;
    // What is counted too often must be taken away, and what is taken away or counted in part must be brought back.
    const [column, often] = [...sum].find(([, times]) => Math.abs(times - 1) > 1e-9) ?? [];
    if (column === undefined || often === undefined || tries < 0) return undefined;
    for (const [number, row] of basis.entries()) {
      const by = row.get(column) ?? 0;
      if (used.has(number) || by === 0 || (often > 1 ? by > 0 : by < 0)) continue;
      const found = search(sumOf([sum, row]), new Set([...used, number]));
      if (found) return found;
    }
    return undefined;
  };
  for (const [number, row] of basis.entries()) {
    const found = search(row, new Set([number]));
    if (found) return found;
  }
  return undefined;
}

function sumOf(combinations: readonly (Combination | undefined)[]): Combination {
  const sum: Combination = new Map();
  for (const combination of combinations) {
    for (const [at, times] of combination ?? []) {
      const total = (sum.get(at) ?? 0) + times;
      if (Math.abs(total) < 1e-9) sum.delete(at);
      else sum.set(at, total);
    }
  }
  return sum;
}
