import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jaroWinkler } from './jaro-winkler.ts';

test.each([
  ['martha', 'marhta', 0.9611],
  ['dwayne', 'duane', 0.84],
  ['dixon', 'dicksonx', 0.8133],
  ['jones', 'johnson', 0.8324],
  ['abc', 'xyz', 0],
  ['', 'abc', 0],
  ['a', 'a', 1],
])('%s and %s are %f alike, as the published examples say', (one, other, alike) => {
  expect(jaroWinkler(one, other)).toBeCloseTo(alike, 4);
});

test('it is the same either way round, between 0 and 1, and 1 only for the same word', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '𝒜'), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      const alike = jaroWinkler(one, other);
      expect(alike).toBeCloseTo(jaroWinkler(other, one), 10);
      expect(alike).toBeGreaterThanOrEqual(0);
      expect(alike).toBeLessThanOrEqual(1);
      expect(alike === 1).toBe(one === other);
    }),
  );
});
