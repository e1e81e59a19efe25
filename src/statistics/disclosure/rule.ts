import { knownSum } from './known-sum.ts';
import { leastMove } from './least-move.ts';
import {
  type Column,
  type Component,
  componentsOf,
  isProtected,
  type Problem,
  type Row,
  type System,
  systemOf,
  unseen,
} from './problem.ts';
import { type OnStep, Tableau } from './tableau.ts';

/** Cells that could be found out. Numbers are those of the system's columns. */
export type Failure =
  /** A hidden cell of which less than k values were found that it could have, or none of k or more. */
  | { readonly kind: 'narrow'; readonly column: number; readonly least: number; readonly most: number }
  /** Hidden cells less than k whose sum is known. */
  | { readonly kind: 'known-sum'; readonly columns: readonly number[] };

/**
 * Whether what cannot be seen in a component keeps the rule of the contract: over the tables of whole numbers that agree with what can
 * be seen, each protected cell takes at least k values and reaches k, and no set of cells less than k has a known sum.
 * It is proved by example: each value that is counted stands in a table of whole numbers that was found, so that a cell
 * that is said to be protected is. One that is not said to be could be protected all the same, and more is hidden.
 *
 * @param onlyFirst to know whether there is any failure
 * @returns all cells that are too narrow; if there is none, a set whose sum is known; if there is none, nothing
 */
export function failuresIn(system: System, component: Component, onlyFirst = false): Failure[] {
  if (onlyFirst) {
    const alone = component.rows.find(({ at }) => at.length === 1);
    const column = component.columns[alone?.at[0] ?? -1];
    if (column !== undefined && isProtectedAt(system, column)) {
      const { value } = system.columns[column] ?? { value: 0 };
      return [{ kind: 'narrow', column, least: value, most: value }];
    }
  }
  const columns = component.columns.map((at) => system.columns[at]).filter((column) => column !== undefined);
  const seen = new Values(system.k, columns);
  const tableau = new Tableau(
    component.rows,
    columns.map(({ value }) => value),
  );
  const note: OnStep = (step, from) => {
    seen.note(step.columns, step.direction, step.length, from);
    return false;
  };
  tableau.settle(note);
  const narrow: Failure[] = [];
  for (const [own, column] of columns.entries()) {
    if (!isProtected(column)) continue;
    const untilEnough: OnStep = (step, from) => {
      note(step, from);
      return seen.areEnough(own);
    };
    for (const way of [1, -1]) if (!seen.areEnough(own)) tableau.climb([own], [way], untilEnough);
    if (!seen.areEnough(own)) seen.lookFurther(component.rows, own);
    if (!seen.areEnough(own)) {
      narrow.push({ kind: 'narrow', column: component.columns[own] ?? 0, ...seen.rangeOf(own) });
      if (onlyFirst) return narrow;
    }
  }
  if (narrow.length > 0) return narrow;

  const isSmall = columns.map((column) => isProtected(column) && column.value < system.k);
  // A gap that cannot change is a constant, whatever it is called.
  const isConstant = columns.map((column, own) => !isProtected(column) && !seen.hasMoved(own));
  let sum = knownSum(component.rows, isSmall, isConstant);
  while (sum) {
    const still = isConstant.flatMap((constant, own) => (constant ? [own] : []));
    for (const own of still) {
      for (const way of [1, -1]) if (!seen.hasMoved(own)) tableau.climb([own], [way], note);
      if (seen.hasMoved(own)) isConstant[own] = false;
    }
    if (still.every((own) => isConstant[own])) {
      return [{ kind: 'known-sum', columns: sum.map((own) => component.columns[own] ?? 0) }];
    }
    sum = knownSum(component.rows, isSmall, isConstant);
  }
  return [];
}

/** Whether whoever stands in a column of the system must not be found out. */
export function isProtectedAt(system: System, at: number): boolean {
  const column = system.columns[at];
  return column !== undefined && isProtected(column);
}

export interface Range {
  readonly least: number;
  /** Infinity when there is no most. */
  readonly most: number;
}

