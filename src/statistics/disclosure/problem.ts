/**
 * What disclosure control works on: whole numbers of 0 or more, and what anybody knows of how they hang together. It knows nothing
 * of measures; hide.ts chooses what to hide and audit.ts tries to find it out.
 */

/**
 * - `published`: stands in the publication, unless it is hidden;
 * - `known`: has been told before, or is everybody's knowledge, so that hiding it here would hide nothing;
 * - `withheld`: was hidden in an earlier publication and stays hidden: it must not come out now;
 * - `unpublished`: stands nowhere, and never did; nobody need be protected in it.
 */
export type Standing = 'published' | 'known' | 'withheld' | 'unpublished';

export interface Cell {
  readonly id: string;
  /** A whole number of 0 or more. */
  readonly value: number;
  readonly standing: Standing;
  /** Whether it counts people, or what leads to them: such a number of 1 to k - 1 is hidden for its own sake. */
  readonly people: boolean;
  /**
   * How far down the list it is hidden: a part 0, the total of a table 1, the total of many tables 2, and half a step further
   * in the current period, which is kept before the previous.
   */
  readonly keep: number;
}

/** The sum of `plus` less the sum of `minus` is `by`, or at most `by`. */
export interface Relation {
  readonly plus: readonly string[];
  readonly minus: readonly string[];
  readonly is: 'equal' | 'at-most';
  readonly by: number;
}

/** A part of a whole that is told as such: hidden, too, when what is left over is small. */
export interface ShareOf {
  readonly part: string;
  readonly whole: string;
}

export interface Problem {
  /** The smallest count of people that may be told; 0 is told too. */
  readonly k: number;
  readonly cells: readonly Cell[];
  readonly relations: readonly Relation[];
  readonly shares: readonly ShareOf[];
}

/** As a cell stands, or what is left over of a share, or how far apart the two sides of an inequality are. */
export type Role = Standing | 'complement' | 'slack';

export interface Column {
  readonly id: string;
  readonly value: number;
  readonly role: Role;
  readonly keep: number;
  /** Hidden for its own sake. */
  readonly primary: boolean;
  /** Of what is left over of shares: their parts and wholes. */
  readonly leftOf?: readonly number[];
}

/** The sum of `by[i]` times column `at[i]` is `sum`. */
export interface Row {
  readonly at: readonly number[];
  readonly by: readonly number[];
  readonly sum: number;
}

