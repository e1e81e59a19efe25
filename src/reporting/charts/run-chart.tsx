import type { ComponentChildren } from 'preact';
import type { Signal, XmrChart, XmrPoint } from '../../statistics/xmr.ts';
import { xmr } from '../../statistics/xmr.ts';
import type { DataTable } from '../data-table.ts';
import type { Figure } from '../figure.ts';
import { ChartFigure, type ChartProps, usePictureWidth } from './chart-figure.tsx';
import { HiddenMark } from './filled-box.tsx';
import { Key, type KeyEntry, keyHeight, missingEntries, missingInWords } from './key.tsx';
import { current, ground, ink, signal as signalColour } from './palette.ts';
import { TimeLabelTexts, timeLabels } from './time-labels.tsx';
import { PLOT_HEIGHT, PLOT_TOP, ValueTicks, valueAxis } from './value-axis.tsx';
import { type NumberStyle, valueInWords } from './value-in-words.ts';

export interface RunChartPoint {
  /** In full, for the table: “May 2020”, “Quarter 1, 2020 to 2021”. */
  readonly label: string;
  /** Under the axis: “May”. */
  readonly short: string;
  readonly value: Figure;
  /** What it was to reach, or to stay within; null where nothing was aimed at. */
  readonly target?: number | null;
}

export interface RunChartProps extends ChartProps, NumberStyle {
  /** What the points are, one after another, and what the numbers are: headings of the table. */
  readonly timeHeading: string;
  readonly valueHeading: string;
  readonly points: readonly RunChartPoint[];
}

/** What each signal is, in words. */
export const signalInWords: Readonly<Record<Signal, string>> = {
  outside: 'outside the limits',
  trend: 'one of seven or more that each rise, or each fall',
  'two-in-three': 'one of two in three that are near one limit',
  'one-side': 'one of seven or more on one side of the mean',
};

/** Where the parts of it stand: its points, its lines. */
const HIDDEN = { width: 12, height: 14 };

/**
 * A line over time with its mean, the limits of its usual variation and marks on what is more than that (an XmR chart). Fewer
 * than two numbers in a row have no limits: the line stands alone, and says so.
 */
export function RunChart({ id, title, timeHeading, valueHeading, points, ...style }: RunChartProps) {
  const width = usePictureWidth();
  const values = points.map(({ value }) => (typeof value === 'number' ? value : null));
  const chart = xmr(values);
  const numbers = values.filter((value) => value !== null);
  // A count cannot be below 0, so a limit there is none.
  const counts = numbers.every((number) => number >= 0);
  const lowerLimit = chart && !(counts && chart.lowerLimit < 0) ? chart.lowerLimit : null;
  // Nor can a share be above the whole.
  const upperLimit = chart && !(style.unit === '%' && chart.upperLimit > 100) ? chart.upperLimit : null;
  const targets = points.map(({ target }) => target ?? null);
  const all = [...numbers, lowerLimit, upperLimit, ...targets].filter((n) => n !== null && n !== undefined);
  const axis = valueAxis(
    all.length > 0 ? Math.min(...all) : 0,
    Math.max(...all, counts ? 1 : -Infinity),
    style,
  );
  const labels = timeLabels(
    points.map(({ short }) => short),
    axis.left,
    width,
  );
  const slot = (width - axis.left) / Math.max(1, points.length);
  const places = points.map((_point, at) => axis.left + slot * (at + 0.5));
  const figures = points.map(({ value }) => value);
  const entries = entriesOf({ chart, lowerLimit, upperLimit, targets, figures, style });
  const bottom = PLOT_TOP + PLOT_HEIGHT;
  const keyTop = bottom + labels.height + 8;
  const level = (value: number, dashes: string, colour = ink) => (
    <path d={`M${axis.left} ${axis.scale(value)}H${width}`} stroke={colour} stroke-dasharray={dashes} />
  );
  return (
    <ChartFigure
      id={id}
      title={title}
      description={descriptionOf({ points, chart, lowerLimit, upperLimit, valueHeading, style })}
      height={keyTop + keyHeight(entries, width)}
      table={tableOf({ title, timeHeading, valueHeading, points, chart, style })}
    >
      <ValueTicks axis={axis} style={style} />
      {chart && level(chart.mean, 'none')}
      {upperLimit !== null && level(upperLimit, '6 4', signalColour)}
      {lowerLimit !== null && level(lowerLimit, '6 4', signalColour)}
      {targets.map(
        (target, at) =>
          target !== null && (
            <path
              key={at}
              d={`M${round(axis.left + slot * at)} ${round(axis.scale(target))}h${round(slot)}`}
              stroke={ink}
              stroke-width={2}
              stroke-dasharray="2 3"
            />
          ),
      )}
      <path d={lineThrough(values, places, axis.scale)} fill="none" stroke={current} stroke-width={2} />
      {points.map(({ value }, at) => {
        const x = places[at] ?? 0;
        if (value === 'hidden') {
          return (
            <HiddenMark key={at} box={{ x: x - HIDDEN.width / 2, y: bottom - HIDDEN.height, ...HIDDEN }} />
          );
        }
        return typeof value === 'number' ? (
          <g key={at} transform={`translate(${round(x)} ${round(axis.scale(value))})`}>
            {markOf(chart?.points[at]?.signal ?? null)}
          </g>
        ) : null;
      })}
      <TimeLabelTexts y={bottom} labels={labels} />
      <Key y={keyTop} entries={entries} />
    </ChartFigure>
  );
}

