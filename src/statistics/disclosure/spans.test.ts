import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '../../platform/clock/plain-date.ts';
import { systemOf } from './problem.ts';
import { acrossPeriods, type Spanned } from './spans.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';

function spanned(
  id: string,
  value: number,
  from: string | null,
  to: string,
  more: { own?: boolean; adds?: boolean } = {},
): Spanned {
  return {
    id,
    value,
    span: {
      family: 'referrals',
      from: from === null ? null : plainDate(from),
      to: plainDate(to),
      adds: more.adds ?? true,
    },
    isOwn: more.own ?? false,
  };
}

const words = ({ relations }: ReturnType<typeof acrossPeriods>) =>
  relations.map(
    ({ plus, minus, is }) => `${plus.join(' + ')} ${is === 'equal' ? '=' : '<='} ${minus.join(' + ')}`,
  );

describe('counts of periods', () => {
  it('of which some make another up are its parts', () => {
    const found = acrossPeriods([
      spanned('year', 20, '2020-01-01', '2020-12-31', { own: true }),
      spanned('q1', 3, '2020-01-01', '2020-03-31'),
      spanned('q2', 9, '2020-04-01', '2020-06-30'),
      spanned('q3', 8, '2020-07-01', '2020-09-30'),
      spanned('q4', 0, '2020-10-01', '2020-12-31'),
    ]);
    expect(words(found)).toEqual(['q1 + q2 + q3 + q4 = year']);
    expect(found.cells).toEqual([]);
  });

  it('of which some are missing leave the rest, which stands nowhere', () => {
    const found = acrossPeriods([
      spanned('year', 20, '2020-01-01', '2020-12-31', { own: true }),
      spanned('q1', 3, '2020-01-01', '2020-03-31'),
    ]);
    expect(found.cells).toMatchObject([{ value: 17, standing: 'unpublished' }]);
    expect(words(found)).toEqual([`q1 + ${found.cells[0]?.id} = year`]);
  });

  it('that overlap share their days', () => {
    const found = acrossPeriods([
      spanned('calendar', 10, '2020-01-01', '2020-12-31'),
      spanned('financial', 7, '2020-04-01', '2021-03-31', { own: true }),
      spanned('winter', 4, '2020-01-01', '2020-03-31'),
    ]);
    const [shared, last] = found.cells;
    expect(found.cells.map(({ value }) => value)).toEqual([6, 1]);
    expect(words(found).sort()).toEqual(
      [`${shared?.id} + ${last?.id} = financial`, `winter + ${shared?.id} = calendar`].sort(),
    );
  });

  it('up to a day are the parts of those up to a later one', () => {
    const found = acrossPeriods([
      spanned('to 2020', 66, null, '2020-04-30'),
      spanned('to 2021', 68, null, '2021-04-30', { own: true }),
    ]);
    expect(found.cells.map(({ value }) => value)).toEqual([2]);
    expect(words(found)).toEqual([`to 2020 + ${found.cells[0]?.id} = to 2021`]);
  });

  it('of the same days are one number', () => {
    const found = acrossPeriods([
      spanned('June of the year', 4, '2020-06-01', '2020-06-30', { own: true }),
      spanned('June of the quarter', 4, '2020-06-01', '2020-06-30'),
    ]);
    expect(words(found)).toEqual(['June of the quarter = June of the year']);
  });

  it('that something was recorded late in are known by which is more', () => {
    const found = acrossPeriods([
      spanned('year', 9, '2020-01-01', '2020-12-31', { own: true }),
      spanned('first half', 4, '2020-01-01', '2020-06-30'),
      spanned('second half', 4, '2020-07-01', '2020-12-31'),
    ]);
    expect(words(found).some((each) => each === 'first half <= year' || each === 'second half <= year')).toBe(
      true,
    );
    expect(words(found)).not.toContain('first half + second half = year');
  });

  it('of individuals, of whom some are in both, do not add up', () => {
    const individual = { adds: false };
    const found = acrossPeriods([
      spanned('year', 9, '2020-01-01', '2020-12-31', { ...individual, own: true }),
      spanned('first half', 6, '2020-01-01', '2020-06-30', individual),
      spanned('second half', 5, '2020-07-01', '2020-12-31', individual),
    ]);
    expect(words(found).sort()).toEqual([
      'first half <= year',
      'second half <= year',
      'year <= first half + second half',
    ]);
  });

  it('of one report alone are nothing new', () => {
    const own = { own: true };
    expect(
      acrossPeriods([
        spanned('year', 9, '2020-01-01', '2020-12-31', own),
        spanned('to date', 20, null, '2020-12-31', own),
      ]),
    ).toEqual({ cells: [], relations: [] });
  });
});

it('whatever the periods, only what is so is known of them', () => {
  const first = plainDate('2020-01-01');
  const record = fc.record({
    days: fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }),
    late: fc.array(fc.nat(29), { maxLength: 3 }),
    spans: fc.array(
      fc.record({ from: fc.nat(29), length: fc.nat(20), late: fc.boolean(), own: fc.boolean() }),
      { minLength: 2, maxLength: 8 },
    ),
  });
  let joined = 0;
  fc.assert(
    fc.property(record, ({ days, late, spans }) => {
      const members = spans.map(({ from, length, late: isLate, own }, n): Spanned => {
        const to = Math.min(29, from + length);
        const value = days.slice(from, to + 1).reduce((sum, each) => sum + each, 0);
        const more = isLate ? late.filter((day) => day >= from && day <= to).length : 0;
        return spanned(`s${n}`, value + more, addDays(first, from), addDays(first, to), { own });
      });
      const { cells, relations } = acrossPeriods(members);
      joined += relations.length;
      const own = members.map(
        ({ id, value }) => ({ id, value, standing: 'published', people: true, keep: 0 }) as const,
      );
      // It throws at what does not hold, and at what is less than none.
      expect(() => systemOf({ k: 5, cells: [...own, ...cells], relations, shares: [] })).not.toThrow();
    }),
    { numRuns: LONG ? 5000 : 300, seed: 8 },
  );
  expect(joined).toBeGreaterThan(300);
});
