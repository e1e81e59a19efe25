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
  /** Different records they look at on another day of theirs in the week, on average; null where they had none. */
  usual: number | null;
  /** Records between 23:00 and 05:00. */
  atNight: number;
  searches: number;
  /** Searches after which they looked at no record for ten minutes. */
  searchesWithoutLook: number;
}

/** Different records in a day from which it is worth a look, however much is usual. */
export const MANY_RECORDS = 30;
/** How many times their own usual. */
export const TIMES_USUAL = 3;
/** Searches without a look from which they are many. */
export const MANY_SEARCHES = 10;

export interface Reason {
  code: 'same-name' | 'unrelated' | 'emergency' | 'many-records' | 'night' | 'searches';
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
  usual,
  atNight,
  searches,
  searchesWithoutLook,
}: DayOfAccess): Reason[] {
  const about = (code: Reason['code'], words: string): Reason => ({ code, words, personId: null });
  const many = records >= MANY_RECORDS && records > TIMES_USUAL * (usual ?? 0);
  return [
    ...(many
      ? [
          about(
            'many-records',
            usual === null
              ? `Looked at ${records} records, on their only day in the week`
              : `Looked at ${records} records; ${Math.round(usual)} a day is usual for them`,
          ),
        ]
      : []),
    ...(atNight > 0 ? [about('night', `Looked at ${counted(atNight, 'record')} between 11pm and 5am`)] : []),
    ...(searchesWithoutLook >= MANY_SEARCHES
      ? [about('searches', `Searched ${searches} times, and after ${searchesWithoutLook} opened no record`)]
      : []),
  ];
}

const counted = (number: number, what: string) => `${number} ${number === 1 ? what : `${what}s`}`;
