import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { againstInWords, againstTargets, targetInWords } from './against-targets.ts';
import { rowsOf } from './report-figures.ts';
import { type DatedTarget, targetOn } from './targets.ts';

const quarters = ['2020-05-01', '2020-08-01', '2020-11-01'].map((from) => ({
  from: plainDate(from),
  to: plainDate('2021-01-31'),
}));
const share = (key: string, percent: number | null, hidden = false) => ({
  key,
  label: key,
  current: { numerator: percent, denominator: 100, percent, ...(hidden && { suppressed: true }) },
});
const target = (from: string, value: number | null, more: Partial<DatedTarget> = {}): DatedTarget => ({
  measure: 'support.engaged',
  provider: null,
  from: plainDate(from),
  target: value === null ? null : { value, direction: 'at-least' },
  ...more,
});
const against = (fields: Parameters<typeof againstTargets>[1], targets: readonly DatedTarget[]) =>
  againstTargets('support.engaged', fields, quarters, targets);

describe('a quarter against its target', () => {
  const fields = { rows: [share('2020-05', 59), share('2020-08', 60), share('2020-11', 61)] };

  test('is held against what was in force on its first day', () => {
    const { fields: told, notes } = against(fields, [target('2020-08-01', 60), target('2020-08-02', 61)]);
    expect(rowsOf(told).map(({ target: aim, against: found }) => [aim, found])).toEqual([
      [undefined, undefined],
      [60, 'met'],
      [61, 'met'],
    ]);
    expect(rowsOf(told).map(againstInWords)).toEqual(['No target', 'Met', 'Met']);
    expect(notes).toEqual(['Where no target stands, none was in force on the first day of the quarter.']);
  });

  test('is met by what is at least, or at most, as much', () => {
    const atMost = target('2020-01-01', 60, { target: { value: 60, direction: 'at-most' } });
    const found = (targets: DatedTarget[]) =>
      rowsOf(against(fields, targets).fields).map((row) => row.against);
    expect(found([target('2020-01-01', 60)])).toEqual(['not-met', 'met', 'met']);
    expect(found([atMost])).toEqual(['met', 'met', 'not-met']);
    expect(targetInWords({ value: 1200, direction: 'at-most' })).toBe('at most 1,200');
  });

  test('that is hidden tells nothing by its target', () => {
    const { fields: told } = against({ rows: [share('2020-05', null, true), share('2020-08', null)] }, [
      target('2020-01-01', 0),
    ]);
    expect(rowsOf(told).map((row) => row.against)).toEqual(['cannot-tell', 'cannot-tell']);
  });

  test('without one says so', () => {
    expect(against(fields, []).notes).toEqual(['No target is set for it.']);
    expect(against(fields, [target('2020-01-01', 60), target('2020-02-01', null)]).notes).toEqual([
      'No target is set for it.',
    ]);
  });

  test('of a provider is held against its own, else the service’s', () => {
    const providers = { a: { rows: [share('2020-05', 50)] }, b: { rows: [share('2020-05', 50)] } };
    const own = target('2020-03-01', 40, { provider: 'b' });
    const { fields: told } = against({ providers }, [target('2020-01-01', 60), own]);
    const { a, b } = told.providers as Record<string, { rows: { target: number; against: string }[] }>;
    expect(a?.rows[0]).toMatchObject({ target: 60, against: 'not-met' });
    expect(b?.rows[0]).toMatchObject({ target: 40, against: 'met' });
    // Nothing is aimed at of it any more, whatever the service aims at.
    const none = target('2020-04-01', null, { provider: 'b' });
    expect(
      targetOn([target('2020-01-01', 60), own, none], 'support.engaged', 'b', plainDate('2020-05-01')),
    ).toBeNull();
  });
});
