import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { change, percent, points } from './percent.ts';

describe('a whole percentage', () => {
  test.each([
    // As printed in the Year 3 assessment; the first is where rounding half to even gives 12.
    [3, 24, 13],
    [145, 245, 59],
    [245, 598, 41],
    [134, 208, 64],
    [31, 78, 40],
    [0, 5, 0],
    [5, 5, 100],
    [1, 200, 1],
    [57, 200, 29],
    [1, 201, 0],
    [0, 0, null],
  ])('%d of %d is %j', (numerator, denominator, whole) => {
    expect(percent(numerator, denominator)).toBe(whole);
  });

  test('is the one whole number within a half of the exact fraction, and the upper where two are', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n), (part, rest) => {
        const whole = part + rest;
        const shown = BigInt(percent(Number(part), Number(whole)) ?? -1);
        // shown − ½ ≤ 100 part ÷ whole < shown + ½, in whole numbers of any size
        expect((2n * shown - 1n) * whole <= 200n * part).toBe(true);
        expect(200n * part < (2n * shown + 1n) * whole).toBe(true);
      }),
    );
  });

  test.each([
    [-1, 5],
    [1, -5],
    [0.5, 5],
    [1, Number.NaN],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('%d of %d is refused', (numerator, denominator) => {
    expect(() => percent(numerator, denominator)).toThrow(RangeError);
  });
});

test('change is a fraction of what was before, and there is none from nothing', () => {
  expect(change(42, 24)).toBe(0.75);
  expect(change(598, 553)).toBe(45 / 553);
  expect(change(0, 4)).toBe(-1);
  expect(change(4, 0)).toBeNull();
});

test('points are the difference of what is displayed', () => {
  expect(points(54, 46)).toBe(8);
  expect(points(0, 100)).toBe(-100);
  expect(points(null, 46)).toBeNull();
  expect(points(54, null)).toBeNull();
});
