import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statsVectors } from '../../test/statistics/stats-vectors.ts';
import { averageRanks } from './average-ranks.ts';
import { spearman } from './spearman.ts';

describe("Spearman's rank correlation", () => {
  test('is what scipy gives for the example of its manual', () => {
    expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12);
  });

  test('is −29/165 for intelligence and hours of television', () => {
    const intelligence = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113];
    const television = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12];
    expect(spearman(intelligence, television)).toBeCloseTo(-29 / 165, 12);
  });

  test.skipIf(!statsVectors)('agrees with the worked examples [skipped: shared/data is not here]', () => {
    const examples = Object.entries(statsVectors ?? {}).filter(([name]) => name.startsWith('spearman'));
    expect(examples.length).toBeGreaterThanOrEqual(3);
    for (const [, { x, y, rho }] of examples) expect(spearman(x, y)).toBeCloseTo(rho, 9);
  });

  test('of ranks among many ties is that of the mean ranks', () => {
    const ties = [10, 20, 20, 20, 30, 40, 40, 50, 60, 60, 70, 80];
    expect(averageRanks(ties)).toEqual([1, 3, 3, 3, 5, 6.5, 6.5, 8, 9.5, 9.5, 11, 12]);
    expect(spearman(ties, [3, 1, 4, 4, 2, 6, 6, 6, 9, 8, 10, 10])).toBeCloseTo(0.9142857142857143, 12);
  });

  test('is not defined of fewer than two places, nor where a number is the same everywhere', () => {
    expect(spearman([], [])).toBeNull();
    expect(spearman([1], [2])).toBeNull();
    expect(spearman([1, 2, 3], [4, 4, 4])).toBeNull();
    expect(spearman([4, 4, 4], [1, 2, 3])).toBeNull();
  });

  test('refuses numbers that do not pair', () => {
    expect(() => spearman([1, 2], [1])).toThrow(RangeError);
  });
});

const pairs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 40,
  })
  .map((all) => ({ x: all.map(([x]) => x), y: all.map(([, y]) => y) }));

test('it lies from −1 to 1, is the same either way, and minds only the order', () => {
  fc.assert(
    fc.property(pairs, ({ x, y }) => {
      const rho = spearman(x, y);
      expect(spearman(y, x)).toBe(rho);
      if (rho === null) {
        expect(new Set(x).size === 1 || new Set(y).size === 1).toBe(true);
        return;
      }
      expect(Math.abs(rho)).toBeLessThanOrEqual(1);
      const stretched = x.map((value) => Math.exp(value));
      expect(spearman(stretched, y)).toBeCloseTo(rho, 12);
      expect(
        spearman(
          x.map((value) => -value),
          y,
        ),
      ).toBeCloseTo(-rho, 12);
      expect(spearman(x, x)).toBeCloseTo(1, 12);
    }),
  );
});
