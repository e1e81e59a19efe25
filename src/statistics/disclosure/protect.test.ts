import { describe, expect, it } from 'vitest';
import { madeUpRecords } from '../../../test/statistics/made-up-records.ts';
import {
  type Holdings,
  type Record_,
  reportOfRecords,
  year,
  yearBefore,
} from '../../../test/statistics/report-of-records.ts';
import { plainDate } from '../../platform/clock/plain-date.ts';
import type { Fields, Json } from '../measure.ts';
import { audit } from './audit.ts';
import { cellName, type Figures } from './figures.ts';
import { protect } from './protect.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';
const settings = { k: 5 };

/** Of the young women in the guide's appendix A: of how many referrals in each year, and how many of them. */
const youngWomen: Readonly<Record<string, readonly [before: number, of: number, now: number, of: number]>> = {
  E09000025: [5, 43, 11, 48],
  E09000022: [1, 24, 5, 42],
  E09000008: [9, 28, 3, 39],
  E09000005: [8, 37, 5, 35],
  E09000009: [8, 19, 2, 30],
  E09000002: [0, 17, 3, 29],
  E09000014: [4, 18, 5, 27],
  E09000015: [5, 25, 1, 26],
  E09000003: [0, 22, 0, 24],
  E09000028: [5, 20, 3, 24],
};

function referrals(borough: string, day: string, women: number, all: number): Record_[] {
  return Array.from({ length: all }, (_, n) => ({
    day,
    is: { borough, gender: n < women ? 'female' : 'male', ethnicGroup: n % 2 === 0 ? 'black' : 'white' },
  }));
}

function yearThree(): Holdings {
  const listed = Object.entries(youngWomen).flatMap(([borough, [before, ofBefore, now, ofNow]]) => [
    ...referrals(borough, '2020-06-01', now, ofNow),
    ...referrals(borough, '2019-06-01', before, ofBefore),
  ]);
  const others = ['E09000010', 'E09000016', 'E09000006'].flatMap((borough) => [
    ...referrals(borough, '2020-06-01', 14, 21),
    ...referrals(borough, '2019-06-01', 18, 30),
  ]);
  return { referrals: [...listed, ...others] };
}

function only(figures: Figures, ids: readonly string[]): Figures {
  const measures = Object.fromEntries(Object.entries(figures.measures).filter(([id]) => ids.includes(id)));
  return { ...figures, measures };
}

function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((its, step) => {
    if (Array.isArray(its))
      return typeof step === 'number' ? its[step] : its.find((row: Json) => at(row, 'key') === step);
    return typeof its === 'object' && its !== null ? (its as Fields)[step] : undefined;
  }, value);
}

