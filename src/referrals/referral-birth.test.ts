import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOn, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import { readAnswers } from './referral-answers.ts';
import { ageOrYear, birthTold, mayBeUnder } from './referral-birth.ts';

const told = (fields: Record<string, string>, today: PlainDate = plainDate('2026-11-22')) =>
  readAnswers(() => fields, today);
const about = (words: string, today?: PlainDate) =>
  birthTold(told({ birthKnown: 'approximate', about: words }, today));

test.each([
  ['15', { age: 15 }],
  ['2010', { year: 2010 }],
  ['0', { age: 0 }],
  ['15 or 16', null],
  ['201', null],
  ['3010', null],
  ['', null],
  ['-1', null],
])('an age or year typed as “%s” is read', (typed, read) => {
  expect(ageOrYear(typed)).toEqual(read);
});

describe('somebody’s birth, as it is told', () => {
  test('about a year is in the middle of it, and never to come', () => {
    expect(about('2010')).toEqual({ dateOfBirth: '2010-07-01', dateOfBirthPrecision: 'approximate' });
    expect(about('2026', plainDate('2026-03-01')).dateOfBirth).toBe('2026-03-01');
  });

  test('not known is no date, whatever is still in a field', () => {
    expect(birthTold(told({ birthKnown: 'not-known', about: '2010' }))).toEqual({
      dateOfBirth: null,
      dateOfBirthPrecision: 'not-known',
    });
  });

  test('of a given age is that age on the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 20_000 }), (age, day) => {
        const on = plainDate(new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));
        const { dateOfBirth } = about(String(age), on);
        expect(dateOfBirth).not.toBeNull();
        if (dateOfBirth !== null) expect(ageOn(dateOfBirth, on)).toBe(age);
      }),
    );
  });

  test('is that of a child to the day before the eighteenth birthday, and where nothing is known', () => {
    const born = (day: string) =>
      told({
        birthKnown: 'exact',
        'dateOfBirth-day': day,
        'dateOfBirth-month': '11',
        'dateOfBirth-year': '2008',
      });
    expect(mayBeUnder(18, born('23'))).toBe(true);
    expect(mayBeUnder(18, born('22'))).toBe(false);
    expect(mayBeUnder(18, told({ birthKnown: 'not-known' }))).toBe(true);
  });
});
