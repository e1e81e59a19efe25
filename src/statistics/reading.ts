import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Asked } from './measure.ts';
import { sideBySide } from './side-by-side.ts';

/**
 * What measures are worked out from: counts that the database has grouped, and never its rows. Many measures are made in a few
 * statements: what counts the same records is counted in one go, and what two measures read is read once.
 */

/** The period that a count is of. */
export type Window = 'current' | 'previous';

/** A statement whose rows are small aggregates, and what of its rows a measure uses. */
export interface QueryReading<Row, Found = Row> {
  readonly kind: 'query';
  /** One statement for all readings that name it. */
  readonly statement: string;
  /** About how many times as long as most statements it takes; 1 unless told. */
  readonly effort?: number;
  sql(asked: Asked): RawBuilder<Found>;
  /** Of each row of the statement what this reading has of it, null where that is nothing; all of every row unless told. */
  pick?(row: Found): Row | null;
  /** Words alone, such as the names of wards: no figure is made of it, and its hash leaves it out. */
  readonly words?: true;
}

/**
 * A property by which records are counted: SQL over the columns of its source, about how many values that has, and what a
 * group of it is called. As little as can be is worked out for each record: a group is given its name when it has been counted.
 */
export interface Dimension {
  readonly sql: (asked: Asked) => RawBuilder<unknown>;
  readonly values: number;
  /** Values of one name are counted together. The value as text, unless told. */
  readonly named?: (value: unknown) => string;
}

/** Records that can be counted by their properties, in both periods at once. */
export interface CountSource {
  readonly name: string;
  /** `select` whose rows are the records, with the column `on_day` that says which period each is of. */
  readonly records: (asked: Asked) => RawBuilder<unknown>;
  /** About how many times as long as most statements it takes to count them; 1 unless told. */
  readonly effort?: number;
  readonly dimensions: Readonly<Record<string, Dimension>>;
}

export interface CountRowOf {
  readonly window: Window;
  /** One value for each property that was asked for, in its order. */
  readonly values: readonly string[];
  readonly count: number;
}

export interface CountReading {
  readonly kind: 'counts';
  readonly source: CountSource;
  readonly by: readonly string[];
}

export type Reading = CountReading | QueryReading<unknown>;
export type RowsOf<Each> = Each extends CountReading
  ? readonly CountRowOf[]
  : Each extends QueryReading<infer Row, infer _Found>
    ? readonly Row[]
    : never;

export function counts(source: CountSource, by: readonly string[]): CountReading {
  const unknown = by.find((name) => !Object.hasOwn(source.dimensions, name));
  if (unknown !== undefined) throw new RangeError(`${source.name} are not counted by ${unknown}`);
  return { kind: 'counts', source, by };
}

/** Rows of one grouping may be so many at most before it is taken for itself. */
const MOST_ROWS = 2000;

/** Reads everything at once. @returns the rows of each reading */
export async function readAll(
  tx: Transaction,
  asked: Asked,
  readings: Iterable<Reading>,
): Promise<ReadonlyMap<Reading, readonly unknown[]>> {
  const found = new Map<Reading, readonly unknown[]>();
  await sideBySide(tx, statementsFor(readings), async (by, statement) => {
    if (statement.kind === 'counts') {
      const { rows } = await countStatement(statement.source, statement.groupings, asked).execute(by);
      for (const reading of statement.of) found.set(reading, folded(rows, statement.groupings, reading));
    } else {
      const { rows } = await statement.sql(asked).execute(by);
      for (const reading of statement.of)
        found.set(reading, reading.pick ? rows.flatMap((row) => reading.pick?.(row) ?? []) : rows);
    }
  });
  return found;
}

/** The SQL that would be run to read this. */
export function readAllStatements(readings: Iterable<Reading>, asked: Asked): RawBuilder<unknown>[] {
  return statementsFor(readings).map((statement) =>
    statement.kind === 'counts'
      ? countStatement(statement.source, statement.groupings, asked)
      : statement.sql(asked),
  );
}

type Statement =
  | {
      readonly kind: 'counts';
      readonly effort: number;
      readonly source: CountSource;
      readonly groupings: readonly string[][];
      readonly of: readonly CountReading[];
    }
  | {
      readonly kind: 'query';
      readonly effort: number;
      sql(asked: Asked): RawBuilder<unknown>;
      readonly of: readonly QueryReading<unknown>[];
    };

