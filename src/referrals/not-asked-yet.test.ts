import { expect, test } from 'vitest';
import { answersWith } from '../../test/referrals/writing-a-referral.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { notAskedYet } from './not-asked-yet.ts';
import { answersAsRead, readAnswers } from './referral-answers.ts';

const today = plainDate('2026-11-20');

/** The answers that are kept of a referral whose every page was answered with these changes. */
function kept(changes: Record<string, string>) {
  const pages = new Map(answersWith(changes));
  return answersAsRead(
    readAnswers((part) => pages.get(part.name), today),
    'Lambeth',
  );
}

test('of intelligence from which support is to come, agreement and contact were not asked, and what was asked is not told again', () => {
  const questions = notAskedYet(kept({ kind: 'intelligence' }), today);
  expect(questions).toEqual(
    expect.arrayContaining([
      'Does the young person know about this referral?',
      'Do they agree to be contacted and offered support?',
      'What are the safe ways to contact them?',
    ]),
  );
  expect(questions).not.toContain('What is happening?');
  expect(questions).not.toContain('What are you asking for?');
  expect(new Set(questions).size).toBe(questions.length);
});

test('of a referral for support nothing is left that was asked and not answered', () => {
  expect(notAskedYet(kept({}), today)).toEqual([]);
});

test('what is asked of the under-18s alone is not missed of an adult', () => {
  const missed = (year: string) =>
    notAskedYet(kept({ kind: 'intelligence', 'dateOfBirth-year': year }), today);
  expect(missed('2012')).toContain('Does a parent or carer agree to support?');
  expect(missed('2004')).not.toContain('Does a parent or carer agree to support?');
});
