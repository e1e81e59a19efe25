import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/**
 * Signed notes (C2SP signed-note; the format of Go's checksum database): some lines of text, an empty line, and
 * one line for each signature. People can read them, and any other implementation can check them. Ed25519 only.
 */

const ALGORITHM_ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
/** A note from elsewhere is read before it is trusted, so its size is limited before anything is done with it. */
const LONGEST_NOTE = 100_000;
// DER wrappers of RFC 8410: node:crypto imports a bare Ed25519 seed or point in no other way.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export type NoteVerifier = {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), in hexadecimal. */
  readonly keyId: string;
  /** The public key in text, `name+id+base64`, to be published. */
  readonly text: string;
  verifies(text: string, signature: Uint8Array): boolean;
};

export type NoteSigner = {
  readonly verifier: NoteVerifier;
  sign(text: string): Uint8Array;
};

/** A key that cannot be read, or a note that cannot be read or is not signed as it must be. */
export class NoteError extends Error {
  override readonly name = 'NoteError';
}

/** A new key, in text: `PRIVATE+KEY+name+id+base64`. Keep it secret; {@link parseSignerKey} reads it. */
export function newSignerKey(name: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_PREFIX.length);
  const { keyId } = verifierOf(name, createPublicKey(privateKey));
  return `PRIVATE+KEY+${name}+${keyId}+${withAlgorithm(seed).toString('base64')}`;
}

/** Reads a private key. @throws NoteError without quoting the key, so that no log ever holds one. */
export function parseSignerKey(text: string): NoteSigner {
  const [first, second, name, keyId, encoded, ...more] = splitKey(text, 5);
  if (first !== 'PRIVATE' || second !== 'KEY' || !name || !keyId || !encoded || more.length > 0) {
    throw new NoteError('This is not a signing key: it should be PRIVATE+KEY+name+id+base64');
  }
  const seed = keyBytes(encoded);
  if (seed === null) throw new NoteError('This signing key is not an Ed25519 key');
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const verifier = verifierOf(name, createPublicKey(privateKey));
  if (verifier.keyId !== keyId) throw new NoteError(`The id of the signing key ${name} does not fit the key`);
  return { verifier, sign: (note) => sign(null, Buffer.from(note), privateKey) };
}

/** Reads a public key, `name+id+base64`. @throws NoteError */
export function parseVerifierKey(text: string): NoteVerifier {
  const [name, keyId, encoded, ...more] = splitKey(text, 3);
  if (!name || !keyId || !encoded || more.length > 0) {
    throw new NoteError('This is not a verification key: it should be name+id+base64');
  }
  const point = keyBytes(encoded);
  if (point === null) throw new NoteError(`The verification key ${name} is not an Ed25519 key`);
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, point]),
    format: 'der',
    type: 'spki',
  });
  const verifier = verifierOf(name, publicKey);
  if (verifier.keyId !== keyId) {
    throw new NoteError(`The id of the verification key ${name} does not fit the key`);
  }
  return verifier;
}

/** The note: `text`, which must end in a newline, and a signature by each signer. @throws NoteError */
export function signNote(text: string, ...signers: readonly [NoteSigner, ...NoteSigner[]]): string {
  checkText(text);
  const lines = signers.map(({ verifier, sign }) => {
    const signature = Buffer.concat([Buffer.from(verifier.keyId, 'hex'), sign(text)]);
    return `— ${verifier.name} ${signature.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * Checks a note against the keys that are trusted and gives back its text. Signatures by other keys are passed
 * over, as the format wants: they may be a witness's.
 * @returns the text, and the verifiers that signed it, at least one
 * @throws NoteError if no trusted key signed it, or a signature in a trusted key's name is wrong
 */
export function openNote(
  note: string,
  trusted: readonly NoteVerifier[],
): { text: string; signedBy: readonly NoteVerifier[] } {
  if (note.length > LONGEST_NOTE) throw new NoteError('This signed note is too long to be read');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) {
    throw new NoteError('This is not a signed note: it has no lines of signatures after an empty line');
  }
  const text = note.slice(0, end + 1);
  checkText(text);
  const signedBy = new Set<NoteVerifier>();
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = encoded === undefined ? null : decodeBase64(encoded);
    if (name === undefined || bytes === null || bytes.length <= KEY_ID_BYTES) {
      throw new NoteError('This signed note has a line of signature that cannot be read');
    }
    const keyId = bytes.subarray(0, KEY_ID_BYTES).toString('hex');
    const verifier = trusted.find((one) => one.name === name && one.keyId === keyId);
    if (verifier === undefined) continue;
    if (!verifier.verifies(text, bytes.subarray(KEY_ID_BYTES))) {
      throw new NoteError(
        `The signature of ${name} does not fit: the note or the signature has been changed`,
      );
    }
    signedBy.add(verifier);
  }
  if (signedBy.size === 0) {
    throw new NoteError(
      `This note is not signed by ${trusted.map(({ name }) => name).join(' or ') || 'any trusted key'}`,
    );
  }
  return { text, signedBy: [...signedBy] };
}

function verifierOf(name: string, publicKey: KeyObject): NoteVerifier {
  if (name === '' || /[\s+]/u.test(name) || !name.isWellFormed()) {
    throw new NoteError('The name of a signing key is not empty and has no spaces and no plus signs');
  }
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
  const keyId = createHash('sha256')
    .update(`${name}\n`)
    .update(withAlgorithm(point))
    .digest()
    .subarray(0, KEY_ID_BYTES)
    .toString('hex');
  return {
    name,
    keyId,
    text: `${name}+${keyId}+${withAlgorithm(point).toString('base64')}`,
    verifies: (text, signature) =>
      signature.length === SIGNATURE_BYTES && verify(null, Buffer.from(text), publicKey, signature),
  };
}

/** A key's base64 may itself hold plus signs, so only the first separators count. */
function splitKey(text: string, parts: number): string[] {
  const all = text.trim().split('+');
  return [...all.slice(0, parts - 1), all.slice(parts - 1).join('+')];
}

function withAlgorithm(key: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(ALGORITHM_ED25519), key]);
}

function keyBytes(encoded: string): Buffer | null {
  const bytes = decodeBase64(encoded);
  return bytes?.length === 33 && bytes[0] === ALGORITHM_ED25519 ? bytes.subarray(1) : null;
}

/** Node skips what is not base64; a signature has one spelling, so anything else is refused. */
function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function checkText(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids them, so they are looked for
  if (!text.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(text) || !text.isWellFormed()) {
    throw new NoteError('The text of a signed note ends in a newline and has no control characters');
  }
}
