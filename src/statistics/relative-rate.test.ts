import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statsVectors } from '../../test/statistics/stats-vectors.ts';
import { relativeRate } from './relative-rate.ts';

const drawn = (count: number, from: number) => ({ count, base: from, drawnFrom: from });

describe('a relative rate', () => {
  test.each([
    [15, 150, 100, 250, 0.25, 0.15109927, 0.41363534],
    [48, 2100, 96, 11800, 2.80952381, 1.99304326, 3.96048807],
    [5, 400, 60, 9000, 1.875, 0.7571522, 4.64322101],
  ])(
    'of %d drawn from %d against %d from %d has the interval of Katz that statsmodels gives',
    (a, n1, b, n0, rate, low, high) => {
      const found = relativeRate(drawn(a, n1), drawn(b, n0));
      expect(found?.relativeRate).toBeCloseTo(rate, 8);
      expect(found?.low).toBeCloseTo(low, 7);
      expect(found?.high).toBeCloseTo(high, 7);
    },
  );

  test.skipIf(!statsVectors)('agrees with the worked examples [skipped: shared/data is not here]', () => {
    const examples = statsVectors?.rri ?? [];
    expect(examples.length).toBeGreaterThanOrEqual(3);
    for (const { a, n1, b, n0, rr, ci95 } of examples) {
      const found = relativeRate(drawn(a, n1), drawn(b, n0));
      expect(found?.relativeRate).toBeCloseTo(rr, 9);
      expect(found?.low).toBeCloseTo(ci95[0] ?? Number.NaN, 9);
      expect(found?.high).toBeCloseTo(ci95[1] ?? Number.NaN, 9);
    }
  });

  test('of referrals against shares of the population is the “six times” of the Year 3 assessment', () => {
    // 54% of 598 referrals, from 16% of the population.
    const found = relativeRate({ count: 323, base: 0.16 }, { count: 275, base: 0.84 });
    expect(found?.relativeRate).toBeCloseTo(323 / 0.16 / (275 / 0.84), 12);
    // exp(± 1.96 √(1/323 + 1/275)) = 1.17447: about 5.25 to 7.24
    expect(found?.low).toBeCloseTo(6.166363636 / 1.17447, 4);
    expect(found?.high).toBeCloseTo(6.166363636 * 1.17447, 4);
  });

  test('of a group without an event is 0, and has no interval', () => {
    expect(relativeRate({ count: 0, base: 0.1 }, { count: 9, base: 0.9 })).toEqual({
      relativeRate: 0,
      low: null,
      high: null,
    });
  });

  test('against others without an event is not defined', () => {
    expect(relativeRate({ count: 9, base: 0.1 }, { count: 0, base: 0.9 })).toBeNull();
  });

  test.each([[{ count: 1, base: 0 }], [{ count: -1, base: 0.5 }], [{ count: 1, base: Number.NaN }]])(
    'refuses %j',
    (group) => {
      expect(() => relativeRate(group, { count: 1, base: 0.5 })).toThrow(RangeError);
      expect(() => relativeRate({ count: 1, base: 0.5 }, group)).toThrow(RangeError);
    },
  );
});

const count = fc.integer({ min: 1, max: 500 });
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test('seen from the others it is the other way up, interval and all', () => {
  fc.assert(
    fc.property(count, count, share, (a, b, p) => {
      const there = relativeRate({ count: a, base: p }, { count: b, base: 1 - p });
      const back = relativeRate({ count: b, base: 1 - p }, { count: a, base: p });
      expect((there?.relativeRate ?? 0) * (back?.relativeRate ?? 0)).toBeCloseTo(1, 9);
      expect((there?.low ?? 0) * (back?.high ?? 0)).toBeCloseTo(1, 9);
    }),
  );
});

test('the larger the population that people were drawn from, the nearer to one that is known', () => {
  fc.assert(
    fc.property(count, count, (a, b) => {
      const width = (drawnFrom?: number) => {
        const from = drawnFrom === undefined ? {} : { drawnFrom };
        const found = relativeRate({ count: a, base: 1, ...from }, { count: b, base: 1, ...from });
        return Math.log((found?.high ?? 0) / (found?.low ?? 1));
      };
      expect(width(1_000)).toBeLessThan(width(10_000));
      expect(width(10_000)).toBeLessThan(width());
      expect(width(1e12)).toBeCloseTo(width(), 6);
    }),
  );
});
