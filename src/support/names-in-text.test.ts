import { describe, expect, test } from 'vitest';
import { namesInText } from './names-in-text.ts';

const kai = { givenNames: 'Kai Zoë', familyName: 'Hollis-O’Brien', knownAs: 'KK' };
const noor = { givenNames: 'Noor', familyName: 'Haddad', knownAs: '' };

describe('names in a text that is to name nobody', () => {
  test.each([
    ['Kai came late.', ['Kai']],
    ['I drove KAI’S friend home.', ['Kai']],
    ['zoe was there', ['Zoë']],
    ['the Hollis house', ['Hollis']],
    ['Mrs O Brien and Mrs OBrien', ['O’Brien']],
    ['kk texted noor', ['KK', 'Noor']],
    ['They all came to the park and ate.', []],
    ['A kaiser roll, and noorish food', []],
  ])('%s', (text, named) => {
    expect(namesInText(text, [kai, noor])).toEqual(named);
  });

  test('of other scripts are found as well', () => {
    const maryam = { givenNames: 'مريم', familyName: 'الحسيني', knownAs: '' };
    expect(namesInText('جاءت مريم أولا', [maryam])).toEqual(['مريم']);
  });

  test('a single initial is a word of the language, and no name', () => {
    expect(namesInText('I had a talk', [{ givenNames: 'A', familyName: 'I', knownAs: '' }])).toEqual([]);
  });
});
