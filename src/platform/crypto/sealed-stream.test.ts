import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream, SealedStreamError, sealStream } from './sealed-stream.ts';

const passphrase = 'a long passphrase for the backup';
const HEADER = 16 + 2 + 32;
const CHUNK = 65_536 + 16;

async function through(
  stream: ReturnType<typeof sealStream>,
  bytes: Uint8Array,
  piece = 50_000,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += piece) pieces.push(bytes.subarray(from, from + piece));
  const out = new PassThrough();
  const [read] = await Promise.all([buffer(out), pipeline(Readable.from(pieces), stream, out)]);
  return read;
}
// Least work, so that hundreds of files can be sealed; one test does it with the real settings.
const seal = (bytes: Uint8Array, piece?: number) => through(sealStream(passphrase, 1), bytes, piece);
const open = (bytes: Uint8Array, piece?: number) => through(openStream(passphrase), bytes, piece);

const content = (length: number) =>
  Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

describe('a sealed stream', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])('gives back %i bytes', async (length) => {
    const sealed = await seal(content(length));
    const chunkCount = Math.max(1, Math.ceil(length / 65_536));
    expect(sealed.length).toBe(HEADER + length + 16 * chunkCount);
    expect((await open(sealed)).equals(content(length))).toBe(true);
  });

  it('does not depend on how the bytes arrive', async () => {
    const plaintext = content(150_000);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 500, max: 160_000 }),
        fc.integer({ min: 500, max: 160_000 }),
        async (writing, reading) => {
          expect((await open(await seal(plaintext, writing), reading)).equals(plaintext)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
    expect((await open(await seal(content(300), 1), 1)).equals(content(300))).toBe(true);
  });

  it('is opened with the settings it names, by its passphrase only', async () => {
    const sealed = await through(sealStream(passphrase), content(10));
    expect(sealed.subarray(0, 18).toString('latin1')).toBe('HOMEWARD-BACKUP\n\u0001\u0011');
    expect((await open(sealed)).equals(content(10))).toBe(true);
    const wrong = through(openStream('another passphrase, just as long'), sealed);
    await expect(wrong).rejects.toThrow('the passphrase is wrong');
  });

  it('does not mind how the passphrase was composed on the keyboard', async () => {
    const sealed = await through(sealStream('Zo\u00eb and her garden', 1), content(10));
    expect((await through(openStream('Zoe\u0308 and her garden'), sealed)).length).toBe(10);
  });

  it('is never the same twice', async () => {
    const [one, other] = [await seal(content(100)), await seal(content(100))];
    expect(one.subarray(HEADER).equals(other.subarray(HEADER))).toBe(false);
  });

  it('opens files written by every version released so far', async () => {
    const stored = Buffer.from(
      'SE9NRVdBUkQtQkFDS1VQCgEBh8LsRgR0mBprEzo4qerh8n2lg9sQ4jJkksv3tHk3ev7nmzo6WB6zEKL+LG83uM8VWs/saBksshaR6GxV6AjUJYpEtdk=',
      'base64',
    );
    expect((await open(stored)).toString()).toBe('kept since version 1');
  });

  it('refuses a short passphrase before anything is written', () => {
    expect(() => sealStream('short')).toThrow('12 characters or more');
  });
});

describe('a sealed stream that was tampered with', () => {
  const plaintext = content(3 * 65_536 + 1000);
  const sealing = seal(plaintext);
  const chunk = (sealed: Buffer, number: number) =>
    sealed.subarray(HEADER + number * CHUNK, HEADER + (number + 1) * CHUNK);
  const refused = async (bytes: Uint8Array) => {
    await expect(open(bytes)).rejects.toThrow(SealedStreamError);
  };

  it('is refused with any bit changed', async () => {
    const sealed = await sealing;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(HEADER - 1), fc.nat(sealed.length - 1)),
        fc.nat(7),
        async (at, bit) => {
          // Byte 17 is scrypt's N: a larger one is slow to be refused, and has a test of its own.
          fc.pre(at !== 17);
          const changed = Buffer.from(sealed);
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          await refused(changed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is refused when cut short anywhere, at the end of a chunk too', async () => {
    const sealed = await sealing;
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), async (length) => refused(sealed.subarray(0, length))),
      { numRuns: 40 },
    );
    for (const whole of [0, 1, 2, 3]) await refused(sealed.subarray(0, HEADER + whole * CHUNK));
    await refused(sealed.subarray(0, HEADER));
  });

  it('is refused with anything added', async () => {
    const sealed = await sealing;
    await refused(Buffer.concat([sealed, Buffer.of(0)]));
    await refused(Buffer.concat([sealed, chunk(sealed, 3)]));
    const full = await seal(content(65_536));
    await refused(Buffer.concat([full, Buffer.alloc(16)]));
    await refused(Buffer.concat([full, full.subarray(HEADER)]));
  });

  it('is refused with chunks exchanged, repeated or left out', async () => {
    const sealed = await sealing;
    const header = sealed.subarray(0, HEADER);
    const arranged = (...order: number[]) =>
      Buffer.concat([header, ...order.map((number) => chunk(sealed, number))]);
    expect((await open(arranged(0, 1, 2, 3))).equals(plaintext)).toBe(true);
    for (const order of [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 1, 2, 3], [0, 2, 3], [1, 2, 3], [3], [0, 1, 2]]) {
      await refused(arranged(...order));
    }
  });

  it('is refused with a chunk from another file of the same passphrase', async () => {
    const sealed = await sealing;
    const another = await seal(plaintext);
    const mixed = Buffer.concat([
      sealed.subarray(0, HEADER),
      chunk(sealed, 0),
      another.subarray(HEADER + CHUNK),
    ]);
    await refused(mixed);
  });

  it('says so when it is something else, or asks for more memory than it may', async () => {
    await expect(open(Buffer.from('a spreadsheet'))).rejects.toThrow('not a Homeward backup');
    await expect(open(Buffer.alloc(0))).rejects.toThrow('not a Homeward backup');
    const sealed = Buffer.from(await sealing);
    sealed[17] = 31;
    await expect(open(sealed)).rejects.toThrow('newer version');
    sealed[17] = 0;
    await expect(open(sealed)).rejects.toThrow(SealedStreamError);
    sealed[17] = 2;
    await expect(open(sealed)).rejects.toThrow('the passphrase is wrong');
  });

  it('gives out nothing of a first chunk that is not authentic', async () => {
    const changed = Buffer.from(await sealing);
    changed[HEADER + 5] = (changed[HEADER + 5] ?? 0) ^ 1;
    const out = new PassThrough();
    const seen: Buffer[] = [];
    out.on('data', (piece: Buffer) => seen.push(piece));
    await expect(pipeline(Readable.from([changed]), openStream(passphrase), out)).rejects.toThrow();
    expect(seen).toEqual([]);
  });
});
