import fc from 'fast-check';
import { expect, test } from 'vitest';
import { competitionRanks } from './competition-rank.ts';

test('equals share a rank, and the next is as far down as if they had not', () => {
  expect(competitionRanks([40, 30, 30, 20, 10, 10, 10, 5])).toEqual([1, 2, 2, 4, 5, 5, 5, 8]);
  expect(competitionRanks([5, 40, 10])).toEqual([3, 1, 2]);
  expect(competitionRanks([])).toEqual([]);
});

test('each rank is one more than how many are larger', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (values) => {
      expect(competitionRanks(values)).toEqual(
        values.map((value) => 1 + values.filter((other) => other > value).length),
      );
    }),
  );
});
