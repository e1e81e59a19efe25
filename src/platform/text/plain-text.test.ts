import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterCount, plainLine, plainText } from './plain-text.ts';

const kept = (typed: string) => {
  const plain = plainText(typed);
  return plain.ok ? plain.text : plain;
};

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('what people type', () => {
  it.each([
    'Siobhán O’Brien',
    "D'Angelo",
    'Łukasz Żółć',
    'محمد عبد الله',
    'שָׁלוֹם',
    'নাজমা বেগম',
    '李小龍',
    'می\u200cخواهم',
    '\u200fعلي\u200e 17',
    '👩🏽‍🦱 ok 👍',
    'two\n\n\tlines',
    'a  b',
    '1 < 2 && "quoted" \\ %s $1 --',
  ])('is kept: %j', (text) => {
    expect(kept(text)).toBe(text);
  });

  it.each([
    ['Zoe\u0308', 'Zo\u00eb'],
    ['one\r\ntwo\rthree\nfour', 'one\ntwo\nthree\nfour'],
    ['one\u2028two\u2029three', 'one\ntwo\nthree'],
    ['  \n\tyes\u00a0\n', 'yes'],
    ['\ufeffyes', 'yes'],
    [' \u200b\u2060\u00a0\n', ''],
    ['\u3164', ''],
    ['', ''],
  ])('is made regular: %j is %j', (typed, text) => {
    expect(kept(typed)).toBe(text);
  });

  it.each([
    ['a\u0000b', 'control-character', 'U+0000', 1],
    ['👍👍\u0007', 'control-character', 'U+0007', 2],
    ['\u001b[31m', 'control-character', 'U+001B', 0],
    ['\u000b', 'control-character', 'U+000B', 0],
    ['x\u007f', 'control-character', 'U+007F', 1],
    ['x\u0085', 'control-character', 'U+0085', 1],
    ['half \ud83d', 'broken-character', 'U+D83D', 5],
    ['\udc4d half', 'broken-character', 'U+DC4D', 0],
  ] as const)('is refused, naming what and where: %j', (typed, reason, codePoint, at) => {
    expect(kept(typed)).toEqual({ ok: false, reason, codePoint, at });
    expect(plainLine(typed)).toEqual({ ok: false, reason, codePoint, at });
  });

  it('is the same after being made regular twice', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const once = plainText(typed);
        if (once.ok) expect(plainText(once.text)).toEqual(once);
        const line = plainLine(typed);
        if (line.ok) expect(plainLine(line.text)).toEqual(line);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a line', () => {
  it('has single spaces and no newlines', () => {
    expect(plainLine(' Mary\u00a0\u00a0Jane\r\n  Smith\t')).toEqual({ ok: true, text: 'Mary Jane Smith' });
  });
});

describe('the count of characters', () => {
  it.each([
    ['', 0],
    ['Zoë', 3],
    ['👍', 1],
    ['👩🏽‍🦱', 4],
    ['a\nb', 3],
    ['محمد', 4],
  ])('of %j is %i', (text, count) => {
    expect(characterCount(text)).toBe(count);
  });

  it('is never more than the browser counted', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(characterCount(text)).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
