import type { ComponentChildren } from 'preact';
import { ChartFigure, type ChartProps, usePictureWidth, WIDTH } from '../charts/chart-figure.tsx';
import { Key, type KeyEntry, keyHeight } from '../charts/key.tsx';
import { valueInWords } from '../charts/value-in-words.ts';
import type { DataTable } from '../data-table.ts';
import type { Figure } from '../figure.ts';
import { type DrawnPlaces, drawPlaces, type MapPlace } from './drawn-places.ts';
import { type Numbered, NumberedNames } from './numbered-names.tsx';

/** A row of a map's table. */
export interface MapRow {
  /** As the places are known: a GSS code, the slug of a police force, the name of a town. */
  readonly key: string;
  readonly label: string;
  readonly value: Figure;
}

/** What every map is given. */
export interface MapProps extends ChartProps {
  /** What the rows are and what the numbers are: headings of the table. */
  readonly rowHeading: string;
  readonly valueHeading: string;
  /** The rows of the table, in its order. Places without a row have none of what is counted. */
  readonly rows: readonly MapRow[];
}

interface MapFigureProps extends MapProps {
  readonly description: string;
  /** Units down of the map itself. */
  readonly height: number;
  readonly entries: readonly KeyEntry[];
  /** What the numbers on it stand for, told below it. */
  readonly names?: readonly Numbered[];
  /** The keys of what is drawn: every other row is told below the map. */
  readonly drawn: ReadonlySet<string>;
  readonly sources: readonly string[];
  readonly children: ComponentChildren;
}

/** So many rows that could not be drawn are named; of more, only how many. */
const NAMED = 12;

/** A map with its key, the table of its numbers, what is not on it in words, and whom it is from. */
export function MapFigure({
  id,
  title,
  rowHeading,
  valueHeading,
  rows,
  description,
  height,
  entries,
  names = [],
  drawn,
  sources,
  children,
}: MapFigureProps) {
  const table: DataTable = {
    title,
    columns: [
      { kind: 'text', heading: rowHeading, cells: rows.map(({ label }) => label) },
      { kind: 'figure', heading: valueHeading, cells: rows.map(({ value }) => value) },
    ],
  };
  const away = notDrawnInWords(rows, drawn);
  const width = usePictureWidth();
  return (
    <div class="hw-map">
      <ChartFigure
        id={id}
        title={title}
        description={away === null ? description : `${description} ${away}`}
        height={height + GAP + keyHeight(entries, width)}
        table={table}
        below={names.length > 0 && <NumberedNames names={names} />}
      >
        {children}
        <Key y={height + GAP} entries={entries} />
      </ChartFigure>
      {away !== null && <p class="govuk-body">{away}</p>}
      {[...new Set(sources)].map((source) => (
        <p class="govuk-body-s" key={source}>
          {source}
        </p>
      ))}
    </div>
  );
}

const GAP = 10;

/** On paper a map leaves room on its page for a heading, its key and the names of its numbers. */
const TALLEST_ON_PAPER = 420;

/** Places across the picture; narrower where they would be too tall for a page. */
export function useDrawnPlaces(places: readonly MapPlace[]): DrawnPlaces {
  const width = usePictureWidth();
  const drawn = drawPlaces(places, width);
  return width > WIDTH && drawn.height > TALLEST_ON_PAPER
    ? drawPlaces(places, Math.floor((width * TALLEST_ON_PAPER) / drawn.height))
    : drawn;
}

/** The rows that are on no map, such as "Outside London: 16". */
function notDrawnInWords(rows: readonly MapRow[], drawn: ReadonlySet<string>): string | null {
  const away = rows.filter(({ key, value }) => !drawn.has(key) && value !== 0);
  if (away.length === 0) return null;
  if (away.length > NAMED) return `Not on the map: ${away.length} rows of the table.`;
  return `Not on the map: ${away.map(({ label, value }) => `${label}, ${valueInWords(value, {})}`).join('; ')}.`;
}
