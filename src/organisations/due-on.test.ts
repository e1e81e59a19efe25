import { expect, test } from 'vitest';
import { addDays, plainDate } from '../platform/clock/plain-date.ts';
import { dueOn, lastBegunOverdue } from './due-on.ts';

const thursday = plainDate('2026-04-02');

test.each([
  // Good Friday and Easter Monday are no working days.
  [{ value: 1, unit: 'working days' }, '2026-04-07'],
  [{ value: 5, unit: 'days' }, '2026-04-07'],
  [{ value: 12, unit: 'weeks' }, '2026-06-25'],
  [{ value: 3, unit: 'months' }, '2026-07-02'],
  [{ value: 1, unit: 'years' }, '2027-04-02'],
] as const)(
  'what begins on the Thursday before Easter 2026 and may take %o is due on %s',
  (threshold, due) => {
    expect(dueOn(thursday, threshold)).toBe(due);
  },
);

test('points are no span of time', () => {
  expect(() => dueOn(thursday, { value: 3, unit: 'points' })).toThrow(RangeError);
});

test.each([
  { value: 1, unit: 'working days' },
  { value: 4, unit: 'weeks' },
  { value: 3, unit: 'months' },
] as const)('the last day on which what may take %o began and is overdue is the last indeed', (threshold) => {
  for (const today of ['2026-05-31', '2026-04-07', '2026-03-01'].map(plainDate)) {
    const last = lastBegunOverdue(today, threshold);
    expect(dueOn(last, threshold) < today).toBe(true);
    expect(dueOn(addDays(last, 1), threshold) < today).toBe(false);
  }
});
