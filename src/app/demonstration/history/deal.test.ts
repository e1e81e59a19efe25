import { expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { apportioned, deal, inParts } from './deal.ts';

const people = Array.from({ length: 30 }, (_, age) => ({ age, hand: '' }));
const give = (one: { hand: string }, hand: string) => {
  one.hand = hand;
};

test('everybody gets one value, and each value goes to as many as it says', () => {
  deal(
    new Chance(7),
    people,
    [
      ['school', 10, ({ age }) => age < 12],
      ['work', 15],
      ['neither', 5],
    ],
    give,
  );
  const counts = Map.groupBy(people, ({ hand }) => hand);
  expect(['school', 'work', 'neither'].map((hand) => counts.get(hand)?.length)).toEqual([10, 15, 5]);
  expect(counts.get('school')?.every(({ age }) => age < 12)).toBe(true);
});

test('a table that is not of as many, or that fits too few, is an error', () => {
  expect(() => deal(new Chance(7), people, [['all', 29]], give)).toThrow('29 values for 30');
  expect(() =>
    deal(
      new Chance(7),
      people,
      [
        ['school', 13, ({ age }) => age < 12],
        ['work', 17],
      ],
      give,
    ),
  ).toThrow('"school": 13 wanted, it fits 12');
});

test('a table in proportion adds up to the other total', () => {
  expect(apportioned({ sussex: 5, kent: 3, essex: 2, london: 0 }, 7)).toEqual({
    sussex: 4,
    kent: 2,
    essex: 1,
    london: 0,
  });
});

test('a total in parts adds up to it', () => {
  const parts = inParts(new Chance(7), 312, 7);
  expect(parts.length).toBe(7);
  expect(parts.every((part) => part > 0)).toBe(true);
  expect(new Set(parts).size).toBeGreaterThan(2);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(312);
});
