import { expect, test } from 'vitest';
import { languagesTyped } from './team-profile.ts';

test('languages are read as people type them, each once', () => {
  expect(languagesTyped(' Somali, french and  British  Sign Language;somali\nTwi ,')).toEqual([
    'Somali',
    'French',
    'British Sign Language',
    'Twi',
  ]);
  expect(languagesTyped('Sandawe')).toEqual(['Sandawe']);
  expect(languagesTyped(' ')).toEqual([]);
});
