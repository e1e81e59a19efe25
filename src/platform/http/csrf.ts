import type { Keyring } from '../crypto/sealed-box.ts';

/** The token that a form must carry back: made from a secret that only the browser's own cookie holds. */
export function csrfToken(keyring: Keyring, cookie: string): string {
  return Buffer.from(keyring.hmac('csrf', cookie)).toString('base64url');
}

export function isCsrfToken(keyring: Keyring, cookie: string, given: string | undefined): boolean {
  return keyring.hmacMatches('csrf', cookie, Buffer.from(given ?? '', 'base64url'));
}

/**
 * Whether the browser says that the request began on our own pages. Browsers that send neither header are left to the
 * token.
 */
export function beganHere(
  headers: { origin?: string | undefined; 'sec-fetch-site'?: string | string[] | undefined },
  publicUrl: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || headers.origin === new URL(publicUrl).origin;
}
