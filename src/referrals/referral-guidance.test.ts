import { expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { readAnswers } from './referral-answers.ts';
import { guidanceFor } from './referral-guidance.ts';

const adultWithin = {
  safeNow: 'yes',
  criteria: ['used'],
  kind: 'intervention',
  birthKnown: 'exact',
  'dateOfBirth-day': '22',
  'dateOfBirth-month': '11',
  'dateOfBirth-year': '2007',
  area: 'E09000022',
  youngPersonKnows: 'yes',
  consents: 'yes',
  socialCareTold: 'no',
  nrm: 'no',
};

/** A page is read whole or not at all, so what is changed is on a page that reads well. */
const guidance = (changes: Record<string, string | string[]> = {}) =>
  guidanceFor(readAnswers(() => ({ ...adultWithin, ...changes }), plainDate('2026-11-22')));
const born = (year: string, day = '22') => guidance({ 'dateOfBirth-year': year, 'dateOfBirth-day': day });

test('a young adult within the criteria needs no advice', () => {
  expect(guidance()).toEqual([]);
});

test('a child, to the day, and anybody who may be one, is for social care and the NRM', () => {
  expect(born('2008', '23')).toEqual(['tell-social-care', 'child-to-the-nrm']);
  expect(born('2008', '22')).toEqual([]);
  expect(guidance({ birthKnown: 'not-known' })).toEqual(['tell-social-care', 'child-to-the-nrm']);
  expect(
    guidance({ birthKnown: 'not-known', socialCareTold: 'yes', nrm: 'yes', firstResponder: 'police' }),
  ).toEqual([]);
});

test('25 is within the criteria until the 26th birthday', () => {
  expect(born('2000', '23')).toEqual([]);
  expect(born('2000', '22')).toEqual(['over-25']);
});

test('danger comes before everything else, and nobody is turned away without a word', () => {
  expect(
    guidance({
      safeNow: 'no',
      criteria: ['none'],
      birthKnown: 'not-known',
      area: 'out-of-london',
      consents: 'no',
    }),
  ).toEqual([
    'not-safe-now',
    'tell-social-care',
    'child-to-the-nrm',
    'outside-london',
    'none-of-the-criteria',
    'no-consent',
  ]);
});

test('intelligence does not depend on consent', () => {
  expect(guidance({ kind: 'intelligence', consents: 'no' })).toEqual([]);
});
