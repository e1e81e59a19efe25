/**
 * Days of the calendar, without time or place: a date of birth is the same day wherever the computer stands.
 * The rules for completed months and ages are those of the measures: they step up when the day of the month is
 * reached, so a birthday on 29 February counts from 1 March in common years.
 */

declare const brand: unique symbol;

/** A day that exists, written `YYYY-MM-DD`, from 1900 to 9999. As text, dates sort in their order. */
export type PlainDate = string & { readonly [brand]: 'PlainDate' };

const FIRST_YEAR = 1900;
const LAST_YEAR = 9999;
const MILLISECONDS_IN_A_DAY = 86_400_000;

/** Reads `YYYY-MM-DD`. @returns undefined for anything else: a day that does not exist, or before 1900 */
export function parsePlainDate(text: string): PlainDate | undefined {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return undefined;
  const [year, month, day] = partsOf(text);
  return plainDateFromParts(year, month, day);
}

/** A date from its parts, months from 1. @returns undefined if there is no such day, or it is before 1900 */
export function plainDateFromParts(year: number, month: number, day: number): PlainDate | undefined {
  if (![year, month, day].every(Number.isInteger) || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return written(year, month, day);
}

/** A date that is known to be one, such as a constant or a column. @throws RangeError if it is not */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === undefined) throw new RangeError(`${text} is not a date`);
  return date;
}

/** Year, month from 1, and day. */
export function partsOf(date: PlainDate | string): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** The day so many days later, or earlier if negative. @throws RangeError outside 1900 to 9999 */
export function addDays(date: PlainDate, days: number): PlainDate {
  const moment = new Date((dayNumber(date) + days) * MILLISECONDS_IN_A_DAY);
  return inRange(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
}

/** How many days from one date to another; negative if `to` is the earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The same day so many months later, or earlier if negative; the last of the month where it has no such day.
 * @throws RangeError outside 1900 to 9999
 */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = partsOf(date);
  const monthNumber = year * 12 + (month - 1) + months;
  const newYear = Math.floor(monthNumber / 12);
  const newMonth = monthNumber - newYear * 12 + 1;
  return inRange(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/**
 * The first day on which so many months from a date are completed, as {@link completedMonths} counts: three months from 31 August are
 * over when 1 December comes, and a year from 29 February when 1 March does.
 * @throws RangeError outside 1900 to 9999
 */
export function monthsCompleted(date: PlainDate, months: number): PlainDate {
  const same = addMonths(date, months);
  return partsOf(same)[2] < partsOf(date)[2] ? addDays(same, 1) : same;
}

/** Whole months from one date to another. Negative if `on` is before `from`. */
export function completedMonths(from: PlainDate, on: PlainDate): number {
  const [fromYear, fromMonth, fromDay] = partsOf(from);
  const [year, month, day] = partsOf(on);
  return (year - fromYear) * 12 + (month - fromMonth) - (day < fromDay ? 1 : 0);
}

/** Whole years from one date to another. Negative if `on` is before `from`. */
export function completedYears(from: PlainDate, on: PlainDate): number {
  return Math.floor(completedMonths(from, on) / 12);
}

/** How old a person is on a day. @returns undefined before they were born */
export function ageOn(born: PlainDate, on: PlainDate): number | undefined {
  return on < born ? undefined : completedYears(born, on);
}

/** Monday is 1 and Sunday is 7, as ISO 8601 counts. */
export function dayOfWeek(date: PlainDate): number {
  // 1 January 1970 was a Thursday.
  const sinceMonday = (dayNumber(date) + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

function inRange(year: number, month: number, day: number): PlainDate {
  const date = plainDateFromParts(year, month, day);
  if (date === undefined) throw new RangeError(`Dates go from ${FIRST_YEAR} to ${LAST_YEAR}`);
  return date;
}

function dayNumber(date: PlainDate): number {
  const [year, month, day] = partsOf(date);
  return Date.UTC(year, month - 1, day) / MILLISECONDS_IN_A_DAY;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function written(year: number, month: number, day: number): PlainDate {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}` as PlainDate;
}
