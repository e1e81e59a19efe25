import { type GeoProjection, geoTransverseMercator } from 'd3-geo';
import type { FeatureCollection, Position } from 'geojson';
import type { Shape } from '../../places/index.ts';

/** A place to draw: by the key that its figures have. */
export interface MapPlace {
  readonly key: string;
  readonly shape: Shape;
}

/** A point of a drawing, in tenths of a unit: whole numbers, so that what meets on the map meets in the drawing. */
export type Point = readonly [x: number, y: number];
/** A ring without its last point, which is its first. */
export type Ring = readonly Point[];

export interface DrawnPlace {
  readonly key: string;
  /** The `d` of a path. */
  readonly path: string;
  readonly rings: readonly Ring[];
  /** In units: the middle of its largest part. */
  readonly middle: readonly [x: number, y: number];
}

/** Places as they lie on the drawing, and where any other point would. */
export interface DrawnPlaces {
  readonly places: readonly DrawnPlace[];
  /** Units down. */
  readonly height: number;
  /** Where a point in degrees is, in units. */
  pointAt(longitude: number, latitude: number): readonly [x: number, y: number] | undefined;
}

const TENTHS = 10;
/** Units around all, so that no outline is cut off. */
const MARGIN = 1;
/** Of the parts of a place only those are drawn that are larger than this, in square tenths of a unit: the others are no larger than a dot. */
const SMALLEST = 40;

/** The projection of the maps of these islands: a transverse Mercator about 2° W, as the National Grid is. */
const ABOUT = 2;

/** Lays places out across a drawing of so many units, as far down as they need. */
export function drawPlaces(places: readonly MapPlace[], width: number): DrawnPlaces {
  const all: FeatureCollection = {
    type: 'FeatureCollection',
    features: places.map(({ shape }) => ({ type: 'Feature', properties: {}, geometry: shape })),
  };
  const projection = geoTransverseMercator()
    .rotate([ABOUT, 0])
    .fitWidth(width - 2 * MARGIN, all);
  const [left, top] = projection.translate();
  projection.translate([left + MARGIN, top + MARGIN]);
  let bottom = 0;
  const drawn = places.map(({ key, shape }): DrawnPlace => {
    const rings = ringsOf(shape, projection);
    for (const ring of rings) for (const [, y] of ring) bottom = Math.max(bottom, y);
    return { key, rings, path: rings.map(pathOf).join(''), middle: middleOf(rings[0] ?? []) };
  });
  return {
    places: drawn,
    height: Math.ceil(bottom / TENTHS) + MARGIN,
    pointAt(longitude, latitude) {
      const point = projection([longitude, latitude]);
      return point ? [round(point[0]) / TENTHS, round(point[1]) / TENTHS] : undefined;
    },
  };
}

/** Whole tenths of a unit. */
const round = (units: number) => Math.round(units * TENTHS);

/** The rings of a shape that can be seen, the largest first; the largest in any case. */
function ringsOf(shape: Shape, projection: GeoProjection): Ring[] {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const rings = polygons
    .flat()
    .map((ring) => ringOf(ring, projection))
    .map((ring) => ({ ring, size: Math.abs(areaOf(ring)) }))
    .toSorted((a, b) => b.size - a.size);
  return rings
    .filter(({ ring, size }, n) => ring.length > 2 && (n === 0 || size > SMALLEST))
    .map(({ ring }) => ring);
}

function ringOf(positions: readonly Position[], projection: GeoProjection): Ring {
  const ring: Point[] = [];
  for (const [longitude = 0, latitude = 0] of positions) {
    const projected = projection([longitude, latitude]);
    if (!projected) continue;
    const point: Point = [round(projected[0]), round(projected[1])];
    if (!isSame(ring.at(-1), point)) ring.push(point);
  }
  if (ring.length > 1 && isSame(ring[0], ring.at(-1))) ring.pop();
  return ring;
}

const isSame = (one: Point | undefined, other: Point | undefined) =>
  one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1];

/** Twice the area inside, by the shoelace formula. */
function areaOf(ring: Ring): number {
  return ring.reduce((sum, [x, y], n) => {
    const [nextX, nextY] = ring[(n + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** The centre of gravity of a ring, in units. */
function middleOf(ring: Ring): [number, number] {
  const area = areaOf(ring);
  const [first] = ring;
  if (!first) return [0, 0];
  if (area === 0) return [toUnits(first[0]), toUnits(first[1])];
  let [sumX, sumY] = [0, 0];
  ring.forEach(([x, y], n) => {
    const [nextX, nextY] = ring[(n + 1) % ring.length] ?? [x, y];
    const cross = x * nextY - nextX * y;
    sumX += (x + nextX) * cross;
    sumY += (y + nextY) * cross;
  });
  return [toUnits(sumX / (3 * area)), toUnits(sumY / (3 * area))];
}

/** A closed path, each point told by how far it is from the one before. */
export function pathOf(ring: Ring): string {
  return `${lineOf(ring)}Z`;
}

/** A path that stays open. */
export function lineOf(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  let [x, y] = first;
  const steps = others.map(([nextX, nextY]) => {
    const step = `${inUnits(nextX - x)} ${inUnits(nextY - y)}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  return `M${inUnits(first[0])} ${inUnits(first[1])}l${steps.join(' ')}`;
}

/** To a tenth. */
const toUnits = (tenths: number): number => Math.round(tenths) / TENTHS;

const inUnits = (tenths: number): string => String(tenths / TENTHS);
