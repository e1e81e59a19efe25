import { createHash, randomBytes } from 'node:crypto';

/**
 * Tokens: what a session cookie or an e-mailed link carries. 256 random bits, so nobody guesses one; only the hash
 * is kept, so nobody who reads the database can use one.
 */

const TOKEN_BYTES = 32;

/** A new token: 43 letters of base64url, fit for a cookie and an address. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Whether a text could be a token. Anything else need not reach the database. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** What is kept of a token: the SHA-256 of its letters. In PostgreSQL, `sha256(convert_to(token, 'UTF8'))`. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
