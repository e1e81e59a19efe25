import { expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { ageInWords, bornInWords, fullName, keyOfNames } from './person.ts';

test('a person with one name is called by it, with no space before or after', () => {
  expect(fullName({ givenNames: '', familyName: 'Kofi' })).toBe('Kofi');
  expect(fullName({ givenNames: '', familyName: '' })).toBe('Name not known');
  expect(fullName({ givenNames: 'Amina', familyName: 'Bello' })).toBe('Amina Bello');
});

test('the key of the names holds every name, the one they are known as too', () => {
  expect(keyOfNames({ givenNames: 'Siobhán', familyName: "O'Brien", knownAs: 'Shiv' })).toBe(
    'siobhan obrien shiv',
  );
  expect(keyOfNames({ givenNames: '', familyName: 'Kofi', knownAs: '' })).toBe('kofi');
});

test('a date of birth says how surely it is known', () => {
  const dateOfBirth = plainDate('2010-04-03');
  expect(bornInWords({ dateOfBirth, dateOfBirthPrecision: 'exact' })).toBe('3 April 2010');
  expect(bornInWords({ dateOfBirth, dateOfBirthPrecision: 'approximate' })).toBe('about 2010');
  expect(bornInWords({ dateOfBirth: null, dateOfBirthPrecision: 'not-known' })).toBe('Not known');
});

test('an age is that of the day, changes on the birthday and is never below nothing', () => {
  const born = { dateOfBirth: plainDate('2010-04-03'), dateOfBirthPrecision: 'exact' as const };
  expect(ageInWords(born, plainDate('2026-04-02'))).toBe('15');
  expect(ageInWords(born, plainDate('2026-04-03'))).toBe('16');
  expect(ageInWords(born, plainDate('2010-04-02'))).toBe('Not known');
  expect(ageInWords({ ...born, dateOfBirthPrecision: 'approximate' }, plainDate('2026-04-03'))).toBe(
    'about 16',
  );
  expect(ageInWords({ dateOfBirth: null, dateOfBirthPrecision: 'not-known' }, plainDate('2026-04-03'))).toBe(
    'Not known',
  );
});
