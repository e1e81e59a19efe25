import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from './plain-date.ts';
import { addWorkingDays, bankHolidays, isWorkingDay, workingDaysBetween } from './working-days.ts';

/** As published by the government for England and Wales. */
const published: Record<number, string> = {
  2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
};

describe('bank holidays of England and Wales', () => {
  it.each(Object.entries(published))('in %s', (year, days) => {
    expect(bankHolidays(Number(year))).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  it.each([
    [2008, '03-24'],
    [2011, '04-25'],
    [2038, '04-26'],
    [2285, '03-23'],
  ])('Easter may be as early or as late as it gets: Monday in %i', (year, day) => {
    expect(bankHolidays(year)).toContain(`${year}-${day}`);
  });
});

describe('working days', () => {
  it.each([
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-22', 1, '2026-11-23'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-12-24', 1, '2026-12-29'],
    ['2026-04-02', 1, '2026-04-07'],
    ['2026-11-23', -1, '2026-11-20'],
    ['2026-11-22', -1, '2026-11-20'],
    ['2026-12-29', -1, '2026-12-24'],
    ['2026-11-22', 0, '2026-11-22'],
  ])('%s and %i is %s', (from, days, to) => {
    expect(addWorkingDays(plainDate(from), days)).toBe(to);
  });

  it.each([
    ['2026-11-20', '2026-11-20', 0],
    ['2026-11-20', '2026-11-22', 0],
    ['2026-11-20', '2026-11-23', 1],
    ['2026-12-18', '2027-01-04', 8],
    ['2026-11-23', '2026-11-20', -1],
    ['2026-11-22', '2026-11-21', 0],
  ])('from %s to %s there are %i', (from, to, days) => {
    expect(workingDaysBetween(plainDate(from), plainDate(to))).toBe(days);
  });

  it('are counted as they are added', () => {
    const anyDate = fc.nat(5000).map((days) => addDays(plainDate('2018-01-01'), days));
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 120 }), (from, days) => {
        const to = addWorkingDays(from, days);
        expect(isWorkingDay(to)).toBe(true);
        expect(workingDaysBetween(from, to)).toBe(days);
      }),
    );
  });

  it('between two days are as many as there are when each is looked at', () => {
    const anyDate = fc.nat(5000).map((days) => addDays(plainDate('2018-01-01'), days));
    fc.assert(
      fc.property(anyDate, fc.nat(800), (from, length) => {
        const days = Array.from({ length }, (_none, index) => addDays(from, index + 1));
        expect(workingDaysBetween(from, addDays(from, length))).toBe(days.filter(isWorkingDay).length);
      }),
    );
  });

  it('are whole', () => {
    expect(() => addWorkingDays(plainDate('2026-11-20'), 1.5)).toThrow(RangeError);
  });
});
