import { type PlainDate, partsOf, plainDate } from './plain-date.ts';

/**
 * Instants as people in England read them. Instants are kept in UTC; London is an hour ahead in summer, so its
 * clock skips an hour on the last Sunday of March and shows one twice on the last Sunday of October.
 */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const MILLISECONDS_IN_A_MINUTE = 60_000;
/** Minutes that London has been ahead of UTC since 1948. */
const OFFSETS = [60, 0];

const clockFace = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** A day and a time as London's clocks show them: hours 0 to 23, minutes 0 to 59. */
export type LondonWallTime = { date: PlainDate; hour: number; minute: number };

/** The instants at which London's clocks show a given time. */
export type LondonInstant =
  | { kind: 'one'; instant: Date }
  /** The hour that is shown twice in October: first in summer time, then again. */
  | { kind: 'ambiguous'; earlier: Date; later: Date }
  /** The hour that is skipped in March: `shifted` is an hour later on the clock, 2:30am for 1:30am. */
  | { kind: 'nonexistent'; shifted: Date };

/** The day it is in London at an instant. @throws RangeError if the instant is not one, or before 1900 */
export function londonDate(instant: Date): PlainDate {
  return londonWallTime(instant).date;
}

/** What London's clocks show at an instant. @throws RangeError if the instant is not one, or before 1900 */
export function londonWallTime(instant: Date): LondonWallTime {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of clockFace.formatToParts(instant)) part[type] = value;
  return {
    date: plainDate(`${part.year}-${part.month}-${part.day}`),
    hour: Number(part.hour),
    minute: Number(part.minute),
  };
}

/** When London's clocks show this. @throws RangeError if there is no such hour or minute on any clock */
export function londonInstant({ date, hour, minute }: LondonWallTime): LondonInstant {
  if (!isWhole(hour, 23) || !isWhole(minute, 59)) throw new RangeError(`${hour}:${minute} is not a time`);
  const [year, month, day] = partsOf(date);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  // The larger offset comes first, so the candidates are in order of time.
  const candidates = OFFSETS.map((offset) => new Date(asUtc - offset * MILLISECONDS_IN_A_MINUTE));
  const [first, second] = candidates.filter((candidate) => {
    const shown = londonWallTime(candidate);
    return shown.date === date && shown.hour === hour && shown.minute === minute;
  });
  if (first === undefined) return { kind: 'nonexistent', shifted: new Date(asUtc) };
  return second === undefined
    ? { kind: 'one', instant: first }
    : { kind: 'ambiguous', earlier: first, later: second };
}

/** A day in words: 22 November 2026. */
export function formatDate(date: PlainDate): string {
  const [year, month, day] = partsOf(date);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/**
 * An instant in words, in London, in the style of GOV.UK: 22 November 2026 at 2:05pm, at 9am, at midday.
 * In the hour that October shows twice it says which: 25 October 2026 at 1:30am (GMT).
 */
export function formatLondon(instant: Date): string {
  const shown = londonWallTime(instant);
  const when = londonInstant(shown);
  const inDoubledHour = when.kind === 'ambiguous';
  const zone = inDoubledHour ? (instant < when.later ? ' (BST)' : ' (GMT)') : '';
  return `${formatDate(shown.date)} at ${formatTime(shown)}${zone}`;
}

/** A time of day in the style of GOV.UK: 2:05pm, 9am, midday, midnight. */
export function formatTime({ hour, minute }: { hour: number; minute: number }): string {
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
