import { type PlainDate, parsePlainDate, plainDate } from '../platform/clock/plain-date.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Period } from '../statistics/measure.ts';

/** The dates of a report as they were typed; undefined or empty where nothing was. */
export interface TypedPeriods {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly compareFrom: string | undefined;
  readonly compareTo: string | undefined;
}

/** A measure may look at the year before a period, and at the day after it. */
const FIRST = plainDate('1901-01-01');
const LAST = plainDate('9998-12-31');

/** What each date is called where it is typed. */
export type PeriodNames = Readonly<Record<keyof TypedPeriods, string>>;

/**
 * The period of a report and the one that it is compared with.
 *
 * @param inWords how a refusal writes a date: as it was typed unless told
 * @throws Refusal in one line that says the remedy
 */
export function periodsOf(
  typed: TypedPeriods,
  names: PeriodNames,
  inWords: (date: PlainDate) => string = String,
): { readonly period: Period; readonly comparison: Period | null } {
  const period = { from: dateOf(typed.from, names.from), to: dateOf(typed.to, names.to) };
  inOrder(period, names.from, names.to, inWords);
  if (!typed.compareFrom && !typed.compareTo) return { period, comparison: null };
  const comparison = {
    from: dateOf(typed.compareFrom, names.compareFrom),
    to: dateOf(typed.compareTo, names.compareTo),
  };
  inOrder(comparison, names.compareFrom, names.compareTo, inWords);
  if (comparison.from <= period.to && period.from <= comparison.to)
    throw new Refusal(
      `The periods overlap: end the one to compare with before ${inWords(period.from)} (${names.compareTo} ${inWords(comparison.to)})`,
    );
  if (comparison.from > period.to)
    throw new Refusal(
      `The period to compare with comes after the other: give one that ends before ${inWords(period.from)} (${names.compareTo} ${inWords(comparison.to)})`,
    );
  return { period, comparison };
}

function dateOf(typed: string | undefined, name: string): PlainDate {
  if (!typed) throw new Refusal(`${name} is missing: give a date such as 2020-05-01`);
  const date = parsePlainDate(typed);
  if (date === undefined)
    throw new Refusal(`${name} ${typed} is no date: write the year, month and day, as in 2020-05-01`);
  if (date < FIRST || date > LAST)
    throw new Refusal(`${name} ${typed} is too far away: give a date from ${FIRST} to ${LAST}`);
  return date;
}

function inOrder(
  { from, to }: Period,
  first: string,
  last: string,
  inWords: (date: PlainDate) => string,
): void {
  if (from > to)
    throw new Refusal(`${first} ${inWords(from)} is after ${last} ${inWords(to)}: change them round`);
}
