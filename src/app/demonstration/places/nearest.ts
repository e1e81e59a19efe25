import type { MultiPolygon, Position } from 'geojson';

/** A point that draws what is near it, in degrees. */
export interface Middle {
  readonly at: readonly [longitude: number, latitude: number];
  /** How far it reaches beyond what is merely nearest, in degrees of latitude: 0 for no further. */
  readonly reach?: number;
}

/** A degree of longitude is so much of one of latitude, here. */
const ACROSS = 0.62;

/**
 * Divides an area among some points: each has what lies nearest to it (a Voronoi diagram; a power diagram where they reach unlike far).
 * Coordinates are rounded to metres, so that neighbours meet.
 *
 * @param rings the outer rings of the area, without their last point
 */
export function nearestTo(rings: readonly Position[][], middles: readonly Middle[]): MultiPolygon[] {
  return middles.map((own) => ({
    type: 'MultiPolygon',
    coordinates: rings.flatMap((ring) => {
      const cell = middles.reduce(
        (left, other) => (other === own ? left : withoutBeyond(left, own, other)),
        [...ring],
      );
      const rounded = cell.map(([x = 0, y = 0]): Position => [toMetres(x), toMetres(y)]);
      const [first] = rounded;
      return first && rounded.length > 2 ? [[[...rounded, first]]] : [];
    }),
  }));
}

const toMetres = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** What of a ring is no nearer to another point (Sutherland and Hodgman's clipping, by one line). */
function withoutBeyond(ring: readonly Position[], own: Middle, other: Middle): Position[] {
  const excess = (point: Position) => farFrom(point, own) - farFrom(point, other);
  return ring.flatMap((point, n) => {
    const next = ring[(n + 1) % ring.length] ?? point;
    const [here, there] = [excess(point), excess(next)];
    const kept = here <= 0 ? [point] : [];
    if (here <= 0 === there <= 0) return kept;
    const part = here / (here - there);
    return [...kept, point.map((from, axis) => from + part * ((next[axis] ?? from) - from))];
  });
}

function farFrom([x = 0, y = 0]: Position, { at: [longitude, latitude], reach = 0 }: Middle): number {
  return ((x - longitude) * ACROSS) ** 2 + (y - latitude) ** 2 - reach ** 2;
}
