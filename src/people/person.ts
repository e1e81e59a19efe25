import { formatDate } from '../platform/clock/london-time.ts';
import { ageOn, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import { nameKey } from '../platform/text/name-key.ts';
import type { DatePrecision } from '../reference/code-lists.ts';

/** What a young person is called. Some have one name only: it is the family name then. */
export interface Names {
  givenNames: string;
  familyName: string;
  knownAs: string;
}

/** When a young person was born, and how surely that is known. */
export interface Birth {
  dateOfBirth: PlainDate | null;
  dateOfBirthPrecision: DatePrecision;
}

/** {@link Names} of a row of the database. */
export function namesFrom(row: { given_names: string; family_name: string; known_as: string }): Names {
  return { givenNames: row.given_names, familyName: row.family_name, knownAs: row.known_as };
}

/** {@link Birth} of a row of the database. */
export function birthFrom(row: { date_of_birth: string | null; date_of_birth_precision: string }): Birth {
  return {
    dateOfBirth: row.date_of_birth === null ? null : plainDate(row.date_of_birth),
    dateOfBirthPrecision: row.date_of_birth_precision as DatePrecision,
  };
}

/** A young person's record. */
export interface Person extends Names, Birth {
  id: string;
  reference: string;
  /** Codes of `genders` and `ethnicities` in code-lists.ts. */
  gender: string;
  ethnicity: string;
  /** Empty where it is not known. */
  postcode: string;
  /** Code of the area that is responsible, and its name. */
  area: string;
  areaName: string;
  /** The day they died; null where no death is recorded. */
  diedOn: PlainDate | null;
  version: number;
}

/** A name as it is read: "Amina Bello", or "Name not known". */
export function fullName({ givenNames, familyName }: Pick<Names, 'givenNames' | 'familyName'>): string {
  return [givenNames, familyName].filter((part) => part !== '').join(' ') || 'Name not known';
}

/** The form of all of a young person's names that is stored beside them, searched and compared. */
export function keyOfNames({ givenNames, familyName, knownAs }: Names): string {
  return nameKey([givenNames, familyName, knownAs].join(' '));
}

/** A date of birth as it is read: "3 April 2010", "about 2010" (no day that somebody could take for it), "Not known". */
export function bornInWords({ dateOfBirth, dateOfBirthPrecision }: Birth): string {
  if (dateOfBirth === null) return 'Not known';
  return dateOfBirthPrecision === 'approximate'
    ? `about ${dateOfBirth.slice(0, 4)}`
    : formatDate(dateOfBirth);
}

/** An age as it is read on a day: "16", "about 16", "Not known". */
export function ageInWords({ dateOfBirth, dateOfBirthPrecision }: Birth, on: PlainDate): string {
  const age = dateOfBirth === null ? undefined : ageOn(dateOfBirth, on);
  if (age === undefined) return 'Not known';
  return dateOfBirthPrecision === 'approximate' ? `about ${age}` : String(age);
}
