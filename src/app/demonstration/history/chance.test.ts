import { expect, test } from 'vitest';
import { dayOfWeek, plainDate } from '../../../platform/clock/plain-date.ts';
import { Chance } from './chance.ts';

test('the sequence is the one that was published for these shifts', () => {
  const chance = new Chance(2_463_534_242);
  // The first number after the seed that the paper begins with.
  expect(chance.below(2 ** 32)).toBe(723_471_715);
});

test('the same seed gives the same sequence, another one another', () => {
  const drawn = (seed: number) => {
    const chance = new Chance(seed);
    return Array.from({ length: 20 }, () => chance.below(1000));
  };
  expect(drawn(5)).toEqual(drawn(5));
  expect(drawn(5)).not.toEqual(drawn(6));
  expect(() => new Chance(0)).toThrow(RangeError);
});

test('what is shuffled is the same things in another order, each place as likely for each', () => {
  const chance = new Chance(11);
  const list = [0, 1, 2, 3, 4];
  const firsts = [0, 0, 0, 0, 0];
  for (let round = 0; round < 5000; round += 1) {
    const shuffled = chance.shuffled(list);
    expect([...shuffled].sort()).toEqual(list);
    const first = shuffled[0] ?? 0;
    firsts[first] = (firsts[first] ?? 0) + 1;
  }
  for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('a working day is one of the week, as long as there is one', () => {
  const chance = new Chance(13);
  for (let round = 0; round < 200; round += 1) {
    const day = chance.workingDay(plainDate('2020-05-01'), plainDate('2020-05-05'));
    expect(dayOfWeek(day)).toBeLessThanOrEqual(5);
    expect(day >= '2020-05-01' && day <= '2020-05-05').toBe(true);
  }
  const saturday = plainDate('2020-05-02');
  expect(chance.workingDay(saturday, saturday)).toBe(saturday);
  expect(() => chance.day(saturday, plainDate('2020-05-01'))).toThrow(RangeError);
});
