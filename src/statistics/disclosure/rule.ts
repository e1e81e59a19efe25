import { knownSum } from './known-sum.ts';
import { leastMove } from './least-move.ts';
import {
  type Column,
  type Component,
  componentsOf,
  type Problem,
  protectedIn,
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
 * @param changes of the true table that were found before in other components of the system; what is found here is added
 * @param onlyFirst to know whether there is any failure
 * @returns all cells that are too narrow; if there is none, a set whose sum is known; if there is none, nothing
 */
export function failuresIn(
  system: System,
  component: Component,
  changes: Change[] = [],
  onlyFirst = false,
): Failure[] {
  const isToProtect = protectedIn(system, component);
  if (onlyFirst) {
    const alone = component.rows.find(({ at }) => at.length === 1)?.at[0] ?? -1;
    const column = component.columns[alone];
    if (column !== undefined && isToProtect[alone]) {
      const { value } = system.columns[column] ?? { value: 0 };
      return [{ kind: 'narrow', column, least: value, most: value }];
    }
  }
  const columns = component.columns.map((at) => system.columns[at]).filter((column) => column !== undefined);
  const seen = new Values(system.k, columns, component.columns, changes);
  const note: OnStep = (step, from) => {
    seen.note(step.columns, step.direction, step.length, from);
    return false;
  };
  let walked: Tableau | undefined;
  const walk = (own: number, way: number, onStep: OnStep) => {
    walked ??= settled(component.rows, columns, note);
    walked.climb([own], [way], onStep);
  };
  const narrow: Failure[] = [];
  for (const own of columns.keys()) {
    if (!isToProtect[own]) continue;
    const untilEnough: OnStep = (step, from) => {
      note(step, from);
      return seen.areEnough(own);
    };
    for (const way of [1, -1]) if (!seen.areEnough(own)) walk(own, way, untilEnough);
    if (!seen.areEnough(own)) seen.lookFurther(component.rows, own);
    if (!seen.areEnough(own)) {
      narrow.push({ kind: 'narrow', column: component.columns[own] ?? 0, ...seen.rangeOf(own) });
      if (onlyFirst) return narrow;
    }
  }
  if (narrow.length > 0) return narrow;

  const isSmall = columns.map(
    ({ role, value }) => (role === 'published' || role === 'withheld') && value < system.k,
  );
  const pair = smallPair(system, component, isSmall);
  if (pair) return [{ kind: 'known-sum', columns: pair }];
  // A gap that cannot change is a constant, whatever it is called.
  const isConstant = columns.map((_column, own) => !isToProtect[own] && !seen.hasMoved(own));
  let sum = knownSum(component.rows, isSmall, isConstant);
  while (sum) {
    const still = isConstant.flatMap((constant, own) => (constant ? [own] : []));
    for (const own of still) {
      for (const way of [1, -1]) if (!seen.hasMoved(own)) walk(own, way, note);
      if (seen.hasMoved(own)) isConstant[own] = false;
    }
    if (still.every((own) => isConstant[own])) {
      return [{ kind: 'known-sum', columns: sum.map((own) => component.columns[own] ?? 0) }];
    }
    sum = knownSum(component.rows, isSmall, isConstant);
  }
  return [];
}

function settled(rows: readonly Row[], columns: readonly Column[], onStep: OnStep): Tableau {
  const tableau = new Tableau(
    rows,
    columns.map(({ value }) => value),
  );
  tableau.settle(onStep);
  return tableau;
}

/** A small part of a whole that is seen, with little left over: that it is hidden says that it is neither none nor all. */
function smallPair(
  system: System,
  { columns, rows }: Component,
  isSmall: readonly boolean[],
): number[] | null {
  for (const { at } of rows) {
    const left = at.find((own) => system.columns[columns[own] ?? -1]?.role === 'complement');
    const value = system.columns[columns[left ?? -1] ?? -1]?.value ?? 0;
    const part = at.find((own) => isSmall[own]);
    if (left !== undefined && part !== undefined && at.length === 2 && value < system.k) {
      return [columns[part] ?? 0, columns[left] ?? 0];
    }
  }
  return null;
}

/** Columns of a system, and what can be added to them any number of times, while none becomes less than 0. */
export interface Change {
  readonly columns: readonly number[];
  readonly by: readonly number[];
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

  readonly #places: readonly number[];
  readonly #changes: Change[];

  /** @param places the columns' numbers in the system, in which `changes` tell of them */
  constructor(k: number, columns: readonly Column[], places: readonly number[], changes: Change[]) {
    this.#k = k;
    this.#exact = columns.map(({ value }) => value);
    this.#taken = columns.map(({ value }) => new Set([value]));
    this.#most = columns.map(({ value }) => value);
    this.#moved = columns.map(() => false);
    this.#places = places;
    this.#changes = changes;
    const own = new Map(places.map((at, number) => [at, number]));
    for (const change of changes) {
      const within = change.columns.flatMap((at) => own.get(at) ?? []);
      if (within.length === change.columns.length) this.#bothWays(within, change.by, false);
    }
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
    if (from.every(Number.isInteger)) this.#along(columns, by, length / stride, from);
    this.#bothWays(columns, by, true);
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
      if (!changes?.every(Number.isInteger)) continue;
      const changed = [...changes.keys()].filter((at) => changes[at] !== 0);
      const by = changed.map((at) => changes[at] ?? 0);
      this.#bothWays(changed, by, true);
    }
  }

  #bothWays(columns: readonly number[], by: readonly number[], isNew: boolean): void {
    for (const column of columns) this.#moved[column] = true;
    const back = by.map((each) => -each);
    const there = this.#along(columns, by, this.#roomFor(columns, by));
    const andBack = this.#along(columns, back, this.#roomFor(columns, back));
    if (isNew && (there || andBack)) this.#keep(columns, by);
  }

  #keep(columns: readonly number[], by: readonly number[]): void {
    this.#changes.push({ columns: columns.map((column) => this.#places[column] ?? 0), by });
  }

  /** How often a direction can be added to the true table. */
  #roomFor(columns: readonly number[], direction: readonly number[]): number {
    const room = columns.map((column, term) => {
      const by = direction[term] ?? 0;
      return by < 0 ? (this.#exact[column] ?? 0) / -by : Infinity;
    });
    return Math.min(...room);
  }

  /**
   * The nearest k tables along a direction, and the last.
   *
   * @param from where it starts, if not at the true table
   * @returns whether a value was among them that counts
   */
  #along(columns: readonly number[], by: readonly number[], length: number, from?: Float64Array): boolean {
    const steps = Number.isFinite(length) ? Math.floor(length + 1e-9) : 2 * this.#k;
    const counting = [...Array(Math.min(steps, this.#k)).keys()].map((step) => step + 1);
    if (steps > this.#k) counting.push(steps);
    let hasAdded = false;
    for (const step of counting) {
      let isNew = false;
      columns.forEach((column, term) => {
        if (this.areEnough(column)) return;
        const value = ((from ?? this.#exact)[column] ?? 0) + step * (by[term] ?? 0);
        isNew = this.#add(column, value) || isNew;
      });
      hasAdded ||= isNew;
      if (isNew && from) this.#keepTable(from, columns, by, step);
    }
    return hasAdded;
  }

  /** Keeps how a table that was found differs from the true one. */
  #keepTable(from: Float64Array, columns: readonly number[], by: readonly number[], step: number): void {
    const table = Float64Array.from(from);
    columns.forEach((column, term) => {
      table[column] = (table[column] ?? 0) + step * (by[term] ?? 0);
    });
    const changed = [...table.keys()].filter((column) => table[column] !== this.#exact[column]);
    this.#keep(
      changed,
      changed.map((column) => (table[column] ?? 0) - (this.#exact[column] ?? 0)),
    );
  }

  /** @returns whether the value is one that was not found before */
  #add(column: number, value: number): boolean {
    const taken = this.#taken[column];
    if (!taken || taken.has(value)) return false;
    taken.add(value);
    this.#most[column] = Math.max(this.#most[column] ?? 0, value);
    return true;
  }
}
