import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { londonWallTime } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { contactKinds, noteAsText, readTime, timeAsTyped, whenItHappened } from './case-note.ts';

const now = new Date('2026-11-22T14:05:00Z');
const when = (date: string, time: string, at = now) => whenItHappened(plainDate(date), time, at);

describe('a time as people type it', () => {
  test.each([
    ['2pm', 14, 0],
    ['2:05pm', 14, 5],
    ['2.05 pm', 14, 5],
    ['2:05 P.M.', 14, 5],
    ['14:05', 14, 5],
    ['1405', 14, 5],
    ['0905', 9, 5],
    ['9:05', 9, 5],
    ['12am', 0, 0],
    ['12:30am', 0, 30],
    ['12pm', 12, 0],
    ['midday', 12, 0],
    ['Noon', 12, 0],
    ['midnight', 0, 0],
  ])('%s', (typed, hour, minute) => {
    expect(readTime(typed)).toEqual({ hour, minute, zone: null });
  });

  test.each([
    '',
    '2',
    '14',
    '25:00',
    '14:60',
    '13pm',
    '0am',
    'two',
    '2:5pm',
    '14:05:30',
    '-1:00',
    '14pm GMT',
  ])('%j is no time', (typed) => {
    expect(readTime(typed)).toBeUndefined();
  });

  test('says which hour it means when the clocks went back', () => {
    expect(readTime('1:30am bst')).toEqual({ hour: 1, minute: 30, zone: 'BST' });
  });

  test('is read back as the minute it was written from, at any time of any year', () => {
    const minute = fc.integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2036, 0) / 60_000 });
    const doubled = fc.integer({
      min: Date.UTC(2026, 9, 25, 0) / 60_000,
      max: Date.UTC(2026, 9, 25, 2) / 60_000,
    });
    fc.assert(
      fc.property(fc.oneof(minute, doubled), (minutes) => {
        const at = new Date(minutes * 60_000);
        const read = whenItHappened(londonWallTime(at).date, timeAsTyped(at), new Date(Date.UTC(2040, 0)));
        expect(read).toEqual({ ok: true, at });
      }),
    );
  });
});

describe('when it happened', () => {
  test('is an instant, an hour earlier in UTC in summer', () => {
    expect(when('2026-11-22', '2pm')).toEqual({ ok: true, at: new Date('2026-11-22T14:00Z') });
    expect(when('2026-07-22', '2pm')).toEqual({ ok: true, at: new Date('2026-07-22T13:00Z') });
  });

  test('is this very minute at the latest', () => {
    expect(when('2026-11-22', '2:05pm')).toEqual({ ok: true, at: now });
    expect(when('2026-11-22', '2:06pm')).toMatchObject({ ok: false, field: 'happenedTime' });
    expect(when('2026-11-23', '9am')).toMatchObject({ ok: false, field: 'happenedOn' });
  });

  test('cannot be in the hour that March skips', () => {
    expect(when('2026-03-29', '12:59am')).toEqual({ ok: true, at: new Date('2026-03-29T00:59Z') });
    expect(when('2026-03-29', '1:30am')).toMatchObject({
      ok: false,
      field: 'happenedTime',
      message: expect.stringContaining('there was no 1:30am'),
    });
    expect(when('2026-03-29', '2am')).toEqual({ ok: true, at: new Date('2026-03-29T01:00Z') });
  });

  test('says which, in the hour that October shows twice', () => {
    expect(when('2026-10-25', '1:30am')).toMatchObject({
      ok: false,
      field: 'happenedTime',
      message: expect.stringContaining('1:30am BST for the first'),
    });
    expect(when('2026-10-25', '1:30am BST')).toEqual({ ok: true, at: new Date('2026-10-25T00:30Z') });
    expect(when('2026-10-25', '1:30am GMT')).toEqual({ ok: true, at: new Date('2026-10-25T01:30Z') });
  });

  test('takes a zone at another time only where it is the one the clocks showed', () => {
    expect(when('2026-07-22', '2pm BST')).toEqual({ ok: true, at: new Date('2026-07-22T13:00Z') });
    expect(when('2026-07-22', '2pm GMT')).toMatchObject({ ok: false, field: 'happenedTime' });
  });
});

test('an attempted contact and a meeting of professionals are no contact with the young person', () => {
  expect(contactKinds).toEqual(['contact-in-person', 'contact-telephone', 'contact-message', 'visit']);
});

test('a note is compared to the minute, so that a form that shows minutes changes nothing by itself', () => {
  const note = {
    kind: 'other',
    present: '',
    sharedText: '',
    fact: 'A',
    voice: '',
    opinion: '',
    thirdParty: '',
  };
  expect(noteAsText({ ...note, happenedAt: new Date('2026-11-22T14:05:59.900Z') })).toEqual(
    noteAsText({ ...note, happenedAt: new Date('2026-11-22T14:05:00Z') }),
  );
});
