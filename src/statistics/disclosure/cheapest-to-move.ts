import { leastMove, type Move } from './least-move.ts';
import { componentAround, rowsByColumn, type System, unseen } from './problem.ts';
import type { Failure } from './rule.ts';

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
  const levels = [...new Set(system.columns.map(({ keep }) => Math.floor(keep)))].sort((a, b) => a - b);
  for (const level of levels) {
    const movable = system.columns.map(
      (column, at) =>
        unknown[at] === true || (Math.floor(column.keep) <= level && mayStay(at)) || follows(column.role),
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

/** The cheapest change of the whole table that makes the move, and which cells that can be seen it changes. */
function cheapestMove(
  system: System,
  unknown: readonly boolean[],
  movable: readonly boolean[],
  move: Move,
): { columns: number[]; cost: number } | null {
  const component = componentAround(system, rowsByColumn(system), movable, move.columns[0] ?? 0);
  const columns = component.columns.flatMap((at) => system.columns[at] ?? []);
  const isSeen = component.columns.map((at, own) => columns[own]?.role === 'published' && !unknown[at]);
  const prices = columns.map(({ value, keep }, own) => (isSeen[own] ? priceOf(value, move.length, keep) : 1));
  const changes = leastMove(
    component.rows,
    columns.map(({ value }) => value),
    prices,
    { ...move, columns: move.columns.map((at) => component.columns.indexOf(at)).filter((own) => own !== -1) },
  );
  if (!changes) return null;
  const moved = [...changes.keys()].filter((own) => isSeen[own] && Math.abs(changes[own] ?? 0) > 1e-6);
  return {
    columns: moved.flatMap((own) => component.columns[own] ?? []),
    cost: moved.reduce((sum, own) => sum + (prices[own] ?? 0), 0),
  };
}

/**
 * Cheap is what alone makes room enough, of that what is of the previous period, and of that what says least. A whole number, so
 * that sums of prices are exact; one cell is cheaper than two, whatever they are.
 */
function priceOf(value: number, length: number, keep: number): number {
  const tooSmall = value < length ? 500 : 0;
  const level = Math.floor(keep);
  const current = keep > level ? 150 : 0;
  return (1000 + tooSmall + current + Math.min(100, Math.ceil(Math.log2(value + 1) * 5))) * 4 ** level;
}
