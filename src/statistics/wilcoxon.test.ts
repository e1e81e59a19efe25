import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilcoxonP } from './wilcoxon.ts';

/** What scipy.stats.wilcoxon 1.17 gives for the same differences. */
const worked = [
  {
    of: "Darwin's maize, in eighths of an inch (Fisher 1935): exact",
    differences: [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75],
    p: 0.041259765625,
  },
  {
    of: 'nine patients before and after a tranquilliser (Hollander and Wolfe 1973): exact',
    differences: [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01],
    p: 0.0390625,
  },
  { of: 'ties and a zero, few: exact', differences: [1, 1, 2, -2, 3, 4, 5, 0], p: 0.09375 },
  {
    of: 'ties and zeros, thirty: normal',
    differences: [
      4, -4, -3, -2, -3, 4, 5, 2, -4, -3, -1, 0, 2, 1, -2, -3, 3, 4, -4, -3, 0, 0, 5, 1, 0, 0, 3, 2, -3, 4,
    ],
    p: 0.7143754766751804,
  },
  {
    of: 'ties and zeros, seventy: normal',
    differences: [
      3, 5, 4, -1, -1, 2, 2, 3, 4, -1, 5, -3, -3, 5, 5, -1, -2, -1, -3, 5, 2, 2, -1, 1, -2, 3, 1, -3, -1, 3,
      1, 0, -1, -3, 2, 2, 1, 5, 5, -2, 2, 2, -1, -1, 1, 3, -1, 3, 2, -2, 0, 4, 4, 2, -3, 3, -1, 4, 5, 0, 5, 3,
      -1, 4, 0, -3, 2, 4, 2, 0,
    ],
    p: 0.000305326349777877,
  },
  {
    of: 'forty of different sizes: exact',
    differences: [
      -28, 22, -40, 39, 7, 14, 35, 33, 19, 3, -25, -31, -29, -10, 1, 26, 15, 20, -37, -4, 24, 13, -11, 34,
      -16, 5, 36, -6, 30, 12, -27, -32, 17, -18, 9, 21, 23, -2, 38, 8,
    ],
    p: 0.21131373006210197,
  },
  {
    of: 'fifty-five of different sizes: normal',
    differences: [
      -1, 2, -3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -13, 14, -15, -16, 17, -18, 19, 20, -21, 22, 23, 24, -25, -26,
      27, 28, 29, -30, -31, 32, -33, -34, -35, -36, -37, 38, 39, -40, 41, 42, 43, 44, -45, 46, 47, -48, 49,
      -50, 51, 52, 53, -54, -55,
    ],
    p: 0.38355269867415864,
  },
];

describe("Wilcoxon's signed-rank test", () => {
  test.each(worked)('$of', ({ differences, p }) => {
    expect(wilcoxonP(differences)).toBeCloseTo(p, 12);
  });

  test('of no difference at all says nothing', () => {
    expect(wilcoxonP([])).toBeNull();
    expect(wilcoxonP([0, 0, 0])).toBeNull();
  });

  test('of a large effect is small, and not 0', () => {
    const p = wilcoxonP(Array.from({ length: 200 }, (_, at) => at + 1));
    expect(p).toBeGreaterThan(0);
    // z = 12.2654 and 2 (1 − Φ(z)) = 1.4e-34
    expect(Math.log10(p ?? 1)).toBeCloseTo(-33.85, 1);
  });
});

const differences = (maxLength: number) =>
  fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength });

test('it is the same for rises as for falls, in whatever order, and a probability', () => {
  fc.assert(
    fc.property(differences(80), (all) => {
      const p = wilcoxonP(all);
      if (p === null) {
        expect(all.every((difference) => difference === 0)).toBe(true);
        return;
      }
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      const turned = wilcoxonP(all.map((difference) => -difference).reverse());
      expect(turned).toBeCloseTo(p, 12);
    }),
  );
});

test('up to thirteen pairs it is the share of all the ways to give signs, counted one by one', () => {
  fc.assert(
    fc.property(differences(9), (all) => {
      const sizes = all.filter((difference) => difference !== 0).map(Math.abs);
      const rank = (size: number) =>
        sizes.filter((other) => other < size).length +
        (sizes.filter((other) => other === size).length + 1) / 2;
      const rises = (isRise: (at: number) => boolean) =>
        sizes.reduce((sum, size, at) => sum + (isRise(at) ? rank(size) : 0), 0);
      const signs = all.filter((difference) => difference !== 0).map((difference) => difference > 0);
      const seen = rises((at) => signs[at] === true);
      const ways = Array.from({ length: 2 ** sizes.length }, (_, way) =>
        rises((at) => ((way >> at) & 1) === 1),
      );
      const low = ways.filter((sum) => sum <= seen).length;
      const high = ways.filter((sum) => sum >= seen).length;
      const expected = Math.min(1, (2 * Math.min(low, high)) / ways.length);
      if (sizes.length > 0) expect(wilcoxonP(all)).toBeCloseTo(expected, 12);
    }),
  );
});
