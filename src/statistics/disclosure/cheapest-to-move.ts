import { componentAround, type Row, rowsByColumn, type System, unseen } from './problem.ts';
import type { Failure } from './rule.ts';
import { Tableau } from './tableau.ts';

/** More than any table costs to move: a cell that is moved all the way is worth all that moves with it. */
const worth = 1e9;

/**
 * Which further published cells to hide so that what failed can change: the cells of the cheapest change of the whole table, every
 * equation being kept, that moves the failing cell as far as the rule asks, or the known sum by one. Parts first; totals
 * are let move only when parts are not enough.
 *
 * @param hidden whether each column of the system is hidden already
 * @returns their columns: none when it can move already; null when nothing helps
 */
export function cheapestToMove(
  system: System,
  hidden: readonly boolean[],
  failure: Failure,
): number[] | null {
  const unknown = unseen(system, hidden);
  const mayStay = (at: number) => {
    const column = system.columns[at];
    // What breaks a known sum of small cells is a cell that is not small.
    return column?.role === 'published' && (failure.kind === 'narrow' || column.value >= system.k);
  };
  const levels = [...new Set(system.columns.map(({ keep }) => keep))].sort((a, b) => a - b);
  for (const level of levels) {
    const movable = system.columns.map(
      (column, at) => unknown[at] === true || (column.keep <= level && mayStay(at)) || follows(column.role),
    );
    const tried = movesOf(system, failure).flatMap(
      (move) => cheapestMove(system, unknown, movable, move) ?? [],
    );
    const best = tried.sort((a, b) => a.cost - b.cost)[0];
    if (best) return best.columns;
  }
  return failure.kind === 'known-sum' ? cheapestToMoveOne(system, hidden, failure.columns) : null;
}

/** When only small cells are left to break a known sum, its cells are hidden among more of them. */
function cheapestToMoveOne(
  system: System,
  hidden: readonly boolean[],
  columns: readonly number[],
): number[] | null {
  const unknown = unseen(system, hidden);
  const movable = system.columns.map(
    ({ role }, at) => unknown[at] === true || role === 'published' || follows(role),
  );
  const moves = [1, -1].map((way): Move => ({ columns, way, length: 1 }));
  const tried = moves.flatMap((move) => cheapestMove(system, unknown, movable, move) ?? []);
  return tried.sort((a, b) => a.cost - b.cost)[0]?.columns ?? null;
}

/** What follows from published numbers moves with them. */
function follows(role: string): boolean {
  return role === 'complement' || role === 'slack' || role === 'unpublished';
}

interface Move {
  readonly columns: readonly number[];
  readonly way: number;
  readonly length: number;
}

/** The moves of which one is enough, in the order in which they are better of equals. */
function movesOf(system: System, failure: Failure): Move[] {
  if (failure.kind === 'known-sum') {
    return [1, -1].map((way) => ({ columns: failure.columns, way, length: 1 }));
  }
  const { column, least, most } = failure;
  const value = system.columns[column]?.value ?? 0;
  const columns = [column];
  const up = Math.max(system.k, least + system.k - 1) - value;
  const toK = system.k - value;
  const down = value - Math.max(0, most - system.k + 1);
  return [
    { columns, way: 1, length: up },
    ...(most >= system.k && down > 0 ? [{ columns, way: -1, length: down }] : []),
    ...(most < system.k && toK < up ? [{ columns, way: 1, length: toK }] : []),
  ];
}

/**
 * A linear program: each column is raised by one variable and lowered by another, at most by what it has; the move is rewarded
 * above all, and each cell that could be seen costs what it moves.
 */
function cheapestMove(
  system: System,
  unknown: readonly boolean[],
  movable: readonly boolean[],
  move: Move,
): { columns: number[]; cost: number } | null {
  const rowsOf = rowsByColumn(system);
  const first = move.columns[0] ?? 0;
  const component = componentAround(system, rowsOf, movable, first);
  const number = new Map(component.columns.map((at, own) => [at, own]));
  const size = component.columns.length;
  const target = 2 * size;
  const rows: Row[] = component.rows.map(({ at, by }) => ({
    at: [...at, ...at.map((own) => size + own)],
    by: [...by, ...by.map((times) => -times)],
    sum: 0,
  }));
  const own = move.columns.flatMap((at) => number.get(at) ?? []);
  rows.push({
    at: [...own, ...own.map((at) => size + at), target],
    by: [...own.map(() => move.way), ...own.map(() => -move.way), -1],
    sum: 0,
  });
  const upper = new Float64Array(2 * size + 1).fill(Infinity);
  const price = new Float64Array(2 * size + 1);
  component.columns.forEach((at, place) => {
    const column = system.columns[at];
    upper[size + place] = column?.value ?? 0;
    const costs = column?.role === 'published' && !unknown[at];
    const each = costs ? priceOf(column?.value ?? 0, move.length, column?.keep ?? 0) : 0;
    price[place] = -each;
    price[size + place] = -each;
  });
  upper[target] = move.length;
  price[target] = worth;

  const tableau = new Tableau(rows, new Float64Array(2 * size + 1), upper);
  tableau.climb([...price.keys()], [...price], () => false);
  if ((tableau.now[target] ?? 0) < move.length - 1e-6) return null;
  const moved = component.columns.flatMap((at, place) => {
    const by = Math.abs((tableau.now[place] ?? 0) - (tableau.now[size + place] ?? 0));
    return by > 1e-6 && price[place] !== 0 ? [{ at, price: -(price[place] ?? 0) }] : [];
  });
  return {
    columns: moved.map(({ at }) => at),
    cost: moved.reduce((sum, { price: its }) => sum + its, 0),
  };
}

/** Cheap is what alone makes room enough, and of that what says least. A whole number, so that sums of prices are exact. */
function priceOf(value: number, length: number, keep: number): number {
  const tooSmall = value < length ? 500 : 0;
  return (1000 + tooSmall + Math.min(100, Math.ceil(Math.log2(value + 1) * 5))) * 20 ** keep;
}
