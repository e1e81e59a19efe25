/**
 * The form of a name in which it is searched for and compared: `Siobhán O’Brien-Łukasz` is `siobhan obrien lukasz`.
 *
 * Small letters without accents, apostrophes gone, everything else that is not a letter or a digit a single space.
 * It is stored beside the name, so a change to these rules needs every stored key to be made again.
 * Scripts are not turned into one another. Where a mark is a vowel and not an accent, as in Bengali, it stays.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(UNDIVIDED, (letter) => LETTERS[letter] ?? letter)
    .replace(APOSTROPHES, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** Accents and points that people leave out when they type, and what cannot be seen at all. */
const ACCENTS = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u0483-\\u0487\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f', // Latin, Greek, Cyrillic
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7', // Hebrew points
    '\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc', // Arabic vowel signs and hamza
    '\\u0640', // the stroke that lengthens an Arabic word
    '\\p{Default_Ignorable_Code_Point}',
  ].join('')}]`,
  'gu',
);

/** Apostrophes and what is typed for them: O'Brien and OBrien are one name. */
const APOSTROPHES = /['’‘‛`´ʼʻʹʾʿˈ＇′\u05f3]/gu;

/** Letters that Unicode does not take apart, as they are commonly typed on an English keyboard. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ŋ: 'n',
  ŧ: 't',
  ƒ: 'f',
  ə: 'e',
  ς: 'σ',
};
const UNDIVIDED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
