import loadHighs, { type Highs, type Model } from 'highs';
import { type Column, complementId, type Problem, type Row, type System, systemOf } from './problem.ts';

/** Something hidden that can be found out from what is published. */
export interface Finding {
  /** One cell, or several of which the sum is known. */
  readonly cells: readonly string[];
  /**
   * `bounds`: by going from equation to equation with the least and the most that each cell can be; `linear-programming`: by
   * all equations together; `whole-numbers`: because parts of a person do not exist; `known-sum`: the cells are all less than
   * k and their sum is known, so that whoever knows the method knows more than they should.
   */
  readonly how: 'bounds' | 'linear-programming' | 'whole-numbers' | 'known-sum';
  readonly least: number;
  /** Infinity when there is no most. */
  readonly most: number;
}

/** Numbers of the solver are right to about a ten-millionth. */
const tolerance = 1e-6;
/** A known sum that needs an equation more often than this is not looked for. */
const mostTimes = 100;
/** After so many tables in a row that showed nothing new, each cell that is left is asked for by itself. */
const patience = 4;
/** How often an audit that ran out of time is begun, with twice as long each time, and another seed. */
const mostTries = 3;
/** An audit that gets less of the processor than this part is stopped by the clock on the wall. */
const leastShare = 1 / 5;

let solver: Promise<Highs> | undefined;

/** The auditor had no more time. What it had not tried by then it says nothing of. */
export class AuditStopped extends Error {}

/**
 * Tries to find out each hidden cell of a publication, as somebody would who has everything that is published, knows how it hangs
 * together, and has a solver. It shares with the hiding nothing but the problem: what that proves by example, this
 * tries to refute with bounds, linear programs and whole-number programs.
 *
 * @param hidden the published cells that are hidden
 * @param within how long it may work, in milliseconds of its thread's processor: what else the machine does takes nothing of them
 * @param seed for its choices: with another it takes other ways, and finds the same
 * @returns what was found out; nothing of a publication that is well protected
 * @throws AuditStopped when it has not ended by then; as {@link systemOf} does, and Error when the solver gives up
 */
export async function audit(
  problem: Problem,
  hidden: ReadonlySet<string>,
  within = Infinity,
  seed = 1,
): Promise<Finding[]> {
  solver ??= loadHighs();
  const highs = await solver;
  const until = worked() + within;
  return unknownsOf(problem, hidden).flatMap((unknowns) => {
    const attack = new Attack(highs, problem.k, unknowns, { until, seed });
    try {
      return attack.run();
    } finally {
      attack.dispose();
    }
  });
}

/** Milliseconds that the processor has worked for this thread. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What an audit of a publication came to, as it is kept with it. */
export interface Audited {
  /** How many numbers the publication would tell, were nothing hidden. */
  readonly cells: number;
  readonly hidden: number;
  /** What it tried to find out: what is hidden, what is left over of it, and what was hidden in earlier publications. */
  readonly tried: number;
  /** Of its thread's processor, over all its tries. */
  readonly seconds: number;
  /** The solver, with its version. */
  readonly solver: string;
  /** What was found out, by the names of its cells. */
  readonly found: readonly (readonly string[])[];
  /** Whether it tried everything in the time it had. */
  readonly ended: boolean;
}

/**
 * Audits a publication, and says what was done.
 *
 * @param seconds how long it may work, of its thread's processor: when it has not ended by then it begins anew, three times in all,
 *   with twice as long each time
 */
export async function auditWithin(
  problem: Problem,
  hidden: ReadonlySet<string>,
  seconds: number,
): Promise<Audited> {
  const begun = worked();
  solver ??= loadHighs();
  const { version } = await solver;
  const published = problem.cells.filter(({ standing }) => standing === 'published');
  const groups = unknownsOf(problem, hidden);
  let findings: Finding[] | null = null;
  for (let tries = 0; tries < mostTries && findings === null; tries += 1)
    findings = await audit(problem, hidden, seconds * 1000 * 2 ** tries, tries + 1).catch(
      (error: unknown) => {
        if (error instanceof AuditStopped) return null;
        throw error;
      },
    );
  return {
    cells: published.length,
    hidden: hidden.size,
    tried: groups.reduce((sum, { targets }) => sum + targets.length, 0),
    seconds: Math.round((worked() - begun) / 10) / 100,
    solver: `HiGHS ${version.string}`,
    found: (findings ?? []).map(({ cells }) => cells),
    ended: findings !== null,
  };
}

