import type { Row } from './problem.ts';
import { Tableau } from './tableau.ts';

/** More than any table costs to move: a cell that is moved all the way is worth all that moves with it. */
const worth = 1e10;

/** How the sum of some columns is to change. */
export interface Move {
  readonly columns: readonly number[];
  readonly way: number;
  readonly length: number;
}

/**
 * The cheapest way to change the sum of some columns by so much and keep every equation, no column becoming less than 0. A linear
 * program: each column is raised by one variable and lowered by another, and the move itself is rewarded above all.
 *
 * @param values what the columns are
 * @param prices what it costs to change each column by one, either way
 * @returns by how much each column changes, in parts of whole numbers perhaps; null when there is no way
 */
export function leastMove(
  rows: readonly Row[],
  values: readonly number[],
  prices: readonly number[],
  { columns, way, length }: Move,
): Float64Array | null {
  const size = values.length;
  const target = 2 * size;
  const lowering = (column: number) => size + column;
  const equations: Row[] = rows.map(({ at, by }) => ({
    at: [...at, ...at.map(lowering)],
    by: [...by, ...by.map((times) => -times)],
    sum: 0,
  }));
  equations.push({
    at: [...columns, ...columns.map(lowering), target],
    by: [...columns.map(() => way), ...columns.map(() => -way), -1],
    sum: 0,
  });
  const upper = new Float64Array(target + 1).fill(Infinity);
  const gain = new Float64Array(target + 1);
  values.forEach((value, column) => {
    const price = prices[column] ?? 0;
    upper[lowering(column)] = value;
    gain[column] = -price;
    gain[lowering(column)] = -price;
  });
  upper[target] = length;
  gain[target] = worth;

  const tableau = new Tableau(equations, new Float64Array(target + 1), upper);
  tableau.climb([...gain.keys()], [...gain], () => false);
  if ((tableau.now[target] ?? 0) < length - 1e-6) return null;
  return Float64Array.from(
    values,
    (_, column) => (tableau.now[column] ?? 0) - (tableau.now[lowering(column)] ?? 0),
  );
}
