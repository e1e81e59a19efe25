import type { Counted, Json, MeasureShape, Shape } from '../statistics/measure.ts';
import { againstInWords, targetInWords } from './against-targets.ts';
import type { Column, DataTable, FigureColumn, TextColumn } from './data-table.ts';
import { type Figure, figureInWords, figureOf } from './figure.ts';
import { byInWords, keyInWords, partInWords } from './key-words.ts';
import { percentOfFraction, probabilityInWords } from './number-words.ts';
import { periodInWords } from './period-words.ts';
import {
  isHidden,
  isObject,
  type JsonObject,
  type MeasureFigures,
  numberOf,
  type ReportFigures,
  rowsOf,
  tellsOfSome,
} from './report-figures.ts';

/**
 * The figures of a measure as tables: the same stand under a chart, on a sheet of a spreadsheet and in a file of
 * comma-separated values. By the shape of the measure, and knowing no measure.
 */
export function figureTables(
  measure: MeasureFigures,
  shape: MeasureShape,
  periods: Pick<ReportFigures, 'period' | 'comparison'>,
): DataTable[] {
  const headings = { ...headingsOf(periods), told: numberOfSuch(measure, shape) };
  const own = shape.own.kind === 'total' ? measure.total : measure;
  return [
    ...tablesOf(measure.title, own, shape.own, headings),
    ...Object.entries(shape.parts ?? {}).flatMap(([name, part]) =>
      tablesOf(titleOfPart(measure.title, name), measure[name], part, headings),
    ),
  ];
}

interface Headings {
  readonly now: string;
  /** Null without a comparison: then no column is of it. */
  readonly before: string | null;
  /** The number of such records where a share of the same measure tells it; undefined where none does. */
  readonly told: (counted: Counted) => Figure | undefined;
}

const headingsOf = ({ period, comparison }: Pick<ReportFigures, 'period' | 'comparison'>) => ({
  now: periodInWords(period),
  before: comparison && periodInWords(comparison),
});

/** How many such records a measure's figures tell of, by one of its shares; undefined where none of them does. */
export function numberOfSuch(
  measure: MeasureFigures,
  { parts = {} }: MeasureShape,
): (counted: Counted) => Figure | undefined {
  return ({ records, where, window }) => {
    const found = Object.entries(parts).find(
      ([, part]) =>
        part.kind === 'share' &&
        part.of.records === records &&
        part.of.window === window &&
        JSON.stringify({ ...part.of.where, ...part.part }) === JSON.stringify(where),
    );
    const share = found && measure[found[0]];
    if (!isObject(share) || !isObject(share.current)) return undefined;
    return figureOf(numberOf(share.current.numerator), isHidden(share.current));
  };
}

/** The title with what the part is, unless it says so itself. */
function titleOfPart(title: string, name: string): string {
  const part = lowered(keyInWords(name));
  return title.endsWith(part) ? title : `${title}: ${part}`;
}

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

function tablesOf(title: string, figure: Json | undefined, shape: Shape, headings: Headings): DataTable[] {
  const table = (...columns: readonly (Column | null)[]): DataTable[] => [
    { title, columns: columns.filter((column) => column !== null) },
  ];
  switch (shape.kind) {
    case 'total':
      return table(text('What', [title]), ...countColumns([figure], headings));
    case 'count-table':
      return countTables(title, figure, shape, headings);
    case 'share':
      return table(text('What', [title]), ...shareColumns([figure], headings));
    case 'bare-share':
      return table(text('What', [title]), ...bareShareColumns([figure], ''));
    case 'share-table': {
      const rows = rowsOf(figure);
      if (rows.length === 0) return [];
      return table(
        text(byInWords(shape.by), rows.map(labelOf)),
        codes(rows),
        ...shareColumns(rows, headings),
        ...targetColumns(rows),
      );
    }
    case 'counts': {
      const entries = isObject(figure) ? keyed(figure) : [];
      if (entries.length === 0) return [];
      return table(
        text(
          byInWords(shape.by),
          entries.map(([key]) => partInWords(shape.by, key)),
        ),
        figures(
          headings.now,
          entries.map(([, value]) => figureOf(numberOf(value), isHidden(figure))),
        ),
      );
    }
    case 'series': {
      const values = Array.isArray(figure) ? figure : [];
      if (values.length === 0) return [];
      return table(
        text(
          byInWords(shape.by),
          values.map((_value, n) => `${keyInWords(shape.by)} ${n + 1}`),
        ),
        figures(
          headings.now,
          values.map((value) => hiddenOr(value)),
        ),
      );
    }
    case 'bands': {
      const rows = rowsOf(figure);
      if (rows.length === 0) return [];
      return table(
        text(
          'Band',
          rows.map(({ from, to }) => `${from} to ${to}`),
        ),
        figures(
          'Boroughs',
          rows.map((row) => figureOf(numberOf(row.boroughs), isHidden(row))),
        ),
      );
    }
    case 'each':
      if (shape.shape.kind === 'series') return seriesTable(title, figure, shape.by, shape.shape.by);
      return isObject(figure)
        ? together(
            title,
            shape.by,
            // Of whom there are none in either period, nothing can be a share.
            keyed(figure)
              .filter(([, value]) => shape.shape.kind !== 'share-table' || isOfAny(value))
              .map(([key, value]) => ({
                key,
                tables: tablesOf(keyInWords(key), value, shape.shape, headings),
              })),
          )
        : [];
    case 'rows':
      return rowTables(title, rowsOf(figure), shape.by, shape.fields);
    case 'object':
      return objectTables(title, figure, shape.fields, headings);
    case 'open':
      // What figures are made with, such as the edition of an index, is told among the sources.
      return typeof figure === 'number' ? table(text('What', [title]), figures(headings.now, [figure])) : [];
    case 'count':
    case 'derived':
    case 'derived-from-ranks':
      return isObject(figure) && 'previous' in figure
        ? table(
            text('What', [title]),
            figures(headings.now, [hiddenOr(figure)]),
            headings.before === null
              ? null
              : figures(headings.before, [figureOf(numberOf(figure.previous), isHidden(figure))]),
          )
        : table(text('What', [title]), figures(headings.now, [hiddenOr(figure)]));
  }
}

