import { geoArea } from 'd3-geo';
import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { readShapes, type Shape, wound } from './shapes.ts';

const clockwise: Position[] = [
  [0, 51],
  [0, 52],
  [1, 52],
  [1, 51],
  [0, 51],
];
const small: Position[] = clockwise.map(([x = 0, y = 0]) => [0.4 + x / 10, 51.4 + (y - 51) / 10]);
const polygon = (...coordinates: Position[][]): Shape => ({ type: 'Polygon', coordinates });

describe('winding', () => {
  const right = geoArea(polygon(clockwise));

  test('is as d3-geo draws it, whichever way a file has it', () => {
    expect(right).toBeLessThan(0.001);
    expect(geoArea(polygon(clockwise.toReversed()))).toBeGreaterThan(2 * Math.PI);
    for (const ring of [clockwise, clockwise.toReversed()]) {
      expect(geoArea(wound(polygon(ring)))).toBeCloseTo(right, 12);
    }
  });

  test('leaves a hole a hole', () => {
    for (const outside of [clockwise, clockwise.toReversed()]) {
      for (const hole of [small, small.toReversed()]) {
        const area = geoArea(wound(polygon(outside, hole)));
        expect(area).toBeCloseTo(right - geoArea(polygon(small)), 12);
      }
    }
  });

  test('is mended in every part of a place', () => {
    const parts: Shape = {
      type: 'MultiPolygon',
      coordinates: [[clockwise.toReversed()], [small.map(([x = 0, y = 0]) => [x + 2, y])]],
    };
    expect(geoArea(wound(parts))).toBeLessThan(0.001);
  });
});

describe('a boundary file', () => {
  const topology = (objects: object) =>
    JSON.stringify({
      type: 'Topology',
      arcs: [clockwise.slice(0, 3), clockwise.slice(2)],
      objects,
    });
  const layer = {
    type: 'GeometryCollection',
    geometries: [{ type: 'Polygon', arcs: [[0, 1]], properties: { code: 'E1' } }],
  };

  test('may be TopoJSON, whatever its layer is called', () => {
    const { places, faults } = readShapes(topology({ anything: layer }));
    expect(faults).toEqual([]);
    expect(places).toEqual([{ place: 0, properties: { code: 'E1' }, shape: polygon(clockwise) }]);
  });

  test('with several layers, none, or arcs that are not there is refused', () => {
    const whatOf = (text: string) => readShapes(text).faults.map(({ what }) => what);
    expect(whatOf(topology({ one: layer, two: layer }))).toEqual([expect.stringContaining('(one, two)')]);
    expect(whatOf(topology({}))).toEqual([expect.stringContaining('no layer')]);
    const broken = { ...layer, geometries: [{ type: 'Polygon', arcs: [[7]], properties: {} }] };
    expect(whatOf(topology({ broken }))).toEqual([expect.stringContaining('arcs')]);
  });

  test('tells of each place that is no area', () => {
    const of = (geometry: object | null) => ({ type: 'Feature', properties: {}, geometry });
    const text = JSON.stringify(
      {
        type: 'FeatureCollection',
        features: [
          of(null),
          of({ type: 'Point', coordinates: [0, 51] }),
          of({ type: 'Polygon', coordinates: [clockwise.slice(0, 3)] }),
          of({ type: 'Polygon', coordinates: [[...clockwise.slice(0, 3), ['a', 'b'], [0, 51]]] }),
          of({ type: 'MultiPolygon', coordinates: [] }),
        ],
      },
      null,
      1,
    );
    const { places, faults } = readShapes(text);
    expect(places).toEqual([]);
    expect(faults.map(({ what }) => what)).toEqual([
      expect.stringContaining('no shape'),
      expect.stringContaining('Point is no area'),
      expect.stringContaining('fewer than four points'),
      expect.stringContaining('WGS 84'),
      expect.stringContaining('empty'),
    ]);
    const lines = text.split('\n');
    for (const { line } of faults) expect(lines[line - 1]).toContain('"properties"');
    expect(new Set(faults.map(({ line }) => line)).size).toBe(5);
  });
});
