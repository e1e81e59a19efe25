import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/**
 * What a measure is, and the JSON that its figures are. Each measure tells its shape as data, so that what protects, draws or
 * lists figures goes by the shape and knows no measure.
 */

/** Both days included. */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** What a report is asked for. `asAt`: what had been recorded by that moment, and nothing that came after it. */
export interface Asked {
  readonly period: Period;
  readonly comparison: Period | null;
  readonly asAt: Date;
}

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [field: string]: Json | undefined };

// Types and no interfaces: what is JSON must be known to have no other fields.

/** A number that disclosure control hid is null, and its object says so. */
type Hideable = { readonly suppressed?: true };

/** `change` is (current - previous) / previous, unrounded; null when previous is 0 or there is no comparison. */
export type Total = Hideable & {
  readonly current: number | null;
  readonly previous: number | null;
  readonly change: number | null;
};

export type CountRow = Total & {
  readonly key: string;
  readonly label: string;
  readonly rank: number | null;
  readonly previousRank: number | null;
  /** Further counts of a row, such as `rescues`. */
  readonly [further: string]: Json | undefined;
};

export type CountTable = {
  readonly rows: readonly CountRow[];
  readonly total: Total;
};

/** `percent` is whole, rounded half up from the exact fraction; null when the denominator is 0. */
export type Share = Hideable & {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly percent: number | null;
};

export type Shares = {
  readonly current: Share;
  readonly previous: Share | null;
};

/** `points` is the difference of the two displayed percentages. */
export type ShareRow = Shares &
  Hideable & {
    readonly key: string;
    readonly label: string;
    readonly points: number | null;
  };

export type ShareTable = { readonly rows: readonly ShareRow[] };

/** One value of each named property: {gender: 'female'} are those who are female. */
export type Where = Readonly<Record<string, string>>;

/** Which records a number counts. Two numbers with the same records, place, window and period are the same number. */
export interface Counted {
  readonly records: Records;
  readonly where?: Where;
  /** Their time: within the period, everything up to its last day, or as things stood on its last day. */
  readonly window?: 'period' | 'to-date' | 'last-day';
}

/** The kinds of records that are counted. */
export const recordKinds = [
  'referrals',
  'episodes',
  'closed-episodes',
  'onward-referrals',
  'people',
  'rescue-requests',
  'individuals',
  'nrm-referrals',
  'training-sessions',
  'attendees',
] as const;
export type Records = (typeof recordKinds)[number];

/** Of these each one is somebody, or could lead to somebody: counts of them are protected. */
export const protectedRecords: readonly Records[] = recordKinds.filter(
  (records) => records !== 'training-sessions' && records !== 'attendees',
);

/** Whether a table has every key of a list, or the keys that are not zero in either period. */
export type Keys = 'fixed' | 'open';

export type Shape =
  /** {total: Total} at the top of a measure; a Total where it is a field. */
  | { readonly kind: 'total'; readonly of: Counted }
  /**
   * {rows, total}: `of`, broken down `by` a property. `exclusive`: each of `of` is in one row and every row is there, so rows
   * add up to the total. `unranked`: keys that take no rank. `further`: more counts of each row, each with what it counts.
   */
  | {
      readonly kind: 'count-table';
      readonly of: Counted;
      readonly by: string;
      readonly keys: Keys;
      readonly exclusive: boolean;
      readonly ranked: boolean;
      readonly unranked?: readonly string[];
      readonly further?: Readonly<Record<string, Counted>>;
    }
  /** {current: Share, previous: Share}: those of `of` that `part` says. */
  | { readonly kind: 'share'; readonly of: Counted; readonly part: Where }
  /** A Share with no comparison beside it. */
  | { readonly kind: 'bare-share'; readonly of: Counted; readonly part: Where }
  /**
   * {rows}: without `part` each row is those of `of` with the key `by` the property, out of all of `of`, and with `exclusive`
   * the rows add up to it; with `part` each row is those that `part` says out of those of `of` with the key.
   */
  | {
      readonly kind: 'share-table';
      readonly of: Counted;
      readonly by: string;
      readonly keys: Keys;
      readonly exclusive: boolean;
      readonly part?: Where;
    }
  /** A whole number, of the current period. */
  | { readonly kind: 'count'; readonly of: Counted }
  /** {key: number}, of the current period; exclusive: every one of `of` is in one of them. */
  | { readonly kind: 'counts'; readonly of: Counted; readonly by: string }
  /** [number, …], of the current period, in order of the property; they add up to `of`. */
  | { readonly kind: 'series'; readonly of: Counted; readonly by: string }
  /** {key: …}: the same shape for each value of a property, whose place says that value instead of `*`. */
  | { readonly kind: 'each'; readonly by: string; readonly shape: Shape }
  /**
   * How many rows of the count table `of` this measure fall in each band: [{from, to, boroughs}]. Nothing but the counts of
   * the current period is behind it.
   */
  | { readonly kind: 'bands' }
  /** {current: number, previous: number}, or a number: follows from records of `of` and is hidden with them. */
  | { readonly kind: 'derived'; readonly of: Counted; readonly fewest?: 'k' }
  /** A number that follows from the ranks of the measure's own table. */
  | { readonly kind: 'derived-from-ranks' }
  /** [{key, …}]: one object a row; `by` a property, in each row the fields told. */
  | {
      readonly kind: 'rows';
      readonly by: string;
      readonly fields: Readonly<Record<string, Shape>>;
    }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> }
  /** A number or a text that tells of no record of the service: a share of the population. */
  | { readonly kind: 'open' };

export interface MeasureShape {
  /** What stands at the top of the measure itself. */
  readonly own: Shape;
  /** Further fields beside it, by name. */
  readonly parts?: Readonly<Record<string, Shape>>;
}

/** Why a measure has no figure: what it is made of was never supplied. */
export const reasonsWithoutFigure = {
  'no-data': 'The records that it counts were never supplied.',
  'no-population': 'No table of population was supplied for this geography, age and year.',
  'no-deprivation-index': 'No index of deprivation was supplied for the wards that referrals name.',
  'no-wards': 'No list of wards was supplied.',
} as const;
export type ReasonWithoutFigure = keyof typeof reasonsWithoutFigure;

/**
 * The fields of a measure as measures.md gives them, without version, title, definition and hash. With a `reason` every field
 * of its shape is null.
 */
export type Fields = { readonly [field: string]: Json | undefined };

export interface MeasureResult {
  readonly fields: Fields;
  readonly reason?: ReasonWithoutFigure;
  /** SHA-256, in hexadecimal, of what the figure was computed from. */
  readonly hash: string;
}

export interface Measure {
  readonly id: string;
  /** Counts up when the definition changes; both stay computable. */
  readonly version: number;
  readonly title: string;
  /** In plain English: what is counted, of which, and what is left out. */
  readonly definition: string;
  /** Which geography it goes by, how it treats what is not known, and how ties are ranked, where it does any of that. */
  readonly rules: {
    readonly geography?: string;
    readonly unknowns?: string;
    readonly ties?: string;
  };
  readonly shape: MeasureShape;
  compute(tx: Transaction, asked: Asked): Promise<MeasureResult>;
}
