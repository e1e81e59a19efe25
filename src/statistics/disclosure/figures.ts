import { addDays, addMonths, type PlainDate, plainDate } from '../../platform/clock/plain-date.ts';
import type { Counted, Fields, Json, MeasureShape, Period, Shape, Where } from '../measure.ts';
import { change, percent, points } from '../percent.ts';

/** The figures of one report, with the shape of each measure. */
export interface Figures {
  readonly period: Period;
  readonly comparison: Period | null;
  readonly measures: Readonly<Record<string, { readonly shape: MeasureShape; readonly fields: Fields }>>;
}

export type Side = 'current' | 'previous';

/** A count as it stands in a report. */
export interface Place {
  /** `referrals.by-borough/rows/E09000025/current`: measure and fields, rows by their keys. */
  readonly path: string;
  /** Says which records it counts: two places with the same name are one number. */
  readonly cell: string;
  readonly counted: Counted;
  readonly side: Side;
}

/** A table as it stands in a report, and the cells of its rows. */
export interface Table {
  readonly path: string;
  readonly shape: Extract<Shape, { kind: 'count-table' | 'share-table' | 'counts' | 'series' | 'each' }>;
  readonly rows: readonly {
    readonly key: string;
    readonly current: string;
    readonly previous: string | null;
  }[];
  readonly total: { readonly current: string; readonly previous: string | null } | null;
}

/** What goes over the figures of a report. Each method says what is to stand in place of what it is shown. */
export interface Visitor {
  count(place: Place, value: number): number | null;
  /** A part and the whole it is part of, before their counts. */
  share(part: Place, whole: Place): void;
  table(table: Table): void;
  /** The rank of a row among those that take one. `own`: the row's count as it is to stand. */
  rank(table: Table, side: Side, key: string, exact: number): number | null;
  /** How many rows with a rank are in each band. */
  bands(table: Table, bands: readonly Fields[]): Fields[];
  /** A number that follows from records, or from ranks; `path` is its own. */
  follows(path: string, of: Place | null, fewest: boolean, value: Json): Json;
}

/** Goes over all figures of a report. @returns them as the visitor would have them */
export function visit(figures: Figures, visitor: Visitor): Record<string, Fields> {
  return Object.fromEntries(
    Object.entries(figures.measures).map(([id, { shape, fields }]) => [
      id,
      new Walk(figures, visitor).measure(id, shape, fields),
    ]),
  );
}

type Written = Record<string, Json | undefined>;

/** In place of a month: all those of the table. */
const everyMonth = '*';

class Walk {
  readonly #figures: Figures;
  readonly #visitor: Visitor;
  /** The count table of the measure, of which bands and ranks tell. */
  #table: Table | null = null;

  constructor(figures: Figures, visitor: Visitor) {
    this.#figures = figures;
    this.#visitor = visitor;
  }

  measure(id: string, { own, parts = {} }: MeasureShape, fields: Fields): Fields {
    const ownFields = this.#own(own, id, fields);
    const others = Object.entries(parts).map(([name, shape]) => [
      name,
      this.#value(shape, `${id}/${name}`, fields[name] ?? null, {}),
    ]);
    return marked(fields, { ...fields, ...ownFields, ...Object.fromEntries(others) });
  }

  /** What stands at the top of a measure. */
  #own(shape: Shape, path: string, fields: Fields): Written {
    if (shape.kind === 'total')
      return { total: this.#value(shape, `${path}/total`, fields.total ?? null, {}) };
    if (shape.kind === 'rows') return { rows: this.#value(shape, `${path}/rows`, fields.rows ?? null, {}) };
    const value = this.#value(shape, path, fields, {});
    return isObject(value) ? { ...value } : {};
  }

  #value(shape: Shape, path: string, value: Json, among: Where): Json {
    if (value === null) return null;
    switch (shape.kind) {
      case 'total':
        return isObject(value) ? this.#total(placed(shape.of, among), path, value) : value;
      case 'count-table':
        return isObject(value) ? this.#countTable(shape, path, value, among) : value;
      case 'share':
        return isObject(value) ? this.#shares(placed(shape.of, among), shape.part, path, value) : value;
      case 'bare-share':
        return isObject(value)
          ? this.#share(placed(shape.of, among), shape.part, path, value, 'current')
          : value;
      case 'share-table':
        return isObject(value) ? this.#shareTable(shape, path, value, among) : value;
      case 'count':
        return this.#count(placed(shape.of, among), path, 'current', value);
      case 'counts':
        return isObject(value) ? this.#counts(shape, path, value, among) : value;
      case 'series':
        return Array.isArray(value) ? this.#series(shape, path, value, among) : value;
      case 'each':
        return isObject(value) ? this.#each(shape, path, value, among) : value;
      case 'rows':
        return Array.isArray(value) ? value.map((row) => this.#row(shape, path, row, among)) : value;
      case 'object':
        return isObject(value) ? this.#object(shape.fields, path, value, among) : value;
      case 'bands':
        return Array.isArray(value) ? this.#bands(value) : value;
      case 'derived':
        return this.#derived(shape, path, value, among);
      case 'derived-from-ranks':
        return this.#follows(path, null, false, value);
      case 'open':
        return value;
    }
  }

  #count(counted: Counted, path: string, side: Side, value: Json | undefined): number | null {
    return typeof value === 'number' ? this.#visitor.count(this.#place(counted, path, side), value) : null;
  }

