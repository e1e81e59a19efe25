/** Which looks at records are worth a question, and why: stated rules, never a score. Pure: no I/O here. */

/** A look at one record on one day, of which something about the record is known. */
export interface LookToExplain {
  personId: string;
  /** The colleague shares a family name with the young person. */
  sameName: boolean;
  /** No work of theirs explains it, now or in the last 28 days. */
  unrelated: boolean;
  /** They had opened it in an emergency. */
  opened: boolean;
}

/** What somebody did on one day (London). */
export interface DayOfAccess {
  /** Different records they looked at. */
  records: number;
  /** Other days of the week on which they looked at a record. */
  otherDays: number;
  /** Different records they look at on such a day, on average; 0 where there is none. */
  usual: number;
  /** Records between 23:00 and 05:00. */
  atNight: number;
  searches: number;
  /** Searches after which they looked at no record for ten minutes. */
  searchesWithoutLook: number;
  /** Pages, records and emergencies that were refused to them. */
  refusals: number;
}

/** Different records in a day from which it is worth a look, however much is usual. */
export const MANY_RECORDS = 30;
/** How many times their own usual. */
export const TIMES_USUAL = 3;
/** Other days from which there is a usual to compare with: whoever began yesterday has none. */
export const DAYS_FOR_USUAL = 3;
/** Different records in a day from which it is worth a look though nothing is usual yet. */
export const MANY_WITHOUT_USUAL = 100;
/** Searches without a look from which they are many. */
export const MANY_SEARCHES = 10;
/** Refusals in a day from which they are many. */
export const MANY_REFUSALS = 10;

export interface Reason {
  code: 'same-name' | 'unrelated' | 'emergency' | 'many-records' | 'night' | 'searches' | 'refusals';
  words: string;
  /** The record it is about, where it is one. */
  personId: string | null;
}

/** What is unusual about a look, in words that end a sentence about a record. */
export function reasonsOfLook({ personId, sameName, unrelated, opened }: LookToExplain): Reason[] {
  const about = (code: Reason['code'], words: string): Reason => ({ code, words, personId });
  return [
    ...(sameName ? [about('same-name', 'The young person has the same family name')] : []),
    ...(unrelated && !opened ? [about('unrelated', 'Nothing they work on explains it any more')] : []),
    ...(opened ? [about('emergency', 'They had opened the record in an emergency')] : []),
  ];
}

/** What is unusual about a day. */
export function reasonsOfDay({
  records,
  otherDays,
  usual,
  atNight,
  searches,
  searchesWithoutLook,
  refusals,
}: DayOfAccess): Reason[] {
  const about = (code: Reason['code'], words: string): Reason => ({ code, words, personId: null });
  const hasUsual = otherDays >= DAYS_FOR_USUAL;
  const many = hasUsual
    ? records >= MANY_RECORDS && records > TIMES_USUAL * usual
    : records >= MANY_WITHOUT_USUAL;
  return [
    ...(many
      ? [
          about(
            'many-records',
            hasUsual
              ? `Looked at ${records} records; ${Math.round(usual)} a day is usual for them`
              : `Looked at ${records} records, with too few other days in the week to compare`,
          ),
        ]
      : []),
    ...(atNight > 0 ? [about('night', `Looked at ${counted(atNight, 'record')} between 11pm and 5am`)] : []),
    ...(searchesWithoutLook >= MANY_SEARCHES
      ? [about('searches', `Searched ${searches} times, and after ${searchesWithoutLook} opened no record`)]
      : []),
    ...(refusals >= MANY_REFUSALS
      ? [about('refusals', `Was refused ${refusals} times: tried records or pages that are not theirs`)]
      : []),
  ];
}

const counted = (number: number, what: string) => `${number} ${number === 1 ? what : `${what}s`}`;
