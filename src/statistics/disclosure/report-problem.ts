import {
  addDays,
  addMonths,
  monthsCompleted,
  type PlainDate,
  plainDate,
} from '../../platform/clock/plain-date.ts';
import { type Counted, protectedRecords, type Where } from '../measure.ts';
import {
  cellName,
  type Figures,
  type Place,
  type Side,
  type Span,
  spanOf,
  type Table,
  type Visitor,
  visit,
  yearBefore,
} from './figures.ts';
import type { Cell, Problem, Relation, ShareOf } from './problem.ts';

/** City of London: its row, like that of boroughs not known, is there only when it has any in either period. */
export const cityOfLondon = 'E09000001';

/** The cells of one report, by what they are called, and what anybody knows of how they hang together. */
export interface ReportProblem {
  readonly problem: Problem;
  /** Which cell stands at a place. */
  readonly cellAt: ReadonlyMap<string, string>;
  readonly tables: readonly Table[];
  /** The days of which each cell tells, where it tells of what happened on some. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Numbers that should be one and are not, and sums that should add up and do not: faults of the figures. */
  readonly disagreements: readonly string[];
}

/** A cell as it was read, with what it counts. */
interface Read {
  readonly value: number;
  readonly counted: Counted;
  readonly side: Side;
  readonly published: boolean;
}

/** Reads a report's figures as a problem of disclosure control. */
export function reportProblem(figures: Figures, k: number): ReportProblem {
  const reading = new Reading(figures);
  visit(figures, reading);
  reading.relate();
  return {
    problem: { k, cells: reading.asCells(), relations: reading.relations, shares: reading.shares },
    cellAt: reading.cellAt,
    tables: reading.tables,
    spans: reading.spans(),
    disagreements: reading.disagreements,
  };
}

class Reading implements Visitor {
  readonly cells = new Map<string, Read>();
  readonly cellAt = new Map<string, string>();
  readonly shares: ShareOf[] = [];
  readonly relations: Relation[] = [];
  readonly tables: Table[] = [];
  readonly disagreements: string[] = [];
  readonly #figures: Figures;
  readonly #written = new Set<string>();
  readonly #exhaustive = new Map<string, ReadonlySet<string>>();

  constructor(figures: Figures) {
    this.#figures = figures;
  }

  count({ path, cell, counted, side }: Place, value: number): number {
    const known = this.cells.get(cell);
    const id = known && known.value !== value ? `${cell} (${path})` : cell;
    if (known && known.value !== value)
      this.disagreements.push(`${cell} is ${known.value}, and ${value} at ${path}`);
    this.cells.set(id, { value, counted, side, published: true });
    this.cellAt.set(path, id);
    return value;
  }

  share(part: Place, whole: Place): void {
    this.shares.push({ part: part.cell, whole: whole.cell });
  }

  table(table: Table): void {
    this.tables.push(table);
  }

  rank(_table: Table, _side: Side, _key: string, exact: number): number {
    return exact;
  }

  bands<Band>(_table: Table, bands: readonly Band[]): Band[] {
    return [...bands];
  }

  follows<Value>(_path: string, _of: Place | null, _fewest: boolean, value: Value): Value {
    return value;
  }

  asCells(): Cell[] {
    const keep = this.#depths();
    return [...this.cells].map(([id, { value, counted, side, published }]) => ({
      id,
      value,
      standing: published ? 'published' : 'unpublished',
      people: protectedRecords.includes(counted.records),
      keep: (keep.get(id) ?? 0) + (side === 'current' ? 0.5 : 0),
    }));
  }

  spans(): ReadonlyMap<string, Span> {
    const spans = new Map<string, Span>();
    for (const [id, { counted, side }] of this.cells) {
      const span = spanOf(counted, this.#figures, side);
      if (span) spans.set(id, span);
    }
    return spans;
  }

  relate(): void {
    this.#dropTwice();
    for (const table of this.tables)
      for (const side of ['current', 'previous'] as const) this.#tableSums(table, side);
    this.#unions();
    this.#families();
    this.#overlaps();
    this.#quarters();
    this.#yearEarlier();
    this.#upToDate();
    this.#keysOfOpenTables();
    this.#mostReferrals();
    this.#impact();
    this.#rescues();
    this.#individuals();
  }

  /** The same share in two places is one, and a share of what disagrees is none. */
  #dropTwice(): void {
    const seen = new Set<string>();
    const kept = this.shares.filter(({ part, whole }) => {
      const [some, all] = [this.cells.get(part), this.cells.get(whole)];
      const name = `${part} of ${whole}`;
      if (!some || !all || some.value > all.value || part === whole || seen.has(name)) return false;
      seen.add(name);
      return true;
    });
    this.shares.splice(0, this.shares.length, ...kept);
  }