  #total(of: Counted, path: string, value: Fields): Written {
    const current = this.#count(of, `${path}/current`, 'current', value.current);
    const previous = this.#count(of, `${path}/previous`, 'previous', value.previous);
    return marked(value, { current, previous, change: changeOf(current, previous) });
  }

  #countTable(
    shape: Extract<Shape, { kind: 'count-table' }>,
    path: string,
    value: Fields,
    among: Where,
  ): Json {
    const of = placed(shape.of, among);
    // The total of a table by month is of the same months of the year before, too.
    const all = shape.by === 'month' ? amongst(of, { month: everyMonth }) : of;
    const rows = rowsIn(value);
    const table: Table = {
      path,
      shape,
      rows: rows.map((row) => this.#rowCells(of, shape.by, row)),
      total: this.#sides(all),
    };
    this.#table = table;
    this.#visitor.table(table);
    const written = rows.map((row) => {
      const key = String(row.key);
      const its = amongst(of, { [shape.by]: key });
      const counts = this.#total(its, `${path}/rows/${key}`, row);
      const rank = (side: Side, exact: Json | undefined) =>
        typeof exact === 'number' ? this.#visitor.rank(table, side, key, exact) : null;
      const further = Object.entries(shape.further ?? {}).map(([name, counted]) => {
        const place = amongst(placed(counted, among), { [shape.by]: key });
        return [name, this.#count(place, `${path}/rows/${key}/${name}`, 'current', row[name])];
      });
      return marked(row, {
        ...row,
        ...counts,
        ...Object.fromEntries(further),
        rank: rank('current', row.rank),
        previousRank: rank('previous', row.previousRank),
      });
    });
    const total = isObject(value.total)
      ? this.#total(all, `${path}/total`, value.total)
      : (value.total ?? null);
    return { ...value, rows: inOrder(written, total), total };
  }

  #shares(of: Counted, part: Where, path: string, value: Fields): Written {
    return {
      ...value,
      current: isObject(value.current)
        ? this.#share(of, part, `${path}/current`, value.current, 'current')
        : null,
      previous: isObject(value.previous)
        ? this.#share(of, part, `${path}/previous`, value.previous, 'previous')
        : null,
    };
  }

  #share(of: Counted, part: Where, path: string, value: Fields, side: Side): Written {
    const those = amongst(of, part);
    if (typeof value.numerator === 'number' && typeof value.denominator === 'number') {
      const whole = this.#place(of, `${path}/denominator`, side);
      this.#visitor.share(this.#place(those, `${path}/numerator`, side), whole);
    }
    const numerator = this.#count(those, `${path}/numerator`, side, value.numerator);
    const denominator = this.#count(of, `${path}/denominator`, side, value.denominator);
    const whole = numerator === null || denominator === null ? null : percent(numerator, denominator);
    return marked(value, { ...value, numerator, denominator, percent: whole });
  }

  #shareTable(
    shape: Extract<Shape, { kind: 'share-table' }>,
    path: string,
    value: Fields,
    among: Where,
  ): Json {
    const of = placed(shape.of, among);
    const rows = rowsIn(value);
    this.#visitor.table({
      path,
      shape,
      rows: rows.map((row) => this.#rowCells(of, shape.by, row)),
      total: this.#sides(of),
    });
    const written = rows.map((row) => {
      const key = String(row.key);
      const its = { [shape.by]: key };
      const shares = shape.part
        ? this.#shares(amongst(of, its), shape.part, `${path}/rows/${key}`, row)
        : this.#shares(of, its, `${path}/rows/${key}`, row);
      return marked(row, { ...shares, points: pointsOf(shares) });
    });
    return { ...value, rows: inOrder(written, null) };
  }

  #counts(shape: Extract<Shape, { kind: 'counts' }>, path: string, value: Fields, among: Where): Json {
    const of = placed(shape.of, among);
    const keys = Object.keys(value);
    this.#visitor.table({
      path,
      shape,
      rows: keys.map((key) => this.#rowCells(of, shape.by, { key })),
      total: this.#sides(of),
    });
    const entries = keys.map((key) => [
      key,
      this.#count(amongst(of, { [shape.by]: key }), `${path}/${key}`, 'current', value[key]),
    ]);
    return marked(value, Object.fromEntries(entries));
  }

  #series(
    shape: Extract<Shape, { kind: 'series' }>,
    path: string,
    value: readonly Json[],
    among: Where,
  ): Json {
    const of = placed(shape.of, among);
    const keys = value.map((_number, index) => String(index + 1));
    this.#visitor.table({
      path,
      shape,
      rows: keys.map((key) => this.#rowCells(of, shape.by, { key })),
      total: this.#sides(of),
    });
    return value.map((number, index) => {
      const its = { [shape.by]: String(index + 1) };
      return this.#count(amongst(of, its), `${path}/${index + 1}`, 'current', number);
    });
  }

  #each(shape: Extract<Shape, { kind: 'each' }>, path: string, value: Fields, among: Where): Json {
    const entries = Object.entries(value).map(([key, its]): [string, Json] => [
      key,
      this.#value(shape.shape, `${path}/${key}`, its ?? null, { ...among, [shape.by]: key }),
    ]);
    const hasHidden = entries.some(([key, its]) => Array.isArray(its) && hides(value[key], its));
    return { ...Object.fromEntries(entries), ...(hasHidden && { suppressed: true }) };
  }

  #row(shape: Extract<Shape, { kind: 'rows' }>, path: string, row: Json, among: Where): Json {
    if (!isObject(row)) return row;
    const key = String(row.key);
    return this.#object(shape.fields, `${path}/${key}`, row, { ...among, [shape.by]: key });
  }

  #object(shapes: Readonly<Record<string, Shape>>, path: string, value: Fields, among: Where): Written {
    const written = Object.entries(shapes).map(([name, shape]) => [
      name,
      this.#value(shape, `${path}/${name}`, value[name] ?? null, among),
    ]);
    return marked(value, { ...value, ...Object.fromEntries(written) });
  }

  #bands(bands: readonly Json[]): Json {
    const table = this.#table;
    const told = bands.filter(isObject);
    return table
      ? this.#visitor.bands(table, told).map((band, number) => marked(told[number] ?? {}, band))
      : told;
  }

  #derived(shape: Extract<Shape, { kind: 'derived' }>, path: string, value: Json, among: Where): Json {
    const of = placed(shape.of, among);
    const fewest = shape.fewest === 'k';
    if (!isObject(value)) return this.#follows(path, this.#place(of, path, 'current'), fewest, value);
    const current = this.#follows(path, this.#place(of, path, 'current'), fewest, value.current ?? null);
    const previous =
      this.#figures.comparison === null
        ? (value.previous ?? null)
        : this.#follows(path, this.#place(of, path, 'previous'), fewest, value.previous ?? null);
    return marked(value, { ...value, current, previous });
  }

  #follows(path: string, of: Place | null, fewest: boolean, value: Json): Json {
    return value === null ? null : this.#visitor.follows(path, of, fewest, value);
  }

  #place(counted: Counted, path: string, side: Side): Place {
    return { path, cell: this.#cell(counted, side), counted, side };
  }

  #sides(of: Counted): { current: string; previous: string | null } {
    return {
      current: this.#cell(of, 'current'),
      previous: this.#figures.comparison === null ? null : this.#cell(of, 'previous'),
    };
  }

  #rowCells(of: Counted, by: string, row: Fields): Table['rows'][number] {
    const key = String(row.key);
    return { key, ...this.#sides(amongst(of, { [by]: key })) };
  }

  #cell(counted: Counted, side: Side): string {
    return cellName(counted, this.#figures, side);
  }
}

