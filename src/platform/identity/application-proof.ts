import { createHash } from 'node:crypto';
import type { Keyring } from '../crypto/sealed-box.ts';

/** The key that `identity.check_application` knows the application by; `prepareDatabase` stores it. */
export function applicationKey(keyring: Keyring): Uint8Array {
  return keyring.hmac('application-proof', 'database');
}

/**
 * Proves to a function of the database that the application itself calls it with just these arguments: SQL injected
 * into some statement can call the function too, but cannot make this. The same sum as `identity.check_application`.
 */
export function applicationProof(keyring: Keyring, ...args: (string | number | null)[]): Uint8Array {
  const key = applicationKey(keyring);
  const message = Buffer.from(args.map((arg) => (arg === null ? '' : String(arg))).join('\x1f'));
  return sha256(key, sha256(key, message));
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
