import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth, wrapped } from './text-width.ts';

test('words are broken between them, and a word that is too wide where it must be', () => {
  expect(wrapped('Kensington and Chelsea', 118, 14)).toEqual(['Kensington and', 'Chelsea']);
  expect(wrapped('Northamptonshire', 60, 14).join('').replaceAll('-', '')).toBe('Northamptonshire');
  expect(wrapped('', 60, 14)).toEqual(['']);
});

test('no line is wider than it may be, and no letter is lost', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'W', 'i', ' ', 'é', '9'), maxLength: 60 });
  fc.assert(
    fc.property(words, fc.integer({ min: 40, max: 200 }), (text, width) => {
      const lines = wrapped(text, width, 14);
      for (const line of lines) expect(textWidth(line, 14)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(/[- ]/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});