interface Equation {
  readonly at: readonly number[];
  readonly by: readonly number[];
  readonly sum: number;
}

/** What cannot be seen, as somebody outside knows it: unknowns of 0 or more, and equations between them. */
interface Unknowns {
  readonly ids: readonly string[];
  readonly values: readonly number[];
  /** Those that must not be found out; the others are gaps and numbers that stand nowhere. */
  readonly targets: readonly number[];
  /** Those that are what is left over of a share. */
  readonly leftOver: ReadonlySet<number>;
  readonly rows: readonly Equation[];
}

/** The unknowns of a publication, in groups that no equation joins. */
function unknownsOf(problem: Problem, hidden: ReadonlySet<string>): Unknowns[] {
  const system = systemOf(problem);
  const complements = complementsToProtect(problem, hidden);
  const isUnknown = system.columns.map(
    ({ id, role }) => role !== 'known' && (role !== 'published' || hidden.has(id)),
  );
  // Each unknown points to another of its group, and the last to itself.
  const leader = system.columns.map((_column, at) => at);
  const leaderOf = (at: number): number => {
    const next = leader[at] ?? at;
    if (next === at) return at;
    const last = leaderOf(next);
    leader[at] = last;
    return last;
  };
  for (const { at } of system.rows) {
    const [first, ...others] = at.filter((column) => isUnknown[column]);
    for (const other of others) leader[leaderOf(other)] = leaderOf(first ?? other);
  }
  const groups = new Map<number, number[]>();
  isUnknown.forEach((unknown, at) => {
    if (unknown) groups.set(leaderOf(at), [...(groups.get(leaderOf(at)) ?? []), at]);
  });
  const rowsOf = new Map<number, Row[]>();
  for (const row of system.rows) {
    const first = row.at.find((column) => isUnknown[column]);
    if (first === undefined) continue;
    rowsOf.set(leaderOf(first), [...(rowsOf.get(leaderOf(first)) ?? []), row]);
  }
  const isTarget = ({ id, role }: Column) =>
    role === 'published' || role === 'withheld' || (role === 'complement' && complements.has(id));
  return [...groups].flatMap(([group, members]) => {
    const columns = members.flatMap((at) => system.columns[at] ?? []);
    const targets = [...columns.keys()].filter((own) => columns[own] && isTarget(columns[own]));
    const own = new Map(members.map((at, number) => [at, number]));
    const rows = (rowsOf.get(group) ?? []).map((row) => seenFrom(row, own, system));
    const [ids, values] = [columns.map(({ id }) => id), columns.map(({ value }) => value)];
    const leftOver = new Set([...columns.keys()].filter((number) => columns[number]?.role === 'complement'));
    return targets.length > 0 ? [{ ids, values, targets, leftOver, rows }] : [];
  });
}

/** A row of the system with what can be seen taken to the other side. */
function seenFrom(row: Row, own: ReadonlyMap<number, number>, system: System): Equation {
  const unknown = [...row.at.keys()].filter((term) => own.has(row.at[term] ?? -1));
  const seen = row.at.reduce(
    (sum, at, term) => (own.has(at) ? sum : sum + (row.by[term] ?? 0) * (system.columns[at]?.value ?? 0)),
    0,
  );
  return {
    at: unknown.map((term) => own.get(row.at[term] ?? -1) ?? 0),
    by: unknown.map((term) => row.by[term] ?? 0),
    sum: row.sum - seen,
  };
}

interface Range {
  least: number;
  most: number;
}