/** What a count is called: which records it counts, of which days. */
export function cellName(
  counted: Counted,
  figures: Pick<Figures, 'period' | 'comparison'>,
  side: Side,
): string {
  const { period, comparison } = figures;
  const { month, ...others } = counted.where ?? {};
  const where: Record<string, string> = others;
  let days = side === 'current' || !comparison ? period : comparison;
  if (month !== undefined) {
    // Beside a month stands the same month of the year before, whatever the comparison period.
    if (side === 'previous') days = yearBefore(period);
    if (month !== everyMonth) {
      where.month = side === 'previous' ? addMonths(plainDate(`${month}-01`), -12).slice(0, 7) : month;
    }
  }
  const when = { period: `${days.from}..${days.to}`, 'to-date': `..${days.to}`, 'last-day': `on ${days.to}` };
  const which = Object.keys(where)
    .sort()
    .map((property) => `${property}=${where[property]}`);
  return [counted.records, when[counted.window ?? 'period'], ...which].join(' ');
}

/** The days of which a count tells, where it counts what happened on them. */
export interface Span {
  /** What is counted on whatever days: counts of one family that tell of the same days are one number. */
  readonly family: string;
  /** Null for everything up to the last day. */
  readonly from: PlainDate | null;
  readonly to: PlainDate;
  /** Whether the counts of two spans that follow each other add up to that of both; of individuals, some are in both. */
  readonly adds: boolean;
}