const isOfAny = (table: Json | undefined): boolean =>
  rowsOf(table).some(({ current, previous }) =>
    [current, previous].some((share) => isObject(share) && share.denominator !== 0),
  );

/** Numbers in a row for each of several: a column for each place in the row. */
function seriesTable(title: string, figure: Json | undefined, by: string, places: string): DataTable[] {
  const rows = isObject(figure)
    ? keyed(figure).flatMap(([key, values]) => (Array.isArray(values) ? [{ key, values }] : []))
    : [];
  const most = Math.max(0, ...rows.map(({ values }) => values.length));
  if (most === 0) return [];
  return [
    {
      title,
      columns: [
        text(
          byInWords(by),
          rows.map(({ key }) => partInWords(by, key)),
        ),
        ...Array.from({ length: most }, (_place, n) =>
          figures(
            `${keyInWords(places)} ${n + 1}`,
            rows.map(({ values }) => figureOf(numberOf(values[n]), isHidden(figure))),
          ),
        ),
      ],
    },
  ];
}

/** Tables of one form as one, with a column that says which each row is of. */
function together(
  title: string,
  by: string,
  parts: readonly { readonly key: string; readonly tables: readonly DataTable[] }[],
): DataTable[] {
  const all = parts.flatMap(({ key, tables }) => tables.map((table) => ({ key, table })));
  if (all.length === 0) return [];
  // A column that only some parts have, such as a target, is empty in the others.
  const columns = all
    .flatMap(({ table }) => table.columns.slice(1))
    .filter((column, at, every) => every.findIndex(({ heading }) => heading === column.heading) === at);
  const cellsOf = (table: DataTable, column: Column): readonly unknown[] =>
    table.columns.find(({ heading }) => heading === column.heading)?.cells ??
    (table.columns[0]?.cells ?? []).map(() => (column.kind === 'text' ? 'None' : 'not-applicable'));
  return [
    {
      title,
      columns: [
        text(
          byInWords(by),
          all.flatMap(({ key, table }) => (table.columns[0]?.cells ?? []).map(() => partInWords(by, key))),
        ),
        text(
          all[0]?.table.columns[0]?.heading ?? '',
          all.flatMap(({ table }) => (table.columns[0]?.cells ?? []).map(String)),
        ),
        ...(columns.map((column) => ({
          ...column,
          cells: all.flatMap(({ table }) => cellsOf(table, column)),
        })) as Column[]),
      ],
    },
  ];
}

