import { describe, expect, test } from 'vitest';
import type { Threshold, ThresholdName } from '../organisations/index.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { casesOfTheDay, type MyCase } from './my-day.ts';

// A Monday.
const today = plainDate('2026-11-23');
const thresholds = {
  'first-contact': { value: 5, unit: 'working days' },
  'without-contact': { value: 14, unit: 'days' },
  'failed-contacts': { value: 3, unit: 'points' },
} as Readonly<Record<ThresholdName, Threshold>>;

function someCase(personId: string, facts: Partial<MyCase>): MyCase {
  return {
    allocationId: personId,
    personId,
    givenNames: '',
    familyName: personId,
    knownAs: '',
    startedAt: new Date('2026-09-01T10:00:00Z'),
    mineSince: facts.startedAt ?? new Date('2026-09-01T10:00:00Z'),
    engagement: { since: plainDate('2026-09-02'), from: 'contact' },
    lastSpokenAt: new Date('2026-11-20T10:00:00Z'),
    failedSince: 0,
    nextPlannedFor: null,
    ...facts,
  };
}
const names = (cases: readonly MyCase[]) => cases.map(({ personId }) => personId);
const dayOf = (...cases: MyCase[]) => casesOfTheDay(cases, thresholds, today);

describe('the cases of a day', () => {
  test('ask for nothing where they were spoken with lately', () => {
    expect(dayOf(someCase('well', {}))).toEqual({
      newCases: [],
      firstContactOverdue: [],
      withoutContact: [],
      toReview: [],
    });
  });

  test('are new for a week from when they are the worker’s, the latest first', () => {
    const { newCases } = dayOf(
      someCase('a week ago', { mineSince: new Date('2026-11-16T10:00:00Z') }),
      someCase('six days ago', { mineSince: new Date('2026-11-17T10:00:00Z') }),
      someCase('today', { mineSince: new Date('2026-11-23T08:00:00Z') }),
    );
    expect(names(newCases)).toEqual(['today', 'six days ago']);
  });

  test('wait too long for their first contact from the day after it was due, the longest first', () => {
    const notEngaged = (personId: string, startedAt: string) =>
      someCase(personId, { engagement: null, lastSpokenAt: null, startedAt: new Date(startedAt) });
    const { firstContactOverdue, withoutContact } = dayOf(
      // Five working days from Monday 16 are over at the end of Monday 23.
      notEngaged('due today', '2026-11-16T10:00:00Z'),
      notEngaged('due on Friday', '2026-11-13T10:00:00Z'),
      notEngaged('due long ago', '2026-10-01T10:00:00Z'),
    );
    expect(firstContactOverdue.map(({ one, dueOn }) => [one.personId, dueOn])).toEqual([
      ['due long ago', '2026-10-08'],
      ['due on Friday', '2026-11-20'],
    ]);
    // They are listed once: nobody who was never spoken with is also without contact.
    expect(withoutContact).toEqual([]);
  });

  test('are without contact from the day that is so many days after the last', () => {
    const { withoutContact } = dayOf(
      someCase('13 days', { lastSpokenAt: new Date('2026-11-10T10:00:00Z') }),
      someCase('14 days', { lastSpokenAt: new Date('2026-11-09T23:59:00Z') }),
      someCase('imported', { lastSpokenAt: null, startedAt: new Date('2026-09-24T10:00:00Z') }),
    );
    expect(withoutContact.map(({ one, days }) => [one.personId, days])).toEqual([
      ['imported', 60],
      ['14 days', 14],
    ]);
  });

  test('are to be reviewed at the third failure in a row', () => {
    const { toReview } = dayOf(
      someCase('twice', { failedSince: 2 }),
      someCase('three times', { failedSince: 3 }),
      someCase('five times', { failedSince: 5 }),
    );
    expect(names(toReview)).toEqual(['five times', 'three times']);
  });
});
