import type { Row } from './problem.ts';

/** Entries of our systems are 0, 1 and -1, and pivots keep them near whole numbers: less than this is 0. */
const tiny = 1e-9;
/** After as many steps that lead nowhere Bland's rule, which cannot go in circles, takes over. */
const patience = 30;

/** One step from a table to others: `by` times `direction` can be added, for any `by` of 0 to `length`. */
export interface Step {
  readonly columns: readonly number[];
  readonly direction: readonly number[];
  /** Infinity when nothing stops it. */
  readonly length: number;
}

/** Sees each step before it is made. Returning true ends the search. */
export type OnStep = (step: Step, from: Float64Array) => boolean;

/**
 * The tables of numbers, 0 or more and at most their upper bounds, that solve some equations: walked from corner to corner by the
 * simplex method, in a dense tableau with bounded variables. It starts at a table that is known, the true one, and so
 * never has to look for one.
 */
export class Tableau {
  /** The table where it stands now. */
  readonly now: Float64Array;
  readonly #upper: Float64Array;
  readonly #rows: Float64Array[] = [];
  readonly #basis: number[] = [];
  /** The row whose basic column a column is, or -1. */
  readonly #rowOf: Int32Array;

  /**
   * @param start a table that solves the equations
   * @param upper the most that each number may be; without it there is no most
   */
  constructor(rows: readonly Row[], start: ArrayLike<number>, upper?: ArrayLike<number>) {
    this.now = Float64Array.from(start);
    this.#upper = upper ? Float64Array.from(upper) : new Float64Array(start.length).fill(Infinity);
    this.#rowOf = new Int32Array(start.length).fill(-1);
    this.#eliminate(rows);
  }

