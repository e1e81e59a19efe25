import { expect, test } from 'vitest';
import { readBreaks } from './figure-settings.ts';

test('classes of a map are read however they are parted', () => {
  expect(readBreaks('0, 5, 11,20 36')).toEqual({ from: [0, 5, 11, 20, 36] });
});

test.each([
  ['0, 5, five', 'is no whole number'],
  ['0, 5, -3', 'is no whole number'],
  ['0', 'from 2 to 6 numbers'],
  ['0, 1, 2, 3, 4, 5, 6', 'from 2 to 6 numbers'],
  ['1, 5, 11', 'must begin at 0'],
  ['0, 11, 5', 'larger than the one before: 5 comes after 11'],
  ['0, 5, 5', 'larger than the one before: 5 comes after 5'],
])('%s are no classes, and it is said why', (typed, why) => {
  expect(readBreaks(typed)).toEqual({ fault: expect.stringContaining(why) });
});
