import type { Figure } from '../figure.ts';
import { ChartFigure, type ChartProps, LINE, Lines, TEXT, usePictureWidth } from './chart-figure.tsx';
import { FilledBox, HiddenMark } from './filled-box.tsx';
import { Key, keyHeight, missingEntries, missingInWords, sampleOf } from './key.tsx';
import { parts as fillings, hidden } from './palette.ts';
import { textWidth, wrapped } from './text-width.ts';
import { valueInWords } from './value-in-words.ts';

export interface StackedSharesProps extends ChartProps {
  /** What the parts are, each: heading of the table. */
  readonly partHeading: string;
  /** Six at most: more are better as bars. */
  readonly partNames: readonly string[];
  /** A bar for each whole, with a whole percentage for each part. */
  readonly bars: readonly { readonly label: string; readonly percentages: readonly Figure[] }[];
}

const BAR = 30;
const GAP = 2;
const BETWEEN = 16;
const PERCENT = { unit: '%' } as const;

/**
 * Bars of equal length, divided into the shares of their parts. What is hidden shares one piece, at the end, of what the others
 * leave; when nothing else is known of a bar it is hidden as a whole. Percentages that are rounded may add up to a little more or
 * less than 100: the bar is as long all the same.
 *
 * @throws RangeError for more than six parts, or a bar that has not a percentage for each
 */
export function StackedShares({ id, title, partHeading, partNames, bars }: StackedSharesProps) {
  if (partNames.length > fillings.length)
    throw new RangeError(`“${title}” has more parts than can be told apart`);
  const wrong = bars.find(({ percentages }) => percentages.length !== partNames.length);
  if (wrong) throw new RangeError(`${wrong.label} in “${title}” has no percentage for each part`);
  const width = usePictureWidth();
  const all = bars.flatMap(({ percentages }) => percentages);
  const entries = [
    ...partNames.map((words, part) => ({ sample: sampleOf(fillingOf(part)), words })),
    ...missingEntries(all),
  ];
  const laid = bars.map(({ label, percentages }) => {
    const lines = wrapped(label, width, TEXT);
    return { lines, percentages, height: (lines.length + 1) * LINE + BAR + BETWEEN };
  });
  const height = laid.reduce((sum, bar) => sum + bar.height, 0);
  let next = 0;
  return (
    <ChartFigure
      id={id}
      title={title}
      description={`Shares of ${partNames.length} parts. ${bars.map(({ label, percentages }) => `${label}: ${percentages.map((share, part) => `${partNames[part]} ${valueInWords(share, PERCENT)}`).join(', ')}`).join('. ')}.${missingInWords(all)}`}
      height={height + keyHeight(entries, width)}
      table={{
        title,
        columns: [
          { kind: 'text', heading: partHeading, cells: partNames },
          ...bars.map(({ label, percentages }) => ({
            kind: 'figure' as const,
            heading: `${label} (%)`,
            cells: percentages,
          })),
        ],
      }}
    >
      {laid.map(({ lines, percentages, height: barHeight }, at) => {
        const top = next;
        next += barHeight;
        const barTop = top + (lines.length + 1) * LINE;
        return (
          <g key={at}>
            <Lines x={0} y={top + LINE / 2} lines={lines} bold />
            {piecesOf(percentages, width).map(({ part, x, across, words }) => (
              <g key={x}>
                {part === 'hidden' ? (
                  <HiddenMark box={{ x, y: barTop, width: across, height: BAR }} />
                ) : (
                  <FilledBox box={{ x, y: barTop, width: across, height: BAR }} filling={fillingOf(part)} />
                )}
                {textWidth(words, TEXT) <= across && (
                  <Lines x={x + across / 2} y={barTop - LINE / 2} lines={[words]} anchor="middle" />
                )}
              </g>
            ))}
          </g>
        );
      })}
      <Key y={height} entries={entries} />
    </ChartFigure>
  );
}

const fillingOf = (part: number) => fillings[part] ?? hidden;

interface Piece {
  readonly part: number | 'hidden';
  readonly x: number;
  readonly across: number;
  readonly words: string;
}

/** The pieces of a bar, from the left. What is hidden is drawn by what the rest leaves, which is all that is told of it. */
function piecesOf(percentages: readonly Figure[], width: number): Piece[] {
  const known = percentages.flatMap((share, part) =>
    typeof share === 'number' && share > 0 ? [{ part, share, words: valueInWords(share, PERCENT) }] : [],
  );
  const sum = known.reduce((total, { share }) => total + share, 0);
  const pieces: { part: number | 'hidden'; share: number; words: string }[] = [...known];
  if (percentages.includes('hidden')) {
    // At least a mark: shares that are rounded may add up to 100 without what is hidden.
    pieces.push({ part: 'hidden', share: Math.max(5, 100 - sum), words: valueInWords('hidden', PERCENT) });
  }
  const whole = pieces.reduce((total, { share }) => total + share, 0);
  let x = 0.5;
  return pieces.map(({ part, share, words }) => {
    const room = ((width - 1) * share) / whole;
    const piece = {
      part,
      x: Math.round(x * 100) / 100,
      across: Math.max(1, Math.round((room - GAP) * 100) / 100),
      words,
    };
    x += room;
    return piece;
  });
}
