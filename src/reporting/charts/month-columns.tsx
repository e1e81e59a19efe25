import type { DataTable } from '../data-table.ts';
import type { Figure } from '../figure.ts';
import { ChartFigure, type ChartProps, usePictureWidth } from './chart-figure.tsx';
import { FilledBox, HiddenMark } from './filled-box.tsx';
import { Key, keyHeight, missingEntries, missingInWords, sampleOf } from './key.tsx';
import { type Filling, lastYear, thisYear } from './palette.ts';
import { TimeLabelTexts, timeLabels } from './time-labels.tsx';
import { PLOT_HEIGHT, PLOT_TOP, ValueTicks, valueAxis } from './value-axis.tsx';
import { extremesInWords, type NumberStyle } from './value-in-words.ts';

export interface MonthColumn {
  /** In full, for the table: “May 2020”. */
  readonly label: string;
  /** Under the column: “May”. */
  readonly short: string;
  readonly current: Figure;
  /** The same month of the year before; left out of the chart, and the table, when it is in none of the months. */
  readonly previous?: Figure;
}

export interface MonthColumnsProps extends ChartProps, NumberStyle {
  readonly currentName: string;
  readonly previousName: string;
  readonly months: readonly MonthColumn[];
}

/** What of a month's place a column takes: this year's stands before last year's, which is wider. */
const CURRENT_PART = 0.44;
const PREVIOUS_PART = 0.84;
const HIDDEN_HEIGHT = 14;

/** A column for each month, with the same month of the year before behind it. @throws RangeError for a number below 0 */
export function MonthColumns({ id, title, currentName, previousName, months, ...style }: MonthColumnsProps) {
  const width = usePictureWidth();
  const compared = months.some(({ previous }) => previous !== undefined);
  const before = months.map(({ previous }): Figure => previous ?? 'not-available');
  const shown = [...months.map((month) => month.current), ...(compared ? before : [])];
  const numbers = shown.filter((value) => typeof value === 'number');
  if (numbers.some((number) => number < 0))
    throw new RangeError(`A column of “${title}” would begin below 0`);

  const axis = valueAxis(0, Math.max(...numbers, 1), style);
  const slot = (width - axis.left) / Math.max(1, months.length);
  const labels = timeLabels(
    months.map(({ short }) => short),
    axis.left,
    width,
  );
  const entries = [
    { sample: sampleOf(thisYear), words: currentName },
    ...(compared ? [{ sample: sampleOf(lastYear), words: `${previousName}, behind` }] : []),
    ...missingEntries(shown),
  ];
  const bottom = PLOT_TOP + PLOT_HEIGHT;
  const keyTop = bottom + labels.height + 8;

  const column = (value: Figure, at: number, part: number, filling: Filling) => {
    const thick = slot * part;
    const x = axis.left + slot * (at + 0.5) - thick / 2;
    if (value === 'hidden') {
      return <HiddenMark box={{ x, y: bottom - HIDDEN_HEIGHT, width: thick, height: HIDDEN_HEIGHT }} />;
    }
    if (typeof value !== 'number' || value === 0) return null;
    const top = axis.scale(value);
    return <FilledBox box={{ x, y: top, width: thick, height: bottom - top }} filling={filling} />;
  };
  const decimals = style.decimals === undefined ? {} : { decimals: style.decimals };
  const table: DataTable = {
    title,
    columns: [
      { kind: 'text', heading: 'Month', cells: months.map(({ label }) => label) },
      { kind: 'figure', heading: currentName, cells: months.map((month) => month.current), ...decimals },
      ...(compared ? [{ kind: 'figure' as const, heading: previousName, cells: before, ...decimals }] : []),
    ],
  };
  const latest = months.map((month) => ({ label: month.label, value: month.current }));
  return (
    <ChartFigure
      id={id}
      title={title}
      description={`A column for each of ${months.length} months${compared ? `, before that of the same month in ${previousName}` : ''}.${extremesInWords(latest, style)}${missingInWords(shown)}`}
      height={keyTop + keyHeight(entries, width)}
      table={table}
    >
      <ValueTicks axis={axis} style={style} />
      {compared && before.map((value, at) => column(value, at, PREVIOUS_PART, lastYear))}
      {months.map((month, at) => column(month.current, at, CURRENT_PART, thisYear))}
      <TimeLabelTexts y={bottom} labels={labels} />
      <Key y={keyTop} entries={entries} />
    </ChartFigure>
  );
}
