import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statsVectors } from '../../test/statistics/stats-vectors.ts';
import { assurance, xmr } from './xmr.ts';

const months = [32, 35, 31, 36, 33, 30, 34, 38, 33, 35, 52, 34, 31, 33, 36];
const signals = (values: readonly (number | null)[]) => xmr(values)?.points.map(({ signal }) => signal);

describe('the limits', () => {
  test('stand 2.66 mean moving ranges from the mean, the range of 19 left out', () => {
    const chart = xmr(months);
    expect(chart?.mean).toBeCloseTo(34.8667, 4);
    expect(chart?.averageMovingRange).toBeCloseTo(58 / 13, 9);
    expect(chart?.upperLimit).toBeCloseTo(46.7344, 4);
    expect(chart?.lowerLimit).toBeCloseTo(22.999, 4);
  });

  test('take every range in when they are not screened', () => {
    const chart = xmr(months, false);
    expect(chart?.averageMovingRange).toBeCloseTo(76 / 14, 9);
    expect(chart?.upperLimit).toBeCloseTo(49.3067, 4);
    expect(chart?.lowerLimit).toBeCloseTo(20.4267, 4);
  });

  test.skipIf(!statsVectors)('agree with the worked example [skipped: shared/data is not here]', () => {
    if (!statsVectors) return;
    const vector = statsVectors.xmr;
    const [screened, plain] = [xmr(vector.y), xmr(vector.y, false)];
    expect(screened?.mean).toBeCloseTo(vector.mean, 9);
    expect(screened?.averageMovingRange).toBeCloseTo(vector.amr_screened, 9);
    expect(screened?.upperLimit).toBeCloseTo(vector.upl_screened, 9);
    expect(screened?.lowerLimit).toBeCloseTo(vector.lpl_screened, 9);
    expect(plain?.averageMovingRange).toBeCloseTo(vector.amr, 9);
    expect(plain?.upperLimit).toBeCloseTo(vector.upl, 9);
    expect(plain?.lowerLimit).toBeCloseTo(vector.lpl, 9);
  });

  test('of a process that never moves are its value', () => {
    expect(xmr([4, 4, 4])).toMatchObject({ mean: 4, upperLimit: 4, lowerLimit: 4 });
    expect(signals([4, 4, 4])).toEqual([null, null, null]);
  });

  test('need two values that follow one another', () => {
    expect(xmr([])).toBeNull();
    expect(xmr([4])).toBeNull();
    expect(xmr([4, null, 6])).toBeNull();
    expect(xmr([4, null, 6, 8])?.averageMovingRange).toBe(2);
  });
});

/** Widely varying values about 0, which end above it and begin below it: what stands between them speaks alone. */
const restless = [-30, 30, -30, 30, -30, 30];
const trends = (values: readonly (number | null)[]) =>
  signals([...restless, ...values, ...restless])?.slice(restless.length, -restless.length);

describe('a signal', () => {
  test('is a point outside the limits, on the side it is on', () => {
    const chart = xmr(months);
    expect(chart?.points.map(({ signal }) => signal)).toEqual(
      months.map((value) => (value === 52 ? 'outside' : null)),
    );
    expect(chart?.points[10]?.side).toBe('above');
    expect(chart?.points[0]?.side).toBe('below');
  });

  test('is seven or more that each rise, every one of them', () => {
    expect(trends([-6, -4, -2, 0, 2, 4, 6])).toEqual(Array(7).fill('trend'));
    expect(trends([-8, -6, -4, -2, 0, 2, 4, 6, 8])).toEqual(Array(9).fill('trend'));
    const falling = [...restless, -6, -4, -2, 0, 2, 4, 6, ...restless].map((value) => -value);
    expect(signals(falling)?.filter((signal) => signal === 'trend')).toHaveLength(7);
  });

  test('is not six that rise, nor seven of which two are alike or one is unknown', () => {
    expect(trends([-6, -4, -2, 2, 4, 6])).toEqual(Array(6).fill(null));
    expect(trends([-6, -4, -2, -2, 2, 4, 6])).toEqual(Array(7).fill(null));
    expect(trends([-6, -4, -2, 0, null, 2, 4, 6])).toEqual(Array(8).fill(null));
  });

  test('is seven on one side of the mean, each of which is marked', () => {
    const shifted = [...Array(8).fill([10, 12]), ...Array(4).fill([0, 2, 0, 2])].flat();
    // Seventeen months high, then sixteen low.
    const found = signals([...shifted.slice(0, 16), 11, ...shifted.slice(16)]);
    expect(found?.every((signal) => signal !== null)).toBe(true);
    const six = [1, 2, 1, 2, 1, 2, -3, -6, -3, 3, 5, -2, -1, 1];
    expect(signals(six)).not.toContain('one-side');
  });

  test('is two of three near one limit, with the third on that side', () => {
    const calm = [5, -5, 5, -5, 5, -5, 5, -5, 5, -5];
    const calmAfter = calm.map((value) => -value);
    // Mean 2.6, mean range 12.6: the near limit is 25.0 and the limit 36.2.
    const found = signals([...calm, 26, 8, 26, ...calmAfter]);
    expect(found?.slice(10, 13)).toEqual(['two-in-three', null, 'two-in-three']);
    expect(found?.filter((signal) => signal === null)).toHaveLength(21);
    // Mean 2.3, mean range 13.9: the near limit is 27.0, and the one between lies on the other side.
    expect(signals([...calm, 28, -2, 28, ...calmAfter])).toEqual(Array(23).fill(null));
  });
});

test('the assurance of a target is what the limits say of it', () => {
  const process = { lowerLimit: 1, upperLimit: 3 };
  expect(assurance(process, 4, 'higher')).toBe('will-not-meet');
  expect(assurance(process, 4, 'lower')).toBe('will-meet');
  expect(assurance(process, 0, 'higher')).toBe('will-meet');
  expect(assurance(process, 0, 'lower')).toBe('will-not-meet');
  expect(assurance(process, 2, 'higher')).toBe('may-meet');
});

const series = fc.array(fc.option(fc.integer({ min: -20, max: 20 }), { freq: 9 }), {
  minLength: 2,
  maxLength: 30,
});

test('what is turned upside down, moved and stretched has the same signals, on the other side', () => {
  fc.assert(
    fc.property(series, (values) => {
      const chart = xmr(values);
      const turned = xmr(values.map((value) => (value === null ? null : 64 - 2 * value)));
      expect(turned === null).toBe(chart === null);
      if (!chart || !turned) return;
      expect(turned.upperLimit).toBeCloseTo(64 - 2 * chart.lowerLimit, 8);
      const onALimit = chart.points.some(
        ({ value }) =>
          value !== null &&
          [1, 2 / 3, 0].some(
            (part) => Math.abs(Math.abs(value - chart.mean) - part * (chart.upperLimit - chart.mean)) < 1e-9,
          ),
      );
      // Where a point lies on a line to the last digit, rounding decides on which side.
      if (onALimit) return;
      expect(turned.points.map(({ signal }) => signal)).toEqual(chart.points.map(({ signal }) => signal));
      expect(turned.points.map(({ side }) => side)).toEqual(
        chart.points.map(({ side }) => (side === null ? null : side === 'above' ? 'below' : 'above')),
      );
    }),
  );
});