const round = (units: number) => Math.round(units * 100) / 100;

/** A line through what is known, broken where it is not. */
function lineThrough(
  values: readonly (number | null)[],
  places: readonly number[],
  scale: (value: number) => number,
): string {
  return values
    .map((value, at) => {
      if (value === null) return '';
      const goesOn = values[at - 1] !== null && at > 0;
      return `${goesOn ? 'L' : 'M'}${round(places[at] ?? 0)} ${round(scale(value))}`;
    })
    .join('');
}

/** Usual points are small and round; a signal is larger, ringed in white, and of a shape of its own. */
function markOf(signal: Signal | null): ComponentChildren {
  if (signal === null) return <circle r={3.5} fill={current} />;
  return <path d={shapes[signal]} fill={signalColour} stroke={ground} stroke-width={1.5} />;
}

const shapes: Readonly<Record<Signal, string>> = {
  outside: 'M0 -8 8 0 0 8 -8 0Z',
  trend: 'M0 -8 7 6H-7Z',
  'two-in-three': 'M-6 -6H6V6H-6Z',
  'one-side': 'M-7 -3H-3V-7H3V-3H7V3H3V7H-3V3H-7Z',
};

interface Shown {
  readonly chart: XmrChart | null;
  /** Null where the numbers themselves can go no further. */
  readonly lowerLimit: number | null;
  readonly upperLimit: number | null;
  readonly style: NumberStyle;
}

function entriesOf({
  chart,
  lowerLimit,
  upperLimit,
  targets,
  figures,
  style,
}: Shown & { targets: readonly (number | null)[]; figures: readonly Figure[] }): KeyEntry[] {
  const line = (dashes: string, colour = ink) => (
    <path d="M0 6H20" stroke={colour} stroke-dasharray={dashes} stroke-width={1.5} />
  );
  const entries: KeyEntry[] = [];
  if (chart) {
    entries.push(
      { sample: line('none'), words: `mean, ${inTenths(chart.mean, style)}` },
      { sample: line('6 4', signalColour), words: limitsInWords(lowerLimit, upperLimit, style) },
    );
  } else {
    entries.push({ sample: null, words: 'too few numbers for limits' });
  }
  const aims = [...new Set(targets.filter((target) => target !== null))];
  if (aims.length > 0)
    entries.push({
      sample: line('2 3'),
      words: `target, ${aims.map((target) => valueInWords(target, style)).join(', then ')}`,
    });
  for (const kind of signalsOf(chart?.points ?? [])) {
    entries.push({
      sample: <g transform="translate(10 6)">{markOf(kind)}</g>,
      words: signalInWords[kind],
    });
  }
  return [...entries, ...missingEntries(figures)];
}

/** Means and limits lie between the numbers that they are of. */
const inTenths = (value: number, style: NumberStyle) =>
  valueInWords(value, { ...style, decimals: (style.decimals ?? 0) + 1 });

function limitsInWords(lowerLimit: number | null, upperLimit: number | null, style: NumberStyle): string {
  const upper = upperLimit === null ? valueInWords(100, style) : inTenths(upperLimit, style);
  return lowerLimit === null
    ? `usual up to ${upper}`
    : `usual from ${inTenths(lowerLimit, style)} to ${upper}`;
}

const signalsOf = (points: readonly XmrPoint[]): Signal[] =>
  (['outside', 'trend', 'two-in-three', 'one-side'] as const).filter((kind) =>
    points.some(({ signal }) => signal === kind),
  );

function descriptionOf({
  points,
  chart,
  lowerLimit,
  upperLimit,
  valueHeading,
  style,
}: Shown & { points: readonly RunChartPoint[]; valueHeading: string }): string {
  const signals = points.flatMap(({ label, value }, at) => {
    const kind = chart?.points[at]?.signal;
    return kind ? [`${label}, ${valueInWords(value, style)}, ${signalInWords[kind]}`] : [];
  });
  const limits = chart
    ? ` Mean ${inTenths(chart.mean, style)}, ${limitsInWords(lowerLimit, upperLimit, style)}.`
    : ' Too few numbers for limits.';
  const found = signals.length > 0 ? ` Signals: ${signals.join('; ')}.` : chart ? ' No signal.' : '';
  return `A line over time: ${valueHeading}, ${points.length} points.${limits}${found}${missingInWords(points.map(({ value }) => value))}`;
}

function tableOf({
  title,
  timeHeading,
  valueHeading,
  points,
  chart,
  style: { decimals, unit },
}: Pick<RunChartProps, 'title' | 'timeHeading' | 'valueHeading' | 'points'> & {
  chart: XmrChart | null;
  style: NumberStyle;
}): DataTable {
  const said = chart?.points.map(({ signal, side }) => {
    if (!signal) return 'none';
    return side ? `${signalInWords[signal]} (${side} the mean)` : signalInWords[signal];
  });
  return {
    title,
    columns: [
      { kind: 'text', heading: timeHeading, cells: points.map(({ label }) => label) },
      {
        kind: 'figure',
        heading: unit ? `${valueHeading} (${unit})` : valueHeading,
        cells: points.map(({ value }) => value),
        ...(decimals === undefined ? {} : { decimals }),
      },
      ...(said ? [{ kind: 'text' as const, heading: 'Signal', cells: said }] : []),
    ],
  };
}
