import type { ReferralYear } from './referral-tables.ts';

/**
 * How support went of everybody accepted, as a course that so many of a year's referrals took. Days are inclusive.
 *
 * Printed: 145 of the third year's 245 engaged (City Hall's release); 454 of 707 in three years (page 38); open on 30 April
 * 2021, for less than a month 18, for one or two 43, for three to five 66 and for six or more 51 (page 12). Of the second
 * year's 250, 160 engaged: five points more (page 40). The rest is made up so that those come out.
 */
export interface Course {
  readonly year: ReferralYear['name'];
  readonly referrals: number;
  /** When they were decided, so that there is time for what follows. */
  readonly decided: Span;
  /** Days from the decision at the least and the most, and between which days they engaged; null if they never did. */
  readonly engaged: { readonly after: readonly [least: number, most: number]; readonly on: Span } | null;
  /** Days from then at the least and the most, and between which days support ended. */
  readonly closed: { readonly after: readonly [least: number, most: number]; readonly on: Span };
  /** Whoever is transferred has a second provider after the first. */
  readonly reasons: readonly string[];
  /** Which of the tables below says how it ended; null where nothing was recorded. */
  readonly outcomes: 'earlier' | 'year3' | 'later' | null;
}

type Span = readonly [from: string, to: string];

const planned = [
  'planned',
  'planned',
  'planned',
  'planned',
  'planned',
  'moved-away',
  'custody',
  'disengaged',
];
const early = ['disengaged', 'disengaged', 'moved-away', 'custody', 'other'];
const never = [
  'did-not-engage',
  'did-not-engage',
  'did-not-engage',
  'did-not-engage',
  'moved-away',
  'custody',
];

const always: Span = ['2018-09-01', '2022-06-30'];

/** Support that went on after 30 April 2021, and ended within the year that followed. */
export const closedLater = {
  after: [60, 460],
  on: ['2021-05-10', '2022-03-31'],
  reasons: planned,
} as const;

/** The narrowest first. Nobody who engaged before May 2020 is still supported a year later: none is open for 12 months. */
export const courses: readonly Course[] = [
  {
    year: 'year3',
    referrals: 21,
    decided: ['2020-05-01', '2020-10-15'],
    engaged: { after: [5, 50], on: always },
    closed: { after: [70, 240], on: ['2020-07-01', '2021-04-30'] },
    reasons: planned,
    outcomes: 'year3',
  },
  openAtTheEnd('year3', 15, ['2020-05-01', '2020-10-12'], ['2020-06-05', '2020-10-28']),
  openAtTheEnd('year3', 56, ['2020-08-01', '2021-01-08'], ['2020-11-02', '2021-01-28']),
  openAtTheEnd('year3', 37, ['2020-11-01', '2021-03-12'], ['2021-02-01', '2021-03-29']),
  openAtTheEnd('year3', 16, ['2021-01-01', '2021-04-16'], ['2021-04-01', '2021-04-30']),
  notEngaged('year3', 100),

  openAtTheEnd('year2', 30, ['2020-01-01', '2020-05-12'], ['2020-06-05', '2020-10-28']),
  {
    year: 'year2',
    referrals: 25,
    decided: ['2019-05-01', '2019-12-15'],
    engaged: { after: [4, 40], on: always },
    closed: { after: [60, 300], on: ['2019-05-01', '2020-04-30'] },
    reasons: planned,
    outcomes: 'earlier',
  },
  {
    year: 'year2',
    referrals: 75,
    decided: ['2019-07-01', '2020-05-12'],
    engaged: { after: [5, 80], on: always },
    closed: { after: [60, 420], on: ['2020-05-01', '2021-04-30'] },
    reasons: planned,
    outcomes: 'year3',
  },
  {
    year: 'year2',
    referrals: 24,
    decided: ['2019-08-01', '2020-04-15'],
    engaged: { after: [5, 40], on: always },
    closed: { after: [45, 500], on: ['2020-05-04', '2021-04-20'] },
    reasons: ['transferred'],
    outcomes: null,
  },
  {
    year: 'year2',
    referrals: 6,
    decided: ['2019-07-01', '2020-05-12'],
    engaged: { after: [5, 60], on: always },
    closed: { after: [30, 330], on: ['2020-05-01', '2021-04-30'] },
    reasons: early,
    outcomes: null,
  },
  notEngaged('year2', 90),

  {
    year: 'before',
    referrals: 9,
    decided: ['2019-02-01', '2019-05-12'],
    engaged: { after: [30, 200], on: always },
    closed: { after: [150, 700], on: ['2020-05-01', '2021-01-29'] },
    reasons: planned,
    outcomes: 'year3',
  },
  {
    year: 'before',
    referrals: 2,
    decided: ['2019-02-01', '2019-05-12'],
    engaged: { after: [30, 200], on: always },
    closed: { after: [150, 700], on: ['2020-05-01', '2020-12-31'] },
    reasons: early,
    outcomes: null,
  },
  {
    year: 'before',
    referrals: 38,
    decided: ['2018-09-01', '2019-01-15'],
    engaged: { after: [3, 30], on: always },
    closed: { after: [45, 240], on: ['2018-11-01', '2019-04-30'] },
    reasons: planned,
    outcomes: 'earlier',
  },
  {
    year: 'before',
    referrals: 70,
    decided: ['2018-09-01', '2019-05-12'],
    engaged: { after: [5, 90], on: always },
    closed: { after: [90, 500], on: ['2019-05-01', '2020-04-30'] },
    reasons: planned,
    outcomes: 'earlier',
  },
  {
    year: 'before',
    referrals: 30,
    decided: ['2018-09-01', '2019-05-12'],
    engaged: { after: [5, 90], on: always },
    closed: { after: [30, 500], on: ['2019-05-01', '2020-04-30'] },
    reasons: early,
    outcomes: null,
  },
  notEngaged('before', 63),
];

