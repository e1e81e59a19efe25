import { addMonths, plainDate } from '../../src/platform/clock/plain-date.ts';
import { countRows, share as shareOf, total as totalOf } from '../../src/statistics/count.ts';
import type { Figures } from '../../src/statistics/disclosure/figures.ts';
import type {
  Counted,
  Fields,
  Json,
  MeasureShape,
  Period,
  Records,
  Shape,
  Where,
} from '../../src/statistics/measure.ts';
import { measures } from '../../src/statistics/measures/index.ts';
import { points } from '../../src/statistics/percent.ts';

/** One record as measures count it: its day, and one value of each property. */
export interface Record_ {
  readonly day: string;
  readonly is: Readonly<Record<string, string>>;
}
export type Holdings = Readonly<Partial<Record<Records, readonly Record_[]>>>;

export const boroughs = Array.from({ length: 32 }, (_, n) => `E090000${String(n + 2).padStart(2, '0')}`);
export const year: Period = { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') };
export const yearBefore: Period = { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') };

/** The keys that tables over a list have, by what the table is by. */
export const lists: Readonly<Record<string, readonly string[]>> = {
  borough: [...boroughs, 'out-of-london'],
  residence: [...boroughs, 'out-of-london'],
  gender: ['female', 'male', 'non-binary', 'other', 'unknown'],
  age: ['0-10', '11-15', '16-17', '18-25', '26+', 'unknown'],
  ethnicGroup: ['white', 'black', 'asian', 'mixed', 'other', 'unknown'],
  setting: ['mainstream', 'college', 'sixth-form', 'pru', 'alternative-provision', 'special', 'unknown'],
  socialCare: ['cla', 'cp', 'cin', 'care-leaver', 'none', 'unknown'],
  agency: [
    'childrens-social-care',
    'county-police',
    'metropolitan-police',
    'education',
    'health',
    'other',
    'unknown',
  ],
  decision: ['accepted', 'declined', 'signposted', 'intelligence-only', 'pending'],
  reason: ['no-county-lines-link', 'at-risk-only', 'outside-criteria', 'no-consent', 'other'],
  length: ['under-1', '1-2', '3-5', '6-11', '12-plus'],
  service: ['childrens-social-care', 'education', 'housing', 'health', 'probation', 'vawg', 'other'],
  quadrant: ['north', 'east', 'south', 'west'],
};

/** The exact figures of every measure, by its shape, from records that a test makes up. */
export function reportOfRecords(
  holdings: Holdings,
  period: Period = year,
  comparison: Period | null = yearBefore,
): Figures {
  const counting = new Counting(holdings, period, comparison);
  return {
    period,
    comparison,
    measures: Object.fromEntries(
      measures.map(({ id, shape }) => [id, { shape, fields: counting.measure(shape) }]),
    ),
  };
}

type Side = 'current' | 'previous';

class Counting {
  readonly #holdings: Holdings;
  readonly #period: Period;
  readonly #comparison: Period | null;

  constructor(holdings: Holdings, period: Period, comparison: Period | null) {
    this.#holdings = holdings;
    this.#period = period;
    this.#comparison = comparison;
  }

  measure({ own, parts = {} }: MeasureShape): Fields {
    const others = Object.entries(parts).map(([name, shape]) => [name, this.#value(shape, {}, own)]);
    const value = this.#value(own, {}, own);
    const top = own.kind === 'total' ? { total: value } : own.kind === 'rows' ? { rows: value } : value;
    return { ...(top as Fields), ...Object.fromEntries(others) };
  }

  #value(shape: Shape, among: Where, own: Shape): Json {
    const of = 'of' in shape ? placed(shape.of, among) : { records: 'referrals' as const };
    switch (shape.kind) {
      case 'total':
        return { ...totalOf(this.#both(of)) };
      case 'count-table': {
        const rows = this.#keys(shape.by, of, shape.keys === 'fixed').map((key) => ({
          key,
          label: `The ${key}`,
          ...this.#both(and(of, { [shape.by]: key })),
        }));
        const isRanked = (key: string) => shape.ranked && !(shape.unranked ?? []).includes(key);
        const further = Object.entries(shape.further ?? {});
        return {
          rows: countRows(rows, isRanked).map((row) => ({
            ...row,
            ...Object.fromEntries(
              further.map(([name, counted]) => [
                name,
                this.#count(and(counted, { [shape.by]: row.key }), 'current'),
              ]),
            ),
          })),
          total: { ...totalOf(this.#both(of)) },
        };
      }
      case 'share':
        return this.#shares(of, shape.part);
      case 'bare-share':
        return this.#share(of, shape.part, 'current');
      case 'share-table': {
        const keys = this.#keys(shape.by, of, shape.keys === 'fixed');
        const shown = shape.part ? this.#ten(keys, of, shape.by) : keys;
        return {
          rows: shown.map((key) => {
            const its = { [shape.by]: key };
            const shares = shape.part ? this.#shares(and(of, its), shape.part) : this.#shares(of, its);
            const percents = [shares.current, shares.previous].map(
              (one) => ((one as Fields | null)?.percent ?? null) as number | null,
            );
            return {
              key,
              label: `The ${key}`,
              ...shares,
              points: points(percents[0] ?? null, percents[1] ?? null),
            };
          }),
        };
      }
      case 'count':
        return this.#count(of, 'current');
      case 'counts':
        return Object.fromEntries(
          this.#keys(shape.by, of, false).flatMap((key) => {
            const count = this.#count(and(of, { [shape.by]: key }), 'current');
            return count > 0 ? [[key, count]] : [];
          }),
        );
      case 'series':
        return ['1', '2', '3', '4'].map((key) => this.#count(and(of, { [shape.by]: key }), 'current'));
      case 'each':
        return Object.fromEntries(
          (lists[shape.by] ?? []).map((key) => [
            key,
            this.#value(shape.shape, { ...among, [shape.by]: key }, own),
          ]),
        );
      case 'rows': {
        const keys = shape.by === 'borough' ? ['london', ...boroughs] : (lists[shape.by] ?? []).slice(0, 5);
        return keys.map((key) => ({
          key,
          ...Object.fromEntries(
            Object.entries(shape.fields).map(([name, its]) => [
              name,
              this.#value(its, { ...among, [shape.by]: key }, own),
            ]),
          ),
        }));
      }
      case 'object':
        return Object.fromEntries(
          Object.entries(shape.fields).map(([name, its]) => [name, this.#value(its, among, own)]),
        );
      case 'bands': {
        const counts = boroughs.map((borough) =>
          this.#count({ records: 'referrals', where: { borough } }, 'current'),
        );
        const last = Math.max(48, ...counts);
        return [
          [0, 4],
          [5, 10],
          [11, 19],
          [20, 35],
          [36, last],
        ].map(([from = 0, to = 0]) => ({
          from,
          to,
          boroughs: counts.filter((count) => count >= from && count <= to).length,
        }));
      }
      case 'derived':
        return 0.5;
      case 'derived-from-ranks':
        return this.#comparison ? 7 : null;
      case 'open':
        return null;
    }
  }

  #both(counted: Counted) {
    return {
      current: this.#count(counted, 'current'),
      previous: this.#comparison ? this.#count(counted, 'previous') : null,
    };
  }

  #shares(of: Counted, part: Where): { current: Json; previous: Json } {
    return {
      current: this.#share(of, part, 'current'),
      previous: this.#comparison ? this.#share(of, part, 'previous') : null,
    };
  }

  #share(of: Counted, part: Where, side: Side): Json {
    const whole = this.#count(of, side);
    if (part.force !== 'top-five') return { ...shareOf(this.#count(and(of, part), side), whole) };
    const counts = this.#keys('force', of, false).map((force) => this.#count(and(of, { force }), side));
    const five = counts.sort((a, b) => b - a).slice(0, 5);
    return {
      ...shareOf(
        five.reduce((sum, count) => sum + count, 0),
        whole,
      ),
    };
  }

  /** Those with most, ten of them and whoever ties with the tenth. */
  #ten(keys: readonly string[], of: Counted, by: string): string[] {
    const counted = keys
      .filter((key) => key.startsWith('E'))
      .map((key) => ({ key, count: this.#count(and(of, { [by]: key }), 'current') }))
      .sort((a, b) => b.count - a.count);
    const tenth = counted[9]?.count ?? 0;
    return counted.filter(({ count }) => count > 0 && count >= tenth).map(({ key }) => key);
  }

  #keys(by: string, of: Counted, isList: boolean): string[] {
    if (by === 'month')
      return Array.from({ length: 12 }, (_, n) => addMonths(this.#period.from, n).slice(0, 7));
    const found = (this.#holdings[of.records] ?? [])
      .filter(
        (record) =>
          this.#isIn(record, of, 'current') || (this.#comparison && this.#isIn(record, of, 'previous')),
      )
      .flatMap(({ is }) => is[by] ?? []);
    const list = isList ? (lists[by] ?? []) : by === 'borough' ? boroughs : [];
    return [...new Set([...list, ...found.sort()])];
  }

  #count(counted: Counted, side: Side): number {
    return (this.#holdings[counted.records] ?? []).filter((record) => this.#isIn(record, counted, side))
      .length;
  }

  #isIn({ day, is }: Record_, { window, where = {} }: Counted, side: Side): boolean {
    const { month, ...others } = where;
    const days = side === 'current' ? this.#period : this.#comparison;
    if (!days || day > days.to || (day < days.from && (window ?? 'period') === 'period')) return false;
    if (month) {
      const its = side === 'current' ? month : addMonths(plainDate(`${month}-01`), -12).slice(0, 7);
      if (!day.startsWith(its)) return false;
    }
    return Object.entries(others).every(([property, value]) => {
      const its = property === 'quarter' ? this.#quarterOf(day) : is[property];
      if (value === 'recorded') return its !== undefined && its !== 'unknown';
      return its !== undefined && value.split('|').includes(its);
    });
  }

  #quarterOf(day: string): string {
    const after = [3, 6, 9].filter((months) => day >= addMonths(this.#period.from, months));
    return String(after.length + 1);
  }
}

function placed(counted: Counted, among: Where): Counted {
  const where = Object.entries(counted.where ?? {}).map(([property, value]) => [
    property,
    value === '*' ? (among[property] ?? value) : value,
  ]);
  return { ...counted, where: Object.fromEntries(where) };
}

function and(counted: Counted, more: Where): Counted {
  return { ...counted, where: { ...counted.where, ...more } };
}