/** The long ones first, so that two who share them end at about the same time. */
function statementsFor(readings: Iterable<Reading>): Statement[] {
  const bySource = new Map<CountSource, CountReading[]>();
  const byStatement = new Map<string, QueryReading<unknown>[]>();
  for (const reading of new Set(readings)) {
    if (reading.kind === 'counts') put(bySource, reading.source, reading);
    else put(byStatement, reading.statement, reading);
  }
  return [
    ...[...bySource].map(([source, of]): Statement => {
      const wanted = of.map(({ by }) => by);
      return { kind: 'counts', effort: source.effort ?? 1, source, groupings: packed(source, wanted), of };
    }),
    ...[...byStatement.values()].flatMap((of): Statement[] =>
      of[0] ? [{ kind: 'query', effort: of[0].effort ?? 1, sql: of[0].sql, of }] : [],
    ),
  ].sort((a, b) => b.effort - a.effort);
}

function put<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/**
 * As few groupings as give every one that is asked for: one that another holds is counted from it, and small ones are taken
 * together, since a scan that groups once costs less than twice.
 */
function packed(source: CountSource, wanted: readonly (readonly string[])[]): string[][] {
  const size = (names: Iterable<string>) =>
    [...names].reduce((product, name) => product * (source.dimensions[name]?.values ?? 1), 1);
  const groupings: Set<string>[] = [];
  for (const by of [...wanted].sort((a, b) => size(b) - size(a))) {
    const room = groupings.find(
      (grouping) =>
        by.every((name) => grouping.has(name)) || size(new Set([...grouping, ...by])) <= MOST_ROWS,
    );
    if (room) for (const name of by) room.add(name);
    else groupings.push(new Set(by));
  }
  return groupings.map((grouping) => [...grouping]);
}

interface GroupedRow {
  readonly current: boolean;
  readonly count: number;
  readonly grouping: number;
  readonly [dimension: string]: unknown;
}

function countStatement(source: CountSource, groupings: readonly string[][], asked: Asked) {
  const names = [...new Set(groupings.flat())];
  const { period, comparison } = asked;
  const inPeriod = sql`on_day between ${period.from}::date and ${period.to}::date`;
  const inPeriods = comparison
    ? sql`${inPeriod} or on_day between ${comparison.from}::date and ${comparison.to}::date`
    : inPeriod;
  const column = (name: string) => sql.id(name);
  const dimensions = names.map((name) => {
    const dimension = source.dimensions[name];
    if (!dimension) throw new RangeError(`${source.name} are not counted by ${name}`);
    return sql`, ${dimension.sql(asked)} as ${column(name)}`;
  });
  const sets = groupings.map(
    (grouping) =>
      sql`(current${sql.join(
        grouping.map((name) => sql`, ${column(name)}`),
        sql``,
      )})`,
  );
  return sql<GroupedRow>`
    select current, count(*)::int as count,
      ${names.length === 0 ? sql`0` : sql`grouping(${sql.join(names.map(column))})`} as grouping
      ${sql.join(
        names.map((name) => sql`, ${column(name)}`),
        sql``,
      )}
    from (
      select ${inPeriod} as current ${sql.join(dimensions, sql``)}
      from (${source.records(asked)}) record where ${inPeriods}
    ) counted
    group by grouping sets (${sql.join(sets)})`;
}

/** The counts by some properties, from the smallest grouping that has them all. */
function folded(
  rows: readonly GroupedRow[],
  groupings: readonly string[][],
  { source, by }: CountReading,
): CountRowOf[] {
  const names = [...new Set(groupings.flat())];
  const grouping = groupings.find((each) => by.every((name) => each.includes(name)));
  if (!grouping) throw new RangeError(`Nothing was counted by ${by.join(' and ')}`);
  // PostgreSQL: a bit for each argument of grouping(), the last the lowest, set where the row is not grouped by it.
  const mask = names.reduce((bits, name) => bits * 2 + (grouping.includes(name) ? 0 : 1), 0);
  const sums = new Map<string, { window: Window; values: string[]; count: number }>();
  for (const row of rows) {
    if (row.grouping !== mask) continue;
    const window = row.current ? 'current' : 'previous';
    const values = by.map((name) => (source.dimensions[name]?.named ?? String)(row[name]));
    const key = JSON.stringify([window, values]);
    const sum = sums.get(key);
    if (sum) sum.count += row.count;
    else sums.set(key, { window, values, count: row.count });
  }
  return [...sums.values()];
}

/**
 * SHA-256, in hexadecimal, of what a figure is computed from, in one form whatever order the database gave it in: JSON with its
 * fields in order of their names and rows in order of their own JSON.
 */
export function hashOf(inputs: unknown): string {
  return createHash('sha256').update(canonical(inputs)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
