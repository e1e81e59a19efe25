import { addDays, dayOfWeek, daysBetween, type PlainDate, partsOf, plainDate } from './plain-date.ts';

/**
 * Working days in England and Wales: Monday to Friday, but for bank holidays. The holidays follow the Banking and
 * Financial Dealings Act 1971 and the yearly proclamations, by rule, so nothing expires; a day that is proclaimed
 * once has to be added to {@link PROCLAIMED}.
 */

const MONDAY = 1;
const SATURDAY = 6;

/** Days that were given once, and those they stood in for. Complete from 2013; look here when one is announced. */
const PROCLAIMED: readonly { day: string; insteadOf?: string; why: string }[] = [
  { day: '2020-05-08', insteadOf: '2020-05-04', why: '75 years since VE Day' },
  {
    day: '2022-06-02',
    insteadOf: '2022-05-30',
    why: 'the spring bank holiday, moved for the Platinum Jubilee',
  },
  { day: '2022-06-03', why: 'the Platinum Jubilee' },
  { day: '2022-09-19', why: 'the funeral of Queen Elizabeth II' },
  { day: '2023-05-08', why: 'the coronation of King Charles III' },
];

const known = new Map<number, readonly PlainDate[]>();

/** The bank holidays of England and Wales in a year, in order, substitute days in place of weekends. */
export function bankHolidays(year: number): readonly PlainDate[] {
  const found = known.get(year);
  if (found !== undefined) return found;
  const easter = easterSunday(year);
  const days = new Set([
    weekdayOnOrAfter(on(year, 1, 1)),
    addDays(easter, -2),
    addDays(easter, 1),
    mondayOnOrAfter(on(year, 5, 1)),
    mondayOnOrAfter(on(year, 5, 25)),
    mondayOnOrAfter(on(year, 8, 25)),
    // Either of the two on a weekend gives its own weekday, the 27th or the 28th, whichever way they fall.
    isWeekend(on(year, 12, 25)) ? on(year, 12, 27) : on(year, 12, 25),
    isWeekend(on(year, 12, 26)) ? on(year, 12, 28) : on(year, 12, 26),
  ]);
  for (const { day, insteadOf } of PROCLAIMED) {
    if (insteadOf !== undefined) days.delete(plainDate(insteadOf));
    if (day.startsWith(`${year}-`)) days.add(plainDate(day));
  }
  const sorted = [...days].sort();
  known.set(year, sorted);
  return sorted;
}

/** Whether a day is a working day in England. */
export function isWorkingDay(date: PlainDate): boolean {
  return !isWeekend(date) && !bankHolidays(partsOf(date)[0]).includes(date);
}

/**
 * The working day so many working days after a date, or before it if negative; the date itself, whatever it is,
 * for 0. The day after a Friday, a Saturday or a Sunday is Monday. @throws RangeError if `days` is not whole
 */
export function addWorkingDays(date: PlainDate, days: number): PlainDate {
  if (!Number.isInteger(days)) throw new RangeError(`${days} is not a whole number of days`);
  const step = Math.sign(days);
  let day = date;
  for (let left = Math.abs(days); left > 0; ) {
    day = addDays(day, step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/**
 * How many working days come after `from`, up to and including `to`; negative, counted from the other end, if
 * `to` is the earlier. So what is done on the day it was asked for took none.
 */
export function workingDaysBetween(from: PlainDate, to: PlainDate): number {
  // Taken from 0, because a minus sign would make -0 of nothing.
  if (to < from) return 0 - workingDaysBetween(to, from);
  const weeks = Math.floor(daysBetween(from, to) / 7);
  let weekdays = weeks * 5;
  for (let day = addDays(from, weeks * 7); day < to; ) {
    day = addDays(day, 1);
    if (!isWeekend(day)) weekdays += 1;
  }
  return weekdays - bankHolidaysBetween(from, to);
}

/** How many bank holidays, none of which is at a weekend, come after `from`, up to and including `to`. */
function bankHolidaysBetween(from: PlainDate, to: PlainDate): number {
  const [last] = partsOf(to);
  let count = 0;
  for (let [year] = partsOf(from); year <= last; year += 1)
    count += bankHolidays(year).filter((day) => from < day && day <= to).length;
  return count;
}

/** The Gregorian computus in the form published in Nature in 1876 (Meeus, Jones and Butcher). */
function easterSunday(year: number): PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const marchDays = h + l - 7 * m + 22;
  return addDays(on(year, 3, 1), marchDays - 1);
}

function on(year: number, month: number, day: number): PlainDate {
  return plainDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

function isWeekend(date: PlainDate): boolean {
  return dayOfWeek(date) >= SATURDAY;
}

function weekdayOnOrAfter(date: PlainDate): PlainDate {
  return isWeekend(date) ? mondayOnOrAfter(date) : date;
}

function mondayOnOrAfter(date: PlainDate): PlainDate {
  return addDays(date, (MONDAY + 7 - dayOfWeek(date)) % 7);
}
