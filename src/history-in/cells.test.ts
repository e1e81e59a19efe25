import { describe, expect, test } from 'vitest';
import { genders } from '../reference/code-lists.ts';
import { type Cell, code, codes, date, londonTime, ref, text, ward, wholeNumber } from './cells.ts';

const read = (cell: Cell, raw: string) => {
  const found = cell(raw);
  return 'value' in found ? found.value : found;
};

test('a code is taken whatever its case, and none other', () => {
  expect(read(code(genders), 'Female')).toBe('female');
  expect(read(code(genders), 'femal')).toEqual({
    fault: '"femal" is not one of female, male, non-binary, other, unknown',
  });
});

test('several codes are an array, each once', () => {
  const some = codes([
    { code: 'LD', text: '' },
    { code: 'AUT', text: '' },
  ]);
  expect(read(some, 'aut; LD;;AUT')).toBe('{AUT,LD}');
  expect(read(some, 'LD;XX;YY')).toEqual({ fault: '"XX", "YY" is not one of LD, AUT, with ; between them' });
});

test.each(['2021-02-29', '21-02-01', '2021-2-1', '31/01/2021', '2021-01-01T00:00:00', '1066-10-14'])(
  '%s is no day',
  (raw) => {
    expect(read(date, raw)).toMatchObject({ fault: expect.stringContaining('write it as YYYY-MM-DD') });
  },
);
test('29 February is a day in leap years', () => expect(read(date, '2020-02-29')).toBe('2020-02-29'));

describe('a time in London', () => {
  test.each([
    ['2021-01-15T14:30:05', '2021-01-15T14:30:05.000Z'],
    ['2021-07-15T14:30:05', '2021-07-15T13:30:05.000Z'],
    // Shown twice: the first is taken.
    ['2020-10-25T01:30:00', '2020-10-25T00:30:00.000Z'],
    ['2020-10-25T02:00:00', '2020-10-25T02:00:00.000Z'],
  ])('%s is %s', (raw, at) => expect(read(londonTime, raw)).toBe(at));
  test('the hour that March skips is none', () => {
    expect(read(londonTime, '2021-03-28T01:30:00')).toMatchObject({
      fault: expect.stringContaining('clocks went forward'),
    });
    expect(read(londonTime, '2021-03-28T02:00:00')).toBe('2021-03-28T01:00:00.000Z');
  });
  test.each(['2021-03-28', '2021-03-28 14:00:00', '2021-03-28T24:00:00', '2021-03-28T14:00:00Z'])(
    '%s is none',
    (raw) => expect(read(londonTime, raw)).toMatchObject({ fault: expect.any(String) }),
  );
});

test.each(['-1', '1.5', '1e3', ' ', 'ten', '9999999999'])('%j is no whole number', (raw) => {
  expect(read(wholeNumber, raw)).toMatchObject({ fault: expect.any(String) });
});
test('a whole number loses its zeros', () => expect(read(wholeNumber, '007')).toBe('7'));

test('a ward has its GSS code', () => {
  expect(read(ward, 'e05013714')).toBe('E05013714');
  expect(read(ward, 'E09000022')).toMatchObject({ fault: expect.any(String) });
});

test('words keep every script, and no character that cannot be kept', () => {
  expect(read(text, '  Siobhán  O’Brien \n')).toBe('Siobhán O’Brien');
  expect(read(text, 'a\u0007b')).toEqual({
    fault: 'it has a character that cannot be kept, U+0007: take it out',
  });
});

test('a reference is compared letter by letter, and stands on one line', () => {
  expect(read(ref, 'Y3-0001/a')).toBe('Y3-0001/a');
  expect(read(ref, 'a\nb')).toMatchObject({ fault: expect.any(String) });
});
