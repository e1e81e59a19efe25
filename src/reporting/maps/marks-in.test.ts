import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point, Ring } from './drawn-places.ts';
import { marksIn } from './marks-in.ts';

const square: Ring = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
];
const hole: Ring = [
  [20, 20],
  [80, 20],
  [80, 80],
  [20, 80],
];
const linesOf = (path: string) =>
  Array.from(path.matchAll(/M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)/g), (match) =>
    match.slice(1).map(Number),
  );
const length = (lines: number[][]) =>
  lines.reduce((sum, [x = 0, y = 0, toX = 0, toY = 0]) => sum + Math.hypot(toX - x, toY - y), 0);

describe('the marks of a filling', () => {
  test('are cut off where the place ends', () => {
    expect(marksIn([square], 'lines')).toBe('M0 0L10 0M0 2.6L10 2.6M0 5.2L10 5.2M0 7.8L10 7.8');
    expect(marksIn([square], 'dots')).toMatch(/^(M[\d.]+ [\d.]+h0)+$/);
  });

  test('are not in a hole', () => {
    expect(linesOf(marksIn([square, hole], 'lines'))).toEqual([
      [0, 0, 10, 0],
      [0, 2.6, 2, 2.6],
      [8, 2.6, 10, 2.6],
      [0, 5.2, 2, 5.2],
      [8, 5.2, 10, 5.2],
      [0, 7.8, 2, 7.8],
      [8, 7.8, 10, 7.8],
    ]);
  });

  test('rise, fall, or cross', () => {
    for (const [x = 0, y = 0, toX = 0, toY = 0] of linesOf(marksIn([square], 'stripes'))) {
      expect(toY - y).toBeCloseTo(-(toX - x), 5);
    }
    for (const [x = 0, y = 0, toX = 0, toY = 0] of linesOf(marksIn([square], 'counter-stripes'))) {
      expect(toY - y).toBeCloseTo(toX - x, 5);
    }
    expect(linesOf(marksIn([square], 'checks')).length).toBe(8);
  });

  test('never lie outside the place, whatever its shape', () => {
    const triangles = fc.tuple(
      ...[0, 1, 2].map(() => fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }))),
    ) as fc.Arbitrary<Point[]>;
    fc.assert(
      fc.property(
        triangles,
        fc.constantFrom('lines', 'stripes', 'counter-stripes', 'checks'),
        (ring, kind) => {
          const [xs, ys] = [ring.map(([x]) => x / 10), ring.map(([, y]) => y / 10)];
          for (const [x = 0, y = 0, toX = 0, toY = 0] of linesOf(marksIn([ring], kind))) {
            expect(Math.min(x, toX)).toBeGreaterThanOrEqual(Math.min(...xs) - 0.05);
            expect(Math.max(x, toX)).toBeLessThanOrEqual(Math.max(...xs) + 0.05);
            expect(Math.min(y, toY)).toBeGreaterThanOrEqual(Math.min(...ys) - 0.05);
            expect(Math.max(y, toY)).toBeLessThanOrEqual(Math.max(...ys) + 0.05);
          }
        },
      ),
    );
  });

  test('cover a place in proportion to its size', () => {
    const large: Ring = square.map(([x, y]) => [x * 10, y * 10]);
    expect(
      length(linesOf(marksIn([large], 'stripes'))) / length(linesOf(marksIn([square], 'stripes'))),
    ).toBeGreaterThan(60);
  });
});
