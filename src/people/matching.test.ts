import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { nameKey } from '../platform/text/name-key.ts';
import type { DatePrecision } from '../reference/code-lists.ts';
import { type Comparable, likenessOf } from './matching.ts';

function known(
  given: string,
  family: string,
  { born = '', precision = 'exact', knownAs = '', postcode = '', birthYear = null as number | null } = {},
): Comparable {
  return {
    givenNames: given,
    familyName: family,
    knownAs,
    dateOfBirth: born === '' ? null : plainDate(born),
    dateOfBirthPrecision: precision as DatePrecision,
    birthYear,
    postcode,
  };
}

test.each([
  ['Amina', 'Bello', 'Amina', 'Bello', ['The same name'], []],
  ['Siobhán', 'O’Brien', 'SIOBHAN', "O'Brien", ['The same name'], []],
  ['Bello', 'Amina', 'Amina', 'Bello', ['The same names in another order'], []],
  ['Anne-Marie', 'Diallo', 'Anne Marie', 'Diallo', ['The same name'], []],
  [
    'Mohammed',
    'Khan',
    'Muhammad',
    'Khan',
    ['A name in common: Khan', 'A name spelt another way: Mohammed in the referral, Muhammad on record'],
    [],
  ],
  ['Kofi', '', '', 'Kofi', ['The same name'], []],
  ['Amina', 'Bello', 'Amina Grace', 'Bello', ['Names in common: Amina Bello'], []],
  [
    'Amina',
    'Bello',
    'Grace',
    'Bello',
    ['A name in common: Bello'],
    ['Other names: Amina in the referral, Grace on record'],
  ],
  ['Amina', 'Bello', 'Tariq', 'Osei', [], ['No name in common']],
  // Short names differ in one letter and are not spellings of each other.
  [
    'Ali',
    'Bello',
    'Ela',
    'Bello',
    ['A name in common: Bello'],
    ['Other names: Ali in the referral, Ela on record'],
  ],
])('%s %s and %s %s', (given, family, otherGiven, otherFamily, reasons, differences) => {
  expect(likenessOf(known(given, family), known(otherGiven, otherFamily))).toEqual({ reasons, differences });
});

test('a name somebody is known as counts, whichever record has it', () => {
  const plain = known('Tariq', 'Osei');
  const called = known('Tariq', 'Osei', { knownAs: 'TJ' });
  expect(likenessOf(called, plain).reasons).toEqual(['The same name']);
  expect(likenessOf(called, called).reasons).toEqual(['The same name', 'Known as TJ']);
  expect(likenessOf(known('TJ', 'Osei'), called).reasons).toContain('Known as TJ');
});

test.each([
  ['2010-04-03', '2010-04-03', 'The same date of birth'],
  [
    '2010-04-03',
    '2010-03-04',
    'Day and month of birth changed round: 3 April 2010 in the referral, 4 March 2010 on record',
  ],
  [
    '2010-04-03',
    '2010-04-08',
    'Dates of birth one slip apart: 3 April 2010 in the referral, 8 April 2010 on record',
  ],
  [
    '2010-04-12',
    '2010-04-21',
    'Dates of birth one slip apart: 12 April 2010 in the referral, 21 April 2010 on record',
  ],
  [
    '2010-04-25',
    '2010-05-06',
    'Born within a month of each other: 25 April 2010 in the referral, 6 May 2010 on record',
  ],
  [
    '2009-04-25',
    '2010-04-25',
    'The same birthday, a year apart: 25 April 2009 in the referral, 25 April 2010 on record',
  ],
  [
    '2008-04-25',
    '2011-04-25',
    'The same birthday, 3 years apart: 25 April 2008 in the referral, 25 April 2011 on record',
  ],
  [
    '2010-04-25',
    '2010-11-25',
    'The same day and year of birth, another month: 25 April 2010 in the referral, 25 November 2010 on record',
  ],
])('born %s and %s', (told, onRecord, reason) => {
  expect(likenessOf(known('A', 'B', { born: told }), known('A', 'B', { born: onRecord })).reasons).toContain(
    reason,
  );
});

test('29 February can be changed round with nothing, and compared with everything', () => {
  const leap = known('A', 'B', { born: '2008-02-29' });
  expect(likenessOf(leap, known('A', 'B', { born: '2008-02-28' })).reasons).toContain(
    'Dates of birth one slip apart: 29 February 2008 in the referral, 28 February 2008 on record',
  );
});

test('births that are far apart speak against it, and an approximate date is given more room', () => {
  const told = known('A', 'B', { born: '2010-04-25' });
  expect(likenessOf(told, known('A', 'B', { born: '2005-11-03' })).differences).toEqual([
    'Born 4 years apart: 25 April 2010 in the referral, 3 November 2005 on record',
  ]);
  expect(likenessOf(told, known('A', 'B', { born: '2010-09-14' })).differences).toEqual([
    'Born some months apart: 25 April 2010 in the referral, 14 September 2010 on record',
  ]);
  expect(
    likenessOf(told, known('A', 'B', { born: '2010-09-14', precision: 'approximate' })).reasons,
  ).toContain(
    'Born within a year of each other, and one date is approximate: 25 April 2010 in the referral, 14 September 2010 on record',
  );
});

test('where only the year may be known, only the year is compared and nothing of the day is told', () => {
  const told = known('A', 'B', { born: '2010-04-25', postcode: 'SW9 8EF' });
  expect(likenessOf(told, known('A', 'B', { birthYear: 2010 })).reasons).toEqual([
    'The same name',
    'Born in the same year',
  ]);
  expect(likenessOf(told, known('A', 'B', { birthYear: 2008 })).differences).toEqual([
    'Years of birth 2 years apart',
  ]);
  expect(likenessOf(known('A', 'B'), known('A', 'B', { birthYear: 2008 }))).toEqual({
    reasons: ['The same name'],
    differences: [],
  });
});

test('postcodes are compared however they are typed, and an unreadable one is compared with nothing', () => {
  const at = (postcode: string) => known('A', 'B', { postcode });
  expect(likenessOf(at('sw98ef'), at('SW9 8EF')).reasons).toContain('The same postcode');
  expect(likenessOf(at('SW9 8EF'), at('SW9 7AB')).reasons).toContain('Postcodes of one district, SW9');
  expect(likenessOf(at('SW9 8EF'), at('E1 1AA')).reasons).toEqual(['The same name']);
  expect(likenessOf(at('somewhere'), at('somewhere')).reasons).toEqual(['The same name']);
});

test('what has no letters is nobody’s name', () => {
  expect(likenessOf(known('?', '-'), known('?', '-'))).toEqual({ reasons: [], differences: [] });
});

test('every name is the same as itself, whatever it is written with, and nothing speaks against it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ maxLength: 30 }),
      (given, family) => {
        fc.pre(nameKey(`${given} ${family}`) !== '');
        const somebody = known(given, family, { born: '2010-04-25' });
        expect(likenessOf(somebody, somebody)).toEqual({
          reasons: ['The same name', 'The same date of birth'],
          differences: [],
        });
      },
    ),
  );
});

test('a telephone number that is on record is a reason, whatever the names are', () => {
  const [told, onRecord] = [known('Amina', 'Bello'), known('Tariq', 'Osei')];
  expect(likenessOf(told, onRecord, true)).toEqual({
    reasons: ['The same telephone number'],
    differences: ['No name in common'],
  });
});
