import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  ageOn,
  completedMonths,
  completedYears,
  dayOfWeek,
  daysBetween,
  monthsCompleted,
  parsePlainDate,
  plainDate,
  plainDateFromParts,
} from './plain-date.ts';

const anyDate = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays(plainDate('1900-01-01'), days));

describe('reading a date', () => {
  it.each(['1900-01-01', '2024-02-29', '2000-02-29', '2026-12-31', '9999-12-31'])('accepts %s', (text) => {
    expect(parsePlainDate(text)).toBe(text);
  });

  it.each([
    '2023-02-29',
    '2100-02-29',
    '1899-12-31',
    '2026-00-10',
    '2026-13-01',
    '2026-04-31',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-01\n',
    '٢٠٢٦-٠١-٠١',
    '',
  ])('refuses %j', (text) => {
    expect(parsePlainDate(text)).toBeUndefined();
    expect(() => plainDate(text)).toThrow(RangeError);
  });

  it('takes parts, and refuses those that are not whole', () => {
    expect(plainDateFromParts(2026, 2, 3)).toBe('2026-02-03');
    expect(plainDateFromParts(2026, 2.5, 3)).toBeUndefined();
    expect(plainDateFromParts(2026, 2, Number.NaN)).toBeUndefined();
    expect(plainDateFromParts(10_000, 1, 1)).toBeUndefined();
  });
});

describe('days', () => {
  it('go forward and back over leap days and the ends of years', () => {
    expect(addDays(plainDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(plainDate('2023-02-28'), 1)).toBe('2023-03-01');
    expect(addDays(plainDate('2026-01-01'), -1)).toBe('2025-12-31');
    expect(daysBetween(plainDate('2024-01-01'), plainDate('2025-01-01'))).toBe(366);
    expect(daysBetween(plainDate('2026-03-01'), plainDate('2026-02-28'))).toBe(-1);
  });

  it('are counted as they are added', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -30_000, max: 30_000 }), (date, days) => {
        fc.pre(date > '1990' || days > 0);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  it('end with the year 9999 and begin with 1900', () => {
    expect(() => addDays(plainDate('9999-12-31'), 1)).toThrow('1900 to 9999');
    expect(() => addDays(plainDate('1900-01-01'), -1)).toThrow(RangeError);
    expect(() => addMonths(plainDate('1900-01-01'), -1)).toThrow(RangeError);
  });

  it('know their place in the week', () => {
    expect(dayOfWeek(plainDate('2026-11-22'))).toBe(7);
    expect(dayOfWeek(plainDate('2026-11-23'))).toBe(1);
    expect(dayOfWeek(plainDate('1900-01-01'))).toBe(1);
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(dayOfWeek(date)).toBe(new Date(`${date}T00:00Z`).getUTCDay() || 7);
      }),
    );
  });
});

describe('months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(plainDate(from), months)).toBe(to);
  });

  it.each([
    ['2020-08-31', 3, '2020-12-01'],
    ['2020-08-31', 6, '2021-03-01'],
    ['2020-08-31', 9, '2021-05-31'],
    ['2020-02-29', 12, '2021-03-01'],
    ['2020-02-29', 48, '2024-02-29'],
    ['2020-05-01', 12, '2021-05-01'],
  ])('from %s %i are completed on %s, and not the day before', (from, months, on) => {
    expect(monthsCompleted(plainDate(from), months)).toBe(on);
    expect(completedMonths(plainDate(from), plainDate(on))).toBe(months);
    expect(completedMonths(plainDate(from), addDays(plainDate(on), -1))).toBe(months - 1);
  });

  it.each([
    ['2026-01-15', '2026-02-14', 0],
    ['2026-01-15', '2026-02-15', 1],
    ['2026-01-31', '2026-02-28', 0],
    ['2026-01-31', '2026-03-01', 1],
    ['2025-11-30', '2026-11-30', 12],
    ['2026-02-15', '2026-02-14', -1],
  ])('from %s to %s there are %i completed', (from, on, months) => {
    expect(completedMonths(plainDate(from), plainDate(on))).toBe(months);
  });

  it('completed never fall as days pass', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(20_000), (from, days) => {
        const on = addDays(from, days);
        const step = completedMonths(from, addDays(on, 1)) - completedMonths(from, on);
        expect([0, 1]).toContain(step);
      }),
    );
  });
});

describe('ages', () => {
  it.each([
    ['2008-06-15', '2026-06-14', 17],
    ['2008-06-15', '2026-06-15', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2028-02-28', 19],
    ['2008-02-29', '2028-02-29', 20],
    ['2026-11-22', '2026-11-22', 0],
  ])('born %s, on %s: %i', (born, on, age) => {
    expect(ageOn(plainDate(born), plainDate(on))).toBe(age);
  });

  it('are unknown before birth', () => {
    expect(ageOn(plainDate('2026-11-23'), plainDate('2026-11-22'))).toBeUndefined();
  });

  it('are completed years, which go below nothing before', () => {
    expect(completedYears(plainDate('2020-05-01'), plainDate('2026-04-30'))).toBe(5);
    expect(completedYears(plainDate('2020-05-01'), plainDate('2020-04-30'))).toBe(-1);
  });
});
