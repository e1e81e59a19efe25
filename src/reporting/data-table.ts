import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Figure, MissingFigure } from './figure.ts';

/** A column of words. */
export interface TextColumn {
  readonly kind: 'text';
  readonly heading: string;
  readonly cells: readonly string[];
}

/** A column of numbers, all of one unit, which its heading names. */
export interface FigureColumn {
  readonly kind: 'figure';
  readonly heading: string;
  readonly cells: readonly Figure[];
  /** Decimal places shown; unless told, none of a whole number and one of any other. */
  readonly decimals?: number;
}

export interface DateColumn {
  readonly kind: 'date';
  readonly heading: string;
  readonly cells: readonly (PlainDate | MissingFigure)[];
}

export type Column = TextColumn | FigureColumn | DateColumn;

/** One table, by columns: the same one stands beside a chart, on a sheet and in a file of comma-separated values. */
export interface DataTable {
  /** What is counted, where and when. */
  readonly title: string;
  /** The first names the rows. */
  readonly columns: readonly Column[];
}

/** The decimal places that a number of a column is shown with. */
export const decimalsOf = ({ decimals }: FigureColumn, value: number): number =>
  decimals ?? (Number.isInteger(value) ? 0 : 1);

/**
 * How many rows a table has.
 *
 * @throws RangeError when its columns are not of one length, two have one heading, or a number is not finite
 */
export function rowCount({ title, columns }: DataTable): number {
  const lengths = new Set(columns.map(({ cells }) => cells.length));
  const [rows, ...others] = lengths;
  if (rows === undefined || others.length > 0) {
    throw new RangeError(`The columns of “${title}” have ${[...lengths].join(' and ') || 'no'} rows`);
  }
  if (new Set(columns.map(({ heading }) => heading)).size < columns.length) {
    throw new RangeError(`Two columns of “${title}” have one heading`);
  }
  const strange = columns.find(({ cells }) =>
    cells.some((cell) => typeof cell === 'number' && !Number.isFinite(cell)),
  );
  if (strange) throw new RangeError(`A number in “${strange.heading}” of “${title}” is none`);
  return rows;
}

/** The first rows of a table and its last two; the table itself where that leaves nothing out. */
export function withoutMiddle(table: DataTable, rows: number): DataTable {
  const count = rowCount(table);
  if (count <= rows) return table;
  const kept = <Cell>(cells: readonly Cell[]): Cell[] => [...cells.slice(0, rows - 2), ...cells.slice(-2)];
  return {
    ...table,
    columns: table.columns.map((column): Column => {
      if (column.kind === 'text') return { ...column, cells: kept(column.cells) };
      if (column.kind === 'figure') return { ...column, cells: kept(column.cells) };
      return { ...column, cells: kept(column.cells) };
    }),
  };
}
