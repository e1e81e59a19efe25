/**
 * What stands inside a sealed backup: frames, one after another, each a letter, the length of what follows (4 bytes,
 * big-endian) and that much content. One header; for each table its head, its rows as `COPY … TO STDOUT` gives them
 * in chunks of any size, and its end; last the end of the whole. The rows are text, which every later PostgreSQL reads.
 */
export type BackupFrame =
  | { kind: 'header'; content: BackupHeader }
  | { kind: 'table'; content: TableHead }
  | { kind: 'rows'; content: Buffer }
  | { kind: 'table-end'; content: TableEnd }
  | { kind: 'end'; content: BackupEnd };

export interface BackupHeader {
  /** Raised when a Homeward that knows only the format before could not read the file. */
  format: number;
  /** An instant, ISO 8601. */
  madeAt: string;
  /** Whether everybody in it is invented. */
  demonstration: boolean;
  /** The migrations that had been applied, in order. */
  migrations: { number: number; name: string; sha256: string }[];
  /** A keyed hash that says whether a service has the secret that sealed what is sealed inside the rows. */
  secretMark: string;
}

export interface TableHead {
  schema: string;
  table: string;
  columns: string[];
}

export interface TableEnd {
  rows: number;
  /** Of the rows as they stand in the file, in hexadecimal. */
  sha256: string;
}

export interface BackupEnd {
  tables: number;
  rows: number;
  sequences: { schema: string; name: string; lastValue: string }[];
}

export const BACKUP_FORMAT = 1;

const letters = { header: 'H', table: 'T', rows: 'R', 'table-end': 'E', end: 'Z' } as const;
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter, kind as BackupFrame['kind']]));
const PREFIX_BYTES = 5;

/** What is inside the file is not what a backup is made of. */
export class BackupFormatError extends Error {
  override readonly name = 'BackupFormatError';
}

export function writeFrame(frame: BackupFrame): Buffer {
  const content = frame.kind === 'rows' ? frame.content : Buffer.from(JSON.stringify(frame.content));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(letters[frame.kind], 'latin1');
  prefix.writeUInt32BE(content.length, 1);
  return Buffer.concat([prefix, content]);
}

/** Reads frames one by one, holding no more than one of them. @throws BackupFormatError */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<BackupFrame> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let needed = PREFIX_BYTES;
  for await (const piece of source) {
    pieces.push(piece);
    length += piece.length;
    if (length < needed) continue;
    let held = Buffer.concat(pieces);
    for (;;) {
      needed = PREFIX_BYTES + (held.length < PREFIX_BYTES ? 0 : held.readUInt32BE(1));
      if (held.length < Math.max(needed, PREFIX_BYTES)) break;
      yield frameOf(held.toString('latin1', 0, 1), held.subarray(PREFIX_BYTES, needed));
      held = held.subarray(needed);
    }
    pieces = [held];
    length = held.length;
  }
  if (length > 0) throw new BackupFormatError('The backup ends in the middle of a part');
}

function frameOf(letter: string, content: Buffer): BackupFrame {
  const kind = kinds.get(letter as (typeof letters)[keyof typeof letters]);
  if (kind === undefined) throw new BackupFormatError(`The backup has a part of an unknown kind, ${letter}`);
  // What is read here was authenticated chunk by chunk before: it is what `writeFrame` wrote.
  return { kind, content: kind === 'rows' ? content : JSON.parse(content.toString()) } as BackupFrame;
}
