import { formatDate } from '../platform/clock/london-time.ts';
import { completedMonths, daysBetween, type PlainDate, partsOf } from '../platform/clock/plain-date.ts';
import { nameKey } from '../platform/text/name-key.ts';
import { outwardPart, parsePostcode } from '../platform/text/postcode.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import type { Birth, Names } from './person.ts';

/** What can be compared of a young person, in a referral or on record. */
export interface Comparable extends Names, Birth {
  /** Where no more of a birth may be known. */
  birthYear: number | null;
  postcode: string;
}

/** Why two may be one, and what speaks against it, each a sentence without its full stop. */
export interface Likeness {
  reasons: string[];
  differences: string[];
}

/**
 * Compares a young person who is told of with one on record, in words for the person who must judge. It is no score:
 * nothing is linked because of it. Whether a telephone number is one that is on record only the database can tell, where
 * the record itself is out of reach.
 */
export function likenessOf(told: Comparable, onRecord: Comparable, isSamePhone = false): Likeness {
  const compared = [
    compareNames(told, onRecord),
    compareKnownAs(told, onRecord),
    compareBirths(told, onRecord),
    isSamePhone ? because('The same telephone number') : NOTHING,
    comparePostcodes(told.postcode, onRecord.postcode),
  ];
  return {
    reasons: compared.flatMap(({ reasons }) => reasons),
    differences: compared.flatMap(({ differences }) => differences),
  };
}

const because = (...reasons: string[]): Likeness => ({ reasons, differences: [] });
const although = (...differences: string[]): Likeness => ({ reasons: [], differences });
const NOTHING: Likeness = { reasons: [], differences: [] };

/** A word of a name, as it is written and as it is compared. */
interface Word {
  written: string;
  key: string;
}

/** Letters a word needs before it can be another spelling of one; below that, every short name is like the next. */
const SHORTEST_SPELLING = 4;
/** From here two words are read as one name spelt in two ways: Mohammed and Muhammad are 0.85 alike. */
const ANOTHER_SPELLING = 0.84;

function wordsOf(...names: string[]): Word[] {
  return names
    .flatMap((name) => name.split(/[\s\p{Dash}]+/u))
    .map((written) => ({ written, key: nameKey(written) }))
    .filter(({ key }) => key !== '');
}

function compareNames(told: Names, onRecord: Names): Likeness {
  const here = wordsOf(told.givenNames, told.familyName);
  const there = wordsOf(onRecord.givenNames, onRecord.familyName);
  if (here.length === 0 || there.length === 0) return NOTHING;
  const { same, similar, onlyHere, onlyThere } = pair(here, there);
  const spellings = similar.map(
    ([mine, theirs]) =>
      `A name spelt another way: ${mine.written} in the referral, ${theirs.written} on record`,
  );
  if (onlyHere.length === 0 && onlyThere.length === 0) {
    const inOrder = here.every(({ key }, at) => key === there[at]?.key);
    if (similar.length === 0) return because(inOrder ? 'The same name' : 'The same names in another order');
    return because(...shared(same), ...spellings);
  }
  return {
    reasons: [...shared(same), ...spellings],
    differences:
      same.length + similar.length === 0
        ? ['No name in common']
        : onlyHere.length > 0 && onlyThere.length > 0
          ? [`Other names: ${written(onlyHere)} in the referral, ${written(onlyThere)} on record`]
          : [],
  };
}

/** The words two names share, those they spell differently, and what is left of each. */
function pair(here: readonly Word[], there: readonly Word[]) {
  const onlyThere = [...there];
  const takeFrom = (find: (word: Word) => boolean): Word | undefined => {
    const at = onlyThere.findIndex(find);
    return at < 0 ? undefined : onlyThere.splice(at, 1)[0];
  };
  const same = here.filter(({ key }) => takeFrom((word) => word.key === key));
  const similar: [Word, Word][] = [];
  const onlyHere = here.filter((word) => {
    if (same.includes(word)) return false;
    const [closest] = onlyThere
      .filter((other) => isAnotherSpelling(word.key, other.key))
      .sort((one, other) => jaroWinkler(word.key, other.key) - jaroWinkler(word.key, one.key));
    const found = closest && takeFrom((other) => other === closest);
    if (found) similar.push([word, found]);
    return !found;
  });
  return { same, similar, onlyHere, onlyThere };
}

