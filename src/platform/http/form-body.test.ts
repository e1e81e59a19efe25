import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFormBody } from './form-body.ts';

const read = (body: string) => ({ ...parseFormBody(body) });

test('reads what a browser sends, of whatever characters', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))),
      (pairs) => {
        const sent = new URLSearchParams(pairs);
        const expected = Object.fromEntries(
          [...sent.keys()].map((name) => [
            name,
            sent.getAll(name).length > 1 ? sent.getAll(name) : sent.get(name),
          ]),
        );
        expect(read(sent.toString())).toEqual(expected);
      },
    ),
  );
});

test('takes what is there twice as two values, and what has no value as empty', () => {
  expect(read('a=1&b=2&a=3&a=&c&&=d')).toEqual({ a: ['1', '3', ''], b: '2', c: '', '': 'd' });
  expect(read('')).toEqual({});
  expect(Object.keys(parseFormBody('__proto__=1&constructor=2'))).toEqual(['__proto__', 'constructor']);
});

test('keeps a percent sign that begins no escape', () => {
  expect(read('a=100%&b=%zz+%c3%a9&%=%2')).toEqual({ a: '100%', b: '%zz é', '%': '%2' });
});

test('shows where bytes were no character, and leaves the rest', () => {
  expect(read('a=caf%C3%A9+%C3%28+%F0%9F%91%8D')).toEqual({ a: 'café \ud800( 👍' });
  expect(read('a=%ED%A0%80')).toEqual({ a: '\ud800\ud800\ud800' });
  expect(read('a=%FF&b=%EF%BF%BD')).toEqual({ a: '\ud800', b: '\ufffd' });
});
