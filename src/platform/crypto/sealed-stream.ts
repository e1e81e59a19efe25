import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Duplex } from 'node:stream';

/**
 * Encrypted files of any length, such as a backup, in constant memory.
 *
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): chunks of 64 KiB, each AES-256-GCM, whose
 * nonce holds the chunk's number and whether it is the last. So a chunk that is changed, moved, repeated or left
 * out, and a file that was cut short or added to, all fail to open. The header is authenticated with every chunk.
 *
 * Layout: "HOMEWARD-BACKUP\n" ‖ version (1 byte, 0x01) ‖ log2 of scrypt's N (1) ‖ salt (32) ‖ chunks, each up to
 * 65,536 bytes of ciphertext and a tag of 16; all chunks but the last are full.
 *
 * The key comes from a passphrase by scrypt (RFC 7914) with the file's own salt, so it never meets a nonce twice.
 * A random secret goes the same way: half a second for a backup is worth having one road and no wrong choice.
 */

const MAGIC = Buffer.from('HOMEWARD-BACKUP\n');
const VERSION = 0x01;
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + 2 + SALT_BYTES;
const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SHORTEST_PASSPHRASE = 12;
const SCRYPT_R = 8;
/** N = 2^17: 128 MiB and about half a second, OWASP's first choice of settings for scrypt. */
const WORK = 17;
/** A file names its own N, so what it may ask for is limited: at most 1 GiB of memory. */
const MOST_WORK = 20;

/** A file that cannot be opened. The message says what a person can do something about. */
export class SealedStreamError extends Error {
  override readonly name = 'SealedStreamError';
}

/**
 * A stream that encrypts what is written to it.
 * @param work log2 of scrypt's N, 1 to 20; lower only in tests
 * @throws RangeError at once if the passphrase has fewer than 12 characters
 */
export function sealStream(passphrase: string, work: number = WORK): Duplex {
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    throw new RangeError(`A passphrase of ${SHORTEST_PASSPHRASE} characters or more is needed`);
  }
  return Duplex.from(async function* (plaintext: AsyncIterable<Uint8Array>) {
    const salt = randomBytes(SALT_BYTES);
    const header = Buffer.concat([MAGIC, Buffer.of(VERSION, work), salt]);
    const key = await deriveKey(passphrase, salt, work);
    yield header;
    for await (const { bytes, number, last } of chunks(plaintext, CHUNK_BYTES)) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: TAG_BYTES });
      cipher.setAAD(header);
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    }
  });
}

/**
 * A stream that decrypts what {@link sealStream} wrote. Each chunk it gives out is authentic, but only the end of
 * the stream shows that none is missing: whoever acts on the content reads it to the end first.
 *
 * It fails with a {@link SealedStreamError} if the file is not one of ours, the passphrase is another, or a single
 * bit was changed.
 */
export function openStream(passphrase: string): Duplex {
  return Duplex.from(async function* (sealed: AsyncIterable<Uint8Array>) {
    const source = sealed[Symbol.asyncIterator]();
    const { header, rest } = await readHeader(source);
    const work = header[MAGIC.length + 1] ?? 0;
    const key = await deriveKey(passphrase, header.subarray(-SALT_BYTES), work);
    for await (const { bytes, number, last } of chunks(rest, CHUNK_BYTES + TAG_BYTES)) {
      if (bytes.length < TAG_BYTES) throw damaged(number);
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(header);
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const plaintext = decipher.update(bytes.subarray(0, -TAG_BYTES));
      try {
        decipher.final();
      } catch {
        throw damaged(number);
      }
      yield plaintext;
    }
  });
}

function damaged(chunk: number): SealedStreamError {
  return new SealedStreamError(
    chunk === 0
      ? 'The file cannot be opened: the passphrase is wrong, or the file was changed'
      : 'The file cannot be opened to its end: it was changed or cut short after it was made',
  );
}

async function readHeader(
  source: AsyncIterator<Uint8Array>,
): Promise<{ header: Buffer; rest: AsyncIterable<Uint8Array> }> {
  let read = Buffer.alloc(0);
  while (read.length < HEADER_BYTES) {
    const next = await source.next();
    if (next.done) break;
    read = Buffer.concat([read, next.value]);
  }
  const header = read.subarray(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new SealedStreamError('This is not a Homeward backup');
  }
  const work = header[MAGIC.length + 1] ?? 0;
  if (header[MAGIC.length] !== VERSION || work < 1 || work > MOST_WORK) {
    throw new SealedStreamError(
      'This backup was made by a newer version of Homeward, or its beginning was changed',
    );
  }
  const rest = async function* () {
    yield read.subarray(HEADER_BYTES);
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  };
  return { header, rest: rest() };
}

/** Cuts a stream into chunks of `size` bytes. The last has 1 to `size` bytes, or none if there was nothing at all. */
async function* chunks(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; number: number; last: boolean }> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  for await (const piece of source) {
    pieces.push(piece);
    length += piece.length;
    // A full chunk is kept back until there is more after it: only then is it known not to be the last.
    if (length <= size) continue;
    const held = Buffer.concat(pieces);
    let from = 0;
    for (; length - from > size; from += size, number += 1) {
      yield { bytes: held.subarray(from, from + size), number, last: false };
    }
    pieces = [held.subarray(from)];
    length -= from;
  }
  yield { bytes: Buffer.concat(pieces), number, last: true };
}

/** 11 bytes of the chunk's number, big-endian, and 1 that says whether it is the last. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function deriveKey(passphrase: string, salt: Uint8Array, work: number): Promise<Buffer> {
  const N = 2 ** work;
  // Node wants a little more than the 128 · N · r bytes that the algorithm itself needs.
  const options = { N, r: SCRYPT_R, p: 1, maxmem: 128 * N * SCRYPT_R + 2 ** 20 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
