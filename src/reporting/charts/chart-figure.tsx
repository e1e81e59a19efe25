import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import { type Column, type DataTable, decimalsOf, rowCount } from '../data-table.ts';
import { figureInWords, shorthandOf } from '../figure.ts';
import { ground, ink } from './palette.ts';

/**
 * Units across every chart. A phone of 320 CSS pixels has 290 for a chart, so that a unit is nearly a pixel there and text of
 * 14 units can be read; on larger screens a chart grows until that text is as large as the page's.
 */
export const WIDTH = 320;
/** Units across a chart that is printed: it fills the page, and text of 14 units is 11 or 12 points there. */
export const PAPER_WIDTH = 620;
export const TEXT = 14;
export const LINE = 18;

/** Above and below, for what of a line of text is higher than we reckon. */
const MARGIN = 3;

/** What every chart is given. */
export interface ChartProps {
  /** Unlike any other on the page; names of parts of the picture begin with it. */
  readonly id: string;
  /** What is counted, where and when. */
  readonly title: string;
}

const PictureWidth = createContext(WIDTH);
/** Units across the pictures inside it. */
export const PictureWidthProvider = PictureWidth.Provider;
export const usePictureWidth = (): number => useContext(PictureWidth);

interface ChartFigureProps extends ChartProps {
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  /** Units down the picture. */
  readonly height: number;
  /** The same numbers, all of them. */
  readonly table: DataTable;
  readonly children: ComponentChildren;
  /** What goes on in further pictures, under the first. */
  readonly continued?: readonly ContinuedPicture[];
  /** What stands under the picture, beside the table. */
  readonly below?: ComponentChildren;
}

export interface ContinuedPicture {
  readonly height: number;
  readonly content: ComponentChildren;
}

/**
 * The table to stand beside a picture instead of the one of the numbers in it: where more is known of each row than a picture
 * shows, all of it is in one table.
 */
const TableBeside = createContext<DataTable | null>(null);
export const TableBesideProvider = TableBeside.Provider;

/** A picture with its title, what it shows in words, and the table of its numbers beside it. */
export function ChartFigure({
  id,
  title,
  description,
  height,
  table,
  children,
  continued,
  below,
}: ChartFigureProps) {
  const beside = useContext(TableBeside) ?? table;
  return (
    <figure class="hw-chart" id={id}>
      <figcaption class="hw-chart__title">{title}</figcaption>
      <div class="hw-chart__beside">
        <div>
          <Picture id={id} title={title} description={description} height={height}>
            {children}
          </Picture>
          {continued?.map((further, at) => (
            <Picture key={at} id={`${id}-${at + 2}`} title={`${title}, continued`} height={further.height}>
              {further.content}
            </Picture>
          ))}
          {below}
        </div>
        <FigureTable table={beside} />
      </div>
    </figure>
  );
}

interface PictureProps extends ChartProps {
  readonly description?: string;
  readonly height: number;
  readonly children: ComponentChildren;
}

function Picture({ id, title, description, height, children }: PictureProps) {
  const tall = Math.ceil(height) + 2 * MARGIN;
  const width = usePictureWidth();
  return (
    <svg
      class={width > WIDTH ? 'hw-chart__picture hw-chart__picture--paper' : 'hw-chart__picture'}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 ${-MARGIN} ${width} ${tall}`}
      role="img"
      aria-labelledby={description ? `${id}-title ${id}-description` : `${id}-title`}
      font-size={TEXT}
      fill={ink}
    >
      <title id={`${id}-title`}>{title}</title>
      {description && <desc id={`${id}-description`}>{description}</desc>}
      <rect y={-MARGIN} width={width} height={tall} fill={ground} />
      {children}
    </svg>
  );
}

/** A table of figures as a page shows it; beside a chart, or by itself. */
export function FigureTable({ table }: { table: DataTable }) {
  const rows = Array.from({ length: rowCount(table) }, (_, row) =>
    table.columns.map((column) => ({
      text: cellInWords(column, row),
      ...(column.kind === 'text' ? {} : { format: 'numeric' }),
    })),
  );
  return (
    <ScrollingTable
      about={table.title}
      caption={table.title}
      captionClasses="govuk-visually-hidden"
      firstCellIsHeader
      head={table.columns.map(({ kind, heading }) => ({
        text: heading,
        ...(kind === 'text' ? {} : { format: 'numeric' }),
      }))}
      rows={rows}
    />
  );
}

function cellInWords(column: Column, row: number): string {
  if (column.kind === 'text') return column.cells[row] ?? '';
  if (column.kind === 'figure') {
    const cell = column.cells[row];
    if (cell === undefined) return '';
    return figureInWords(cell, typeof cell === 'number' ? decimalsOf(column, cell) : 0);
  }
  const cell = column.cells[row];
  return cell === undefined ? '' : (shorthandOf(cell) ?? cell);
}

interface LinesProps {
  /** Where the first line stands: its middle. */
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
}

/** Lines of text, one under the other. */
export function Lines({ x, y, lines, anchor = 'start', bold = false }: LinesProps) {
  return (
    <text x={x} y={y} dy="0.35em" text-anchor={anchor} {...(bold ? { 'font-weight': 'bold' } : {})}>
      {lines.map((line, at) =>
        at === 0 ? (
          line
        ) : (
          <tspan key={at} x={x} dy={LINE}>
            {line}
          </tspan>
        ),
      )}
    </text>
  );
}