const anything: Range = { least: 0, most: Infinity };

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32): an audit can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One group of unknowns under attack. */
class Attack {
  readonly #k: number;
  readonly #highs: Highs;
  /** In milliseconds of {@link worked}. */
  readonly #until: number;
  readonly #seed: number;
  readonly #ids: readonly string[];
  readonly #values: readonly number[];
  readonly #targets: readonly number[];
  readonly #leftOver: ReadonlySet<number>;
  readonly #rows: readonly Equation[];
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #linear: Model;
  readonly #whole: Model;
  /** Values of each unknown that stand in some table of whole numbers that agrees. */
  readonly #taken: Set<number>[];
  readonly #moved: boolean[];
  readonly #random: () => number;

  constructor(
    highs: Highs,
    k: number,
    { ids, values, targets, leftOver, rows }: Unknowns,
    { until, seed }: { until: number; seed: number },
  ) {
    this.#highs = highs;
    this.#k = k;
    this.#until = until;
    this.#seed = seed;
    this.#random = randomOf(seed);
    this.#ids = ids;
    this.#values = values;
    this.#targets = targets;
    this.#leftOver = leftOver;
    this.#rows = rows;
    this.#taken = values.map((value) => new Set([value]));
    this.#moved = values.map(() => false);
    this.#lower = new Float64Array(ids.length);
    this.#upper = new Float64Array(ids.length).fill(highs.infinity);
    this.#linear = this.#modelOf(false);
    this.#whole = this.#modelOf(true);
  }

  dispose(): void {
    this.#linear.dispose();
    this.#whole.dispose();
  }