/** When those whom a first provider handed over engaged with the second, who supports them on 30 April 2021. */
export const secondEngagements: readonly (readonly [people: number, on: Span])[] = [
  [6, ['2020-07-01', '2020-10-28']],
  [10, ['2020-11-02', '2021-01-28']],
  [6, ['2021-02-01', '2021-03-29']],
  [2, ['2021-04-01', '2021-04-28']],
];

function openAtTheEnd(year: Course['year'], referrals: number, decided: Span, on: Span): Course {
  const { after, on: closedOn, reasons } = closedLater;
  return {
    year,
    referrals,
    decided,
    engaged: { after: [4, 290], on },
    closed: { after, on: closedOn },
    reasons,
    outcomes: 'later',
  };
}

function notEngaged(year: Course['year'], referrals: number): Course {
  return {
    year,
    referrals,
    decided: always,
    engaged: null,
    closed: { after: [30, 220], on: always },
    reasons: never,
    outcomes: null,
  };
}

/** How support ended for those of whom it was recorded. */
export interface Outcomes {
  /** At least one of the eight items, and none. */
  readonly positive: number;
  readonly notPositive: number;
  /** Of those with a positive outcome; the others are counted as they were or worse. */
  readonly harmReduced: number;
  readonly resilienceIncreased: number;
  readonly countyLines: { readonly ceased: number; readonly reduced: number };
  /** Not in education, employment or training at the start, and of them no longer at the end. */
  readonly neet: number;
  readonly noLongerNeet: number;
}

/** Of the third year 93% positive (page 11), 88%, 82% and 42% (page 12); of three years 83% positive (page 41). */
export const outcomeTables: Readonly<Record<NonNullable<Course['outcomes']>, Outcomes>> = {
  year3: {
    positive: 98,
    notPositive: 7,
    harmReduced: 92,
    resilienceIncreased: 86,
    countyLines: { ceased: 48, reduced: 44 },
    neet: 45,
    noLongerNeet: 19,
  },
  earlier: {
    positive: 100,
    notPositive: 33,
    harmReduced: 91,
    resilienceIncreased: 84,
    countyLines: { ceased: 41, reduced: 47 },
    neet: 58,
    noLongerNeet: 19,
  },
  later: {
    positive: 149,
    notPositive: 29,
    harmReduced: 138,
    resilienceIncreased: 127,
    countyLines: { ceased: 71, reduced: 65 },
    neet: 79,
    noLongerNeet: 33,
  },
};
