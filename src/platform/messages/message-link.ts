import type { Keyring } from '../crypto/sealed-box.ts';

const PURPOSE = 'message-secret';

/**
 * Seals the path of a link that signs somebody in, token and all, until it is sent: neither a copy of the database nor
 * those who look after the queue can use it. A box of one kind of message opens as no other.
 *
 * @param path from the slash on, such as `/refer/link?token=…`.
 */
export function sealMessagePath(keyring: Keyring, template: string, path: string): Buffer {
  return Buffer.from(keyring.box(PURPOSE).seal(Buffer.from(path), template));
}

/**
 * The address a message leads to.
 *
 * @param message its open path, and the sealed one that takes its place where there is one.
 * @throws SealedBoxError when the sealed path was changed or sealed by another secret.
 */
export function messageLink(
  keyring: Keyring,
  publicUrl: string,
  message: { template: string; path: string; secret_sealed: Buffer | null },
): string {
  const { template, path, secret_sealed: secret } = message;
  const opened = secret === null ? path : Buffer.from(keyring.box(PURPOSE).open(secret, template)).toString();
  return `${publicUrl}${opened}`;
}
