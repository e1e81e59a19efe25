import { describe, expect, test } from 'vitest';
import { othersInText } from './others-in-text.ts';

describe('how many there were, in a text that is to tell of nobody else', () => {
  test.each([
    ['They were seen together at the station. All three of them ran.', ['together', 'All three of them']],
    ['Both came, and both left.', ['both']],
    ['I met the two\nat the park.', ['the two']],
    ['The other four waited.', ['The other four']],
    ['He sat with 2 other lads and five of the boys.', ['2 other lads', 'five of the boys']],
    ['a couple of friends, 12 young people', ['a couple of friends', '12 young people']],
    ['Three of them, all of them, none of us', ['Three of them', 'all of them', 'none of us']],
    ['They shout at each other; one other watched', ['each other', 'one other']],
    // What is not a number of people.
    ['The group met at 2pm for two hours, on the 12 bus, and the 14 October was named.', []],
    ['Another young person bothered the group; altogether a good day.', []],
    ['Three sandwiches and 40 pounds. The one on the left.', []],
  ])('%s', (text, told) => {
    expect(othersInText(text)).toEqual(told);
  });
});
