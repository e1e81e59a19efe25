import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openStream, SealedStreamError } from '../crypto/sealed-stream.ts';
import { hasCode } from '../error-code.ts';
import { Refusal } from '../refusal.ts';
import { linesIn } from './backup.ts';
import {
  BACKUP_FORMAT,
  type BackupEnd,
  BackupFormatError,
  type BackupFrame,
  type BackupHeader,
  readFrames,
  type TableEnd,
  type TableHead,
} from './backup-format.ts';

/** What a backup holds, every byte of it read and found to be what was written. */
export interface BackupContents {
  header: BackupHeader;
  tables: (TableHead & TableEnd)[];
  end: BackupEnd;
}

/** Takes the rows of one table, all of them, as COPY's text. */
export type TakeTable = (head: TableHead, rows: AsyncGenerator<Buffer>) => Promise<void>;

/**
 * Reads a backup from its first byte to its last, handing the tables on as they come.
 *
 * @throws Refusal, one line, when the file cannot be opened, was changed, cut short, or made by a newer Homeward.
 */
export async function readBackup(
  path: string,
  passphrase: string,
  take: TakeTable = readOn,
): Promise<BackupContents> {
  let contents: BackupContents | undefined;
  try {
    await pipeline(
      createReadStream(path),
      openStream(passphrase),
      createGunzip(),
      async (inside: AsyncIterable<Buffer>) => {
        contents = await readContents(readFrames(inside), take);
      },
    );
  } catch (error) {
    if (error instanceof SealedStreamError) throw new Refusal(`${path}: ${error.message}`);
    if (error instanceof BackupFormatError) throw new Refusal(`${path}: ${error.message}`);
    if (hasCode(error, 'ENOENT')) throw new Refusal(`There is no file ${path}`);
    if (hasCode(error, 'EACCES', 'EPERM', 'EISDIR', 'EIO'))
      throw new Refusal(`${path} cannot be read: ${(error as Error).message}`);
    throw error;
  }
  if (!contents) throw new Refusal(`${path}: The backup has no end`);
  return contents;
}

async function readOn(_head: TableHead, rows: AsyncGenerator<Buffer>): Promise<void> {
  for await (const _chunk of rows);
}

async function readContents(frames: AsyncGenerator<BackupFrame>, take: TakeTable): Promise<BackupContents> {
  const next = async (): Promise<BackupFrame> => {
    const read = await frames.next();
    if (read.done) throw new BackupFormatError('The backup has no end');
    return read.value;
  };
  const first = await next();
  if (first.kind !== 'header') throw new BackupFormatError('The backup has no beginning');
  if (first.content.format > BACKUP_FORMAT)
    throw new BackupFormatError('The backup was made by a newer Homeward: restore it with that one');

  const tables: BackupContents['tables'] = [];
  for (;;) {
    const frame = await next();
    if (frame.kind === 'end') {
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      if (frame.content.tables !== tables.length || frame.content.rows !== rows)
        throw new BackupFormatError('The backup does not hold what it says at its end');
      return { header: first.content, tables, end: frame.content };
    }
    if (frame.kind !== 'table') throw new BackupFormatError('The parts of the backup are out of order');
    tables.push({ ...frame.content, ...(await readTable(frame.content, next, take)) });
  }
}

async function readTable(
  head: TableHead,
  next: () => Promise<BackupFrame>,
  take: TakeTable,
): Promise<TableEnd> {
  const digest = createHash('sha256');
  let lines = 0;
  let end: TableEnd | undefined;
  const rows = async function* () {
    for (;;) {
      const frame = await next();
      if (frame.kind === 'rows') {
        digest.update(frame.content);
        lines += linesIn(frame.content);
        yield frame.content;
      } else if (frame.kind === 'table-end') {
        end = frame.content;
        return;
      } else throw new BackupFormatError('The parts of the backup are out of order');
    }
  };
  await take(head, rows());
  if (!end || end.rows !== lines || end.sha256 !== digest.digest('hex'))
    throw new BackupFormatError(`The rows of ${head.schema}.${head.table} are not those that were written`);
  return end;
}