  /**
   * Brings every column but the basic ones to a bound, so that the table is a corner.
   *
   * @returns whether `onStep` ended it
   */
  settle(onStep: OnStep): boolean {
    for (let column = 0; column < this.now.length; column += 1) {
      while (this.#rowOf[column] === -1 && this.#isInside(column)) {
        if (this.#move(column, -1, onStep) === 'ended') return true;
      }
    }
    return false;
  }

  /**
   * Walks to where the sum of `by[i]` times column `at[i]` is largest.
   *
   * @returns `most` when it is there, `no-end` when there is no largest, `ended` when `onStep` ended it
   */
  climb(at: readonly number[], by: readonly number[], onStep: OnStep): 'most' | 'no-end' | 'ended' {
    const gain = this.#reduced(at, by);
    for (let idle = 0; ; ) {
      const column = this.#entering(gain, idle > patience);
      if (column === -1) return 'most';
      const moved = this.#move(column, (gain[column] ?? 0) > 0 ? 1 : -1, onStep, gain);
      if (moved === 'ended') return 'ended';
      if (moved === Infinity) return 'no-end';
      idle = moved > tiny ? 0 : idle + 1;
    }
  }

  #isInside(column: number): boolean {
    const value = this.now[column] ?? 0;
    return value > tiny && value < (this.#upper[column] ?? 0) - tiny;
  }

  /** Gauss-Jordan; columns of few rows are made basic, which fills in least, and of those the large, which have room to move. */
  #eliminate(rows: readonly Row[]): void {
    const left = rows.map(({ at, by }) => {
      const dense = new Float64Array(this.now.length);
      at.forEach((column, term) => {
        dense[column] = by[term] ?? 0;
      });
      return dense;
    });
    const standing = new Int32Array(this.now.length);
    for (const { at } of rows) for (const column of at) standing[column] = (standing[column] ?? 0) + 1;
    const order = [...this.now.keys()].sort(
      (a, b) => (standing[a] ?? 0) - (standing[b] ?? 0) || (this.now[b] ?? 0) - (this.now[a] ?? 0) || a - b,
    );
    for (const column of order) {
      if (left.length === 0) break;
      const number = left.findIndex((row) => Math.abs(row[column] ?? 0) > tiny);
      const row = left[number];
      if (!row) continue;
      left.splice(number, 1);
      const used = divide(row, row[column] ?? 1);
      for (const other of left) subtract(other, row, used, other[column] ?? 0);
      for (const other of this.#rows) subtract(other, row, used, other[column] ?? 0);
      this.#rowOf[column] = this.#rows.length;
      this.#rows.push(row);
      this.#basis.push(column);
    }
  }

  /** What one more of each column adds to the objective, basic columns making up for it. */
  #reduced(at: readonly number[], by: readonly number[]): Float64Array {
    const gain = new Float64Array(this.now.length);
    at.forEach((column, term) => {
      gain[column] = (gain[column] ?? 0) + (by[term] ?? 0);
    });
    this.#basis.forEach((column, number) => {
      const row = this.#rows[number];
      const times = gain[column] ?? 0;
      if (row && times !== 0) subtract(gain, row, usedIn(row), times);
    });
    return gain;
  }

  #entering(gain: Float64Array, byBland: boolean): number {
    let best = -1;
    let most = tiny;
    for (let column = 0; column < gain.length; column += 1) {
      const worth = gain[column] ?? 0;
      if (worth < tiny && worth > -tiny) continue;
      if (this.#rowOf[column] !== -1 || this.#upper[column] === 0) continue;
      const atUpper = (this.now[column] ?? 0) > tiny;
      if (atUpper ? worth > 0 : worth < 0) continue;
      if (byBland) return column;
      if (Math.abs(worth) > most) {
        most = Math.abs(worth);
        best = column;
      }
    }
    return best;
  }

  /** How far a column can go one way, and the row whose basic column stops it, or -1 when it stops itself. */
  #lengthOf(column: number, way: 1 | -1): { length: number; stop: number } {
    const value = this.now[column] ?? 0;
    let length = way > 0 ? (this.#upper[column] ?? 0) - value : value;
    let stop = -1;
    for (let number = 0; number < this.#rows.length; number += 1) {
      const change = -way * (this.#rows[number]?.[column] ?? 0);
      if (change < tiny && change > -tiny) continue;
      const basic = this.#basis[number] ?? 0;
      const room = change < 0 ? (this.now[basic] ?? 0) : (this.#upper[basic] ?? 0) - (this.now[basic] ?? 0);
      const most = Math.max(0, room) / Math.abs(change);
      const isLower = most < length - tiny;
      // Of equals the lowest column leaves, as Bland's rule wants it.
      const isEarlier = most < length + tiny && stop !== -1 && basic < (this.#basis[stop] ?? 0);
      if (!isLower && !isEarlier) continue;
      length = Math.min(length, most);
      stop = number;
    }
    return { length, stop };
  }

  /** Moves a column that is not basic as far as it goes. @returns how far that was, or that `onStep` ended the search */
  #move(column: number, way: 1 | -1, onStep: OnStep, gain?: Float64Array): number | 'ended' {
    const { length, stop } = this.#lengthOf(column, way);
    if (length > tiny) {
      const columns = [column];
      const direction: number[] = [way];
      this.#rows.forEach((row, number) => {
        const change = -way * (row[column] ?? 0);
        if (Math.abs(change) < tiny) return;
        columns.push(this.#basis[number] ?? 0);
        direction.push(whole(change));
      });
      if (onStep({ columns, direction, length: whole(length) }, this.now)) return 'ended';
      if (length === Infinity) return length;
      columns.forEach((moved, term) => {
        this.now[moved] = whole((this.now[moved] ?? 0) + (direction[term] ?? 0) * length);
      });
    }
    if (stop !== -1) this.#pivot(stop, column, gain);
    return length;
  }

  #pivot(number: number, column: number, gain?: Float64Array): void {
    const row = this.#rows[number];
    if (!row) return;
    const used = divide(row, row[column] ?? 1);
    for (const other of this.#rows) if (other !== row) subtract(other, row, used, other[column] ?? 0);
    if (gain) subtract(gain, row, used, gain[column] ?? 0);
    this.#rowOf[this.#basis[number] ?? 0] = -1;
    this.#rowOf[column] = number;
    this.#basis[number] = column;
  }
}

/** The whole number that a number is but for the error of its arithmetic, else the number. */
function whole(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value - rounded) < tiny ? rounded : value;
}

/** The columns that have a part in a row: few, in rows as ours are. */
function usedIn(row: Float64Array): number[] {
  const used: number[] = [];
  for (let column = 0; column < row.length; column += 1) if (row[column] !== 0) used.push(column);
  return used;
}

/** @returns the columns that have a part in the row */
function divide(row: Float64Array, by: number): number[] {
  const used = usedIn(row);
  if (by !== 1) for (const column of used) row[column] = whole((row[column] ?? 0) / by);
  return used;
}

function subtract(from: Float64Array, row: Float64Array, used: readonly number[], times: number): void {
  if (times < tiny && times > -tiny) return;
  for (const column of used) from[column] = whole((from[column] ?? 0) - times * (row[column] ?? 0));
}
