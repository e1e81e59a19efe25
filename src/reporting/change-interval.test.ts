import { expect, test } from 'vitest';
import { rateRatioInterval, shareDifferenceInterval } from './change-interval.ts';

const year = (count: number) => ({ count, days: 365 });

test('a ratio of counts by the log method: exp(ln(42/24) ± 1.96 √(1/42 + 1/24))', () => {
  const found = rateRatioInterval(year(42), year(24));
  expect(found?.low).toBeCloseTo(1.06, 2);
  expect(found?.high).toBeCloseTo(2.889, 2);
});

test('none of one of them is told exactly: of 18, none now is a fall; of 3, it tells nothing', () => {
  // Clopper and Pearson for 0 of 18: 0 to 0.1853.
  expect(rateRatioInterval(year(0), year(18))?.high).toBeCloseTo(0.1853 / (1 - 0.1853), 3);
  expect(rateRatioInterval(year(0), year(3))?.high).toBeGreaterThan(1);
  const rise = rateRatioInterval(year(18), year(0));
  expect([rise?.low.toFixed(1), rise?.high]).toEqual(['4.4', Number.POSITIVE_INFINITY]);
  expect(rateRatioInterval(year(0), year(0))).toBeNull();
});

test('a count of half the time is of half as much', () => {
  const found = rateRatioInterval({ count: 50, days: 181 }, { count: 100, days: 362 });
  expect(Math.sqrt((found?.low ?? 0) * (found?.high ?? 0))).toBeCloseTo(1, 10);
});

test('a difference of shares as Newcombe has it: 56 of 70 less 48 of 80 is 0.0524 to 0.3339', () => {
  const found = shareDifferenceInterval(
    { numerator: 56, denominator: 70 },
    { numerator: 48, denominator: 80 },
  );
  expect(found?.low).toBeCloseTo(0.0524, 4);
  expect(found?.high).toBeCloseTo(0.3339, 4);
  // His example (g), 10 of 10 less 0 of 20: 0.6791 to 1.
  const whole = shareDifferenceInterval(
    { numerator: 10, denominator: 10 },
    { numerator: 0, denominator: 20 },
  );
  expect([whole?.low.toFixed(4), whole?.high.toFixed(4)]).toEqual(['0.6791', '1.0000']);
});
