import { addDays, addMonths, type PlainDate } from '../platform/clock/plain-date.ts';
import { addWorkingDays } from '../platform/clock/working-days.ts';
import type { Threshold } from './thresholds.ts';

/** The day by which something that began on a day is due. @throws RangeError for a threshold that is no span of time */
export function dueOn(began: PlainDate, { value, unit }: Threshold): PlainDate {
  switch (unit) {
    case 'working days':
      return addWorkingDays(began, value);
    case 'days':
      return addDays(began, value);
    case 'weeks':
      return addDays(began, 7 * value);
    case 'months':
      return addMonths(began, value);
    case 'years':
      return addMonths(began, 12 * value);
    case 'points':
      throw new RangeError('Points are no span of time');
  }
}

/**
 * The last day on which something began that is overdue on a day: what began then, or before, should have been done by now.
 *
 * @throws RangeError for a threshold that is no span of time
 */
export function lastBegunOverdue(today: PlainDate, threshold: Threshold): PlainDate {
  let began = addDays(today, -1);
  while (dueOn(began, threshold) >= today) began = addDays(began, -1);
  return began;
}
