import { scaleLinear } from 'd3-scale';
import type { DataTable } from '../data-table.ts';
import type { Figure } from '../figure.ts';
import { ChartFigure, type ChartProps, LINE, Lines, TEXT, usePictureWidth } from './chart-figure.tsx';
import { FilledBox, HiddenMark } from './filled-box.tsx';
import { Key, type KeyEntry, keyHeight, missingEntries, missingInWords, sampleOf } from './key.tsx';
import { type Filling, ink, lastYear, thisYear } from './palette.ts';
import { textWidth, wrapped } from './text-width.ts';
import { extremesInWords, type NumberStyle, valueInWords } from './value-in-words.ts';

interface BarRow {
  readonly label: string;
  readonly value: Figure;
}

export interface HorizontalBarsProps extends ChartProps, NumberStyle {
  /** What the rows are, and what the numbers are: headings of the table. */
  readonly rowHeading: string;
  readonly valueHeading: string;
  readonly rows: readonly BarRow[];
}

/** A bar for each row, in the order given. @throws RangeError for a number below 0, which no bar can show */
export function HorizontalBars({ id, title, rowHeading, valueHeading, rows, ...style }: HorizontalBarsProps) {
  const values = rows.map(({ value }) => value);
  const table: DataTable = {
    title,
    columns: [
      { kind: 'text', heading: rowHeading, cells: rows.map(({ label }) => label) },
      figureColumn(valueHeading, values, style),
    ],
  };
  return (
    <Bars
      id={id}
      title={title}
      description={`A bar for each of ${rows.length}: ${valueHeading}.${extremesInWords(rows, style)}${missingInWords(values)}`}
      table={table}
      rows={rows.map(({ label, value }) => ({ label, bars: [{ value, filling: thisYear }] }))}
      entries={missingEntries(values)}
      style={style}
    />
  );
}

export interface GroupedBarsProps extends ChartProps, NumberStyle {
  readonly rowHeading: string;
  /** What the two bars of a row are, such as “May 2020 to April 2021”: headings of the table too. */
  readonly currentName: string;
  readonly previousName: string;
  readonly rows: readonly { readonly label: string; readonly current: Figure; readonly previous: Figure }[];
}

/** Two bars for each row: this period's, and under it the one that it is compared with. @throws RangeError for a number below 0 */
export function GroupedBars({
  id,
  title,
  rowHeading,
  currentName,
  previousName,
  rows,
  ...style
}: GroupedBarsProps) {
  const [now, before] = [rows.map((row) => row.current), rows.map((row) => row.previous)];
  const all = [...now, ...before];
  const table: DataTable = {
    title,
    columns: [
      { kind: 'text', heading: rowHeading, cells: rows.map(({ label }) => label) },
      figureColumn(currentName, now, style),
      figureColumn(previousName, before, style),
    ],
  };
  const latest = rows.map((row) => ({ label: row.label, value: row.current }));
  return (
    <Bars
      id={id}
      title={title}
      description={`Two bars for each of ${rows.length}: ${currentName}, and under it ${previousName}. In ${currentName}:${extremesInWords(latest, style)}${missingInWords(all)}`}
      table={table}
      rows={rows.map((row) => ({
        label: row.label,
        bars: [
          { value: row.current, filling: thisYear },
          { value: row.previous, filling: lastYear },
        ],
      }))}
      entries={[
        { sample: sampleOf(thisYear), words: currentName },
        { sample: sampleOf(lastYear), words: previousName },
        ...missingEntries(all),
      ]}
      style={style}
    />
  );
}

const figureColumn = (heading: string, cells: readonly Figure[], { decimals, unit }: NumberStyle) => ({
  kind: 'figure' as const,
  heading: unit ? `${heading} (${unit})` : heading,
  cells,
  ...(decimals === undefined ? {} : { decimals }),
});

interface DrawnBar {
  readonly value: Figure;
  readonly filling: Filling;
}

interface BarsProps extends ChartProps {
  readonly description: string;
  readonly table: DataTable;
  readonly rows: readonly { readonly label: string; readonly bars: readonly DrawnBar[] }[];
  readonly entries: readonly KeyEntry[];
  readonly style: NumberStyle;
}

