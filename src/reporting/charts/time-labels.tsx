import { LINE, Lines, TEXT } from './chart-figure.tsx';
import { textWidth } from './text-width.ts';

interface TimeLabels {
  readonly height: number;
  readonly shown: readonly { readonly x: number; readonly row: number; readonly words: string }[];
}

/**
 * Labels under an axis of time that do not run into one another: in one row if there is room for all, in two rows turn and turn
 * about, or else as many as there is room for, from the first.
 *
 * @param left where the axis begins
 * @param width units across the picture
 */
export function timeLabels(labels: readonly string[], left: number, width: number): TimeLabels {
  const slot = (width - left) / Math.max(1, labels.length);
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, TEXT))) + 4;
  const rows = widest <= slot ? 1 : 2;
  const step = Math.max(1, Math.ceil(widest / (slot * rows)));
  const shown = labels.flatMap((words, at) => {
    if (at % step !== 0) return [];
    const half = textWidth(words, TEXT) / 2;
    const x = Math.min(width - half, Math.max(half, left + slot * (at + 0.5)));
    return [{ x, row: (at / step) % rows, words }];
  });
  return { height: rows * LINE + 4, shown };
}

export function TimeLabelTexts({ y, labels: { shown } }: { y: number; labels: TimeLabels }) {
  return (
    <>
      {shown.map(({ x, row, words }) => (
        <Lines key={words + x} x={x} y={y + 4 + LINE * (row + 0.5)} lines={[words]} anchor="middle" />
      ))}
    </>
  );
}
