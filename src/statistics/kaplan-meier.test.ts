import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statsVectors } from '../../test/statistics/stats-vectors.ts';
import { kaplanMeier, type Wait } from './kaplan-meier.ts';
import { median } from './median.ts';

/** Weeks in remission on 6-mercaptopurine (Freireich and others 1963), negative where censored. */
const remission = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
const waits = remission.map((weeks): Wait => ({ time: Math.abs(weeks), ended: weeks > 0 }));

describe("Freireich's remissions", () => {
  const { steps, median: half } = kaplanMeier(waits);

  test('survive as the textbooks print', () => {
    expect(steps.map(({ time }) => time)).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect(steps.map(({ atRisk }) => atRisk)).toEqual([21, 17, 15, 12, 11, 7, 6]);
    expect(steps.map(({ ended }) => ended)).toEqual([3, 1, 1, 1, 1, 1, 1]);
    const printed = [0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179];
    const errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346];
    steps.forEach(({ survival, standardError }, step) => {
      expect(survival).toBeCloseTo(printed[step] ?? Number.NaN, 6);
      expect(standardError).toBeCloseTo(errors[step] ?? Number.NaN, 4);
    });
    expect(half).toBe(23);
  });

  test.skipIf(!statsVectors)('agree with the worked example [skipped: shared/data is not here]', () => {
    if (!statsVectors) return;
    const vector = statsVectors.km_freireich_6mp;
    const found = kaplanMeier(vector.time.map((time, at): Wait => ({ time, ended: vector.event[at] === 1 })));
    expect(found.steps.map(({ time }) => time)).toEqual(vector.surv_times);
    expect(found.steps.map(({ atRisk }) => atRisk)).toEqual(vector.n_risk);
    found.steps.forEach(({ survival, standardError }, step) => {
      expect(survival).toBeCloseTo(vector.surv[step] ?? Number.NaN, 9);
      expect(standardError).toBeCloseTo(vector.greenwood_se[step] ?? Number.NaN, 9);
    });
    expect(found.median).toBe(vector.median);
  });
});

test('there is no median while more than half wait still, nor of nobody', () => {
  expect(kaplanMeier([])).toEqual({ steps: [], median: null });
  expect(
    kaplanMeier([
      { time: 3, ended: true },
      { time: 5, ended: false },
      { time: 5, ended: false },
    ]).median,
  ).toBeNull();
});

test('the median is the time by which exactly half have ended', () => {
  const four = [1, 2, 3, 4].map((time): Wait => ({ time, ended: true }));
  expect(kaplanMeier(four).median).toBe(2);
  // 1 − 1/3, times 1 − 1/4, is a half only up to rounding in another order of fractions.
  const seven = [1, 2, 3, 4, 5, 6].map((time): Wait => ({ time, ended: time !== 4 }));
  expect(kaplanMeier(seven).median).toBe(3);
});

test('when the last wait has ended nobody waits, and that is certain', () => {
  const { steps } = kaplanMeier([
    { time: 1, ended: true },
    { time: 2, ended: true },
  ]);
  expect(steps.at(-1)).toMatchObject({ survival: 0, standardError: 0 });
});

test('a time below 0 is refused', () => {
  expect(() => kaplanMeier([{ time: -1, ended: true }])).toThrow(RangeError);
  expect(() => kaplanMeier([{ time: Number.NaN, ended: false }])).toThrow(RangeError);
});

const wait = fc.record({ time: fc.integer({ min: 0, max: 20 }), ended: fc.boolean() });

test('survival falls and never rises, whatever the order of the waits', () => {
  fc.assert(
    fc.property(fc.array(wait), (all) => {
      const found = kaplanMeier(all);
      expect(kaplanMeier([...all].reverse())).toEqual(found);
      let last = 1;
      for (const { survival, standardError } of found.steps) {
        expect(survival).toBeLessThan(last);
        expect(survival).toBeGreaterThanOrEqual(0);
        expect(standardError).toBeGreaterThanOrEqual(0);
        last = survival;
      }
    }),
  );
});

test('when nobody waits still it is the share that waited longer, and an odd median is the plain one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (times) => {
      const found = kaplanMeier(times.map((time) => ({ time, ended: true })));
      for (const { time, survival } of found.steps) {
        expect(survival).toBeCloseTo(times.filter((other) => other > time).length / times.length, 10);
      }
      if (times.length % 2 === 1) expect(found.median).toBe(median(times));
    }),
  );
});
