import { formatDate, formatTime, londonInstant, londonWallTime } from './london-time.ts';
import type { PlainDate } from './plain-date.ts';

/** Times of day as people type them, and the instants they mean in London. */

/** A time of day as it was typed; the zone where it was given. */
export interface TypedTime {
  hour: number;
  minute: number;
  zone: 'BST' | 'GMT' | null;
}

const TIME = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?\s*(bst|gmt)?$/i;
const NAMED_TIME = /^(midday|noon|midnight)\s*(bst|gmt)?$/i;

/** Reads a time of day: 2pm, 2:05pm, 14:05, 14.05, 1405, midday. @returns undefined if it is none */
export function readTime(typed: string): TypedTime | undefined {
  const text = typed
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/([ap])\.\s?m\.?/i, '$1m');
  const named = NAMED_TIME.exec(text);
  if (named)
    return { hour: named[1]?.toLowerCase() === 'midnight' ? 0 : 12, minute: 0, zone: zoneOf(named[2]) };
  const read = TIME.exec(text);
  if (!read) return undefined;
  const [, hours, minutes, half, zone] = read;
  const hour = Number(hours);
  // A bare number might be either half of the day.
  if (minutes === undefined && half === undefined) return undefined;
  const minute = Number(minutes ?? '0');
  if (minute > 59 || (half === undefined ? hour > 23 : hour < 1 || hour > 12)) return undefined;
  const isAfternoon = half?.toLowerCase() === 'pm';
  return {
    hour: half === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0),
    minute,
    zone: zoneOf(zone),
  };
}

function zoneOf(text: string | undefined): TypedTime['zone'] {
  const zone = text?.toUpperCase();
  return zone === 'BST' || zone === 'GMT' ? zone : null;
}

/** When something happened, or what is wrong with what was typed, in words for the one who typed it. */
export type When =
  | { ok: true; at: Date }
  | { ok: false; field: 'happenedOn' | 'happenedTime'; message: string };

/**
 * The instant at which London's clocks showed a date and a time. In the hour that October shows twice it must be said
 * which, as BST or GMT; the hour that March skips is refused, and so is the future.
 */
export function whenItHappened(date: PlainDate, typedTime: string, now: Date): When {
  const wrongTime = (message: string): When => ({ ok: false, field: 'happenedTime', message });
  const time = readTime(typedTime);
  if (!time) return wrongTime('Enter the time it happened, like 2:05pm or 14:05');
  const { hour, minute, zone } = time;
  const shown = formatTime(time);
  const found = londonInstant({ date, hour, minute });
  let at: Date;
  switch (found.kind) {
    case 'nonexistent':
      return wrongTime(
        `The clocks went forward on ${formatDate(date)}, from 1am to 2am, so there was no ${shown}: enter the time the clock showed`,
      );
    case 'ambiguous':
      if (zone === null) {
        return wrongTime(
          `The clocks went back on ${formatDate(date)}, so ${shown} happened twice: enter ${shown} BST for the first, or ${shown} GMT for the second`,
        );
      }
      at = zone === 'BST' ? found.earlier : found.later;
      break;
    case 'one': {
      at = found.instant;
      const inLondon = at.getUTCHours() === hour ? 'GMT' : 'BST';
      if (zone !== null && zone !== inLondon)
        return wrongTime(`London's clocks showed ${inLondon} at that time: enter the time without ${zone}`);
      break;
    }
  }
  if (at > now) {
    const isLaterDay = date > londonWallTime(now).date;
    return isLaterDay
      ? { ok: false, field: 'happenedOn', message: 'The day it happened must be today or in the past' }
      : wrongTime('The time it happened must be in the past');
  }
  return { ok: true, at };
}

/** A time of day as {@link readTime} reads it back: in the hour that October shows twice, with its zone. */
export function timeAsTyped(at: Date): string {
  const shown = londonWallTime(at);
  const found = londonInstant(shown);
  const zone = found.kind === 'ambiguous' ? (at < found.later ? ' BST' : ' GMT') : '';
  return `${formatTime(shown)}${zone}`;
}
