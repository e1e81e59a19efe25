import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { faultsOfMember, isCurrent } from './network-member.ts';
import { mayWriteTo, safeContactDocument } from './safe-contact.ts';

describe('a letter', () => {
  const yes = { post: 'yes', safeAddress: '1 Aunt’s Road' };

  test('goes to the address that is written down as safe', () => {
    expect(mayWriteTo([yes])).toEqual({ kind: 'yes', addresses: ['1 Aunt’s Road'] });
  });

  test('goes nowhere while nobody has asked', () => {
    expect(mayWriteTo([]).kind).toBe('no');
    expect(mayWriteTo([{ post: 'not-known', safeAddress: '1 Aunt’s Road' }]).kind).toBe('no');
  });

  test('goes nowhere where one provider knows that it is not safe, whatever another wrote', () => {
    expect(mayWriteTo([yes, { post: 'no', safeAddress: '' }]).kind).toBe('no');
    expect(mayWriteTo([yes, { post: 'not-known', safeAddress: '' }]).kind).toBe('yes');
  });

  test('has no safe address to go to that two people made together and neither wrote', () => {
    const blank = { phone: '', whoAnswers: '', safeTimes: '', whatToSay: '', codeWord: '', neverDo: '' };
    const rest = { ...blank, unsafeAddresses: '', checkedOn: '2026-01-01' };
    expect(safeContactDocument.isSound?.({ ...rest, ...yes })).toBe(true);
    expect(safeContactDocument.isSound?.({ ...rest, post: 'yes', safeAddress: '' })).toBe(false);
  });
});

describe('somebody of the network', () => {
  const member = { mayContact: 'yes', contactWhy: '', fromOn: '', untilOn: '' };
  const wrong = (change: Partial<typeof member>) =>
    faultsOfMember({ ...member, ...change }).map(({ field }) => field);

  test('who may not simply be contacted has a reason beside it', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ mayContact: 'never' })).toEqual(['contactWhy']);
    expect(wrong({ mayContact: 'through-worker' })).toEqual(['contactWhy']);
    expect(wrong({ mayContact: 'never', contactWhy: 'He threatens her' })).toEqual([]);
  });

  test('ends on or after the day it began, and is past on the day after', () => {
    expect(wrong({ fromOn: '2026-03-02', untilOn: '2026-03-01' })).toEqual(['untilOn']);
    expect(wrong({ fromOn: '2026-03-02', untilOn: '2026-03-02' })).toEqual([]);
    expect(isCurrent({ untilOn: '2026-03-02' }, plainDate('2026-03-02'))).toBe(true);
    expect(isCurrent({ untilOn: '2026-03-02' }, plainDate('2026-03-03'))).toBe(false);
    expect(isCurrent({ untilOn: '' }, plainDate('2026-03-03'))).toBe(true);
  });
});
