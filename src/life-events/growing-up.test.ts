import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { bornBetween, growingUp, turnsOn } from './growing-up.ts';

const exact = (born: string) => ({ dateOfBirth: plainDate(born), dateOfBirthPrecision: 'exact' as const });
const kindOn = (born: string, today: string) => growingUp(exact(born), plainDate(today)).kind;

describe('growing up', () => {
  test('asks for a plan from 17 and a half, and no longer asks for it to come at 18', () => {
    expect(kindOn('2009-05-20', '2026-11-19')).toBe('nothing');
    expect(kindOn('2009-05-20', '2026-11-20')).toBe('turning-18');
    expect(kindOn('2009-05-20', '2027-05-19')).toBe('turning-18');
    expect(kindOn('2009-05-20', '2027-05-20')).toBe('adult');
  });

  test('says at 26 that the service is for people up to 25', () => {
    expect(kindOn('2000-12-01', '2026-11-30')).toBe('adult');
    expect(kindOn('2000-12-01', '2026-12-01')).toBe('turned-26');
  });

  test('of somebody born on 29 February counts from 1 March in a common year', () => {
    expect(turnsOn(plainDate('2008-02-29'), 18 * 12)).toBe('2026-03-01');
    expect(kindOn('2008-02-29', '2026-02-28')).toBe('turning-18');
    expect(kindOn('2008-02-29', '2026-03-01')).toBe('adult');
    expect(turnsOn(plainDate('2008-02-29'), 20 * 12)).toBe('2028-02-29');
    // Half a year after 31 August there is no 31 February.
    expect(turnsOn(plainDate('2008-08-31'), 17 * 12 + 6)).toBe('2026-03-01');
  });

  test('asks half a year sooner where the date of birth is not sure, and not at all where there is none', () => {
    const about = { dateOfBirth: plainDate('2009-05-20'), dateOfBirthPrecision: 'approximate' as const };
    expect(growingUp(about, plainDate('2026-05-19')).kind).toBe('nothing');
    expect(growingUp(about, plainDate('2026-05-20'))).toMatchObject({ kind: 'turning-18', isSure: false });
    const none = { dateOfBirth: null, dateOfBirthPrecision: 'not-known' as const };
    expect(growingUp(none, plainDate('2026-05-20')).kind).toBe('not-known');
  });

  test('is looked for among all who are old enough, and the birth of none of them is later', () => {
    const today = plainDate('2026-05-20');
    expect(bornBetween('turning-18', today)).toEqual({
      from: '2008-05-20',
      until: '2008-11-20',
      unsureUntil: '2009-05-20',
    });
  });
});
