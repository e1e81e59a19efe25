import type { Keyring } from '../crypto/sealed-box.ts';

/**
 * The token of an e-mailed link on its way from where it is made to where the message is written: sealed, and bound
 * to the page that the link opens, so that whoever reads the table of messages can use none.
 */
export function sealLinkSecret(keyring: Keyring, path: string, token: string): Buffer {
  return Buffer.from(keyring.box('link-secret').seal(Buffer.from(token), path));
}

/** @throws SealedBoxError when it was sealed for another page, or by another service. */
export function openLinkSecret(keyring: Keyring, path: string, sealed: Uint8Array): string {
  return Buffer.from(keyring.box('link-secret').open(sealed, path)).toString();
}

/** The address that a message carries. */
export function linkAddress(publicUrl: string, path: string, token: string): string {
  return `${publicUrl}${path}?${new URLSearchParams({ token })}`;
}
