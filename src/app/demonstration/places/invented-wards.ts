import { geoContains } from 'd3-geo';
import type { Position } from 'geojson';
import type { AreaNames, BoroughShape, Shape, Ward } from '../../../places/index.ts';
import { Chance } from '../history/chance.ts';
import { referralsByBorough } from '../history/referral-tables.ts';
import { namesOfWards, wardsOf } from '../history/ward-tables.ts';
import { type Middle, nearestTo } from './nearest.ts';

const SEED = 20_180_901;
/** So many points are tried for the middle of each ward; the one farthest from the others is taken. */
const TRIED = 24;

/**
 * Wards that nobody drew: each borough’s own shape, divided among points that lie about evenly in it. They have the codes that
 * the wards of 2018 to 2022 had, which the invented referrals name, and of their true places nothing.
 */
export function inventedWards(boroughs: readonly BoroughShape[], areas: AreaNames): Ward[] {
  const chance = new Chance(SEED);
  return boroughs
    .filter(({ area }) => Object.hasOwn(referralsByBorough, area))
    .toSorted((a, b) => (a.area < b.area ? -1 : 1))
    .flatMap(({ area, shape }) => {
      const codes = wardsOf(area);
      const shapes = nearestTo(outerRings(shape), spread(chance, shape, codes.length));
      return codes.flatMap((code, n) => {
        const drawn = shapes[n];
        return drawn
          ? [
              {
                code,
                name: namesOfWards[code] ?? `${areas.nameOf(area)} ward ${n + 1} (invented)`,
                area,
                shape: drawn,
              },
            ]
          : [];
      });
    });
}

const outerRings = (shape: Shape): Position[][] =>
  (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).flatMap(([outer = []]) => [
    outer.slice(0, -1),
  ]);

/** So many points within a shape, far from one another. */
function spread(chance: Chance, shape: Shape, count: number): Middle[] {
  const all = outerRings(shape).flat();
  const [west, east] = [Math.min(...all.map(([x = 0]) => x)), Math.max(...all.map(([x = 0]) => x))];
  const [south, north] = [Math.min(...all.map(([, y = 0]) => y)), Math.max(...all.map(([, y = 0]) => y))];
  const within = (): readonly [number, number] => {
    for (;;) {
      const at: [number, number] = [
        west + ((east - west) * chance.below(10_000)) / 10_000,
        south + ((north - south) * chance.below(10_000)) / 10_000,
      ];
      if (geoContains(shape, at)) return at;
    }
  };
  const chosen: Middle[] = [];
  while (chosen.length < count) {
    const tried = Array.from({ length: TRIED }, within);
    const room = ([x, y]: readonly [number, number]) =>
      Math.min(...chosen.map(({ at: [other, otherY] }) => Math.hypot((x - other) * 0.62, y - otherY)));
    const [best] = tried.toSorted((a, b) => room(b) - room(a));
    if (best) chosen.push({ at: best });
  }
  return chosen;
}
