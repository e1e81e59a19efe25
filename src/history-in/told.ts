/** What people are to look at when an import has ended: how much of it there is, and the first of it by name. */
export interface Told<Each> {
  count: number;
  first: Each[];
}

/** How many are named; the rest are counted. */
export const TOLD_AT_MOST = 20;

/** How many of a kind are kept with the import, to be worked through; the rest are counted. */
export const KEPT_AT_MOST = 1_000;

/** Of one kind how many there are, and those that are kept: the likeliest first. */
export interface Found<Each> {
  count: number;
  kept: { personId: string; otherPersonId: string | null; told: Each }[];
}

/** How many there are for somebody to whom only some of the kept ones exist: the others are in no count either. */
export const countWith = (count: number, listed: number): number =>
  listed + Math.max(0, count - KEPT_AT_MOST);

/** What is told of it at once. */
export const toldOf = <Each>({ count, kept }: Found<Each>): Told<Each> => ({
  count,
  first: kept.slice(0, TOLD_AT_MOST).map(({ told }) => told),
});

/** Where the row of a referral is, as SQL over a line: a row of an import before this one has none. */
export const placeOf = (line: string): string =>
  `case when ${line} is null then 'imported before' else 'referrals.csv:' || ${line} end`;
