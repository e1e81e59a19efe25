import type { ComponentChildren } from 'preact';
import { type MissingFigure, shorthand } from '../figure.ts';
import { LINE, Lines, TEXT, usePictureWidth } from './chart-figure.tsx';
import { FilledBox, HiddenMark } from './filled-box.tsx';
import type { Filling } from './palette.ts';
import { wrapped } from './text-width.ts';

/** One thing of a picture and what it stands for. */
export interface KeyEntry {
  /** Drawn in a space of 20 units by 12, from its upper left corner. */
  readonly sample: ComponentChildren;
  readonly words: string;
}

const INDENT = 28;
const GAP = 6;

const linesOf = ({ words }: KeyEntry, width: number) => wrapped(words, width - INDENT, TEXT);

/** Units down that a key takes in a picture of so many units across. */
export function keyHeight(entries: readonly KeyEntry[], width: number): number {
  return entries.reduce((sum, entry) => sum + linesOf(entry, width).length * LINE + GAP, 0);
}

/** What the parts of a picture stand for, one under the other. */
export function Key({ y, entries }: { y: number; entries: readonly KeyEntry[] }) {
  const width = usePictureWidth();
  let top = y;
  return (
    <>
      {entries.map((entry) => {
        const place = top;
        const lines = linesOf(entry, width);
        top += lines.length * LINE + GAP;
        return (
          <g key={entry.words} transform={`translate(0 ${place})`}>
            <g transform={`translate(0 ${(LINE - 12) / 2})`}>{entry.sample}</g>
            <Lines x={INDENT} y={LINE / 2} lines={lines} />
          </g>
        );
      })}
    </>
  );
}

/** A key's entries for what stands in the place of numbers, where it does. */
export function missingEntries(figures: readonly unknown[]): KeyEntry[] {
  return (['hidden', 'not-available', 'not-applicable'] as const)
    .filter((missing) => figures.includes(missing))
    .map((missing) => ({
      sample: missing === 'hidden' ? <HiddenMark box={SAMPLE} /> : null,
      words: `${shorthand[missing].mark} ${shorthand[missing].says}`,
    }));
}

/** How many numbers of each kind are missing, as a sentence to end a description with; empty when none is. */
export function missingInWords(figures: readonly unknown[]): string {
  return (['hidden', 'not-available'] satisfies MissingFigure[])
    .map((missing) => {
      const many = figures.filter((figure) => figure === missing).length;
      if (many === 0) return '';
      return ` ${many} ${many === 1 ? 'number is' : 'numbers are'} ${shorthand[missing].says}.`;
    })
    .join('');
}

/** A sample of a filling, for a key. */
export const sampleOf = (filling: Filling) => <FilledBox box={SAMPLE} filling={filling} />;

const SAMPLE = { x: 0.5, y: 0.5, width: 19, height: 11 };
