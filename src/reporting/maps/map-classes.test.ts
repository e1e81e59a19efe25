import { describe, expect, test } from 'vitest';
import { hidden } from '../charts/palette.ts';
import { classFillings, classOf, fillingsOf, naturalBands } from './map-classes.ts';

/** WCAG's relative luminance. */
function luminance(colour: string): number {
  const light = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (light[0] ?? 0) + 0.7152 * (light[1] ?? 0) + 0.0722 * (light[2] ?? 0);
}
const contrast = (one: string, other: string) => {
  const [a, b] = [luminance(one), luminance(other)].toSorted((x, y) => y - x) as [number, number];
  return (a + 0.05) / (b + 0.05);
};
/** CIE lightness, from 0 to 100: what is left of a colour in grey. */
const lightness = (colour: string) => {
  const y = luminance(colour);
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y;
};

describe('the classes of a map', () => {
  test.each([2, 3, 4, 5, 6, 7])('of %i grow darker, by enough to be told apart in grey', (classes) => {
    const fillings = fillingsOf(classes);
    expect(fillings).toHaveLength(classes);
    fillings.slice(1).forEach(({ fill }, n) => {
      const before = fillings[n]?.fill ?? '';
      expect(lightness(before) - lightness(fill)).toBeGreaterThan(classes > 5 ? 6 : 11);
    });
  });

  test('differ in their marks besides, as does what is hidden from all of them', () => {
    const marked = [...classFillings, hidden].map(
      ({ fill, marks }) => `${marks?.kind} ${marks?.colour} ${marks ? '' : fill}`,
    );
    expect(new Set(marked).size).toBe(marked.length);
  });

  test('have marks that are seen on what they lie on (3 to 1, WCAG 1.4.11)', () => {
    for (const { fill, marks } of classFillings) {
      if (marks) expect(contrast(fill, marks.colour)).toBeGreaterThanOrEqual(3);
    }
  });

  test('of the fewest and of the most are 3 to 1', () => {
    expect(contrast(classFillings.at(0)?.fill ?? '', classFillings.at(-1)?.fill ?? '')).toBeGreaterThan(7);
  });

  test('are no more than can be told apart', () => {
    expect(() => fillingsOf(8)).toThrow(RangeError);
  });

  test('are found for a number, 0 having one where they begin with it', () => {
    const bands = [
      { from: 1, to: 2 },
      { from: 5, to: 9 },
    ];
    expect([0, 1, 2, 3, 5, 9, 10].map((value) => classOf(bands, value))).toEqual([-1, 0, 0, -1, 1, 1, -1]);
    expect(naturalBands([0, 'hidden', 'not-available'])).toEqual([]);
    expect(naturalBands([0, 1, 1, 9, 9, 'hidden'])).toEqual([
      { from: 1, to: 1 },
      { from: 9, to: 9 },
    ]);
  });
});
