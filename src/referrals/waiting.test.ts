import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { type CountedWait, summariseWaits, thoseBefore } from './waiting.ts';

const today = plainDate('2026-06-30');
const wait = (acceptedOn: string, more: Partial<CountedWait> = {}): CountedWait => ({
  gender: 'female',
  age: 16,
  ethnicity: 'BAFR',
  areaName: 'Lambeth',
  acceptedOn: plainDate(acceptedOn),
  ...more,
});
const groupsOf = (waits: CountedWait[], what: string) =>
  summariseWaits(waits, today).by.find((each) => each.what === what)?.groups;

describe('how long young people wait', () => {
  test('is the median and the longest of everybody, small numbers as they are', () => {
    const waits = ['2026-06-29', '2026-06-20', '2026-03-30', '2026-06-27'].map((day) => wait(day));
    expect(summariseWaits(waits, today).everybody).toEqual({
      group: 'Everybody',
      count: 4,
      median: 6.5,
      longest: 92,
    });
    expect(summariseWaits(waits.slice(0, 3), today).everybody?.median).toBe(10);
    expect(summariseWaits([wait('2026-06-30')], today).everybody).toMatchObject({
      count: 1,
      median: 0,
      longest: 0,
    });
    expect(summariseWaits([], today).everybody).toBeNull();
  });

  test('is told of every group, in the order that people read it', () => {
    const waits = [
      wait('2026-06-01', { gender: 'unknown', age: null, ethnicity: 'NOBT' }),
      wait('2026-06-10', { gender: 'male', age: 18, ethnicity: 'REFU' }),
      wait('2026-06-20', { gender: 'female', age: 12, ethnicity: 'OOTH' }),
      wait('2026-06-25', { gender: 'male', age: 17, ethnicity: 'APKN' }),
      wait('2026-06-26', { gender: 'male', age: 26, ethnicity: 'no longer listed' }),
    ];
    expect(groupsOf(waits, 'Gender')).toEqual([
      { group: 'Female', count: 1, median: 10, longest: 10 },
      { group: 'Male', count: 3, median: 5, longest: 20 },
      { group: 'Not known', count: 1, median: 29, longest: 29 },
    ]);
    expect(groupsOf(waits, 'Age now')?.map(({ group }) => group)).toEqual([
      'Under 13',
      '16 and 17',
      '18 to 25',
      'Over 25',
      'Age not known',
    ]);
    expect(groupsOf(waits, 'Ethnic group')?.map(({ group, count }) => [group, count])).toEqual([
      ['Asian', 1],
      ['Any other ethnic group', 1],
      ['Not known', 3],
    ]);
  });

  test('begins, of the areas, with the one that waits longest', () => {
    const waits = [
      wait('2026-06-10', { areaName: 'Barnet' }),
      wait('2026-05-01', { areaName: 'Sutton' }),
      wait('2026-06-10', { areaName: 'Camden' }),
    ];
    expect(groupsOf(waits, 'Area')?.map(({ group }) => group)).toEqual(['Sutton', 'Barnet', 'Camden']);
  });
});

test('those who were moved up stand before all others, and everybody else by when they were accepted', () => {
  const at = (day: number, movedUp?: number) => ({
    day,
    acceptedAt: new Date(Date.UTC(2026, 0, day)),
    movedUpAt: movedUp === undefined ? null : new Date(Date.UTC(2026, 1, movedUp)),
  });
  const [first, second, up, upLater] = [at(1), at(2), at(9, 1), at(3, 2)];
  const all = [second, upLater, first, up];
  const before = (one: (typeof all)[number]) => thoseBefore(all, one).map(({ day }) => day);
  expect(before(up)).toEqual([]);
  expect(before(upLater)).toEqual([9]);
  expect(before(first)).toEqual([3, 9]);
  expect(before(second)).toEqual([3, 1, 9]);
});
