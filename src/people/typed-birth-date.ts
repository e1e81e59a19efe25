import { type PlainDate, parsePlainDate } from '../platform/clock/plain-date.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A whole date as people type it to search by: `10/04/2009`, `10.4.2009`, `10 April 2009`, `2009-04-10`. The day comes before the
 * month. Undefined for anything else, and for a day that there never was.
 */
export function typedBirthDate(typed: string): PlainDate | undefined {
  const words = typed.trim().toLowerCase();
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words) ?? [];
  if (year && month && day) return dateOf(year, Number(month), day);
  const [, first, second, third] =
    /^(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.,-]+(\d{4})$/.exec(words) ?? [];
  if (!first || !second || !third) return undefined;
  return dateOf(third, /^\d/.test(second) ? Number(second) : monthNamed(second), first);
}

function monthNamed(word: string): number {
  const place = MONTHS.indexOf(word.slice(0, 3));
  const name = new Date(Date.UTC(2000, place, 1))
    .toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' })
    .toLowerCase();
  return place >= 0 && (name.startsWith(word) || word === 'sept') ? place + 1 : 0;
}

const dateOf = (year: string, month: number, day: string): PlainDate | undefined =>
  parsePlainDate(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
