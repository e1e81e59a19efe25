import type { Json } from '../statistics/measure.ts';
import {
  GroupedBars,
  HorizontalBars,
  IntervalChart,
  MonthColumns,
  RunChart,
  StackedShares,
  TableBesideProvider,
} from './charts/index.ts';
import type { DataTable } from './data-table.ts';
import { type Figure, figureOf } from './figure.ts';
import { byInWords, keyInWords, partInWords } from './key-words.ts';
import {
  BoroughMap,
  DeprivationMap,
  ForceMap,
  type MapBand,
  type MapShapes,
  RescueMap,
  TownMap,
  WardMap,
} from './maps/index.ts';
import { monthInWords } from './month-words.ts';
import { periodInWords } from './period-words.ts';
import type { Drawing, FigureBlock } from './report-document.ts';
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

export interface FigureDrawingProps {
  readonly block: FigureBlock;
  readonly measure: MeasureFigures;
  readonly figures: ReportFigures;
  /** What maps are drawn from; null where there are none. */
  readonly shapes: MapShapes | null;
  /** Which part of the figure it is, where the figure is drawn in several. */
  readonly part?: string;
}

/** A chart of more rows than this is no chart: the table has them all. */
const MOST_BARS = 40;
/** Of more parts than this none can be told from the next. */
const MOST_PARTS = 6;

/** How a figure can be drawn: as it was asked for, as bars where there is no map of its places, or as its table alone. */
function drawingOf({ block: { drawn }, measure, shapes }: FigureDrawingProps): Drawing {
  const rows = rowsToDraw(measure);
  if (measure.reason !== undefined || rows.length === 0) return 'table';
  const drawsMap =
    (drawn === 'borough-map' && shapes !== null) ||
    (drawn === 'ward-map' && shapes?.wards != null) ||
    (drawn === 'deprivation-map' && knowsWardsOfIndex(shapes)) ||
    ((drawn === 'force-map' || drawn === 'rescue-map' || drawn === 'town-map') && shapes?.forces != null);
  const now = drawn.endsWith('-map') && !drawsMap ? 'bars' : drawn;
  if (now === 'shares' && (rows.length > MOST_PARTS || !rows.every(({ current }) => isObject(current))))
    return 'bars';
  if (now === 'bars' && barRows(drawn, rows).every((row) => currentOf(row) === 'not-available'))
    return 'table';
  return now;
}

/** The index may be of other boundaries of wards than those that were imported. */
const knowsWardsOfIndex = (shapes: MapShapes | null): boolean => {
  const known = new Set(shapes?.wards?.places.map(({ code }) => code));
  return shapes?.deprivation?.scores.some(({ ward }) => known.has(ward)) ?? false;
};

/** The rows that have bars: of places of which only some are told, those, the largest first. */
function barRows(drawn: Drawing, rows: readonly JsonObject[]): readonly JsonObject[] {
  if (!/^(ward|force|rescue|town)-map$/.test(drawn)) return rows.slice(0, MOST_BARS);
  return rows
    .filter(tellsOfSome)
    .toSorted((one, other) => (numberOf(other.current) ?? 0) - (numberOf(one.current) ?? 0))
    .slice(0, MOST_BARS);
}

export const isDrawn = (props: FigureDrawingProps): boolean => drawingOf(props) !== 'table';

/** The rows of a figure: those of its table, of a part that is one, or the figure itself as its only row. */
function rowsToDraw(measure: MeasureFigures): readonly JsonObject[] {
  const rows = rowsOf(measure);
  if (rows.length > 0) return rows;
  const part = Object.values(measure).find((value) => isObject(value) && Array.isArray(value.rows));
  if (part !== undefined) return rowsOf(part);
  if (isObject(measure.total)) return [{ ...measure.total, key: 'total', label: measure.title }];
  return measure.current === undefined ? [] : [{ ...measure, key: 'total', label: measure.title }];
}

/** A row's number of one period: a count, or the percentage of a share. */
function numberIn(row: JsonObject, side: 'current' | 'previous'): Figure {
  const value: Json | undefined = row[side];
  if (isObject(value)) return figureOf(numberOf(value.percent), isHidden(value) || isHidden(row));
  return figureOf(numberOf(value), isHidden(row));
}
const currentOf = (row: JsonObject) => numberIn(row, 'current');
const labelOf = (row: JsonObject): string =>
  typeof row.label === 'string' ? row.label : keyInWords(String(row.key));

/** A figure of every provider is a figure for each of them. */
export function providersIn(measure: MeasureFigures): readonly { key: string; measure: MeasureFigures }[] {
  const { providers, ...about } = measure;
  return Object.entries(isObject(providers) ? providers : {}).flatMap(([key, table]) =>
    isObject(table)
      ? [{ key, measure: { ...about, ...table, title: `${measure.title}: ${partInWords('provider', key)}` } }]
      : [],
  );
}

/** The chart or the map of a figure, with its table beside it. */
export function FigureDrawing({ table, ...props }: FigureDrawingProps & { table: DataTable }) {
  return (
    <TableBesideProvider value={table}>
      <Picture {...props} />
    </TableBesideProvider>
  );
}

