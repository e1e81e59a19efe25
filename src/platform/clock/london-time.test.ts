import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatLondon,
  formatTime,
  londonDate,
  londonInstant,
  londonWallTime,
} from './london-time.ts';
import { plainDate } from './plain-date.ts';

const at = (date: string, hour: number, minute: number) =>
  londonInstant({ date: plainDate(date), hour, minute });

describe('the day in London', () => {
  it.each([
    ['2026-01-15T23:59:59Z', '2026-01-15'],
    ['2026-06-15T22:59:59Z', '2026-06-15'],
    ['2026-06-15T23:00:00Z', '2026-06-16'],
    ['2026-12-31T23:59:59.999Z', '2026-12-31'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-24T23:00:00Z', '2026-10-25'],
    ['2026-10-25T23:30:00Z', '2026-10-25'],
  ])('at %s is %s', (instant, day) => {
    expect(londonDate(new Date(instant))).toBe(day);
  });

  it('is not asked of what is no instant', () => {
    expect(() => londonDate(new Date('soon'))).toThrow(RangeError);
  });
});

describe('a time on the wall', () => {
  it('is an hour earlier in UTC in summer', () => {
    expect(at('2026-11-22', 14, 5)).toEqual({ kind: 'one', instant: new Date('2026-11-22T14:05Z') });
    expect(at('2026-07-22', 14, 5)).toEqual({ kind: 'one', instant: new Date('2026-07-22T13:05Z') });
  });

  it('does not exist in the hour that March skips', () => {
    expect(at('2026-03-29', 0, 59)).toEqual({ kind: 'one', instant: new Date('2026-03-29T00:59Z') });
    const skipped = at('2026-03-29', 1, 30);
    expect(skipped).toEqual({ kind: 'nonexistent', shifted: new Date('2026-03-29T01:30Z') });
    expect(formatLondon(new Date('2026-03-29T01:30Z'))).toBe('29 March 2026 at 2:30am');
    expect(at('2026-03-29', 1, 0).kind).toBe('nonexistent');
    expect(at('2026-03-29', 1, 59).kind).toBe('nonexistent');
    expect(at('2026-03-29', 2, 0)).toEqual({ kind: 'one', instant: new Date('2026-03-29T01:00Z') });
  });

  it('is there twice in the hour that October repeats', () => {
    expect(at('2026-10-25', 0, 59)).toEqual({ kind: 'one', instant: new Date('2026-10-24T23:59Z') });
    expect(at('2026-10-25', 1, 30)).toEqual({
      kind: 'ambiguous',
      earlier: new Date('2026-10-25T00:30Z'),
      later: new Date('2026-10-25T01:30Z'),
    });
    expect(at('2026-10-25', 1, 59).kind).toBe('ambiguous');
    expect(at('2026-10-25', 2, 0)).toEqual({ kind: 'one', instant: new Date('2026-10-25T02:00Z') });
  });

  it('leads back to the minute it was read from', () => {
    const minute = fc.integer({ min: Date.UTC(1972, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 });
    fc.assert(
      fc.property(minute, (minutes) => {
        const instant = new Date(minutes * 60_000);
        const found = londonInstant(londonWallTime(instant));
        const instants =
          found.kind === 'one'
            ? [found.instant]
            : found.kind === 'ambiguous'
              ? [found.earlier, found.later]
              : [];
        expect(instants).toContainEqual(instant);
      }),
    );
  });

  it.each([
    [24, 0],
    [12, 60],
    [-1, 0],
    [9.5, 0],
  ])('cannot be %d:%d', (hour, minute) => {
    expect(() => at('2026-11-22', hour, minute)).toThrow(RangeError);
  });
});

describe('in words', () => {
  it.each([
    ['2026-11-22T14:05:59Z', '22 November 2026 at 2:05pm'],
    ['2026-09-01T08:00:00Z', '1 September 2026 at 9am'],
    ['2026-01-05T00:00:00Z', '5 January 2026 at midnight'],
    ['2026-01-05T00:07:00Z', '5 January 2026 at 12:07am'],
    ['2026-01-05T12:00:00Z', '5 January 2026 at midday'],
    ['2026-01-05T12:30:00Z', '5 January 2026 at 12:30pm'],
    ['2026-10-25T00:30:00Z', '25 October 2026 at 1:30am (BST)'],
    ['2026-10-25T01:30:00Z', '25 October 2026 at 1:30am (GMT)'],
    ['2026-10-25T02:00:00Z', '25 October 2026 at 2am'],
  ])('%s is %s', (instant, words) => {
    expect(formatLondon(new Date(instant))).toBe(words);
  });

  it('a date has no leading zero', () => {
    expect(formatDate(plainDate('2026-02-03'))).toBe('3 February 2026');
  });

  it('a time is in twelve hours', () => {
    expect(formatTime({ hour: 23, minute: 59 })).toBe('11:59pm');
    expect(formatTime({ hour: 13, minute: 0 })).toBe('1pm');
  });
});
