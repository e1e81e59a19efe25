import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { roles } from '../platform/database/transaction.ts';
import { askableKinds, dueInWords, type RequestAct, shortly, whyNot } from './request.ts';

test('a coordinator asks everybody about a referral; about a young person there is no referrer to ask', () => {
  expect(askableKinds('coordinator', 'referral')).toContain('information');
  expect(askableKinds('coordinator', 'person')).toEqual(['borough', 'intelligence-check', 'consultation']);
});

test('a provider asks analysts and the consultant, and no referrer and no borough', () => {
  for (const role of ['caseworker', 'provider-manager'] as const) {
    expect(askableKinds(role, 'person')).toEqual(['intelligence-check', 'consultation']);
    expect(askableKinds(role, 'referral')).toEqual([]);
  }
});

test('nobody else asks anything', () => {
  const others = roles.filter((role) => !['coordinator', 'caseworker', 'provider-manager'].includes(role));
  expect(
    others.flatMap((role) => [...askableKinds(role, 'referral'), ...askableKinds(role, 'person')]),
  ).toEqual([]);
});

describe('what may be done', () => {
  const acts: readonly RequestAct[] = ['take', 'answer', 'correct', 'withdraw', 'change-due-date'];
  const possible = (state: 'open' | 'answered' | 'withdrawn', ownerId: string | null = null) =>
    acts.filter((act) => whyNot({ state, ownerId }, act, 'me') === null);

  test('while it is open, everything but correcting an answer', () => {
    expect(possible('open')).toEqual(['take', 'answer', 'withdraw', 'change-due-date']);
  });
  test('it is taken from a colleague, and not twice by the same', () => {
    expect(possible('open', 'colleague')).toContain('take');
    expect(possible('open', 'me')).not.toContain('take');
  });
  test('once answered, the answer is corrected and nothing else', () => {
    expect(possible('answered')).toEqual(['correct']);
    expect(whyNot({ state: 'answered', ownerId: null }, 'withdraw', 'me')).toBe(
      'This has been answered already',
    );
  });
  test('once withdrawn, nothing', () => {
    expect(possible('withdrawn')).toEqual([]);
    expect(whyNot({ state: 'withdrawn', ownerId: null }, 'answer', 'me')).toBe('This was withdrawn');
  });
});

test.each([
  // Wednesday 10 June 2026.
  ['2026-06-09', '1 working day left', false],
  ['2026-06-10', 'Due today', false],
  ['2026-06-11', '1 working day late', true],
  // Over the weekend.
  ['2026-06-15', '3 working days late', true],
])('due on 10 June 2026, read on %s: %s', (today, standing, isLate) => {
  expect(dueInWords(plainDate('2026-06-10'), plainDate(today))).toEqual({
    on: '10 June 2026',
    standing,
    isLate,
  });
});

test('what was due on a Friday is late on the Saturday, though by no working day', () => {
  expect(dueInWords(plainDate('2026-06-12'), plainDate('2026-06-13'))).toMatchObject({
    standing: 'Late',
    isLate: true,
  });
});
test('what is due on a day on which nobody works is not due today before it comes', () => {
  expect(dueInWords(plainDate('2026-06-14'), plainDate('2026-06-13')).standing).toBe('No working day left');
});

test('a long text is cut between characters, and says that it is; a short one is whole', () => {
  expect(shortly('Short')).toEqual({ text: 'Short', isCut: false });
  expect(shortly('🙂'.repeat(300))).toEqual({ text: '🙂'.repeat(300), isCut: false });
  expect(shortly('🙂'.repeat(301))).toEqual({ text: `${'🙂'.repeat(300)}…`, isCut: true });
});