/** @returns null for what stood on a day, of which no other day tells */
export function spanOf(
  counted: Counted,
  { period, comparison }: Pick<Figures, 'period' | 'comparison'>,
  side: Side,
): Span | null {
  const { month, quarter, ...others } = counted.where ?? {};
  const window = counted.window ?? 'period';
  const adds = counted.records !== 'individuals';
  if (window === 'last-day' || (window === 'to-date' && !adds)) return null;
  const which = Object.entries(others).map(([property, value]) => `${property}=${value}`);
  const family = [counted.records, ...which.sort()].join(' ');
  let days = side === 'current' || !comparison ? period : comparison;
  if (window === 'to-date') return { family, from: null, to: days.to, adds };
  if (month !== undefined && side === 'previous') days = yearBefore(period);
  if (month !== undefined && month !== everyMonth) {
    const first = addMonths(plainDate(`${month}-01`), side === 'previous' ? -12 : 0);
    days = within({ from: first, to: addDays(addMonths(first, 1), -1) }, days);
  }
  if (quarter !== undefined) {
    const first = addMonths(days.from, 3 * (Number(quarter) - 1));
    days = within({ from: first, to: addDays(addMonths(first, 3), -1) }, days);
  }
  return days.from > days.to ? null : { family, ...days, adds };
}

function within(days: Period, period: Period): Period {
  return {
    from: days.from < period.from ? period.from : days.from,
    to: days.to > period.to ? period.to : days.to,
  };
}

/** As the table by month counts it: what ends with a month ends with it then too. */
export function yearBefore({ from, to }: Period): Period {
  return { from: addMonths(from, -12), to: addDays(addMonths(addDays(to, 1), -12), -1) };
}

/** In a place that says `*` of a property: what the place is among. */
function placed(counted: Counted, among: Where): Counted {
  const where = Object.entries(counted.where ?? {}).map(([property, value]) => [
    property,
    value === '*' ? (among[property] ?? value) : value,
  ]);
  return { ...counted, where: Object.fromEntries(where) };
}

function amongst(counted: Counted, more: Where): Counted {
  return { ...counted, where: { ...counted.where, ...more } };
}

function changeOf(current: number | null, previous: number | null): number | null {
  return current === null || previous === null ? null : change(current, previous);
}

function pointsOf({ current, previous }: Written): number | null {
  const of = (share: Json | undefined) =>
    isObject(share) && typeof share.percent === 'number' ? share.percent : null;
  return points(of(current), of(previous));
}

/** The object, saying so when a number that stood in it stands there no more. */
function marked(before: Fields, after: Written): Written {
  const hasHidden = Object.entries(after).some(([name, value]) => hides(before[name], value));
  return hasHidden ? { ...after, suppressed: true } : after;
}

/** Whether a number, or one in a list of numbers, is gone. */
function hides(before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before === 'number' || typeof before === 'string') return after === null;
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  return before.some((number, index) => typeof number === 'number' && after[index] === null);
}

/** Rows whose order would tell of hidden counts come by their keys. */
function inOrder(rows: readonly Written[], total: Json): Written[] {
  const hasHidden = rows.some(saysHidden) || saysHidden(total);
  if (!hasHidden) return [...rows];
  return [...rows].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
}

function saysHidden(value: Json | undefined): boolean {
  if (!isObject(value)) return false;
  return value.suppressed === true || saysHidden(value.current) || saysHidden(value.previous);
}

function rowsIn(value: Fields): Fields[] {
  return Array.isArray(value.rows) ? value.rows.filter(isObject) : [];
}

function isObject(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