/** Units: what labels have across, where bars begin after them, how thick one is, and what lies between rows. */
const labelsOf = (width: number): number => Math.max(118, Math.round(width / 3));
const AFTER_LABELS = 8;
const BAR = 18;
const BETWEEN = 10;
const HIDDEN_WIDTH = 24;

/** A picture that is taller goes on in another: on paper, where it cannot be cut, its text would be too small to read. */
const TALLEST = 700;

function Bars({ id, title, description, table, rows, entries, style }: BarsProps) {
  const width = usePictureWidth();
  const labels = labelsOf(width);
  const values = rows.flatMap(({ bars }) => bars.map(({ value }) => value));
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.some((number) => number < 0)) throw new RangeError(`A bar of “${title}” would begin before 0`);
  const widest = Math.max(...values.map((value) => textWidth(valueInWords(value, style), TEXT)), 0);
  const scale = scaleLinear([0, Math.max(...numbers, 1)], [0, width - labels - AFTER_LABELS - widest - 6]);
  const keyTop = entries.length > 0 ? keyHeight(entries, width) + 4 : 0;
  const laid = rows.map(({ label, bars }): LaidRow => {
    const lines = wrapped(label, labels, TEXT);
    return { lines, bars, height: Math.max(lines.length * LINE, bars.length * BAR) + BETWEEN };
  });
  const [first = [], ...further] = pictures(laid, TALLEST - keyTop);
  return (
    <ChartFigure
      id={id}
      title={title}
      description={description}
      height={keyTop + heightOf(first) + 1}
      table={table}
      continued={further.map((part) => ({
        height: heightOf(part),
        content: <Rows top={0} rows={part} length={scale} style={style} />,
      }))}
    >
      <Key y={0} entries={entries} />
      <Rows top={keyTop} rows={first} length={scale} style={style} />
    </ChartFigure>
  );
}

interface LaidRow {
  readonly lines: readonly string[];
  readonly bars: readonly DrawnBar[];
  readonly height: number;
}

const heightOf = (rows: readonly LaidRow[]): number => rows.reduce((sum, { height }) => sum + height, 0);

/** The rows in parts, each as many as go in one picture; the first has less room than the others. */
function pictures(rows: readonly LaidRow[], roomInFirst: number): LaidRow[][] {
  const parts: LaidRow[][] = [[]];
  for (const row of rows) {
    const last = parts.at(-1) ?? [];
    const room = parts.length === 1 ? roomInFirst : TALLEST;
    if (last.length === 0 || heightOf(last) + row.height <= room) last.push(row);
    else parts.push([row]);
  }
  return parts;
}

interface RowsProps {
  readonly top: number;
  readonly rows: readonly LaidRow[];
  readonly length: (value: number) => number;
  readonly style: NumberStyle;
}

function Rows({ top, rows, length, style }: RowsProps) {
  const labels = labelsOf(usePictureWidth());
  const begin = labels + AFTER_LABELS;
  let next = top;
  return (
    <>
      {rows.map(({ lines, bars, height }, at) => {
        const middle = next + height / 2;
        next += height;
        const firstBar = middle - (bars.length * BAR) / 2;
        return (
          <g key={at}>
            <Lines x={labels} y={middle - ((lines.length - 1) * LINE) / 2} lines={lines} anchor="end" />
            {bars.map((bar, place) => (
              <Bar key={place} {...bar} length={length} x={begin} y={firstBar + place * BAR} style={style} />
            ))}
          </g>
        );
      })}
      <path d={`M${begin} ${top}V${top + heightOf(rows)}`} stroke={ink} />
    </>
  );
}

interface BarProps extends DrawnBar {
  readonly length: (value: number) => number;
  readonly x: number;
  readonly y: number;
  readonly style: NumberStyle;
}

function Bar({ value, filling, length, x, y, style }: BarProps) {
  const end = value === 'hidden' ? HIDDEN_WIDTH : typeof value === 'number' ? length(value) : 0;
  const box = { x, y: y + 1, width: end, height: BAR - 2 };
  return (
    <>
      {value === 'hidden' ? <HiddenMark box={box} /> : end > 0 && <FilledBox box={box} filling={filling} />}
      <Lines x={x + end + 5} y={y + BAR / 2} lines={[valueInWords(value, style)]} />
    </>
  );
}