function isAnotherSpelling(one: string, other: string): boolean {
  return (
    Math.min(one.length, other.length) >= SHORTEST_SPELLING && jaroWinkler(one, other) >= ANOTHER_SPELLING
  );
}

const written = (words: readonly Word[]): string => words.map((word) => word.written).join(' ');

function shared(words: readonly Word[]): string[] {
  if (words.length === 0) return [];
  return [`${words.length === 1 ? 'A name' : 'Names'} in common: ${written(words)}`];
}

function compareKnownAs(told: Names, onRecord: Names): Likeness {
  const knownHere = wordsOf(told.knownAs);
  const knownThere = wordsOf(onRecord.knownAs);
  const keysHere = new Set(wordsOf(told.givenNames, told.familyName, told.knownAs).map(({ key }) => key));
  const keysThere = new Set(
    wordsOf(onRecord.givenNames, onRecord.familyName, onRecord.knownAs).map(({ key }) => key),
  );
  const common = [
    ...knownHere.filter(({ key }) => keysThere.has(key)),
    ...knownThere.filter(({ key }) => keysHere.has(key) && !knownHere.some((word) => word.key === key)),
  ];
  return common.length === 0 ? NOTHING : because(`Known as ${written(common)}`);
}

function compareBirths(told: Comparable, onRecord: Comparable): Likeness {
  const [here, there] = [told.dateOfBirth, onRecord.dateOfBirth];
  if (here === null) return NOTHING;
  if (there === null) return compareYears(partsOf(here)[0], onRecord.birthYear);
  const isApproximate = [told, onRecord].some((birth) => birth.dateOfBirthPrecision === 'approximate');
  if (here === there) {
    return because(
      isApproximate ? 'The same date of birth, and one is approximate' : 'The same date of birth',
    );
  }
  const dates = `${formatDate(here)} in the referral, ${formatDate(there)} on record`;
  const [year, month, day] = partsOf(here);
  const [otherYear, otherMonth, otherDay] = partsOf(there);
  if (year === otherYear && month === otherDay && day === otherMonth) {
    return because(`Day and month of birth changed round: ${dates}`);
  }
  if (isOneSlip(here, there)) return because(`Dates of birth one slip apart: ${dates}`);
  if (Math.abs(daysBetween(here, there)) <= 31) return because(`Born within a month of each other: ${dates}`);
  if (month === otherMonth && day === otherDay) {
    return because(`The same birthday, ${inYears(Math.abs(year - otherYear))} apart: ${dates}`);
  }
  if (year === otherYear && day === otherDay) {
    return because(`The same day and year of birth, another month: ${dates}`);
  }
  const [earlier, later] = here < there ? [here, there] : [there, here];
  const months = completedMonths(earlier, later);
  if (months < 12 && isApproximate) {
    return because(`Born within a year of each other, and one date is approximate: ${dates}`);
  }
  return although(`Born ${months < 12 ? 'some months' : inYears(Math.floor(months / 12))} apart: ${dates}`);
}

function compareYears(year: number, otherYear: number | null): Likeness {
  if (otherYear === null) return NOTHING;
  const apart = Math.abs(year - otherYear);
  if (apart === 0) return because('Born in the same year');
  return although(`Years of birth ${inYears(apart)} apart`);
}

/** Whether one number of a date was mistaken for another, or two that stand together were changed round. */
function isOneSlip(one: PlainDate, other: PlainDate): boolean {
  const [a, b] = [one.replaceAll('-', ''), other.replaceAll('-', '')];
  const places = [...a].flatMap((digit, at) => (digit === b[at] ? [] : [at]));
  const [first, second] = places;
  if (first === undefined) return false;
  if (second === undefined) return true;
  return places.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first];
}

const inYears = (years: number): string => (years === 1 ? 'a year' : `${years} years`);

function comparePostcodes(one: string, other: string): Likeness {
  const [here, there] = [parsePostcode(one), parsePostcode(other)];
  if (here === undefined || there === undefined) return NOTHING;
  if (here === there) return because('The same postcode');
  const district = outwardPart(here);
  return district === outwardPart(there) ? because(`Postcodes of one district, ${district}`) : NOTHING;
}