/** The least and the most that each of some hidden cells can be, by all that can be seen. Ends may be out of reach, never short. */
export function rangesOf(
  problem: Problem,
  hidden: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, Range> {
  const system = systemOf(problem);
  const unknown = unseen(
    system,
    system.columns.map(({ id }) => hidden.has(id)),
  );
  const ranges = new Map<string, Range>();
  for (const component of componentsOf(system, unknown)) {
    const columns = component.columns.flatMap((at) => system.columns[at] ?? []);
    if (!columns.some(({ id }) => wanted.has(id))) continue;
    const tableau = new Tableau(
      component.rows,
      columns.map(({ value }) => value),
    );
    const goOn: OnStep = () => false;
    tableau.settle(goOn);
    columns.forEach(({ id }, own) => {
      if (!wanted.has(id)) return;
      const most = tableau.climb([own], [1], goOn) === 'most' ? (tableau.now[own] ?? 0) : Infinity;
      tableau.climb([own], [-1], goOn);
      ranges.set(id, { least: Math.ceil((tableau.now[own] ?? 0) - 1e-6), most: Math.floor(most + 1e-6) });
    });
  }
  return ranges;
}

/** The values that cells were found to be able to take, as many of each as the rule asks for. */
class Values {
  readonly #k: number;
  readonly #taken: Set<number>[];
  readonly #most: number[];
  readonly #moved: boolean[];
  readonly #exact: readonly number[];

  constructor(k: number, columns: readonly Column[]) {
    this.#k = k;
    this.#exact = columns.map(({ value }) => value);
    this.#taken = columns.map(({ value }) => new Set([value]));
    this.#most = columns.map(({ value }) => value);
    this.#moved = columns.map(() => false);
  }

  areEnough(column: number): boolean {
    return (this.#taken[column]?.size ?? 0) >= this.#k && (this.#most[column] ?? 0) >= this.#k;
  }

  hasMoved(column: number): boolean {
    return this.#moved[column] === true;
  }

  rangeOf(column: number): { least: number; most: number } {
    return { least: Math.min(...(this.#taken[column] ?? [])), most: this.#most[column] ?? 0 };
  }

  /** Notes the tables of whole numbers that a step leads to from where it starts, and either way from the true table. */
  note(columns: readonly number[], direction: readonly number[], length: number, from: Float64Array): void {
    for (const column of columns) this.#moved[column] = true;
    const stride = [1, 2, 3, 4].find((times) => direction.every((by) => Number.isInteger(by * times)));
    if (stride === undefined) return;
    const by = direction.map((each) => each * stride);
    if (columns.every((column) => Number.isInteger(from[column] ?? 0)) && from.every(Number.isInteger)) {
      this.#along(columns, by, length / stride, from);
    }
    this.#along(columns, by, this.#roomFor(columns, by), this.#exact);
    const back = by.map((each) => -each);
    this.#along(columns, back, this.#roomFor(columns, back), this.#exact);
  }

  /** Looks for the simplest change of the true table to each value that is wanted still. */
  lookFurther(rows: readonly Row[], column: number): void {
    const prices = this.#exact.map(() => 1);
    const value = this.#exact[column] ?? 0;
    const wanted = [
      Math.max(value, this.#k),
      ...Array.from({ length: 2 * this.#k }, (_, n) => value - this.#k + n),
    ];
    for (const other of wanted) {
      if (this.areEnough(column)) return;
      if (other < 0 || this.#taken[column]?.has(other)) continue;
      const move = { columns: [column], way: Math.sign(other - value), length: Math.abs(other - value) };
      const changes = leastMove(rows, this.#exact, prices, move);
      const changed = changes ? [...changes.keys()].filter((at) => changes[at] !== 0) : [];
      if (!changes?.every(Number.isInteger)) continue;
      this.#along(
        changed,
        changed.map((at) => changes[at] ?? 0),
        1,
        this.#exact,
      );
    }
  }

  /** How often a direction can be added to the true table. */
  #roomFor(columns: readonly number[], direction: readonly number[]): number {
    const room = columns.map((column, term) => {
      const by = direction[term] ?? 0;
      return by < 0 ? (this.#exact[column] ?? 0) / -by : Infinity;
    });
    return Math.min(...room);
  }

  /** The nearest k tables along a direction, and the last. */
  #along(columns: readonly number[], by: readonly number[], length: number, from: ArrayLike<number>): void {
    const steps = Number.isFinite(length) ? Math.floor(length + 1e-9) : 2 * this.#k;
    columns.forEach((column, term) => {
      if (this.areEnough(column)) return;
      const each = by[term] ?? 0;
      for (let step = 1; step <= Math.min(steps, this.#k); step += 1) {
        this.#add(column, (from[column] ?? 0) + each * step);
      }
      if (steps > 0) this.#add(column, (from[column] ?? 0) + each * steps);
    });
  }

  #add(column: number, value: number): void {
    this.#taken[column]?.add(value);
    this.#most[column] = Math.max(this.#most[column] ?? 0, value);
  }
}
