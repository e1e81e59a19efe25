import { geoArea } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { PlaceFault } from './place-fault.ts';

/** The shape of a place in degrees of longitude and latitude (WGS 84). */
export type Shape = Polygon | MultiPolygon;

/** A place of a boundary file: what the file says of it, and its shape. */
export interface ShapedPlace {
  /** From 0, in the file's order. */
  place: number;
  properties: Readonly<Record<string, unknown>>;
  shape: Shape;
}

/** The islands and their waters, with room: whatever is outside was not written in degrees. */
const BOUNDS = { west: -20, east: 10, south: 45, north: 65 };
/** Half of the globe, in steradians: a ring that is wound the wrong way has everything but the place inside. */
const HALF_THE_GLOBE = 2 * Math.PI;

/**
 * Reads a boundary file, GeoJSON or TopoJSON. Rings are wound as d3-geo wants them, whichever way the file's are: the
 * standard (RFC 7946) asks for the opposite of what d3-geo draws, and files have both.
 */
export function readShapes(text: string): { places: ShapedPlace[]; faults: PlaceFault[] } {
  const refused = (line: number, what: string) => ({ places: [], faults: [{ line, column: '', what }] });
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return refused(lineOfError(error, text), 'this is no JSON: give a file of GeoJSON or TopoJSON');
  }
  const features = featuresOf(read);
  if (typeof features === 'string') return refused(1, features);
  const places: ShapedPlace[] = [];
  const faults: PlaceFault[] = [];
  for (const [place, { properties, geometry }] of features.entries()) {
    const what = faultOf(geometry);
    if (what === null) places.push({ place, properties: properties ?? {}, shape: wound(geometry as Shape) });
    else faults.push({ line: lineOfPlace(text, place), column: 'geometry', what });
  }
  return { places, faults };
}

/** The line on which a place of the file begins, as far as its properties show it; from 1. */
export function lineOfPlace(text: string, place: number): number {
  let from = -1;
  for (let n = 0; n <= place; n += 1) {
    const next = text.indexOf('"properties"', from + 1);
    if (next === -1) return 1;
    from = next;
  }
  return linesBefore(text, from);
}

/** The rings of a shape, wound so that each polygon is the part of the globe inside it. */
export function wound(shape: Shape): Shape {
  if (shape.type === 'Polygon') return { type: 'Polygon', coordinates: woundRings(shape.coordinates) };
  return { type: 'MultiPolygon', coordinates: shape.coordinates.map(woundRings) };
}

function woundRings(rings: Position[][]): Position[][] {
  return rings.map((ring, n) => {
    const area = geoArea({ type: 'Polygon', coordinates: [ring] });
    const isOutside = n === 0;
    return isOutside === area > HALF_THE_GLOBE ? ring.toReversed() : ring;
  });
}

function featuresOf(read: unknown): Feature<Geometry | null>[] | string {
  if (!isObject(read)) return 'this is neither GeoJSON nor TopoJSON: its outermost value must be an object';
  if (read.type === 'FeatureCollection' && Array.isArray(read.features)) {
    const collection = read as unknown as FeatureCollection;
    return collection.features.length === 0 ? 'there is no place in the file' : collection.features;
  }
  if (read.type !== 'Topology' || !isObject(read.objects) || !Array.isArray(read.arcs)) {
    return 'this is neither GeoJSON nor TopoJSON: its type must be "FeatureCollection" or "Topology"';
  }
  const topology = read as unknown as Topology;
  const layers = Object.entries(topology.objects).filter(
    (entry): entry is [string, GeometryCollection] => entry[1].type === 'GeometryCollection',
  );
  const [layer, ...others] = layers;
  if (!layer) return 'there is no layer of places among the objects of this TopoJSON';
  if (others.length > 0) {
    const names = layers.map(([name]) => name).join(', ');
    return `there are several layers in this TopoJSON (${names}): give a file with one`;
  }
  try {
    return feature(topology, layer[1]).features;
  } catch {
    return 'the arcs of this TopoJSON are broken: export it again';
  }
}

function faultOf(geometry: Geometry | null | undefined): string | null {
  if (!geometry) return 'there is no shape: every place needs one';
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    return `a ${geometry.type} is no area: it must be a Polygon or a MultiPolygon`;
  }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (polygons.length === 0) return 'the shape is empty';
  for (const ring of polygons.flat()) {
    if (ring.length < 4) return 'a ring has fewer than four points';
    for (const [longitude = Number.NaN, latitude = Number.NaN] of ring) {
      const inside =
        longitude >= BOUNDS.west &&
        longitude <= BOUNDS.east &&
        latitude >= BOUNDS.south &&
        latitude <= BOUNDS.north;
      if (!inside) {
        return `the point ${longitude}, ${latitude} is not in these islands: coordinates must be longitude and latitude (WGS 84, EPSG:4326), not metres of a grid`;
      }
    }
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON.parse tells the position of what it cannot read, or some letters around it; else it wanted more than there is. */
function lineOfError(error: unknown, text: string): number {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return linesBefore(text, Number(position));
  const around = /, (?:\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/.exec(message)?.[1];
  const at = around === undefined ? -1 : text.indexOf(around);
  return linesBefore(text, at === -1 ? text.length : at + 1);
}

function linesBefore(text: string, position: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
