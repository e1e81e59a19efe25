import { expect, test } from 'vitest';
import {
  DAYS_FOR_USUAL,
  MANY_RECORDS,
  MANY_REFUSALS,
  MANY_SEARCHES,
  MANY_WITHOUT_USUAL,
  reasonsOfDay,
  reasonsOfLook,
} from './unusual-access.ts';

const look = { personId: 'p', sameName: false, unrelated: false, opened: false };
const day = {
  records: 5,
  otherDays: DAYS_FOR_USUAL,
  usual: 5,
  atNight: 0,
  searches: 0,
  searchesWithoutLook: 0,
  refusals: 0,
};
const codes = (reasons: readonly { code: string }[]) => reasons.map(({ code }) => code);

test('an ordinary look and an ordinary day are not pointed out', () => {
  expect(reasonsOfLook(look)).toEqual([]);
  expect(reasonsOfDay(day)).toEqual([]);
});

test('a look is pointed out for a family name, for no reason to look, and for an emergency, which is the reason', () => {
  expect(codes(reasonsOfLook({ ...look, sameName: true, unrelated: true }))).toEqual([
    'same-name',
    'unrelated',
  ]);
  expect(codes(reasonsOfLook({ ...look, unrelated: true, opened: true }))).toEqual(['emergency']);
});

test('many records are many in themselves and for the one who looked', () => {
  expect(codes(reasonsOfDay({ ...day, records: MANY_RECORDS, usual: 5 }))).toEqual(['many-records']);
  expect(reasonsOfDay({ ...day, records: MANY_RECORDS - 1, usual: 1 })).toEqual([]);
  expect(reasonsOfDay({ ...day, records: 60, usual: 20 })).toEqual([]);
  expect(codes(reasonsOfDay({ ...day, records: 61, usual: 20 }))).toEqual(['many-records']);
});

test('a first day in the week is compared with nothing, and is pointed out for very many records alone', () => {
  const first = { ...day, otherDays: DAYS_FOR_USUAL - 1, usual: 1 };
  expect(reasonsOfDay({ ...first, records: 42 })).toEqual([]);
  expect(reasonsOfDay({ ...first, records: MANY_WITHOUT_USUAL - 1 })).toEqual([]);
  expect(codes(reasonsOfDay({ ...first, records: MANY_WITHOUT_USUAL }))).toEqual(['many-records']);
});

test('a look at night, and searches that led to nothing', () => {
  expect(codes(reasonsOfDay({ ...day, atNight: 1 }))).toEqual(['night']);
  expect(reasonsOfDay({ ...day, atNight: 1 })[0]?.words).toBe('Looked at 1 record between 11pm and 5am');
  expect(codes(reasonsOfDay({ ...day, searches: 12, searchesWithoutLook: MANY_SEARCHES }))).toEqual([
    'searches',
  ]);
  expect(reasonsOfDay({ ...day, searches: 40, searchesWithoutLook: MANY_SEARCHES - 1 })).toEqual([]);
});

test('many refusals of one day, and not the few that a wrong address brings', () => {
  expect(codes(reasonsOfDay({ ...day, refusals: MANY_REFUSALS }))).toEqual(['refusals']);
  expect(reasonsOfDay({ ...day, refusals: MANY_REFUSALS - 1 })).toEqual([]);
});
