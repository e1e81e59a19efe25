import { describe, expect, test } from 'vitest';
import { current, ground, hidden, ink, lastYear, parts, signal } from './palette.ts';

type Triple = readonly [number, number, number];

/** The light of a colour's red, green and blue, from 0 to 1 (sRGB, IEC 61966-2-1). */
function light(colour: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const mixed = (rows: readonly Triple[], [r, g, b]: Triple): Triple => {
  const [x, y, z] = rows.map((row) => row[0] * r + row[1] * g + row[2] * b);
  return [x ?? 0, y ?? 0, z ?? 0];
};

const LUMINANCE: Triple = [0.2126, 0.7152, 0.0722];
const luminance = (of: Triple) => of.reduce((sum, value, at) => sum + value * (LUMINANCE[at] ?? 0), 0);

/** WCAG 2.2's contrast ratio. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(light(one)), luminance(light(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** CIE L*a*b*, in which distance is roughly what the eye sees as difference (D65). */
function lab(of: Triple): Triple {
  const xyz = mixed(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    of,
  );
  const white: Triple = [0.95047, 1, 1.08883];
  const [x, y, z] = xyz.map((value, at) => {
    const part = Math.max(0, value) / (white[at] ?? 1);
    return part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116;
  });
  const [fx, fy, fz] = [x ?? 0, y ?? 0, z ?? 0];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** How people without one kind of cone see (Machado, Oliveira and Fernandes 2009), and a printer without colours. */
const eyes: Readonly<Record<string, (of: Triple) => Triple>> = {
  'all colours': (of) => of,
  'no red (protanopia)': (of) =>
    mixed(
      [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ],
      of,
    ),
  'no green (deuteranopia)': (of) =>
    mixed(
      [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
      ],
      of,
    ),
  'no blue (tritanopia)': (of) =>
    mixed(
      [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
      ],
      of,
    ),
};

const lightness = (colour: string) => lab(light(colour))[0];
const pairs = parts.flatMap((one, at) => parts.slice(at + 1).map((other) => [one, other] as const));
const neighbours = parts.flatMap((one, at) => {
  const next = parts[at + 1];
  return next ? [[one, next] as const] : [];
});

test('the reckoning is that of WCAG and CIE', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 9);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(lightness('#ffffff')).toBeCloseTo(100, 3);
  expect(lightness('#777777')).toBeCloseTo(50.03, 1);
});

describe('contrast', () => {
  test('of text is 4.5 to 1 at least (WCAG 1.4.3)', () => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['outlines', ink],
    ['what a chart is about', current],
    ['signals and limits', signal],
  ])('of %s with the ground is 3 to 1 at least (WCAG 1.4.11)', (_what, colour) => {
    expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
  });

  test('of this year with last year is 3 to 1 at least, and so are the stripes of the latter', () => {
    expect(contrast(current, lastYear.fill)).toBeGreaterThanOrEqual(3);
  });

  test('of every pattern with what it lies on is 3 to 1 at least', () => {
    for (const { fill, marks } of [...parts, lastYear, hidden]) {
      if (marks) expect(contrast(fill, marks.colour)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('the parts of a whole are told apart', () => {
  test('by their marks, or by being the darkest or the lightest, without any colour', () => {
    const marked = parts.flatMap(({ marks }) => marks?.kind ?? []);
    expect(new Set(marked).size).toBe(marked.length);
    const byLightness = [...parts].sort((a, b) => lightness(a.fill) - lightness(b.fill));
    expect(byLightness.map(({ marks }) => marks !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test.each(Object.entries(eyes))('by colour, with %s', (_who, seen) => {
    for (const [one, other] of pairs) {
      const [a, b] = [lab(seen(light(one.fill))), lab(seen(light(other.fill)))];
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(15);
    }
  });

  test('in grey, and neighbours by much', () => {
    for (const [one, other] of pairs) {
      expect(Math.abs(lightness(one.fill) - lightness(other.fill))).toBeGreaterThan(5);
    }
    for (const [one, other] of neighbours) {
      expect(Math.abs(lightness(one.fill) - lightness(other.fill))).toBeGreaterThan(20);
    }
  });
});

test('this year, last year and signals are told apart with every kind of eye', () => {
  for (const seen of Object.values(eyes)) {
    const [now, before, marked] = [current, lastYear.fill, signal].map((colour) => lab(seen(light(colour))));
    for (const [a, b] of [
      [now, before],
      [now, marked],
      [before, marked],
    ]) {
      if (!a || !b) throw new Error('Three colours');
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(15);
    }
  }
});
