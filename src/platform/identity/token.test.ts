import { describe, expect, it } from 'vitest';
import { hashToken, isToken, newToken } from './token.ts';

describe('a token', () => {
  it('holds 256 bits and is never the same', () => {
    const tokens = Array.from({ length: 1000 }, newToken);
    expect(new Set(tokens).size).toBe(1000);
    for (const token of tokens) {
      expect(isToken(token)).toBe(true);
      expect(Buffer.from(token, 'base64url').length).toBe(32);
    }
  });

  it('is hashed by its letters, as the database does it', () => {
    expect(Buffer.from(hashToken('abc')).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it.each([
    '',
    'short',
    `${'a'.repeat(43)}\n`,
    `${'a'.repeat(42)}=`,
    `${'a'.repeat(42)}\u0000`,
    'a'.repeat(44),
  ])('is not %j', (text) => {
    expect(isToken(text)).toBe(false);
  });
});
