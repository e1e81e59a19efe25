import { dueOn, type Threshold, type ThresholdName } from '../organisations/index.ts';
import type { Names } from '../people/index.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays, daysBetween, type PlainDate } from '../platform/clock/plain-date.ts';
import type { ContactStanding } from './contact-queries.ts';
import type { Engagement } from './engagement.ts';

/** What a caseworker's day asks of them. Pure: no I/O here. */

/** A young person that somebody works with now, and how it stands with contact. */
export interface MyCase extends Names, ContactStanding {
  allocationId: string;
  personId: string;
  /** When the provider was given them. */
  startedAt: Date;
  /** When the worker was. */
  mineSince: Date;
  engagement: Engagement | null;
}

/** How many days somebody is new to their worker. */
export const NEW_FOR_DAYS = 7;

/** The cases that ask for something, each list the most pressing first. */
export interface CasesOfTheDay {
  /** Given to the worker in the last days, the latest first. */
  newCases: MyCase[];
  /** Not spoken with by the day that was set, and since when that is over. */
  firstContactOverdue: { one: MyCase; dueOn: PlainDate }[];
  /** Engaged, and not spoken with for so many days. */
  withoutContact: { one: MyCase; days: number }[];
  /** Tried so often without an answer that how they are reached needs a review. */
  toReview: MyCase[];
}

/** Which of a worker's cases ask for what on a day. */
export function casesOfTheDay(
  cases: readonly MyCase[],
  thresholds: Readonly<Record<ThresholdName, Threshold>>,
  today: PlainDate,
): CasesOfTheDay {
  return {
    newCases: cases
      .filter(({ mineSince }) => londonDate(mineSince) > addDays(today, -NEW_FOR_DAYS))
      .sort((a, b) => b.mineSince.getTime() - a.mineSince.getTime()),
    firstContactOverdue: cases
      .filter(({ engagement }) => engagement === null)
      .map((one) => ({ one, dueOn: firstContactDueOn(one, thresholds) }))
      .filter(({ dueOn: due }) => due < today)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
    withoutContact: cases
      .filter(({ engagement }) => engagement !== null)
      .map((one) => ({ one, last: londonDate(one.lastSpokenAt ?? one.startedAt) }))
      .filter(({ last }) => dueOn(last, thresholds['without-contact']) <= today)
      .map(({ one, last }) => ({ one, days: daysBetween(last, today) }))
      .sort((a, b) => b.days - a.days),
    toReview: cases
      .filter(({ failedSince }) => failedSince >= thresholds['failed-contacts'].value)
      .sort((a, b) => b.failedSince - a.failedSince),
  };
}

/** The day by which a young person is first to be spoken with. */
export function firstContactDueOn(
  { startedAt }: Pick<MyCase, 'startedAt'>,
  thresholds: Readonly<Record<ThresholdName, Threshold>>,
): PlainDate {
  return dueOn(londonDate(startedAt), thresholds['first-contact']);
}
