import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median } from './median.ts';

test.each([
  [[], null],
  [[7], 7],
  [[3, 1], 2],
  [[9, 10, 1], 9],
  [[10, 9, 2, 1], 5.5],
])('the median of %j is %j', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('as many numbers lie above it as below, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }), (values) => {
      const middle = median(values) ?? Number.NaN;
      const above = values.filter((value) => value > middle).length;
      const below = values.filter((value) => value < middle).length;
      expect(Math.max(above, below)).toBeLessThanOrEqual(values.length / 2);
      expect(median([...values].reverse())).toBe(middle);
    }),
  );
});