describe('the young women of ten boroughs, as they were once published', () => {
  const figures = reportOfRecords(yearThree());
  const { measures, problem, hidden } = protect(figures, settings);

  it('would let anybody recover counts of one', async () => {
    const found = await audit(problem, new Set());
    expect(found).toEqual([]);
    const small = problem.cells.filter(
      ({ value, id }) => value > 0 && value < 5 && id.includes('borough=E') && id.includes('gender=female'),
    );
    expect(small.length).toBeGreaterThan(6);
    // Printed as percentages of small numbers, 4% of 24 and 4% of 26 can be one young woman alone.
    for (const of of [24, 26]) {
      const possible = Array.from({ length: of + 1 }, (_, n) => n).filter(
        (n) => Math.round((100 * n) / of) === 4,
      );
      expect(possible).toEqual([1]);
    }
  });

  it('keep every small count, what is left over, and each percentage, and change', () => {
    for (const [borough, [before, , now]] of Object.entries(youngWomen)) {
      const row = at(measures['referrals.young-women'], 'rows', borough);
      for (const [side, count] of [
        ['current', now],
        ['previous', before],
      ] as const) {
        if (count > 0 && count < 5) {
          expect(at(row, side, 'numerator')).toBeNull();
          expect(at(row, side, 'percent')).toBeNull();
          expect(at(row, side, 'suppressed')).toBe(true);
          expect(at(row, 'points')).toBeNull();
        }
      }
    }
    const keys = (at(measures['referrals.young-women'], 'rows') as Json[]).map((row) =>
      String(at(row, 'key')),
    );
    expect(keys).toEqual([...keys].sort());
    expect(keys).toHaveLength(10);
  });

  it('are found out by nobody', async () => {
    expect(await audit(problem, hidden)).toEqual([]);
  });

  it('tell of every other borough that it has fewer than the last of the ten', () => {
    const ten = Object.keys(youngWomen).flatMap((borough, n) =>
      referrals(borough, '2020-06-01', 0, n === 9 ? 5 : 30),
    );
    const eleventh = referrals('E09000010', '2020-06-01', 0, 4);
    const asked = only(reportOfRecords({ referrals: [...ten, ...eleventh] }, year, null), [
      'referrals.total',
      'referrals.by-borough',
      'referrals.young-women',
    ]);
    const row = at(protect(asked, settings).measures['referrals.by-borough'], 'rows', 'E09000028');
    // Beside a tenth of 5, who is not listed could not be 5 themselves.
    expect(at(row, 'current')).toBeNull();
  });

  it('leave the boroughs and the total as they are', () => {
    expect(at(measures['referrals.total'], 'total', 'current')).toBe(387);
    expect(at(measures['referrals.by-borough'], 'rows', 'E09000025', 'current')).toBe(48);
  });
});

describe('a whole report', () => {
  const sizes = LONG ? [30, 60, 120, 250, 600, 1150, 5000] : [250];
  const wards = LONG ? 300 : 40;

  it.each(sizes)(
    'of %i referrals hangs together, and gives nothing away',
    { timeout: 300_000 },
    async (count) => {
      const figures = reportOfRecords(madeUpRecords(count, { referrals: count, wards }));
      const { measures, problem, hidden, exposed, disagreements } = protect(figures, settings);
      expect(disagreements).toEqual([]);
      expect(exposed).toEqual([]);
      expect(await audit(problem, hidden)).toEqual([]);
      for (const [id, { fields }] of Object.entries(figures.measures))
        compare(id, fields, measures[id] ?? null);
    },
  );

  /** Nothing small stands, nothing is another number than it was, and what is gone is said to be. */
  function compare(path: string, exact: Json | undefined, told: Json | undefined): void {
    if (Array.isArray(exact) && Array.isArray(told)) {
      for (const [n, its] of exact.entries()) {
        const key = at(its, 'key');
        const other = typeof key === 'string' ? at(told, key) : told[n];
        compare(`${path}/${typeof key === 'string' ? key : n}`, its, other);
      }
      return;
    }
    if (typeof exact === 'object' && exact !== null && !Array.isArray(exact)) {
      const fields = exact as Fields;
      const gone = Object.entries(fields).some(
        ([name, its]) => typeof its === 'number' && at(told, name) === null,
      );
      expect(at(told, 'suppressed') === true || !gone, `${path} says what it hides`).toBe(true);
      for (const [name, its] of Object.entries(fields)) compare(`${path}/${name}`, its, at(told, name));
      return;
    }
    if (typeof exact !== 'number' || told === null) return;
    expect(told, path).toBe(exact);
    const isPeople =
      !/training|change|percent|points|ank|bands|rho|from|to$|median|total(Before|After)|retained|[Ss]hare|Rate|low|high|Median|modeDays|wilcoxon/.test(
        path,
      );
    const isCount = isPeople && !/\/n$/.test(path);
    if (isCount) expect(exact === 0 || exact >= 5, `${path} is ${exact}`).toBe(true);
  }
});

