import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { activityInWords, type EteStatus, neetOn, notEnded } from './ete.ts';

const day = plainDate('2026-06-10');
const seventeen = plainDate('2009-01-01');
const period = (status: EteStatus, from: string, until: string | null = null) => ({
  status,
  fromOn: plainDate(from),
  untilOn: until === null ? null : plainDate(until),
});
const inNone = [period('not-in-education', '2026-01-01')];

describe('what nobody said has ended', () => {
  const school = period('in-education', '2025-09-01');

  test('is what goes on although they do none of it since a later day', () => {
    expect(notEnded([school, ...inNone])).toEqual([school]);
    expect(notEnded([period('in-education', '2025-09-01', '2025-12-31'), ...inNone])).toEqual([]);
  });

  test('is not what they began afterwards, or do beside one another', () => {
    expect(notEnded([...inNone, period('employed', '2026-03-01')])).toEqual([]);
    expect(notEnded([school, period('employed', '2026-03-01')])).toEqual([]);
  });
});

describe('NEET', () => {
  test('is whoever is 16 to 24 and in none of education, work and training', () => {
    expect(neetOn(day, seventeen, inNone)).toBe('yes');
  });

  test.each([
    ['the day before the 16th birthday', '2010-06-11', 'not-counted'],
    ['on the 16th birthday', '2010-06-10', 'yes'],
    ['the day before the 25th birthday', '2001-06-11', 'yes'],
    ['on the 25th birthday', '2001-06-10', 'not-counted'],
  ])('is asked %s: %s is %s', (_when, born, neet) => {
    expect(neetOn(day, plainDate(born), inNone)).toBe(neet);
  });

  test('is nobody who does any of these beside, for however few hours', () => {
    expect(neetOn(day, seventeen, [...inNone, period('employed', '2026-06-01')])).toBe('no');
    expect(neetOn(day, seventeen, [...inNone, period('in-education', '2026-06-01')])).toBe('no');
  });

  test('goes by what was so on the day, its ends included', () => {
    const college = period('in-education', '2026-01-01', '2026-06-10');
    const after = period('not-in-education', '2026-06-11');
    expect(neetOn(day, seventeen, [after, college])).toBe('no');
    expect(neetOn(plainDate('2026-06-11'), seventeen, [after, college])).toBe('yes');
  });

  test('is not known where nothing is recorded for the day, or that it is not known, or no age', () => {
    expect(neetOn(day, seventeen, [])).toBe('not-known');
    expect(neetOn(day, seventeen, [period('not-in-education', '2025-01-01', '2025-12-31')])).toBe(
      'not-known',
    );
    expect(neetOn(day, seventeen, [period('unknown', '2026-01-01')])).toBe('not-known');
    expect(neetOn(day, null, inNone)).toBe('not-known');
    expect(neetOn(day, null, [period('employed', '2026-01-01')])).toBe('no');
  });
});

test('what they do reads by its kind where that is known', () => {
  expect(activityInWords({ status: 'in-education', setting: 'pru' })).toBe('Pupil referral unit');
  expect(activityInWords({ status: 'employed', setting: null })).toBe('In work');
});
