import { z } from 'zod';
import { naturalBreaks } from '../jenks.ts';

/** How many boroughs fall in each class of the map: their counts from and to, both included. */
export type Band = {
  readonly from: number;
  readonly to: number;
  readonly boroughs: number;
};

/** The first number of each band and the last of the last; or natural breaks in five classes. */
const setBands = z.union([
  z.literal('jenks'),
  z.object({ from: z.array(z.number().int().min(0)).min(1), to: z.number().int().min(0) }),
]);

/** Those of the year 3 strategic assessment. */
const AS_SHIPPED = { from: [0, 5, 11, 20, 36], to: 48 };
const CLASSES = 5;

/**
 * The bands of a map, by the break points that the service has set. A count above the last band extends it.
 *
 * @param counts one for each borough
 */
export function boroughBands(counts: readonly number[], set: unknown): Band[] {
  const bands = setBands.safeParse(set);
  if (bands.success && bands.data === 'jenks') {
    return naturalBreaks(counts, CLASSES).map(({ from, to, size }) => ({ from, to, boroughs: size }));
  }
  const { from, to } = bands.success && bands.data !== 'jenks' ? bands.data : AS_SHIPPED;
  const firsts = [...from].sort((a, b) => a - b);
  const last = Math.max(to, ...counts);
  return firsts.map((first, n) => {
    const next = firsts[n + 1];
    const end = next === undefined ? last : next - 1;
    return {
      from: first,
      to: end,
      boroughs: counts.filter((count) => count >= first && count <= end).length,
    };
  });
}