  run(): Finding[] {
    const byBounds = this.#bounds();
    this.#explore(this.#targets.filter((target) => !this.#isNarrow(byBounds[target] ?? anything)));
    const found: Finding[] = [];
    for (const target of this.#targets) {
      const cells = [this.#ids[target] ?? ''];
      const bounds = byBounds[target] ?? anything;
      if (this.#isNarrow(bounds)) {
        found.push({ cells, how: 'bounds', ...bounds });
        continue;
      }
      if (this.#hasEnough(target)) continue;
      const linear = this.#rangeOf([target]);
      if (this.#isNarrow(linear)) {
        found.push({ cells, how: 'linear-programming', ...linear });
        continue;
      }
      const whole = this.#isNarrowInWholeNumbers(target, linear);
      if (whole) found.push({ cells, how: 'whole-numbers', ...whole });
    }
    if (found.length > 0) return found;
    const sum = this.#smallPair() ?? this.#knownSum();
    return sum ? [sum] : [];
  }

  /**
   * Looks for tables in which many cells at once take values they have not been seen to take: each is the best, for some weights,
   * of those that keep every unknown within some distance of what it is. Equations of sums have such tables in whole numbers nearly
   * always, and what a cell can be in a few dozen of them need not be asked for it alone.
   */
  #explore(targets: readonly number[]): void {
    for (let idle = 0; idle < patience; ) {
      const open = targets.filter((target) => !this.#hasEnough(target));
      if (open.length === 0) return;
      const seen = () => open.reduce((sum, target) => sum + (this.#taken[target]?.size ?? 0), 0);
      const before = seen();
      // More upwards than downwards: they must reach k.
      this.#near(2 * this.#k, new Map(open.map((target) => [target, this.#random() - 0.6])));
      idle = seen() > before ? 0 : idle + 1;
    }
  }

  /** Notes the table of the least cost of those within up to `distance` of the true one. */
  #near(distance: number, costs: ReadonlyMap<number, number>): void {
    const far = () => 1 + Math.floor(this.#random() * distance);
    const all = { kind: 'range', from: 0, to: this.#ids.length - 1 } as const;
    this.#linear.changeColsBounds(
      all,
      Float64Array.from(this.#values, (value) => Math.max(0, value - far())),
      Float64Array.from(this.#values, (value) => value + far()),
    );
    this.#linear.changeColsCost(
      all,
      Float64Array.from(this.#values, (_value, unknown) => costs.get(unknown) ?? 0),
    );
    this.#solve(this.#linear);
    if (this.#linear.getModelStatus() === this.#highs.constants.modelStatus.optimal)
      this.#note(this.#linear.getSolution().colValue);
    this.#linear.changeColsBounds(all, this.#lower, this.#upper);
    this.#linear.changeColsCost(all, new Float64Array(this.#ids.length));
  }

  /**
   * Finds out which unknowns are the same in every table: if any were not, a sum of all that have not been seen to move, each times
   * a number at random, would not be the same in every table.
   */
  #findMoving(): void {
    for (let before = Infinity; ; ) {
      const still = this.#ids.flatMap((_id, unknown) => (this.#moved[unknown] ? [] : [unknown]));
      if (still.length === 0 || still.length === before) return;
      before = still.length;
      const weights = still.map((unknown) => [unknown, this.#random() - 0.5] as const);
      this.#near(1, new Map(weights));
      this.#near(1, new Map(weights.map(([unknown, weight]) => [unknown, -weight])));
    }
  }

  /** A part and what is left over of it, both less than k and together all that is seen: the part is neither none nor all. */
  #smallPair(): Finding | null {
    const isSmall = (unknown: number) => (this.#values[unknown] ?? 0) < this.#k;
    for (const { at, by, sum } of this.#rows) {
      if (at.length !== 2 || by.some((times) => times !== 1) || !at.every(isSmall)) continue;
      const left = at.find((unknown) => this.#leftOver.has(unknown));
      if (left === undefined || !this.#targets.includes(left)) continue;
      return {
        cells: at.map((unknown) => this.#ids[unknown] ?? ''),
        how: 'known-sum',
        least: sum,
        most: sum,
      };
    }
    return null;
  }

  #isNarrow({ least, most }: Range): boolean {
    return most < this.#k || most - least + 1 < this.#k;
  }

  /** Whether tables of whole numbers were found with as many values of an unknown as the rule asks for. */
  #hasEnough(unknown: number): boolean {
    const taken = this.#taken[unknown] ?? new Set();
    return taken.size >= this.#k && Math.max(...taken) >= this.#k;
  }

  /** The least and most of each unknown that single equations give, until they give no more. */
  #bounds(): Range[] {
    const ranges = this.#ids.map((): Range => ({ least: 0, most: Infinity }));
    for (let changed = true, rounds = 0; changed && rounds < 100; rounds += 1) {
      changed = false;
      for (const row of this.#rows) changed = tighten(row, ranges) || changed;
    }
    return ranges;
  }

  /** The least and most that a sum of unknowns can be when parts of a person could exist, to the whole numbers within. */
  #rangeOf(unknowns: readonly number[]): Range {
    const least = this.#extreme(unknowns, 1);
    const most = this.#extreme(unknowns, -1);
    return { least: Math.ceil(least - tolerance), most: Math.floor(tolerance - most) };
  }

  #options() {
    const left = (this.#until - worked()) / leastShare / 1000;
    return {
      ...(left < Infinity && { time_limit: Math.max(0.01, left) }),
      output_flag: false,
      random_seed: this.#seed,
    };
  }

  /** @throws AuditStopped when there is no more time */
  #solve(model: Model): void {
    const { callbackType, modelStatus } = this.#highs.constants;
    model.run({
      [callbackType.mipInterrupt]: (event) => {
        if (worked() >= this.#until) event.interrupt();
      },
    });
    if (worked() >= this.#until || model.getModelStatus() === modelStatus.timeLimit) throw new AuditStopped();
  }

  /** The least of `sign` times a sum of unknowns. */
  #extreme(unknowns: readonly number[], sign: 1 | -1): number {
    for (const unknown of unknowns) this.#linear.changeColCost(unknown, sign);
    const { modelStatus } = this.#highs.constants;
    const ends = [modelStatus.optimal, modelStatus.unbounded, modelStatus.unboundedOrInfeasible];
    const solve = () => {
      this.#solve(this.#linear);
      return ends.find((end) => end === this.#linear.getModelStatus());
    };
    let status = solve();
    if (status === undefined) {
      // Where it left off before can lead it astray: it starts afresh.
      this.#linear.clearSolver();
      status = solve();
    }
    if (status === undefined) throw new Error(`The solver stopped: ${this.#linear.getModelStatus()}`);
    const isUnbounded = status !== modelStatus.optimal;
    const extreme = isUnbounded ? -Infinity : this.#linear.getObjectiveValue();
    if (!isUnbounded) this.#note(this.#linear.getSolution().colValue);
    else for (const unknown of unknowns) this.#moved[unknown] = true;
    for (const unknown of unknowns) this.#linear.changeColCost(unknown, 0);
    return extreme;
  }

  /** Notes which unknowns a table moves, and which values stand in it, if it is one of whole numbers: it need not be believed. */
  #note(table: ArrayLike<number>): void {
    const values = Array.from(table, Math.round);
    this.#values.forEach((value, unknown) => {
      if (Math.abs((table[unknown] ?? 0) - value) > tolerance) this.#moved[unknown] = true;
    });
    const isTable = this.#rows.every(
      ({ at, by, sum }) =>
        at.reduce((left, unknown, term) => left - (values[unknown] ?? 0) * (by[term] ?? 0), sum) === 0,
    );
    if (!isTable || values.some((value) => value < 0)) return;
    values.forEach((value, unknown) => {
      this.#taken[unknown]?.add(value);
    });
  }

  /** Asks for tables of whole numbers one value at a time, until there are enough. @returns what is possible, if they are not */
  #isNarrowInWholeNumbers(target: number, { least, most }: Range): Range | null {
    const taken = this.#taken[target] ?? new Set();
    const reachesK = () => Math.max(...taken) >= this.#k;
    const last = Math.min(most, least + 20 * this.#k);
    for (let value = Math.max(least, this.#k); value <= last && !reachesK(); value += 1) {
      this.#tryWhole(target, value);
    }
    for (let value = least; value <= last && taken.size < this.#k; value += 1) {
      if (!taken.has(value)) this.#tryWhole(target, value);
    }
    if (this.#hasEnough(target)) return null;
    return { least: Math.min(...taken), most: Math.max(...taken) };
  }

  #tryWhole(target: number, value: number): void {
    this.#whole.changeColBounds(target, value, value);
    this.#solve(this.#whole);
    if (this.#whole.getModelStatus() === this.#highs.constants.modelStatus.optimal) {
      this.#note(this.#whole.getSolution().colValue);
    }
    this.#whole.changeColBounds(target, 0, this.#highs.infinity);
  }

  /**
   * A whole-number program: which multiples of the equations add up to an equation in which some small cells are counted once
   * and nothing else is counted at all.
   */
  #knownSum(): Finding | null {
    const targets = new Set(this.#targets);
    this.#findMoving();
    const isSmall = (unknown: number) =>
      targets.has(unknown) && !this.#leftOver.has(unknown) && (this.#values[unknown] ?? 0) < this.#k;
    const counted = this.#ids.flatMap((_id, unknown) =>
      targets.has(unknown) || this.#moved[unknown] ? [unknown] : [],
    );
    const small = counted.filter(isSmall);
    if (small.length === 0 || this.#rows.length === 0) return null;

    const choice = this.#choiceModel(counted, small);
    try {
      for (;;) {
        this.#solve(choice);
        if (choice.getModelStatus() !== this.#highs.constants.modelStatus.optimal) return null;
        const picked = choice.getSolution().colValue;
        const set = small.filter((_unknown, number) => (picked[this.#rows.length + number] ?? 0) > 0.5);
        const { least, most } = this.#rangeOf(set);
        if (least === most) {
          return { cells: set.map((unknown) => this.#ids[unknown] ?? ''), how: 'known-sum', least, most };
        }
        // An error of the solver's arithmetic: this set is not it.
        const own = set.map((unknown) => this.#rows.length + small.indexOf(unknown));
        choice.addRow(-this.#highs.infinity, set.length - 1, { indices: own, values: own.map(() => 1) });
      }
    } finally {
      choice.dispose();
    }
  }

  #choiceModel(counted: readonly number[], small: readonly number[]): Model {
    const { infinity, constants } = this.#highs;
    const multipliers = this.#rows.length;
    const terms = new Map(counted.map((unknown) => [unknown, [] as [number, number][]]));
    this.#rows.forEach(({ at, by }, row) => {
      at.forEach((unknown, term) => {
        terms.get(unknown)?.push([row, by[term] ?? 0]);
      });
    });
    small.forEach((unknown, number) => {
      terms.get(unknown)?.push([multipliers + number, -1]);
    });
    const lines = [
      ...terms.values(),
      small.map((_unknown, number): [number, number] => [multipliers + number, 1]),
    ];
    const size = multipliers + small.length;
    const model = this.#highs.createModel({
      numCols: size,
      numRows: lines.length,
      sense: constants.objectiveSense.minimize,
      colCost: Float64Array.from({ length: size }, (_, at) => (at < multipliers ? 0 : 1)),
      colLower: Float64Array.from({ length: size }, (_, at) => (at < multipliers ? -mostTimes : 0)),
      colUpper: Float64Array.from({ length: size }, (_, at) => (at < multipliers ? mostTimes : 1)),
      rowLower: Float64Array.from(lines, (_, line) => (line < counted.length ? 0 : 1)),
      rowUpper: Float64Array.from(lines, (_, line) => (line < counted.length ? 0 : infinity)),
      matrix: sparse(lines, size),
      integrality: Array.from({ length: size }, (_, at) =>
        at < multipliers ? constants.variableType.continuous : constants.variableType.integer,
      ),
    });
    model.options.set(this.#options());
    return model;
  }

  #modelOf(whole: boolean): Model {
    const { constants } = this.#highs;
    const sums = Float64Array.from(this.#rows, ({ sum }) => sum);
    const lines = this.#rows.map(({ at, by }) =>
      at.map((column, term): [number, number] => [column, by[term] ?? 0]),
    );
    const model = this.#highs.createModel({
      numCols: this.#ids.length,
      numRows: this.#rows.length,
      sense: constants.objectiveSense.minimize,
      colCost: new Float64Array(this.#ids.length),
      colLower: this.#lower,
      colUpper: this.#upper,
      rowLower: sums,
      rowUpper: sums,
      matrix: sparse(lines, this.#ids.length),
      ...(whole && { integrality: this.#ids.map(() => constants.variableType.integer) }),
    });
    model.options.set({ ...this.#options(), ...(!whole && { presolve: 'off' }) });
    return model;
  }
}

/** What is left over of shares that are hidden, wholly or in part. */
function complementsToProtect(problem: Problem, hidden: ReadonlySet<string>): ReadonlySet<string> {
  const unseen = new Set(hidden);
  for (const { id, standing } of problem.cells) if (standing === 'withheld') unseen.add(id);
  return new Set(
    problem.shares.flatMap((share) =>
      unseen.has(share.part) || unseen.has(share.whole) ? [complementId(share)] : [],
    ),
  );
}

/** Narrows what the unknowns of an equation can be by what the others leave them. @returns whether it did */
function tighten(
  row: { at: readonly number[]; by: readonly number[]; sum: number },
  ranges: Range[],
): boolean {
  let changed = false;
  row.at.forEach((unknown, term) => {
    const range = ranges[unknown];
    const own = row.by[term] ?? 0;
    if (!range || own === 0) return;
    // own * unknown = sum - the others, and the others are between these two.
    let [low, high] = [0, 0];
    row.at.forEach((other, place) => {
      const its = ranges[other];
      const by = row.by[place] ?? 0;
      if (place === term || !its) return;
      low += by > 0 ? by * its.least : by * its.most;
      high += by > 0 ? by * its.most : by * its.least;
    });
    const ends = [(row.sum - high) / own, (row.sum - low) / own];
    const least = Math.ceil(Math.min(...ends) - tolerance);
    const most = Math.floor(Math.max(...ends) + tolerance);
    if (least > range.least) [range.least, changed] = [least, true];
    if (most < range.most) [range.most, changed] = [most, true];
  });
  return changed;
}

/** Lines of [column, coefficient] as the solver takes them, by rows. */
function sparse(lines: readonly (readonly [number, number][])[], columns: number) {
  const starts = new Int32Array(lines.length + 1);
  lines.forEach((line, number) => {
    starts[number + 1] = (starts[number] ?? 0) + line.length;
  });
  const terms = lines.flat();
  return {
    format: 'csr' as const,
    numRows: lines.length,
    numCols: columns,
    starts,
    indices: Int32Array.from(terms, ([column]) => column),
    values: Float64Array.from(terms, ([, by]) => by),
  };
}
