import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BackupFormatError, type BackupFrame, readFrames, writeFrame } from './backup-format.ts';

const frames: BackupFrame[] = [
  {
    kind: 'header',
    content: { format: 1, madeAt: '', demonstration: false, migrations: [], secretMark: '' },
  },
  { kind: 'table', content: { schema: 'service', table: 'person', columns: ['id', 'é'] } },
  { kind: 'rows', content: Buffer.from('1\tone\n') },
  { kind: 'rows', content: Buffer.alloc(0) },
  { kind: 'rows', content: Buffer.alloc(70_000, 'x') },
  { kind: 'table-end', content: { rows: 1, sha256: 'ab' } },
  { kind: 'end', content: { tables: 1, rows: 1, sequences: [] } },
];
const whole = Buffer.concat(frames.map(writeFrame));

async function read(pieces: readonly Buffer[]): Promise<BackupFrame[]> {
  const source = (async function* () {
    yield* pieces;
  })();
  const found: BackupFrame[] = [];
  for await (const frame of readFrames(source)) found.push(frame);
  return found;
}

function cutAt(places: readonly number[]): Buffer[] {
  const sorted = [0, ...[...places].sort((a, b) => a - b), whole.length];
  return sorted.slice(1).map((end, index) => whole.subarray(sorted[index], end));
}

test('frames are read as they were written, wherever the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 12 }), async (places) => {
      expect(await read(cutAt(places))).toEqual(frames);
    }),
    { numRuns: 50 },
  );
  expect(
    await read(Array.from(whole.subarray(0, 300), (byte) => Buffer.of(byte)).concat(whole.subarray(300))),
  ).toEqual(frames);
});

test('a stream that ends inside a frame, or has one of an unknown kind, is refused', async () => {
  await expect(read([whole.subarray(0, -1)])).rejects.toThrow(BackupFormatError);
  await expect(read([whole.subarray(0, 3)])).rejects.toThrow(BackupFormatError);
  await expect(read([whole, Buffer.from('Q\0\0\0\0')])).rejects.toThrow('unknown kind');
});
