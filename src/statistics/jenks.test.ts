import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naturalBreaks } from './jenks.ts';

describe('natural breaks', () => {
  test('are where numbers bunch, as jenkspy divides its own example', () => {
    const values = [1.3, 7.1, 7.3, 2.3, 3.9, 4.1, 7.8, 1.2, 4.3, 7.3, 5, 4.3];
    expect(naturalBreaks(values, 3)).toEqual([
      { from: 1.2, to: 2.3, size: 3 },
      { from: 3.9, to: 5, size: 5 },
      { from: 7.1, to: 7.8, size: 4 },
    ]);
  });

  test('never divide equals, and are fewer when there are fewer different values', () => {
    expect(naturalBreaks([2, 2, 2, 9], 5)).toEqual([
      { from: 2, to: 2, size: 3 },
      { from: 9, to: 9, size: 1 },
    ]);
    expect(naturalBreaks([], 5)).toEqual([]);
    expect(naturalBreaks([4], 1)).toEqual([{ from: 4, to: 4, size: 1 }]);
  });

  test('hold for large numbers that lie close together', () => {
    const values = [1, 2, 3, 11, 12, 13].map((value) => 1e9 + value);
    expect(naturalBreaks(values, 2).map(({ size }) => size)).toEqual([3, 3]);
  });

  test.each([0, -1, 2.5, Number.NaN])('%d classes are refused', (classes) => {
    expect(() => naturalBreaks([1, 2], classes)).toThrow(RangeError);
  });
});

const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

/** The least deviation of any division of sorted values into so many classes, by trying each. */
function least(sorted: readonly number[], classes: number): number {
  if (classes === 1) return deviation(sorted);
  let best = Number.POSITIVE_INFINITY;
  for (let first = 1; first <= sorted.length - classes + 1; first += 1) {
    best = Math.min(best, deviation(sorted.slice(0, first)) + least(sorted.slice(first), classes - 1));
  }
  return best;
}

test('no other division into as many classes deviates less, and every value is in one class', () => {
  const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 11 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 5 }), (all, wanted) => {
      const sorted = [...all].sort((a, b) => a - b);
      const found = naturalBreaks(all, wanted);
      const groups = found.map(({ from, to }) => sorted.filter((value) => from <= value && value <= to));
      expect(groups.flat()).toEqual(sorted);
      expect(groups.map((group) => group.length)).toEqual(found.map(({ size }) => size));
      expect(found).toHaveLength(Math.min(wanted, new Set(all).size));
      const sum = groups.reduce((total, group) => total + deviation(group), 0);
      expect(sum).toBeCloseTo(least(sorted, found.length), 8);
    }),
  );
});