  /** Adds what is known, once, and only if it is so. */
  #know(plus: readonly string[], minus: readonly string[], is: Relation['is'], by = 0): void {
    if (plus.length + minus.length < 2 || ![...plus, ...minus].every((id) => this.cells.has(id))) return;
    const name = `${plus.join('+')} ${is} ${minus.join('+')} ${by}`;
    if (this.#written.has(name)) return;
    this.#written.add(name);
    const left = this.#sum(plus) - this.#sum(minus);
    if (is === 'equal' ? left === by : left <= by) this.relations.push({ plus, minus, is, by });
    else this.disagreements.push(`It is not so that ${name}`);
  }

  #sum(ids: readonly string[]): number {
    return ids.reduce((sum, id) => sum + (this.cells.get(id)?.value ?? 0), 0);
  }

  /** A number that stands nowhere, but is somebody's knowledge of how others hang together. */
  #add(counted: Counted, side: Side, value: number): string {
    const id = this.#name(counted, side);
    if (!this.cells.has(id)) this.cells.set(id, { value, counted, side, published: false });
    return id;
  }

  #name(counted: Counted, side: Side): string {
    return cellName(counted, this.#figures, side);
  }

  /** Rows and their total. */
  #tableSums({ shape, rows, total }: Table, side: Side): void {
    const whole = total?.[side] ?? null;
    const parts = rows.flatMap((row) => row[side] ?? []).filter((id) => this.cells.has(id));
    if (whole === null || parts.length < rows.length || shape.kind === 'each') return;
    const isExclusive = 'exclusive' in shape ? shape.exclusive : true;
    if (shape.kind === 'share-table' && shape.part) return;
    if (isExclusive) {
      const property = `${shape.of.records} ${shape.by}`;
      const keys = [...(this.#exhaustive.get(property) ?? []), ...rows.map(({ key }) => key)];
      this.#exhaustive.set(property, new Set(keys));
      if (!this.cells.has(whole)) {
        this.cells.set(whole, { value: this.#sum(parts), counted: shape.of, side, published: false });
      }
      this.#know(parts, [whole], 'equal');
      return;
    }
    for (const part of parts) this.#know([part], [whole], 'at-most');
    // Individuals can be in several rows; all else that is not in all of them is in one at most.
    if (shape.of.records !== 'individuals') this.#know(parts, [whole], 'at-most');
    else if ('keys' in shape && shape.keys === 'fixed') this.#know([whole], parts, 'at-most');
  }

  /** `a|b` counts those of a and those of b. */
  #unions(): void {
    for (const [id, { counted, side }] of [...this.cells]) {
      for (const [property, value] of Object.entries(counted.where ?? {})) {
        if (!value.includes('|')) continue;
        const parts = value
          .split('|')
          .map((one) => this.#name({ ...counted, where: { ...counted.where, [property]: one } }, side));
        this.#know(parts, [id], 'equal');
      }
    }
  }

  /** Those with one value of a property, those with another, and so on, are all of those that have it, or some of them. */
  #families(): void {
    const families = new Map<
      string,
      { of: Counted; side: Side; property: string; keys: Map<string, string> }
    >();
    for (const [id, { counted, side }] of this.cells) {
      const where = counted.where ?? {};
      if (counted.records === 'individuals' || Object.keys(where).length < 2 || 'month' in where) continue;
      for (const [property, value] of Object.entries(where)) {
        if (value.includes('|')) continue;
        const of = { ...counted, where: without(where, property) };
        const name = `${this.#name(of, side)} by ${property}`;
        const family = families.get(name) ?? { of, side, property, keys: new Map() };
        family.keys.set(value, id);
        families.set(name, family);
      }
    }
    for (const { of, side, property, keys } of families.values()) {
      const all = this.#exhaustive.get(`${of.records} ${property}`);
      const isWhole = all !== undefined && [...all].every((key) => keys.has(key));
      const parts = [...keys.values()];
      if (isWhole) this.#know(parts, [this.#add(of, side, this.#sum(parts))], 'equal');
      else this.#know(parts, [this.#name(of, side)], 'at-most');
    }
  }

  /** Of two properties, those with neither of the values that are told of are not less than none. */
  #overlaps(): void {
    const grids = new Map<
      string,
      { of: Counted; side: Side; p: string; q: string; ps: Set<string>; qs: Set<string> }
    >();
    for (const { counted, side, published } of this.cells.values()) {
      const where = counted.where ?? {};
      const properties = Object.keys(where).sort();
      if (!published || counted.records === 'individuals' || 'month' in where || 'quarter' in where) continue;
      for (const p of properties) {
        for (const q of properties) {
          const [pValue, qValue] = [where[p], where[q]];
          if (p >= q || !pValue || !qValue || `${pValue}${qValue}`.includes('|')) continue;
          const of = { ...counted, where: without(without(where, p), q) };
          const name = `${this.#name(of, side)} by ${p} and ${q}`;
          const grid = grids.get(name) ?? { of, side, p, q, ps: new Set(), qs: new Set() };
          grid.ps.add(pValue);
          grid.qs.add(qValue);
          grids.set(name, grid);
        }
      }
    }
    for (const { of, side, p, q, ps, qs } of grids.values()) {
      const named = (more: Where) => this.#name({ ...of, where: { ...of.where, ...more } }, side);
      const single = [
        ...[...ps].map((value) => named({ [p]: value })),
        ...[...qs].map((value) => named({ [q]: value })),
      ];
      const both = [...ps].flatMap((pValue) => [...qs].map((qValue) => named({ [p]: pValue, [q]: qValue })));
      this.#know(single, [named({}), ...both], 'at-most');
    }
  }

  /** Three months of the table by month are a quarter of the table by agency; of months that straddle, at least and at most. */
  #quarters(): void {
    const { from, to } = this.#figures.period;
    const months = [...this.cells].flatMap(([id, { counted, side }]) => {
      const month = counted.where?.month;
      if (side !== 'current' || !month || Object.keys(counted.where ?? {}).length > 1) return [];
      const first = plainDate(`${month}-01`);
      return [{ id, first: later(first, from), last: earlier(addDays(addMonths(first, 1), -1), to) }];
    });
    const nameOf = (quarter: number) =>
      this.#name({ records: 'referrals', where: { quarter: String(quarter) } }, 'current');
    this.#know([1, 2, 3, 4].map(nameOf), [this.#name({ records: 'referrals' }, 'current')], 'equal');
    for (const quarter of [1, 2, 3, 4]) {
      const id = nameOf(quarter);
      const first = monthsCompleted(from, 3 * (quarter - 1));
      const last = earlier(addDays(monthsCompleted(from, 3 * quarter), -1), to);
      const inside = months.filter((month) => month.first >= first && month.last <= last);
      const touching = months.filter((month) => month.last >= first && month.first <= last);
      if (months.length === 0 || !this.cells.has(id)) continue;
      const ids = (of: typeof months) => of.map((month) => month.id);
      if (inside.length === touching.length) this.#know(ids(inside), [id], 'equal');
      else {
        this.#know(ids(inside), [id], 'at-most');
        this.#know([id], ids(touching), 'at-most');
      }
    }
  }

  /** The months of the year before are the comparison period, or within it, or it is within them. */
  #yearEarlier(): void {
    const { period, comparison } = this.#figures;
    if (!comparison) return;
    const shifted = yearBefore(period);
    const months = this.#name({ records: 'referrals', where: { month: '*' } }, 'previous');
    const all = this.#name({ records: 'referrals' }, 'previous');
    if (months === all) return;
    const isWithin = (a: typeof period, b: typeof period) => a.from >= b.from && a.to <= b.to;
    if (isWithin(shifted, comparison)) this.#know([months], [all], 'at-most');
    if (isWithin(comparison, shifted)) this.#know([all], [months], 'at-most');
  }

  /** What is counted up to a day only grows. */
  #upToDate(): void {
    for (const [id, { counted, side }] of this.cells) {
      if (counted.window !== 'to-date' || side !== 'previous') continue;
      this.#know([id], [this.#name(counted, 'current')], 'at-most');
    }
  }

  /** A row that is there only when it has any tells that it has. */
  #keysOfOpenTables(): void {
    for (const { shape, rows } of this.tables) {
      if (shape.kind === 'counts' && rows.every(({ current }) => this.#sum([current]) > 0)) {
        for (const { current } of rows) this.#atLeastOne([current]);
      }
      if (shape.kind !== 'count-table') continue;
      for (const { key, current, previous } of rows) {
        const isThereForSome = shape.by === 'borough' && (key === cityOfLondon || key === 'unknown');
        if (shape.keys !== 'open' && !isThereForSome) continue;
        // Where nothing is counted of the period before, it is for this one that a row is there.
        this.#atLeastOne(
          [current, previous].flatMap((id) => (id !== null && this.cells.has(id) ? [id] : [])),
        );
      }
    }
  }

  #atLeastOne(ids: readonly string[]): void {
    if (this.#sum(ids) < 1 || !ids.every((id) => this.cells.has(id))) return;
    this.relations.push({ plus: [], minus: ids, is: 'at-most', by: -1 });
  }

  /** Which boroughs are the ten with most referrals tells that every other has fewer. */
  #mostReferrals(): void {
    const listed = this.#tableAt('referrals.young-women');
    const all = this.#tableAt('referrals.by-borough');
    if (!listed || !all || listed.rows.length === 0) return;
    const top = new Set(listed.rows.map(({ key }) => key));
    const last = this.#leastOf(all.rows.filter(({ key }) => top.has(key)).map(({ current }) => current));
    for (const { key, current } of all.rows) {
      if (top.has(key)) {
        this.#atLeastOne([current]);
        if (last && last !== current) this.#know([last], [current], 'at-most');
      } else if (takesRank(all, key) && last) {
        if (listed.rows.length < 10) this.#none(current);
        // Whoever ties with the tenth is listed.
        else this.#know([current], [last], 'at-most', -1);
      }
    }
  }

  /** Known to be none, by its absence elsewhere. */
  #none(id: string): void {
    if (this.cells.get(id)?.value === 0) this.relations.push({ plus: [id], minus: [], is: 'equal', by: 0 });
  }

  #leastOf(ids: readonly string[]): string | undefined {
    const known = ids.filter((id) => this.cells.has(id));
    return known.sort((a, b) => this.#sum([a]) - this.#sum([b]))[0];
  }

  /** Before and after: each person went down, up, or neither; to none only from some. */
  #impact(): void {
    for (const id of Object.keys(this.#figures.measures).filter((name) => name.startsWith('impact.'))) {
      const at = (field: string) => this.cellAt.get(`${id}/${field}`) ?? '';
      const decreased = at('decreased/numerator');
      this.#know([decreased, at('unchanged'), at('increased')], [at('people')], 'equal');
      this.#know([at('toZero/numerator')], [decreased], 'at-most');
      this.#know([at('withAnyBefore')], [at('people')], 'at-most');
    }
  }

  /** The five forces with most requests: their sum, and that no other has more than they. */
  #rescues(): void {
    const table = this.#tableAt('rescue.by-force');
    if (!table) return;
    for (const side of ['current', 'previous'] as const) {
      const sum = this.cellAt.get(`rescue.by-force/topFiveShare/${side}/numerator`);
      const ranked = table.rows.filter(({ key }) => takesRank(table, key));
      const ids = ranked.flatMap((row) => row[side] ?? []).filter((id) => this.cells.has(id));
      const sorted = ids.sort((a, b) => this.#sum([b]) - this.#sum([a]));
      const five = sorted.slice(0, 5);
      if (!sum) continue;
      this.#know(five, [sum], 'equal');
      const last = five.at(-1);
      if (last) for (const id of sorted.slice(5)) this.#know([id], [last], 'at-most');
    }
  }

  /** Somebody with a force or a town is in at least one row; whoever the national return tells of was identified. */
  #individuals(): void {
    for (const id of ['county-lines.by-force', 'county-lines.by-town']) {
      const table = this.#tableAt(id);
      for (const side of ['current', 'previous'] as const) {
        const recorded = this.cellAt.get(`${id}/recorded/${side}/numerator`);
        if (!table || !recorded) continue;
        const rows = table.rows.flatMap((row) => row[side] ?? []);
        for (const row of rows) this.#know([row], [recorded], 'at-most');
        this.#know([recorded], rows, 'at-most');
      }
    }
    const total = this.cellAt.get('county-lines.individuals/total/current');
    const returned = [...this.cellAt].flatMap(([path, id]) =>
      path.startsWith('county-lines.return/') ? [id] : [],
    );
    if (total && returned.length >= 4) this.#know([total], returned, 'at-most');
  }

  #tableAt(path: string): Table | undefined {
    return this.tables.find((table) => table.path === path);
  }

  /** How many times over a cell is a total: 0 of one that nothing adds up to. */
  #depths(): Map<string, number> {
    const parts = new Map<string, string[]>();
    const add = (whole: string, part: string) => parts.set(whole, [...(parts.get(whole) ?? []), part]);
    for (const { part, whole } of this.shares) add(whole, part);
    for (const { plus, minus, is } of this.relations) {
      const [whole] = minus;
      if (is === 'equal' && minus.length === 1 && whole) for (const part of plus) add(whole, part);
    }
    const depths = new Map<string, number>();
    const depthOf = (id: string, above: ReadonlySet<string>): number => {
      const known = depths.get(id);
      if (known !== undefined || above.has(id)) return known ?? 0;
      const within = new Set([...above, id]);
      const depth = Math.max(-1, ...(parts.get(id) ?? []).map((part) => depthOf(part, within))) + 1;
      depths.set(id, depth);
      return depth;
    };
    for (const id of this.cells.keys()) depthOf(id, new Set());
    return depths;
  }
}

/** Whether a row of a count table takes a rank. */
export function takesRank({ shape }: Table, key: string): boolean {
  return shape.kind === 'count-table' && shape.ranked && !(shape.unranked ?? []).includes(key);
}

function without(where: Where, property: string): Where {
  return Object.fromEntries(Object.entries(where).filter(([name]) => name !== property));
}

function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return a < b ? a : b;
}

function later(a: PlainDate, b: PlainDate): PlainDate {
  return a > b ? a : b;
}
