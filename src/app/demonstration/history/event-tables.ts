/**
 * What happened in the year before and in the year after, in hundredths of everybody. A dip sample of 50 was printed: 31
 * had been missing, 74% of them less often afterwards and 48% not at all; at the median 3 times and then once, and one
 * 63 times and then 7 (page 43). Of those arrested before, 65% were arrested less often; of 16 convicted, 12 less often and
 * 11 not again (page 39). Our measures are of everybody who engaged, so the shares are those and the numbers are not.
 */
export interface BeforeAndAfter {
  readonly kind: 'missing' | 'arrest' | 'conviction';
  readonly source: string;
  /** Of everybody, those with any before; of those, how many had fewer after, and how many of these none. */
  readonly anyBefore: number;
  readonly decreased: number;
  readonly toZero: number;
  /** Of those with any before, how many had as many after: the rest had more. */
  readonly unchanged: number;
  /** Of those with none before, how many had some after. */
  readonly began: number;
  /** How often before, the more usual more often. */
  readonly times: readonly number[];
}

/** Those who engaged, from the day on which they were allocated. */
export const afterSupport: readonly BeforeAndAfter[] = [
  {
    kind: 'missing',
    source: 'merlin',
    anyBefore: 62,
    decreased: 74,
    toZero: 48,
    unchanged: 15,
    began: 8,
    times: [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 8, 11],
  },
  {
    kind: 'arrest',
    source: 'pnc',
    anyBefore: 62,
    decreased: 65,
    toZero: 42,
    unchanged: 20,
    began: 10,
    times: [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6],
  },
  {
    kind: 'conviction',
    source: 'pnc',
    anyBefore: 32,
    decreased: 75,
    toZero: 69,
    unchanged: 15,
    began: 4,
    times: [1, 1, 1, 1, 2, 2, 3],
  },
];

/** Those who were accepted and never engaged, from the day of the decision: fewer of them saw things change. */
export const withoutSupport: readonly BeforeAndAfter[] = [
  {
    kind: 'missing',
    source: 'merlin',
    anyBefore: 57,
    decreased: 51,
    toZero: 27,
    unchanged: 22,
    began: 14,
    times: [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7],
  },
  {
    kind: 'arrest',
    source: 'pnc',
    anyBefore: 58,
    decreased: 47,
    toZero: 26,
    unchanged: 26,
    began: 17,
    times: [1, 1, 1, 2, 2, 3, 4],
  },
  {
    kind: 'conviction',
    source: 'pnc',
    anyBefore: 29,
    decreased: 55,
    toZero: 44,
    unchanged: 24,
    began: 9,
    times: [1, 1, 1, 2, 2],
  },
];

/** Whoever was missing most often, before and after (page 43). */
export const MOST_OFTEN_MISSING = [63, 7] as const;