describe('what follows from a hidden number', () => {
  const figures = reportOfRecords(madeUpRecords(7, { referrals: 700, wards: 200 }));
  const { measures } = protect(figures, settings);

  it('is gone: ranks that it could change, bands, and what is derived from wards', () => {
    const rows = at(measures['referrals.by-ward'], 'rows') as Json[];
    const hidden = rows.filter((row) => at(row, 'current') === null);
    expect(hidden.length).toBeGreaterThan(20);
    for (const row of hidden) {
      expect([at(row, 'rank'), at(row, 'change'), at(row, 'suppressed')]).toEqual([null, null, true]);
    }
    expect(at(measures['referrals.deprivation'], 'rows', 'london', 'rho')).toBeNull();
    expect(rows.map((row) => String(at(row, 'key')))).toEqual(
      rows.map((row) => String(at(row, 'key'))).sort(),
    );
  });

  it('stays where nothing hidden could change it', () => {
    const rows = at(measures['referrals.by-borough'], 'rows') as Json[];
    expect(at(rows, 'E09000002', 'rank')).toBe(1);
  });

  it('is nothing where nothing is small', () => {
    const large: Holdings = {
      referrals: ['2020-06-01', '2019-06-01'].flatMap((day) =>
        ['E09000002', 'E09000003'].flatMap((borough) => referrals(borough, day, 10, 30)),
      ),
    };
    const told = only(reportOfRecords(large), [
      'referrals.total',
      'referrals.by-borough',
      'referrals.by-gender',
      'referrals.young-women',
    ]);
    const result = protect(told, settings);
    expect(result.hidden.size).toBe(0);
    for (const [id, { fields }] of Object.entries(told.measures)) expect(result.measures[id]).toEqual(fields);
  });
});

describe('a second release', () => {
  const first = only(
    reportOfRecords({
      referrals: [
        ...referrals('E09000002', '2020-06-01', 0, 4),
        ...referrals('E09000003', '2020-06-01', 0, 7),
        ...referrals('E09000004', '2020-06-01', 0, 30),
      ],
    }),
    ['referrals.total', 'referrals.by-borough'],
  );
  const second = only(
    reportOfRecords({
      referrals: [
        ...referrals('E09000002', '2020-06-01', 0, 5),
        ...referrals('E09000003', '2020-06-01', 0, 7),
        ...referrals('E09000004', '2020-06-01', 0, 30),
      ],
    }),
    ['referrals.total', 'referrals.by-borough'],
  );

  it('that differs by one referral does not show what the first hid', async () => {
    const published = protect(first, settings);
    expect(at(published.measures['referrals.by-borough'], 'rows', 'E09000003', 'current')).toBeNull();
    const before = [{ figures: first, shown: published.measures }];
    const alone = protect(second, settings);
    expect(alone.hidden.size).toBe(0);
    const after = protect(second, settings, before);
    expect(after.exposed).toEqual([]);
    expect(after.hidden.size).toBeGreaterThan(0);
    expect(await audit(after.problem, after.hidden)).toEqual([]);
    // Shown as if nothing had been published before, it gives the four away.
    const found = await audit(after.problem, alone.hidden);
    expect(found.flatMap(({ cells }) => cells).some((cell) => cell.includes('borough=E09000002'))).toBe(true);
  });

  it('of the same figures is hidden as the first', () => {
    const published = protect(first, settings);
    const again = protect(first, settings, [{ figures: first, shown: published.measures }]);
    expect(again.measures).toEqual(published.measures);
  });

  it('a year later knows what the last one told of the same year', () => {
    const last = only(
      reportOfRecords({ referrals: referrals('E09000002', '2019-06-01', 0, 9) }, yearBefore, null),
      ['referrals.total'],
    );
    const shown = protect(last, settings);
    const now = protect(
      only(reportOfRecords({ referrals: referrals('E09000002', '2019-06-01', 0, 9) }, year, yearBefore), [
        'referrals.total',
      ]),
      settings,
      [{ figures: last, shown: shown.measures }],
    );
    const total = now.problem.cells.find(({ id }) => id === `referrals ${yearBefore.from}..${yearBefore.to}`);
    expect(total?.standing).toBe('known');
  });
});

