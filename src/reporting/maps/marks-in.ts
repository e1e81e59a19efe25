import type { MarkKind } from '../charts/palette.ts';
import type { Point, Ring } from './drawn-places.ts';

/** Lines at which across times x plus down times y is a multiple of a distance; all in tenths of a unit. */
interface Family {
  readonly across: number;
  readonly down: number;
  readonly apart: number;
}

const FAMILIES: Readonly<Record<MarkKind, readonly Family[]>> = {
  dots: [{ across: 0, down: 1, apart: 30 }],
  lines: [{ across: 0, down: 1, apart: 26 }],
  stripes: [{ across: 1, down: 1, apart: 38 }],
  'counter-stripes': [{ across: 1, down: -1, apart: 30 }],
  checks: [
    { across: 0, down: 1, apart: 32 },
    { across: 1, down: 0, apart: 32 },
  ],
};

/** A line is drawn where this much of it, in tenths, lies within. */
const SHORTEST = 4;

/**
 * The marks of a filling as they lie within some rings, as the `d` of a path: lines of their own, cut off where the place ends,
 * for browsers print SVG patterns as coarse pictures. They lie on one grid, so that those of neighbours go on in each other.
 */
export function marksIn(rings: readonly Ring[], kind: MarkKind): string {
  return FAMILIES[kind]
    .flatMap((family) => linesWithin(rings, family))
    .map(([from, to]) => (kind === 'dots' ? dotsOn(from, to) : lineBetween(from, to)))
    .join('');
}

/** The parts of a family's lines that lie within the rings, what is in two of them being outside (a hole). */
function linesWithin(rings: readonly Ring[], { across, down, apart }: Family): [Point, Point][] {
  const crossings = new Map<number, Point[]>();
  for (const ring of rings) {
    ring.forEach(([x, y], n) => {
      const [nextX, nextY] = ring[(n + 1) % ring.length] ?? [x, y];
      const [one, other] = [across * x + down * y, across * nextX + down * nextY];
      // A corner on a line is of the edge that begins there upwards, so that each line is crossed an even number of times.
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      for (let at = Math.ceil(low / apart); at * apart < high; at += 1) {
        const part = (at * apart - one) / (other - one);
        const point: Point = [x + (nextX - x) * part, y + (nextY - y) * part];
        crossings.set(at, [...(crossings.get(at) ?? []), point]);
      }
    });
  }
  const along = ([x, y]: Point) => down * x - across * y;
  return [...crossings.values()].flatMap((points) => {
    const inOrder = points.toSorted((a, b) => along(a) - along(b));
    return inOrder.flatMap((from, n): [Point, Point][] => {
      const to = inOrder[n + 1];
      return n % 2 === 0 && to && along(to) - along(from) >= SHORTEST ? [[from, to]] : [];
    });
  });
}

const lineBetween = ([x, y]: Point, [toX, toY]: Point): string =>
  `M${inUnits(x)} ${inUnits(y)}L${inUnits(toX)} ${inUnits(toY)}`;

/** Dots are drawn with round ends, on lines that lie across. */
function dotsOn([fromX, y]: Point, [toX]: Point): string {
  const { apart } = FAMILIES.dots[0] ?? { apart: 30 };
  const first = Math.ceil(Math.min(fromX, toX) / apart);
  const last = Math.floor(Math.max(fromX, toX) / apart);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_dot, n) => `M${inUnits((first + n) * apart)} ${inUnits(y)}h0`,
  ).join('');
}

const inUnits = (tenths: number): string => String(Math.round(tenths) / 10);