/** A problem as equations between columns of 0 or more: what is left over of a share and of an inequality are columns too. */
export interface System {
  readonly k: number;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export function complementId(share: ShareOf): string {
  return `${share.whole} less ${share.part}`;
}

/**
 * Writes a problem as a system of equations.
 *
 * @throws RangeError when a value is not a whole number of 0 or more, or k is not one of 1 or more
 * @throws Error when a relation or share names no cell, or a relation does not hold: what is not so, nobody can know
 */
export function systemOf(problem: Problem): System {
  if (!Number.isInteger(problem.k) || problem.k < 1) throw new RangeError(`k cannot be ${problem.k}`);
  const isSmall = (value: number) => value > 0 && value < problem.k;
  const places = new Map<string, number>();
  const columns: Column[] = [];
  const rows: Row[] = [];

  const place = (id: string) => {
    const found = places.get(id);
    if (found === undefined) throw new Error(`There is no cell ${id}`);
    return found;
  };
  const valueAt = (at: number) => columns[at]?.value ?? 0;
  const add = (column: Column) => {
    if (!Number.isInteger(column.value) || column.value < 0) {
      throw new RangeError(`${column.id} is ${column.value}: not a whole number of 0 or more`);
    }
    if (places.has(column.id)) throw new Error(`There are two cells ${column.id}`);
    places.set(column.id, columns.length);
    columns.push(column);
  };

  const hiddenAsShare = new Set<string>();
  const exact = new Map(problem.cells.map((cell) => [cell.id, cell.value]));
  for (const { part, whole } of problem.shares) {
    const [some, all] = [exact.get(part) ?? 0, exact.get(whole) ?? 0];
    if (isSmallShare(some, all, problem.k)) hiddenAsShare.add(part);
  }
  for (const { id, value, standing, people, keep } of problem.cells) {
    const primary = standing === 'published' && ((people && isSmall(value)) || hiddenAsShare.has(id));
    add({ id, value, role: standing, keep, primary });
  }
  for (const share of problem.shares) {
    const [part, whole] = [place(share.part), place(share.whole)];
    const id = complementId(share);
    if (places.has(id)) continue;
    const leftOf = [part, whole];
    add({ id, value: valueAt(whole) - valueAt(part), role: 'complement', keep: 0, primary: false, leftOf });
    rows.push({ at: [part, place(id), whole], by: [1, 1, -1], sum: 0 });
  }
  problem.relations.forEach((relation, number) => {
    const by = new Map<number, number>();
    for (const id of relation.plus) by.set(place(id), (by.get(place(id)) ?? 0) + 1);
    for (const id of relation.minus) by.set(place(id), (by.get(place(id)) ?? 0) - 1);
    const left = [...by].reduce((sum, [at, times]) => sum + times * valueAt(at), 0);
    if (relation.is === 'equal' ? left !== relation.by : left > relation.by) {
      throw new Error(`It is not so that ${inWords(relation)}`);
    }
    if (relation.is === 'at-most') {
      const id = `room ${number}`;
      add({ id, value: relation.by - left, role: 'slack', keep: 0, primary: false });
      by.set(place(id), 1);
    }
    const terms = [...by].filter(([, times]) => times !== 0);
    rows.push({ at: terms.map(([at]) => at), by: terms.map(([, times]) => times), sum: relation.by });
  });
  return { k: problem.k, columns, rows };
}

/** Whether a share is hidden for its own sake: its part, its whole or what is left over is small. */
export function isSmallShare(part: number, whole: number, k: number): boolean {
  return [part, whole, whole - part].some((count) => count > 0 && count < k);
}

function inWords({ plus, minus, is, by }: Relation): string {
  const sign = is === 'equal' ? '=' : '<=';
  return `${plus.join(' + ') || '0'} ${sign} ${[...minus, by].join(' + ')}`;
}

/**
 * Whether whoever stands in each column of a component must not be found out: in what is hidden or withheld, and in what is left
 * over of a share of which the part or the whole is.
 */
export function protectedIn(system: System, component: Component): boolean[] {
  const kept = new Set(
    component.columns.filter((at) => ['published', 'withheld'].includes(system.columns[at]?.role ?? '')),
  );
  return component.columns.map(
    (at) => kept.has(at) || (system.columns[at]?.leftOf ?? []).some((other) => kept.has(other)),
  );
}

/**
 * Which columns cannot be seen when some published ones are hidden. What is left over, between or unpublished, and follows
 * from a single equation of things that can be seen, counts as seen.
 *
 * @param hidden whether each column of the system is hidden
 */
export function unseen(system: System, hidden: readonly boolean[]): boolean[] {
  const unknown = system.columns.map(
    ({ role }, at) => role !== 'known' && (role !== 'published' || hidden[at] === true),
  );
  const left = system.rows.map((row) => row.at.filter((at) => unknown[at]).length);
  const rowsOf = rowsByColumn(system);
  const alone = left.flatMap((count, row) => (count === 1 ? [row] : []));
  for (let row = alone.pop(); row !== undefined; row = alone.pop()) {
    const at = system.rows[row]?.at.find((column) => unknown[column]);
    const role = at === undefined ? undefined : system.columns[at]?.role;
    if (at === undefined || role === 'published' || role === 'withheld') continue;
    unknown[at] = false;
    for (const other of rowsOf[at] ?? []) {
      left[other] = (left[other] ?? 0) - 1;
      if (left[other] === 1) alone.push(other);
    }
  }
  return unknown;
}

/** The rows that each column stands in. */
export function rowsByColumn(system: System): number[][] {
  const rowsOf: number[][] = system.columns.map(() => []);
  system.rows.forEach((row, number) => {
    for (const at of row.at) rowsOf[at]?.push(number);
  });
  return rowsOf;
}

/** Part of a system: columns that hang together through rows, what can be seen having been taken to the right-hand side. */
export interface Component {
  /** Their numbers in the system. */
  readonly columns: readonly number[];
  /** Between the columns of the component, numbered as they stand in it. */
  readonly rows: readonly Row[];
}

/** The components of those columns of a system for which `free` holds; the others are constants. */
export function componentsOf(system: System, free: readonly boolean[]): Component[] {
  const rowsOf = rowsByColumn(system);
  const placed = new Array<boolean>(system.columns.length).fill(false);
  const found: Component[] = [];
  free.forEach((isFree, start) => {
    if (isFree && !placed[start]) found.push(componentAround(system, rowsOf, free, start, placed));
  });
  return found;
}

/** The component in which a column is, as {@link componentsOf} has it. */
export function componentAround(
  system: System,
  rowsOf: readonly (readonly number[])[],
  free: readonly boolean[],
  start: number,
  placed: boolean[] = [],
): Component {
  const columns = [start];
  const rows = new Set<number>();
  placed[start] = true;
  for (let next = 0; next < columns.length; next += 1) {
    for (const row of rowsOf[columns[next] ?? 0] ?? []) {
      if (rows.has(row)) continue;
      rows.add(row);
      for (const at of system.rows[row]?.at ?? []) {
        if (!free[at] || placed[at]) continue;
        placed[at] = true;
        columns.push(at);
      }
    }
  }
  columns.sort((a, b) => a - b);
  const number = new Map(columns.map((at, index) => [at, index]));
  const own = [...rows]
    .sort((a, b) => a - b)
    .map((row) => ownRow(system, system.rows[row] ?? { at: [], by: [], sum: 0 }, number));
  return { columns, rows: own };
}

function ownRow(system: System, row: Row, number: ReadonlyMap<number, number>): Row {
  const at: number[] = [];
  const by: number[] = [];
  let sum = row.sum;
  row.at.forEach((column, term) => {
    const times = row.by[term] ?? 0;
    const own = number.get(column);
    if (own === undefined) {
      sum -= times * (system.columns[column]?.value ?? 0);
    } else {
      at.push(own);
      by.push(times);
    }
  });
  return { at, by, sum };
}