it('the year before 28 February 2021 ends on 29 February 2020', () => {
  const [period, comparison] = [
    { from: plainDate('2020-03-01'), to: plainDate('2021-02-28') },
    { from: plainDate('2019-03-01'), to: plainDate('2020-02-29') },
  ];
  const of = { records: 'referrals' } as const;
  const months = { ...of, where: { month: '*' } };
  expect(cellName(months, { period, comparison }, 'previous')).toBe(
    cellName(of, { period, comparison }, 'previous'),
  );
});

describe('periods that nest', () => {
  const ids = ['referrals.total', 'referrals.by-borough'];
  const months = [
    ['2020-05-01', '2020-07-31'],
    ['2020-08-01', '2020-10-31'],
    ['2020-11-01', '2021-01-31'],
    ['2021-02-01', '2021-04-30'],
  ] as const;
  const held: Holdings = {
    referrals: [
      ...referrals('E09000002', '2020-06-01', 0, 3),
      ...referrals('E09000002', '2020-09-01', 0, 9),
      ...referrals('E09000003', '2020-06-01', 0, 8),
      ...referrals('E09000003', '2020-09-01', 0, 12),
      ...months.flatMap(([day]) => referrals('E09000004', day, 0, 30)),
    ],
  };
  const quarters = months.map(([from, to]) => {
    const period = { from: plainDate(from), to: plainDate(to) };
    const figures = only(reportOfRecords(held, period, null), ids);
    return { figures, shown: protect(figures, settings).measures };
  });
  const whole = only(reportOfRecords(held, year, null), ids);

  it('give the year away to what the quarters hide, unless it hides more', async () => {
    expect(at(quarters[0]?.shown['referrals.by-borough'], 'rows', 'E09000002', 'current')).toBeNull();
    const alone = protect(whole, settings);
    expect(alone.hidden.size).toBe(0);
    const after = protect(whole, settings, quarters);
    expect(after.exposed).toEqual([]);
    expect(await audit(after.problem, after.hidden)).toEqual([]);
    expect(at(after.measures['referrals.by-borough'], 'rows', 'E09000002', 'current')).toBeNull();
    // Of the year as it would be published by itself, the auditor takes away the other quarters.
    const found = await audit(after.problem, alone.hidden);
    expect(found.flatMap(({ cells }) => cells)).toContain(
      'referrals 2020-05-01..2020-07-31 borough=E09000002, published 1',
    );
  });

  it('expose what a quarter would hide when the year and the others are told', () => {
    const told = quarters.slice(1);
    const last = quarters[0]?.figures ?? whole;
    const { exposed } = protect(last, settings, [
      ...told,
      { figures: whole, shown: protect(whole, settings).measures },
    ]);
    expect(exposed.join()).toContain('referrals 2020-05-01..2020-07-31 borough=E09000002');
  });
});

describe('rounding', () => {
  it('gives counts to the nearest multiple, and all that follows from them so', () => {
    const figures = only(reportOfRecords(yearThree()), [
      'referrals.total',
      'referrals.by-borough',
      'referrals.by-gender',
    ]);
    const { measures } = protect(figures, { k: 5, roundTo: 5 });
    expect(at(measures['referrals.total'], 'total')).toEqual({
      current: 385,
      previous: 345,
      change: 40 / 345,
    });
    expect(at(measures['referrals.by-borough'], 'rows', 'E09000025', 'current')).toBe(50);
    const female = at(measures['referrals.by-gender'], 'rows', 'female', 'current');
    expect(female).toEqual({ numerator: 80, denominator: 385, percent: 21 });
  });

  it('tells no rate that is worked out of the exact counts', () => {
    const figures = only(reportOfRecords(yearThree()), ['referrals.disproportionality']);
    const rateOf = (settings: Parameters<typeof protect>[1]) =>
      at(
        protect(figures, settings).measures['referrals.disproportionality'],
        'rows',
        'black',
        'relativeRate',
      );
    expect(rateOf({ k: 5 })).toBeTypeOf('number');
    expect(rateOf({ k: 5, roundTo: 5 })).toBeNull();
  });
});
