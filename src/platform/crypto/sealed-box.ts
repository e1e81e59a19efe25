import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * Keys for everything the service encrypts or signs for itself, all derived from the one secret it is given.
 *
 * Each purpose has a key of its own (HKDF-SHA-256, RFC 5869), so that a draft can never be opened as something
 * else. A box is AES-256-GCM and carries the id of the secret that sealed it: when the secret is changed, what
 * earlier ones sealed can still be opened for as long as they are given too.
 *
 * Layout of a box: version (1 byte, 0x01) ‖ id of the secret (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
 * The nonce is random, so a purpose should seal fewer than 2^32 boxes under one secret (NIST SP 800-38D, 8.3).
 */

const VERSION = 0x01;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const KEY_BYTES = 32;
/** 32 characters of base64 or hexadecimal hold 128 bits or more; HKDF adds none to a secret that lacks them. */
const SHORTEST_SECRET = 32;

/** A box that was sealed for something else, under an unknown secret, or changed since: it does not say which. */
export class SealedBoxError extends Error {
  override readonly name = 'SealedBoxError';
  constructor() {
    super(
      'What was sealed cannot be opened: it was changed, or sealed for another purpose or with another secret',
    );
  }
}

export type SealedBox = {
  /**
   * Encrypts and authenticates. `associatedData` is not stored: it says what the box belongs to (such as the
   * account and form of a draft), and the same must be given to open it, so that nobody can swap two boxes.
   */
  seal(plaintext: Uint8Array, associatedData: string): Uint8Array;
  /** Gives back what was sealed. @throws SealedBoxError */
  open(box: Uint8Array, associatedData: string): Uint8Array;
};

export type Keyring = {
  /** The box for one purpose, such as `draft`. */
  box(purpose: string): SealedBox;
  /** A keyed hash (HMAC-SHA-256, 32 bytes) with the current secret. It changes when the secret does. */
  hmac(purpose: string, text: string): Uint8Array;
  /** Whether this is the keyed hash of the text under the current secret or an earlier one. Constant time. */
  hmacMatches(purpose: string, text: string, mac: Uint8Array): boolean;
};

/**
 * The keys derived from the service's secret. To change the secret, give the new one first and the old ones
 * after it, until nothing that they sealed is left.
 * @throws RangeError if a secret has fewer than 32 characters
 */
export function createKeyring(current: string, ...previous: readonly string[]): Keyring {
  const newest = secretOf(current);
  const secrets = [newest, ...previous.map(secretOf)];
  return {
    box(purpose) {
      const key = newest.derive(`box:${purpose}`);
      return {
        seal(plaintext, associatedData) {
          const header = Buffer.concat([Buffer.of(VERSION), newest.id]);
          const nonce = randomBytes(NONCE_BYTES);
          const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
          cipher.setAAD(Buffer.concat([header, Buffer.from(associatedData)]));
          const ciphertext = [cipher.update(plaintext), cipher.final()];
          return Buffer.concat([header, nonce, ...ciphertext, cipher.getAuthTag()]);
        },
        open(box, associatedData) {
          const bytes = Buffer.from(box.buffer, box.byteOffset, box.byteLength);
          const header = bytes.subarray(0, HEADER_BYTES);
          const secret = secrets.find(({ id }) => id.equals(header.subarray(1)));
          if (header[0] !== VERSION || !secret || bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES) {
            throw new SealedBoxError();
          }
          const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
          const boxKey = secret === newest ? key : secret.derive(`box:${purpose}`);
          const decipher = createDecipheriv('aes-256-gcm', boxKey, nonce, { authTagLength: TAG_BYTES });
          decipher.setAAD(Buffer.concat([header, Buffer.from(associatedData)]));
          decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
          const plaintext = decipher.update(bytes.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES));
          try {
            return Buffer.concat([plaintext, decipher.final()]);
          } catch {
            throw new SealedBoxError();
          }
        },
      };
    },
    hmac: (purpose, text) => newest.hmac(purpose, text),
    // Every secret is tried even after one fits, so that the time taken does not say which.
    hmacMatches: (purpose, text, mac) =>
      mac.length === KEY_BYTES &&
      secrets.map((secret) => timingSafeEqual(secret.hmac(purpose, text), mac)).includes(true),
  };
}

type Secret = {
  id: Buffer;
  derive(info: string): Buffer;
  hmac(purpose: string, text: string): Buffer;
};

function secretOf(secret: string): Secret {
  if (secret.length < SHORTEST_SECRET) {
    throw new RangeError(`A secret of ${SHORTEST_SECRET} characters or more is needed, made at random`);
  }
  const bytes = (info: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'homeward keyring 1', info, length));
  const derive = (info: string) => bytes(info, KEY_BYTES);
  return {
    id: bytes('id', KEY_ID_BYTES),
    derive,
    hmac: (purpose, text) =>
      createHmac('sha256', derive(`hmac:${purpose}`))
        .update(text)
        .digest(),
  };
}
