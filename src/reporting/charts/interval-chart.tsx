import { scaleLinear, scaleLog } from 'd3-scale';
import type { Figure } from '../figure.ts';
import { ChartFigure, type ChartProps, LINE, Lines, TEXT, usePictureWidth } from './chart-figure.tsx';
import { HiddenMark } from './filled-box.tsx';
import { Key, keyHeight, missingEntries, missingInWords } from './key.tsx';
import { current, faint, ground, ink } from './palette.ts';
import { textWidth, wrapped } from './text-width.ts';
import { type NumberStyle, valueInWords } from './value-in-words.ts';

export interface IntervalRow {
  readonly label: string;
  readonly value: Figure;
  readonly low: Figure;
  readonly high: Figure;
}

export interface IntervalChartProps extends ChartProps, NumberStyle {
  readonly rowHeading: string;
  readonly valueHeading: string;
  readonly rows: readonly IntervalRow[];
  /** Where there is no difference: 1 for a rate that is so many times another, 0 for a change. */
  readonly noDifference: number;
  /** `times`: each step is as many times the one before, so that half and double lie as far from 1. Every number is above 0. */
  readonly scale: 'times' | 'plain';
}

/** Units: what labels have across, what lies between them and the scale, and what lies after it. */
const labelsOf = (width: number): number => Math.max(124, Math.round(width / 3));
const BEFORE_SCALE = 12;
const AFTER_SCALE = 10;
const BETWEEN = 12;

