import type { Keyring } from '../crypto/sealed-box.ts';

/**
 * What an account proves itself with, as it goes to the database: sealed with the service's key and bound to the account,
 * so that a copy of the database alone opens no account, and nobody can put their own password into another's row.
 */

/** @param hash of the password, as `hashPassword` gives it. */
export function sealPasswordHash(keyring: Keyring, accountId: string, hash: string): Buffer {
  return seal(keyring, 'password', accountId, hash);
}

/** @throws SealedBoxError */
export function openPasswordHash(keyring: Keyring, accountId: string, sealed: Uint8Array): string {
  return open(keyring, 'password', accountId, sealed);
}

/** @param secret in base32, as `newTotpSecret` gives it. */
export function sealTotpSecret(keyring: Keyring, accountId: string, secret: string): Buffer {
  return seal(keyring, 'one-time-code', accountId, secret);
}

/** @throws SealedBoxError */
export function openTotpSecret(keyring: Keyring, accountId: string, sealed: Uint8Array): string {
  return open(keyring, 'one-time-code', accountId, sealed);
}

/** A demonstration shows its passwords, so it keeps them. No other database takes one (migration 0010). */
export function sealShownPassword(keyring: Keyring, accountId: string, password: string): Buffer {
  return seal(keyring, 'demonstration-password', accountId, password);
}

/** @throws SealedBoxError */
export function openShownPassword(keyring: Keyring, accountId: string, sealed: Uint8Array): string {
  return open(keyring, 'demonstration-password', accountId, sealed);
}

function seal(keyring: Keyring, purpose: string, accountId: string, text: string): Buffer {
  return Buffer.from(keyring.box(purpose).seal(Buffer.from(text), accountId));
}

function open(keyring: Keyring, purpose: string, accountId: string, sealed: Uint8Array): string {
  return Buffer.from(keyring.box(purpose).open(sealed, accountId)).toString();
}
