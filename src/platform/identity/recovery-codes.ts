import { createHash, randomBytes } from 'node:crypto';

/**
 * Recovery codes: for the day the phone with the authenticator app is lost. Each works once.
 *
 * A code is 80 random bits, so a plain SHA-256 of it is safe to keep: guessing 2^80 of them is out of reach, and
 * there are no likely ones to try first, which is what a slow hash is for. A plain hash can also be found in an
 * index, and used up in one statement: `delete … where account = … and code_hash = …`.
 */

const CODES = 10;
const CODE_BYTES = 10;
/** Crockford's base 32: no I, L, O or U, so nothing is mistaken for 1 or 0, and no word is likely to offend. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_A_LETTER = 5n;

/** Ten new codes, to be shown once and kept only as {@link hashRecoveryCode}: `4G7K-W0ZD-93TN-QXHB`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, newRecoveryCode);
}

/**
 * The hash of a code as typed: capital or small letters, with or without hyphens and spaces, and O for 0 and
 * I or L for 1.
 */
export function hashRecoveryCode(typed: string): Uint8Array {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(code).digest();
}

function newRecoveryCode(): string {
  let bits = BigInt(`0x${randomBytes(CODE_BYTES).toString('hex')}`);
  let letters = '';
  for (let left = (CODE_BYTES * 8) / Number(BITS_A_LETTER); left > 0; left -= 1) {
    letters += ALPHABET.charAt(Number(bits & 31n));
    bits >>= BITS_A_LETTER;
  }
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}
