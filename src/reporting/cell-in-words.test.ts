import { expect, test } from 'vitest';
import { cellsInWords } from './cell-in-words.ts';

test.each([
  [
    'referrals 2020-05-01..2021-04-30 borough=E09000007 gender=female',
    'referrals, May 2020 to April 2021, borough E09000007, gender Female',
  ],
  ['rescue-requests ..2021-04-30 force=sussex', 'rescue requests, up to 30 April 2021, police force Sussex'],
  ['episodes on 2021-04-30 state=open', 'episodes, up to 30 April 2021, state Open'],
  [
    'referrals 2020-05-01..2021-04-30 less referrals 2020-05-01..2021-04-30 gender=male',
    'referrals, May 2020 to April 2021, without those of referrals, May 2020 to April 2021, gender Male',
  ],
  [
    'individuals 2020-05-01..2021-04-30 town=Southend-on-Sea, published 2',
    'individuals, May 2020 to April 2021, town Southend on Sea, as it was published before',
  ],
])('%s is named in words', (cell, words) => {
  expect(cellsInWords([cell, cell])).toBe(words);
});

test('of very many it is told how many more there are', () => {
  const cells = Array.from({ length: 25 }, (_, n) => `referrals 2020-05-01..2021-04-30 ward=${n}`);
  expect(cellsInWords(cells)).toMatch(/ward 19; and 5 more$/);
});