function countTables(
  title: string,
  figure: Json | undefined,
  shape: Extract<Shape, { kind: 'count-table' }>,
  headings: Headings,
): DataTable[] {
  const rows = shape.keys === 'open' ? withoutUntold(rowsOf(figure)) : rowsOf(figure);
  const total = isObject(figure) ? figure.total : undefined;
  const withTotal = isObject(total) ? [...rows, { ...total, key: 'total', label: 'Total' }] : rows;
  if (withTotal.length === 0) return [];
  const further = Object.entries(shape.further ?? {}).map(([name, counted]) =>
    figures(
      keyInWords(name),
      withTotal.map((row) =>
        row.key === 'total' && row[name] === undefined
          ? (headings.told(counted) ?? 'not-applicable')
          : figureOf(numberOf(row[name]), isHidden(row)),
      ),
    ),
  );
  // Where there are none at all, nobody is first.
  const hasAny = (side: 'current' | 'previous') => rows.some((row) => row[side] !== 0);
  const ranks = shape.ranked
    ? [
        figures(
          'Rank',
          withTotal.map((row) => (hasAny('current') ? rankOf(row.rank, row) : 'not-applicable')),
        ),
        headings.before === null
          ? null
          : figures(
              'Rank before',
              withTotal.map((row) => (hasAny('previous') ? rankOf(row.previousRank, row) : 'not-applicable')),
            ),
      ]
    : [];
  const columns = [
    text(byInWords(shape.by), withTotal.map(labelOf)),
    codes(withTotal),
    ...countColumns(withTotal, headings),
    ...targetColumns(withTotal),
    ...further,
    ...ranks,
  ];
  return [{ title, columns: columns.filter((column) => column !== null) }];
}

/** Of the places that are in a table only if they have any, those that tell something; the others as one row. */
function withoutUntold(rows: readonly JsonObject[]): readonly JsonObject[] {
  const told = rows.filter((row) => !isHidden(row) || tellsOfSome(row));
  const untold = rows.length - told.length;
  return untold < 2
    ? rows
    : [
        ...told,
        {
          key: 'untold',
          label: `${untold} ${told.length === 0 ? 'that have' : 'more, which have'} small numbers or none`,
          current: null,
          previous: null,
          change: null,
          suppressed: true,
        },
      ];
}

/** A row without a rank, such as the total, can have none. */
const rankOf = (rank: Json | undefined, row: JsonObject): Figure =>
  numberOf(rank) ?? (isHidden(row) ? 'hidden' : 'not-applicable');

function countColumns(rows: readonly (Json | undefined)[], { now, before }: Headings): Column[] {
  const of = (name: string) =>
    rows.map((row) => (isObject(row) ? figureOf(numberOf(row[name]), isHidden(row)) : 'not-available'));
  if (before === null) return [figures(now, of('current'))];
  return [
    figures(now, of('current')),
    figures(before, of('previous')),
    figures(
      'Change (%)',
      rows.map((row) => {
        const change = isObject(row) ? numberOf(row.change) : null;
        if (change !== null) return percentOfFraction(change);
        return isHidden(row) ? 'hidden' : 'not-applicable';
      }),
    ),
  ];
}

function shareColumns(rows: readonly (Json | undefined)[], { now, before }: Headings): Column[] {
  const side = (name: 'current' | 'previous') => rows.map((row) => (isObject(row) ? row[name] : null));
  const current = bareShareColumns(side('current'), now);
  const isCompared = rows.some((row) => isObject(row) && isObject(row.previous));
  if (before === null || !isCompared) return current;
  const points = rows.every((row) => isObject(row) && 'points' in row)
    ? [
        figures(
          'Change (percentage points)',
          rows.map((row) => figureOf(isObject(row) ? numberOf(row.points) : null, isHidden(row))),
        ),
      ]
    : [];
  return [...current, ...bareShareColumns(side('previous'), before), ...points];
}

/** What each row was to reach, and whether it did, in words; nothing where no row had a target. */
function targetColumns(rows: readonly JsonObject[]): Column[] {
  if (rows.every((row) => row.target === undefined)) return [];
  return [text('Target', rows.map(targetOfRow)), text('Against the target', rows.map(againstInWords))];
}

function targetOfRow({ target, direction, current }: JsonObject): string {
  if (typeof target !== 'number') return 'None';
  const unit = isObject(current) ? '%' : '';
  return targetInWords({ value: target, direction: direction === 'at-most' ? 'at-most' : 'at-least' }, unit);
}

function bareShareColumns(shares: readonly (Json | undefined)[], when: string): Column[] {
  const of = (name: string) =>
    shares.map((share) =>
      isObject(share) ? figureOf(numberOf(share[name]), isHidden(share)) : 'not-available',
    );
  return [
    figures(when === '' ? 'Number' : when, of('numerator')),
    figures(when === '' ? 'Of all' : `Of all (${when})`, of('denominator')),
    figures(
      when === '' ? 'Percentage' : `Percentage (${when})`,
      // Of none there is no percentage, and nothing is missing.
      of('percent').map((percent, n) => {
        const share = shares[n];
        return percent === 'not-available' && isObject(share) && share.denominator === 0
          ? 'not-applicable'
          : percent;
      }),
    ),
  ];
}

