import type { Point, Ring } from './drawn-places.ts';

/** So many points across and down are tried, again and again nearer to the best. */
const TRIED = 12;
const ROUNDS = 3;

/**
 * Where in a ring a label has most room: the point that is farthest from its outline, as near as a few rounds of trying come to it.
 * The centre of gravity will not do: of a crescent, it lies outside.
 *
 * @returns in tenths of a unit, as the ring is
 */
export function roomIn(ring: Ring): Point {
  const across = ring.map(([x]) => x);
  const down = ring.map(([, y]) => y);
  let box = {
    left: Math.min(...across),
    top: Math.min(...down),
    width: Math.max(...across) - Math.min(...across),
    height: Math.max(...down) - Math.min(...down),
  };
  let best: Point = [box.left + box.width / 2, box.top + box.height / 2];
  let most = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let row = 0; row <= TRIED; row += 1)
      for (let column = 0; column <= TRIED; column += 1) {
        const point: Point = [box.left + (box.width * column) / TRIED, box.top + (box.height * row) / TRIED];
        const room = isWithin(point, ring) ? distanceTo(ring, point) : Number.NEGATIVE_INFINITY;
        if (room > most) [most, best] = [room, point];
      }
    const [width, height] = [(box.width * 2) / TRIED, (box.height * 2) / TRIED];
    box = { left: best[0] - width / 2, top: best[1] - height / 2, width, height };
  }
  return best;
}

/** Whether a line from a point to the right crosses the ring an odd number of times. */
export function isWithin([x, y]: Point, ring: Ring): boolean {
  let within = false;
  ring.forEach(([x1, y1], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
  });
  return within;
}

const distanceTo = (ring: Ring, point: Point): number =>
  Math.min(...ring.map((from, n) => distanceToLine(point, from, ring[(n + 1) % ring.length] ?? from)));

function distanceToLine([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