function Picture(props: FigureDrawingProps) {
  const { block, measure, figures, shapes, part } = props;
  const drawing = drawingOf(props);
  const all = rowsToDraw(measure);
  const rows = drawing === 'bars' ? barRows(block.drawn, all) : all.slice(0, MOST_BARS);
  const heading = byInWords(rowsInWords(measure));
  const isShares = rows.some((row) => isObject(row.current));
  const style = isShares ? { unit: '%' as const } : {};
  const named = {
    id: ['chart', ...block.measure.split('.'), ...(part === undefined ? [] : [part])].join('-'),
    title:
      rows.length === MOST_BARS && all.length > MOST_BARS
        ? `${measure.title}: the first ${MOST_BARS}`
        : measure.title,
    rowHeading: heading,
  };
  const now = periodInWords(figures.period);
  const before = figures.comparison && periodInWords(figures.comparison);
  const mapRows = all.map((row) => ({ key: String(row.key), label: labelOf(row), value: currentOf(row) }));
  const map = { ...named, title: measure.title, valueHeading: now, rows: mapRows };
  switch (drawing) {
    case 'table':
      return null;
    case 'bars':
      return before === null || rows.every((row) => numberIn(row, 'previous') === 'not-available') ? (
        <HorizontalBars
          {...named}
          {...style}
          valueHeading={now}
          rows={rows.map((row) => ({ label: labelOf(row), value: currentOf(row) }))}
        />
      ) : (
        <GroupedBars
          {...named}
          {...style}
          currentName={now}
          previousName={before}
          rows={rows.map((row) => ({
            label: labelOf(row),
            current: currentOf(row),
            previous: numberIn(row, 'previous'),
          }))}
        />
      );
    case 'months':
      return (
        <MonthColumns
          {...named}
          currentName={now}
          previousName={before ?? 'The year before'}
          months={all.map((row) => ({
            label: monthInWords(String(row.key)),
            short: shortMonth(String(row.key)),
            current: currentOf(row),
            ...(before !== null && { previous: numberIn(row, 'previous') }),
          }))}
        />
      );
    case 'shares':
      return (
        <StackedShares
          {...named}
          partHeading={heading}
          partNames={all.map(labelOf)}
          bars={[
            { label: now, percentages: all.map(currentOf) },
            ...(before === null
              ? []
              : [{ label: before, percentages: all.map((row) => numberIn(row, 'previous')) }]),
          ]}
        />
      );
    case 'run':
    case 'runs':
      return (
        <RunChart
          {...named}
          {...style}
          timeHeading={heading}
          valueHeading={measure.title}
          points={all.map((row) => ({
            label: labelOf(row),
            short: shortMonth(String(row.key)),
            value: currentOf(row),
            target: numberOf(row.target),
          }))}
        />
      );
    case 'intervals':
      return (
        <IntervalChart
          {...named}
          valueHeading="Times the rate of everybody else"
          decimals={1}
          noDifference={1}
          scale="times"
          rows={all.map((row) => ({
            label: labelOf(row),
            value: figureOf(numberOf(row.relativeRate), isHidden(row)),
            low: figureOf(numberOf(row.low), isHidden(row)),
            high: figureOf(numberOf(row.high), isHidden(row)),
          }))}
        />
      );
    case 'borough-map': {
      const bands = bandsOf(measure);
      // City of London is a row only where it has any, and is in no class otherwise.
      const known = new Set(mapRows.map(({ key }) => key));
      const places = shapes?.boroughs.places.filter(({ area }) => known.has(area)) ?? [];
      return (
        shapes && <BoroughMap {...map} boroughs={{ ...shapes.boroughs, places }} {...(bands && { bands })} />
      );
    }
    case 'ward-map':
      return shapes?.wards ? <WardMap {...map} wards={shapes.wards} boroughs={shapes.boroughs} /> : null;
    case 'deprivation-map':
      return shapes?.wards && shapes.deprivation ? (
        <DeprivationMap
          id={named.id}
          title={named.title}
          wards={shapes.wards}
          boroughs={shapes.boroughs}
          deprivation={shapes.deprivation}
        />
      ) : null;
    case 'force-map':
      return shapes?.forces ? <ForceMap {...map} forces={shapes.forces} /> : null;
    case 'rescue-map':
      return shapes?.forces ? <RescueMap {...map} forces={shapes.forces} /> : null;
    case 'town-map':
      return shapes?.forces ? <TownMap {...map} forces={shapes.forces} /> : null;
  }
}

/** The classes that the service set for its maps, where the measure has them and none of them is hidden. */
function bandsOf({ bands }: MeasureFigures): readonly MapBand[] | null {
  const read = rowsOf(bands).flatMap(({ from, to }) =>
    typeof from === 'number' && typeof to === 'number' ? [{ from, to }] : [],
  );
  return read.length > 0 && read.length === rowsOf(bands).length ? read : null;
}

/** What the rows are, by the first row's kind of key: months are months. */
function rowsInWords(measure: MeasureFigures): string {
  const key = String(rowsToDraw(measure)[0]?.key ?? '');
  if (/^\d{4}-\d\d$/.test(key)) return measure.title.includes('quarter') ? 'quarter' : 'month';
  return /^E09/.test(key) ? 'borough' : 'what';
}

/** `2020-05` → `May`; a year’s first month with its year: `Jan 2021`. */
function shortMonth(key: string): string {
  const words = monthInWords(key);
  if (words === key) return key;
  const [month = '', year = ''] = words.split(' ');
  return month === 'January' ? `Jan ${year}` : month.slice(0, 3);
}
