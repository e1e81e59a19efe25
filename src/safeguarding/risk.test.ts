import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { riskValueInWords, whyNotReviewOn } from './risk.ts';

const today = plainDate('2026-11-22');
const fourWeeks = { value: 4, unit: 'weeks' } as const;

describe('the day on which a risk is looked at again', () => {
  test.each(['2026-11-23', '2026-12-20'])('may be %s', (day) => {
    expect(whyNotReviewOn(plainDate(day), today, fourWeeks)).toBe(undefined);
  });
  test('is to come', () => {
    expect(whyNotReviewOn(today, today, fourWeeks)).toContain('must be in the future');
  });
  test('is no later than the service asks for', () => {
    expect(whyNotReviewOn(plainDate('2026-12-21'), today, fourWeeks)).toContain('20 December 2026 or sooner');
  });
});

test('an assessment reads as words', () => {
  expect(riskValueInWords('level', 'high')).toBe('High');
  expect(riskValueInWords('reviewOn', '2026-12-20')).toBe('20 December 2026');
  expect(riskValueInWords('protective', '')).toBe('Nothing written');
});
