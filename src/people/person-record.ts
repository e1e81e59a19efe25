import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { type DatePrecision, ethnicities, genders, wordFor } from '../reference/code-lists.ts';
import type { Birth, Person } from './person.ts';

/** What a record says of a young person and can be corrected, in the order it is read. */
export const recordFields = [
  'givenNames',
  'familyName',
  'knownAs',
  'born',
  'gender',
  'ethnicity',
  'postcode',
  'area',
] as const;
export type RecordField = (typeof recordFields)[number];

/** A record as text that can be compared, field by field. */
export type PersonRecord = Values<RecordField>;

/** A field as people call it. */
export const recordFieldInWords: Readonly<Record<RecordField, string>> = {
  givenNames: 'First names',
  familyName: 'Family name',
  knownAs: 'Known as',
  born: 'Date of birth',
  gender: 'Gender',
  ethnicity: 'Ethnicity',
  postcode: 'Postcode',
  area: 'Borough responsible',
};

/** The record of a person. A date of birth and how surely it is known are one field: neither is true without the other. */
export function recordOf(
  person: Omit<Person, 'id' | 'reference' | 'areaName' | 'diedOn' | 'version'>,
): PersonRecord {
  return {
    givenNames: person.givenNames,
    familyName: person.familyName,
    knownAs: person.knownAs,
    born: bornAsText(person),
    gender: person.gender,
    ethnicity: person.ethnicity,
    postcode: person.postcode,
    area: person.area,
  };
}

/** A birth as one text: `exact 2010-04-03`, `not-known`. */
export function bornAsText({ dateOfBirth, dateOfBirthPrecision }: Birth): string {
  return dateOfBirth === null ? dateOfBirthPrecision : `${dateOfBirthPrecision} ${dateOfBirth}`;
}

/** The birth that a text of {@link bornAsText} says. @throws RangeError if its date is none */
export function bornFromText(text: string): Birth {
  const [precision, date] = text.split(' ');
  const dateOfBirth: PlainDate | null = date === undefined ? null : plainDate(date);
  return { dateOfBirth, dateOfBirthPrecision: precision as DatePrecision };
}

/** A birth with the day that was written, however sure: what was changed is told apart by it. */
function bornInFull({ dateOfBirth, dateOfBirthPrecision }: Birth): string {
  if (dateOfBirth === null) return 'Not known';
  const day = formatDate(dateOfBirth);
  return dateOfBirthPrecision === 'approximate' ? `${day}, approximately` : day;
}

/** What a field says, as it is read where two versions of it are compared. */
export function recordValueInWords(
  field: RecordField,
  value: string,
  areaNames: ReadonlyMap<string, string>,
): string {
  switch (field) {
    case 'born':
      return bornInFull(bornFromText(value));
    case 'gender':
      return wordFor(genders, value);
    case 'ethnicity':
      return wordFor(ethnicities, value);
    case 'area':
      return areaNames.get(value) ?? value;
    default:
      return value;
  }
}

/** What stands where a field has nothing in it. */
export function nothingInWords(field: RecordField): string {
  return field === 'postcode' ? 'Not known' : 'None given';
}