function rowTables(
  title: string,
  rows: readonly JsonObject[],
  by: string,
  fields: Readonly<Record<string, Shape>>,
): DataTable[] {
  if (rows.length === 0) return [];
  const names = Object.keys(fields).filter((name) => name !== 'key' && name !== 'label');
  const columns = names.map((name): Column => {
    const values = rows.map((row) => row[name]);
    if (values.some((value) => typeof value === 'string'))
      return text(
        keyInWords(name),
        values.map((value) => (typeof value === 'string' ? value : '')),
      );
    return figures(
      keyInWords(name),
      rows.map((row) => inUnitOf(name, figureOf(numberOf(row[name]), isHidden(row)))),
      decimalsOf(name),
    );
  });
  return [{ title, columns: [text(byInWords(by), rows.map(labelOf)), ...columns] }];
}

/** A share of the population is a fraction, and its heading says per cent. */
const inUnitOf = (field: string, figure: Figure): Figure =>
  field === 'populationShare' && typeof figure === 'number' ? percentOfFraction(figure) : figure;

/** How many decimal places a field of a row is worth. */
function decimalsOf(field: string): number | undefined {
  if (field === 'rho') return 2;
  return /^(relativeRate|low|high)$/.test(field) ? 1 : undefined;
}

function objectTables(
  title: string,
  figure: Json | undefined,
  fields: Readonly<Record<string, Shape>>,
  headings: Headings,
): DataTable[] {
  if (!isObject(figure)) return [];
  const names = Object.keys(fields);
  const isPlain = (name: string) =>
    !/^(share|bare-share|count-table|share-table|counts|each|object|rows)$/.test(fields[name]?.kind ?? '');
  const isProbability = (name: string) => name === 'wilcoxonP';
  const plain = names.filter((name) => isPlain(name) && !isProbability(name));
  const probabilities = names.filter(isProbability);
  const shares = names.filter((name) => fields[name]?.kind === 'bare-share');
  const others = names.filter((name) => !isPlain(name) && !shares.includes(name));
  return [
    ...(plain.length === 0
      ? []
      : [
          {
            title,
            columns: [
              text('What', plain.map(keyInWords)),
              figures(
                headings.now,
                plain.map((name) => hiddenOr(figure[name], isHidden(figure))),
              ),
            ],
          },
        ]),
    ...(probabilities.length === 0
      ? []
      : [
          {
            title: `${title}: whether it could be chance`,
            columns: [
              text('Test', probabilities.map(keyInWords)),
              text(
                'Result',
                probabilities.map((name) => {
                  const p = hiddenOr(figure[name], isHidden(figure));
                  return typeof p === 'number' ? probabilityInWords(p) : figureInWords(p);
                }),
              ),
            ],
          },
        ]),
    ...(shares.length === 0
      ? []
      : [
          {
            title: plain.length === 0 ? title : `${title}: shares`,
            columns: [
              text('What', shares.map(keyInWords)),
              ...bareShareColumns(
                shares.map((name) => figure[name]),
                '',
              ),
            ],
          },
        ]),
    ...others.flatMap((name) => {
      const shape = fields[name];
      return shape ? tablesOf(titleOfPart(title, name), figure[name], shape, headings) : [];
    }),
  ];
}

/** A bare number: hidden where it is null and what it stands in says so. */
function hiddenOr(value: Json | undefined, inHidden = false): Figure {
  if (isObject(value)) return figureOf(numberOf(value.current), isHidden(value) || inHidden);
  return figureOf(numberOf(value), inHidden);
}

const keyed = (figure: JsonObject): [string, Json | undefined][] =>
  Object.entries(figure).filter(([name]) => name !== 'suppressed');

const labelOf = (row: JsonObject): string =>
  typeof row.label === 'string' ? row.label : keyInWords(String(row.key));

/** The codes of places, where the rows have them: what a reader joins tables by. */
function codes(rows: readonly JsonObject[]): TextColumn | null {
  if (!rows.some(({ key }) => typeof key === 'string' && /^[EW]\d{8}$/.test(key))) return null;
  return text(
    'Code',
    rows.map(({ key }) => (/^[EW]\d{8}$/.test(String(key)) ? String(key) : '–')),
  );
}

const text = (heading: string, cells: readonly string[]): TextColumn => ({ kind: 'text', heading, cells });
const figures = (heading: string, cells: readonly Figure[], decimals?: number): FigureColumn => ({
  kind: 'figure',
  heading,
  cells,
  ...(decimals !== undefined && { decimals }),
});
