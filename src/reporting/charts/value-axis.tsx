import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { Lines, TEXT, usePictureWidth } from './chart-figure.tsx';
import { faint, ink } from './palette.ts';
import { textWidth } from './text-width.ts';
import { type NumberStyle, valueInWords } from './value-in-words.ts';

/** An upright axis of round numbers: where they stand, and how far in the picture begins. */
export interface ValueAxis {
  readonly scale: ScaleLinear<number, number>;
  readonly ticks: readonly number[];
  /** Units from the left to the axis, after its numbers. */
  readonly left: number;
}

/** How high the picture is above its axis of time, and what is left free above. */
export const PLOT_TOP = 12;
export const PLOT_HEIGHT = 190;

/** An axis that holds all of the numbers, from a round number to a round number. Counts have no tick between whole ones. */
export function valueAxis(from: number, to: number, style: NumberStyle): ValueAxis {
  // Of one number alone there is room above it, and below it where none can be more.
  const isWhole = style.unit === '%' && from >= 100;
  const [least, most] = to > from ? [from, to] : isWhole ? [from - 10, from] : [from, from + 1];
  const scale = scaleLinear([least, most], [PLOT_TOP + PLOT_HEIGHT, PLOT_TOP]).nice(5);
  const ticks = scale.ticks(5).filter((tick) => (style.decimals ?? 0) > 0 || Number.isInteger(tick));
  const widest = Math.max(...ticks.map((tick) => textWidth(valueInWords(tick, style), TEXT)));
  return { scale, ticks, left: widest + 8 };
}

export function ValueTicks({ axis: { scale, ticks, left }, style }: { axis: ValueAxis; style: NumberStyle }) {
  const width = usePictureWidth();
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${left} ${scale(tick)}H${width}`} stroke={tick === 0 ? ink : faint} />
          <Lines x={left - 5} y={scale(tick)} lines={[valueInWords(tick, style)]} anchor="end" />
        </g>
      ))}
    </>
  );
}
