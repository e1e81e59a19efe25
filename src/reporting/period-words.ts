import { formatDate } from '../platform/clock/london-time.ts';
import { addDays, type PlainDate, partsOf } from '../platform/clock/plain-date.ts';
import type { Period } from '../statistics/measure.ts';
import { monthInWords } from './month-words.ts';

/** A period as people say it: whole months as `May 2020 to April 2021`, anything else by its days. */
export function periodInWords({ from, to }: Period): string {
  if (from === to) return formatDate(from);
  if (!isFirst(from) || !isFirst(addDays(to, 1))) return `${formatDate(from)} to ${formatDate(to)}`;
  const [first, last] = [monthInWords(from.slice(0, 7)), monthInWords(to.slice(0, 7))];
  return first === last ? first : `${first} to ${last}`;
}

const isFirst = (day: PlainDate): boolean => partsOf(day)[2] === 1;
