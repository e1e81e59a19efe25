import { formatDate, londonDate } from '../platform/clock/london-time.ts';
import { addDays, type PlainDate } from '../platform/clock/plain-date.ts';
import { readTime, whenItHappened } from '../platform/clock/typed-time.ts';

/** Later than anything that is typed: nothing is refused for being still to come. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/** When something is to happen, or what is wrong with what was typed, in words for the one who typed it. */
export type TimeToCome = { ok: true; at: Date } | { ok: false; about: 'day' | 'time'; message: string };

/**
 * The instant at which London's clocks will show a date and a time that somebody typed: still to come, and not too far off.
 * In the hour that October shows twice it must be said which; the hour that March skips is refused.
 *
 * @param of.called what the day and the time are, as a fault says it: "it is planned for"
 * @param of.withinDays how many days ahead it is at most
 */
export function timeToCome(
  date: PlainDate,
  typedTime: string,
  now: Date,
  { called, withinDays }: { called: string; withinDays: number },
): TimeToCome {
  const wrong = (about: 'day' | 'time', message: string): TimeToCome => ({ ok: false, about, message });
  if (!readTime(typedTime)) return wrong('time', `Enter the time ${called}, like 2:05pm or 14:05`);
  const today = londonDate(now);
  if (date < today) return wrong('day', `The day ${called} must be today or later`);
  const last = addDays(today, withinDays);
  if (date > last) return wrong('day', `The day ${called} must be ${formatDate(last)} or earlier`);
  const read = whenItHappened(date, typedTime, NEVER);
  if (!read.ok) return wrong('time', read.message);
  return read.at > now ? read : wrong('time', `The time ${called} must be still to come`);
}
