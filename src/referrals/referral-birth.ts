import { addMonths, ageOn, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { DatePrecision } from '../reference/code-lists.ts';
import type { Answers } from './referral-answers-so-far.ts';

/** "15" is an age and "2010" a year; null for what is neither. */
export function ageOrYear(typed: string): { age: number } | { year: number } | null {
  if (/^\d{1,2}$/.test(typed)) return { age: Number(typed) };
  if (/^(19|20)\d{2}$/.test(typed)) return { year: Number(typed) };
  return null;
}

export interface BirthTold {
  dateOfBirth: PlainDate | null;
  dateOfBirthPrecision: DatePrecision;
}

/** An age or a year stands for the middle of the year it could be: no guess is further out. Never after today. */
export function birthTold(answers: Answers): BirthTold {
  const exact = answers.words('dateOfBirth');
  if (exact !== '') return { dateOfBirth: plainDate(exact), dateOfBirthPrecision: 'exact' };
  const about = ageOrYear(answers.words('about'));
  if (about === null) return { dateOfBirth: null, dateOfBirthPrecision: 'not-known' };
  const { today } = answers;
  const middle = 'year' in about ? plainDate(`${about.year}-07-01`) : addMonths(today, -(12 * about.age + 6));
  return { dateOfBirth: middle < today ? middle : today, dateOfBirthPrecision: 'approximate' };
}

/** Completed years; undefined where nothing is known. */
export function ageTold(answers: Answers): number | undefined {
  const { dateOfBirth } = birthTold(answers);
  return dateOfBirth === null ? undefined : ageOn(dateOfBirth, answers.today);
}

/** Somebody whose age is not known is treated as a child until it is. */
export function mayBeUnder(age: number, answers: Answers): boolean {
  const told = ageTold(answers);
  return told === undefined || told < age;
}
