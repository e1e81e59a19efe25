import { describe, expect, it } from 'vitest';
import { outwardPart, parsePostcode, postcodeBeginnings } from './postcode.ts';

const outwardOf = (typed: string) => {
  const postcode = parsePostcode(typed);
  return postcode && outwardPart(postcode);
};

describe('a postcode', () => {
  it.each([
    ['M1 1AE', 'M1'],
    ['B33 8TH', 'B33'],
    ['CR2 6XH', 'CR2'],
    ['DN55 1PT', 'DN55'],
    ['W1A 0AX', 'W1A'],
    ['EC1A 1BB', 'EC1A'],
    ['SW1A 1AA', 'SW1A'],
    ['E1W 1UN', 'E1W'],
    ['SE1P 5LX', 'SE1P'],
    ['N1C 4AG', 'N1C'],
    ['WC2N 5DU', 'WC2N'],
    ['BT1 5GS', 'BT1'],
    ['GIR 0AA', 'GIR'],
  ])('%s is one, and its outward part is %s', (postcode, outward) => {
    expect(parsePostcode(postcode)).toBe(postcode);
    expect(outwardOf(postcode)).toBe(outward);
  });

  it.each([
    'sw1a1aa',
    ' SW1A  1AA ',
    'Sw1A-1aA',
    'S W 1 A 1 A A',
    'SW1A\u00a01AA',
    'ＳＷ１Ａ１ＡＡ',
    'SW1A 1AA.',
  ])('typed as %j is SW1A 1AA', (typed) => {
    expect(parsePostcode(typed)).toBe('SW1A 1AA');
  });

  it.each([
    '',
    'SW1A',
    'SW1A 1A',
    'SW1A 1AAA',
    'SW1A AAA',
    'QA1 1AA',
    'XE1 1AA',
    'AJ1 1AA',
    'M1 1AC',
    'M1 1OE',
    'W1I 0AX',
    'SW1F 1AA',
    'SW123 1AA',
    'GIR 0AB',
    'GIR 1AA',
    '12345',
    'M1 1AE\u0000',
    'M1 1AE; drop',
  ])('is not %j', (typed) => {
    expect(parsePostcode(typed)).toBeUndefined();
  });
});

describe('the beginning of a postcode', () => {
  it.each([
    ['SE1', ['SE1 ']],
    ['se1 ', ['SE1 ']],
    ['SW9 8', ['SW9 8']],
    ['sw9 8a', ['SW9 8A']],
    ['SW9 8EF', ['SW9 8EF']],
    ['sw98ef', ['SW9 8EF']],
    ['SW1A', ['SW1A ']],
    ['W1', ['W1 ']],
    // Without a space it may be the one or the other.
    ['SW98', ['SW98 ', 'SW9 8']],
    ['N16', ['N16 ', 'N1 6']],
  ])('%s may be that of %j', (typed, beginnings) => {
    expect(postcodeBeginnings(typed)).toEqual(beginnings);
  });

  it.each(['', 'SE', 'S', '1', 'Amina', 'SE1 AB', '123', 'SE1%', "SE1' or '1", 'Jo 3 Bello'])(
    '%s begins none',
    (typed) => {
      expect(postcodeBeginnings(typed)).toEqual([]);
    },
  );
});
