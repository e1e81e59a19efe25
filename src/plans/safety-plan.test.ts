import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { fieldsOf } from '../platform/history/document.ts';
import {
  nameOnPaper,
  namesAService,
  reviewDates,
  safetyPlanDocument,
  safetyPlanInWords,
  spokenFields,
} from './safety-plan.ts';

const today = plainDate('2026-06-10');
const latest = plainDate('2026-09-02');
const before = { reviewedOn: plainDate('2026-04-01'), reviewDueOn: plainDate('2026-06-24') };

describe('the review of a plan', () => {
  test('that was made or reviewed today comes when it was agreed, or as late as may be', () => {
    expect(reviewDates({ isReview: true, today, typed: null, latest, before })).toEqual({
      ok: true,
      reviewedOn: today,
      reviewDueOn: latest,
    });
    const typed = plainDate('2026-07-01');
    expect(reviewDates({ isReview: true, today, typed, latest, before: null })).toEqual({
      ok: true,
      reviewedOn: today,
      reviewDueOn: typed,
    });
  });

  test('is not put off by a change between reviews, and can be brought forward', () => {
    expect(reviewDates({ isReview: false, today, typed: null, latest, before })).toEqual({
      ok: true,
      ...before,
    });
    const typed = plainDate('2026-06-12');
    expect(reviewDates({ isReview: false, today, typed, latest, before })).toEqual({
      ok: true,
      reviewedOn: before.reviewedOn,
      reviewDueOn: typed,
    });
  });

  test('of a plan that was never written begins today, whatever it is called', () => {
    expect(reviewDates({ isReview: false, today, typed: null, latest, before: null })).toMatchObject({
      reviewedOn: today,
    });
  });

  test.each([
    [today, 'The next review must be after today'],
    [plainDate('2026-09-03'), 'The next review must be on or before 2 September 2026'],
  ])('cannot be on %s', (typed, message) => {
    expect(reviewDates({ isReview: true, today, typed, latest, before })).toEqual({ ok: false, message });
  });
});

describe('paper for the young person', () => {
  test.each([
    [{ knownAs: 'Kay', givenNames: 'Kayode Samuel' }, 'Kay'],
    [{ knownAs: ' ', givenNames: 'Kayode Samuel' }, 'Kayode'],
    [{ knownAs: '', givenNames: '' }, ''],
  ])('has of %j the name "%s" alone', (names, onPaper) => {
    expect(nameOnPaper(names)).toBe(onPaper);
  });

  test('tells who helps them as soon as it names a service, however it is written', () => {
    const names = ['St Giles Trust', ''];
    expect(namesAService(['I ring Amina at st giles TRUST'], names)).toBe(true);
    expect(namesAService(['I ring Amina', 'St Giles is a church'], names)).toBe(false);
  });
});

test('every part that the young person speaks in is a field of the document with words of its own', () => {
  expect(fieldsOf(safetyPlanDocument)).toEqual(expect.arrayContaining([...spokenFields]));
  expect(new Set(Object.values(safetyPlanInWords)).size).toBe(fieldsOf(safetyPlanDocument).length);
});
