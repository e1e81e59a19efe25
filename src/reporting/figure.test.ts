import { expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { figureInWords, figureOf, shorthandOf } from './figure.ts';

test('null is hidden only where it is said to be, and 0 is 0', () => {
  expect(figureOf(0)).toBe(0);
  expect(figureOf(0, true)).toBe(0);
  expect(figureOf(null)).toBe('not-available');
  expect(figureOf(null, true)).toBe('hidden');
});

test.each([
  [0, 0, '0'],
  [1027, 0, '1,027'],
  [6.1557, 2, '6.16'],
  [-14, 0, '−14'],
  [-0.001, 2, '0.00'],
  [-0.6, 0, '−1'],
  ['hidden' as const, 0, '[c]'],
  ['not-available' as const, 0, '[x]'],
  ['not-applicable' as const, 2, '[z]'],
])('%j with %d decimal places reads %s', (figure, decimals, words) => {
  expect(figureInWords(figure, decimals)).toBe(words);
});

test('a date or a number is no shorthand', () => {
  expect(shorthandOf(plainDate('2021-04-30'))).toBeUndefined();
  expect(shorthandOf(4)).toBeUndefined();
  expect(shorthandOf('hidden')).toBe('[c]');
});