/** A dot for each row, with the line of its 95% interval; the upright line is no difference. */
export function IntervalChart({
  id,
  title,
  rowHeading,
  valueHeading,
  rows,
  noDifference,
  scale: kind,
  ...style
}: IntervalChartProps) {
  const width = usePictureWidth();
  const labels = labelsOf(width);
  const begin = labels + BEFORE_SCALE;
  const figures = rows.flatMap(({ value, low, high }) => [value, low, high]);
  const drawn = figures.filter((figure) => typeof figure === 'number' && !isBelowScale(kind, figure));
  const { place, ticks } = axisOf(
    kind,
    [...drawn, noDifference].filter((figure) => typeof figure === 'number'),
    [begin, width - AFTER_SCALE],
  );
  const laid = rows.map((row) => {
    const lines = [row.label, ...inWords(row, style)].flatMap((words) => wrapped(words, labels, TEXT));
    return { row, lines, height: lines.length * LINE + BETWEEN };
  });
  const height = laid.reduce((sum, { height: rowHeight }) => sum + rowHeight, 0);
  const entries = [
    {
      sample: <path d="M10 -2V14" stroke={ink} stroke-dasharray="4 3" />,
      words: `${valueInWords(noDifference, style)}: no difference`,
    },
    { sample: <Interval from={0} to={20} at={10} y={6} />, words: 'with its 95% interval' },
    ...(rows.some(({ value }) => isBelowScale(kind, value))
      ? [{ sample: <path d="M6 6l8 -6v12Z" fill={current} />, words: 'below the scale' }]
      : []),
    ...missingEntries(figures),
  ];
  const axisHeight = LINE + 12;
  const decimals = style.decimals === undefined ? {} : { decimals: style.decimals };
  const column = (heading: string, cells: readonly Figure[]) => ({
    kind: 'figure' as const,
    heading,
    cells,
    ...decimals,
  });
  let next = 0;
  return (
    <ChartFigure
      id={id}
      title={title}
      description={`A dot and a 95% interval for each of ${rows.length}: ${valueHeading}. ${rows.map((row) => `${row.label}: ${inWords(row, style).join(' ')}`).join('; ')}.${missingInWords(rows.map(({ value }) => value))}`}
      height={height + axisHeight + keyHeight(entries, width)}
      table={{
        title,
        columns: [
          { kind: 'text', heading: rowHeading, cells: rows.map(({ label }) => label) },
          column(
            valueHeading,
            rows.map(({ value }) => value),
          ),
          column(
            'Interval from',
            rows.map(({ low }) => low),
          ),
          column(
            'to',
            rows.map(({ high }) => high),
          ),
        ],
      }}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${place(tick)} 0V${height}`} stroke={faint} />
          <Lines
            x={place(tick)}
            y={height + 6 + LINE / 2}
            lines={[tickInWords(tick, style)]}
            anchor="middle"
          />
        </g>
      ))}
      <path d={`M${place(noDifference)} 0V${height}`} stroke={ink} stroke-dasharray="4 3" />
      {laid.map(({ row: { value, low, high }, lines, height: rowHeight }, at) => {
        const middle = next + rowHeight / 2;
        next += rowHeight;
        const [from, to] = [low, high].map((end) =>
          typeof end === 'number' && !isBelowScale(kind, end) ? place(end) : undefined,
        );
        return (
          <g key={at}>
            <Lines x={labels} y={middle - ((lines.length - 1) * LINE) / 2} lines={lines} anchor="end" />
            {value === 'hidden' && <HiddenMark box={{ x: begin, y: middle - 7, width: 24, height: 14 }} />}
            {typeof value === 'number' &&
              (isBelowScale(kind, value) ? (
                <path d={`M${begin - 6} ${middle}l8 -6v12Z`} fill={current} />
              ) : (
                <Interval from={from} to={to} at={place(value)} y={middle} />
              ))}
          </g>
        );
      })}
      <Key y={height + axisHeight} entries={entries} />
    </ChartFigure>
  );
}

/** On a scale of so many times there is no place for 0. */
const isBelowScale = (kind: IntervalChartProps['scale'], value: Figure): boolean =>
  kind === 'times' && typeof value === 'number' && value <= 0;

interface IntervalProps {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly at: number;
  readonly y: number;
}

function Interval({ from, to, at, y }: IntervalProps) {
  return (
    <>
      {from !== undefined && to !== undefined && (
        <path
          d={`M${from} ${y}H${to}M${from} ${y - 5}v10M${to} ${y - 5}v10`}
          stroke={current}
          stroke-width={2}
        />
      )}
      <circle cx={at} cy={y} r={4.5} fill={current} stroke={ground} />
    </>
  );
}

/** The number, and its interval where there is one. */
const inWords = ({ value, low, high }: IntervalRow, style: NumberStyle): string[] => [
  valueInWords(value, style),
  ...(typeof low === 'number' && typeof high === 'number'
    ? [`(${valueInWords(low, style)} to ${valueInWords(high, style)})`]
    : []),
];

/** A tick is a round number, which is written with no more places than it has. */
const tickInWords = (tick: number, { unit }: NumberStyle) => `${String(tick).replace('-', '−')}${unit ?? ''}`;

function axisOf(
  kind: IntervalChartProps['scale'],
  numbers: readonly number[],
  [begin, end]: readonly [begin: number, end: number],
) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (kind === 'times') {
    const scale = scaleLog([least / 1.1, most * 1.1], [begin, end]);
    const round = scale.ticks().filter((tick) => /^0*[.]?0*[125]0*$/.test(String(tick)));
    return { place: rounded(scale), ticks: apart(round, scale, end + AFTER_SCALE) };
  }
  const scale = scaleLinear([least, most > least ? most : least + 1], [begin, end]).nice(4);
  return { place: rounded(scale), ticks: apart(scale.ticks(4), scale, end + AFTER_SCALE) };
}

const rounded = (scale: (value: number) => number) => (value: number) => Math.round(scale(value) * 100) / 100;

/** The ticks whose numbers do not run into the one before. */
function apart(ticks: readonly number[], scale: (value: number) => number, width: number): number[] {
  let end = Number.NEGATIVE_INFINITY;
  return ticks.filter((tick) => {
    const half = textWidth(String(tick), TEXT) / 2;
    const fits = scale(tick) - half > end + 4 && scale(tick) + half <= width;
    if (fits) end = scale(tick) + half;
    return fits;
  });
}
