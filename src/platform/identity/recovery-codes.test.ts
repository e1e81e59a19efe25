import { describe, expect, it } from 'vitest';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('recovery codes', () => {
  it('are ten different codes in groups of four readable letters', () => {
    const codes = newRecoveryCodes();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    }
  });

  it('use every letter in every place', () => {
    const seen = Array.from({ length: 16 }, () => new Set<string>());
    for (let round = 0; round < 100; round += 1) {
      for (const code of newRecoveryCodes()) {
        [...code.replaceAll('-', '')].forEach((letter, place) => {
          seen[place]?.add(letter);
        });
      }
    }
    expect(seen.map((letters) => letters.size)).toEqual(Array.from({ length: 16 }, () => 32));
  });

  it.each([
    '4g7k-w0zd-93tn-q1hb',
    '4G7KW0ZD93TNQ1HB',
    ' 4G7K W0ZD 93TN Q1HB ',
    '4G7K–WOZD–93TN–QIHB',
    '4g7k-wozd-93tn-qlhb',
  ])('are the same typed as %s', (typed) => {
    expect(hex(hashRecoveryCode(typed))).toBe(hex(hashRecoveryCode('4G7K-W0ZD-93TN-Q1HB')));
  });

  it('are kept as the SHA-256 of the letters', () => {
    // Written down so that a change that would lock people out of their codes is noticed.
    expect(hex(hashRecoveryCode('4G7K-W0ZD-93TN-Q1HB'))).toBe(
      '359b5dfce4760e7dbcac7753f32c0dea12de36a931b489c796a602fe4bde15c9',
    );
    expect(hex(hashRecoveryCode('4G7K-W0ZD-93TN-Q1HC'))).not.toBe(
      '359b5dfce4760e7dbcac7753f32c0dea12de36a931b489c796a602fe4bde15c9',
    );
  });
});
