/** What people are to look at when an import has ended: how much of it there is, and the first of it by name. */
export interface Told<Each> {
  count: number;
  first: Each[];
}

/** How many are named; the rest are counted. */
export const TOLD_AT_MOST = 20;

export const NOTHING_TOLD: Told<never> = { count: 0, first: [] };

/** Where the row of a referral is, as SQL over a line: a row of an import before this one has none. */
export const placeOf = (line: string): string =>
  `case when ${line} is null then 'imported before' else 'referrals.csv:' || ${line} end`;
