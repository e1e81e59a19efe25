import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { timeToCome } from './time-to-come.ts';

const now = new Date('2026-11-22T14:05:00Z');
const when = (date: string, time: string, at = now) =>
  timeToCome(plainDate(date), time, at, { called: 'you will be back', withinDays: 1 });

describe('a time to come', () => {
  test('is later than this minute, today or on the last day that is allowed', () => {
    expect(when('2026-11-22', '2:06pm')).toEqual({ ok: true, at: new Date('2026-11-22T14:06:00Z') });
    expect(when('2026-11-23', '9am')).toEqual({ ok: true, at: new Date('2026-11-23T09:00:00Z') });
    expect(when('2026-11-22', '2:05pm')).toEqual({
      ok: false,
      about: 'time',
      message: 'The time you will be back must be still to come',
    });
    expect(when('2026-11-21', '11pm')).toMatchObject({ about: 'day' });
    expect(when('2026-11-24', '9am')).toMatchObject({
      about: 'day',
      message: 'The day you will be back must be 23 November 2026 or earlier',
    });
  });

  test('is a time that London’s clocks will show, and says which of two', () => {
    const before = new Date('2026-10-24T14:00:00Z');
    expect(when('2026-10-25', '1:30am', before)).toMatchObject({ ok: false, about: 'time' });
    expect(when('2026-10-25', '1:30am GMT', before)).toEqual({
      ok: true,
      at: new Date('2026-10-25T01:30:00Z'),
    });
    expect(when('2026-11-22', 'soon')).toMatchObject({
      message: 'Enter the time you will be back, like 2:05pm or 14:05',
    });
  });
});
