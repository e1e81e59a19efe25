import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, lstat, rename, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Keyring } from '../crypto/sealed-box.ts';
import { sealStream } from '../crypto/sealed-stream.ts';
import { hasCode } from '../error-code.ts';
import { syncFile, syncFolder } from '../files/sync.ts';
import { Refusal } from '../refusal.ts';
import {
  BACKUP_FORMAT,
  type BackupEnd,
  type BackupFrame,
  type BackupHeader,
  writeFrame,
} from './backup-format.ts';
import type { Connection } from './connections.ts';

/** The schemas whose tables a backup holds. The job queue is not among them: see `docs/backup-and-disposal.md`. */
export const BACKUP_SCHEMAS = [
  'homeward',
  'reference',
  'identity',
  'audit',
  'service',
  'history',
  'messages',
  'disposal',
] as const;

/** Tables that a restored service makes anew, and why an old copy would do harm. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'homeward.migration': 'the header says which were applied, and restoring applies them',
  'homeward.policies': 'applied afresh, so that the rules in force are those of the code',
  'identity.secret_key': 'one key comes from the service’s secret, and the other is better new',
  'identity.session': 'whoever was signed in then signs in again',
  'identity.link': 'a link that has been used since must not work again',
  'identity.attempt': 'counts of the last minutes',
};

/** Says how far long work has come: a table of the service, and how many of its rows so far. */
export type Progress = (table: string, rows: number) => void;

export interface BackupParts {
  passphrase: string;
  keyring: Keyring;
  madeAt: Date;
  progress?: Progress;
}

export interface BackupSummary {
  tables: number;
  rows: number;
}

/** A mark that two services share only when they have the same secret. */
export function secretMark(keyring: Keyring): string {
  return Buffer.from(keyring.hmac('backup', 'secret')).toString('hex');
}

/**
 * Writes everything the service holds, as it was at one moment, to one encrypted file. The service goes on meanwhile,
 * and memory stays the same however much there is. The file appears under its name when it is whole and on the disk.
 *
 * @param jobs the background login: it reads as `homeward_task_backup`, which can read every row and change none.
 * @throws Refusal when there is a file of that name already, or its folder is not there.
 */
export async function writeBackup(
  jobs: Connection,
  path: string,
  { passphrase, keyring, madeAt, progress = () => undefined }: BackupParts,
): Promise<BackupSummary> {
  const file = resolve(path);
  const taken = () => new Refusal(`${file} is there already: give the backup another name`);
  if (await lstat(file).catch(() => undefined)) throw taken();
  const draft = `${file}.unfinished-${randomBytes(4).toString('hex')}`;
  const socket = new Socket();
  const client = new pg.Client({ ...jobs, application_name: 'homeward backup', stream: () => socket });
  client.on('error', () => undefined); // the query under way is refused with the same error
  await client.connect();
  try {
    await recordIt(client);
    const summary: BackupSummary = { tables: 0, rows: 0 };
    await pipeline(
      Readable.from(inOneSnapshot(client, { keyring, madeAt, progress, summary })),
      createGzip({ level: 1 }),
      sealStream(passphrase),
      createWriteStream(draft, { mode: 0o600, flags: 'wx' }),
    );
    await syncFile(draft);
    await giveName(draft, file).catch((error: unknown) => {
      throw hasCode(error, 'EEXIST') ? taken() : error;
    });
    await syncFolder(dirname(file));
    await client.end();
    return summary;
  } catch (error) {
    // In the middle of a COPY the connection takes no other command, not even the one that ends it.
    socket.destroy();
    throw hasCode(error, 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC')
      ? new Refusal(`The backup cannot be written to ${file}: ${(error as Error).message}`)
      : error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Before anything is read: a copy of everybody's record leaves no other trace. */
async function recordIt(client: pg.Client): Promise<void> {
  await client.query('begin');
  await client.query(`set local role homeward_task_backup; set local homeward.task = 'backup'`);
  await client.query(`select audit.task('backup-made', null, null, null, '{}')`);
  await client.query('commit');
}

interface Reading {
  keyring: Keyring;
  madeAt: Date;
  progress: Progress;
  /** Counted while it is read. */
  summary: BackupSummary;
}

async function* inOneSnapshot(client: pg.Client, reading: Reading): AsyncGenerator<Buffer> {
  await client.query('begin transaction isolation level repeatable read, read only');
  await client.query('set local role homeward_task_backup');
  yield writeFrame({ kind: 'header', content: await headerOf(client, reading) });
  for (const table of await tablesOf(client)) {
    reading.summary.tables += 1;
    for await (const frame of framesOf(client, table, reading)) yield writeFrame(frame);
  }
  const end: BackupEnd = { ...reading.summary, sequences: await sequencesOf(client) };
  yield writeFrame({ kind: 'end', content: end });
  await client.query('commit');
}

async function headerOf(client: pg.Client, { keyring, madeAt }: Reading): Promise<BackupHeader> {
  const migrations = await client.query<BackupHeader['migrations'][number]>(
    'select number, name, sha256 from homeward.migration order by number',
  );
  const nature = await client.query<{ demonstration: boolean }>('select demonstration from homeward.nature');
  return {
    format: BACKUP_FORMAT,
    madeAt: madeAt.toISOString(),
    demonstration: nature.rows[0]?.demonstration ?? false,
    migrations: migrations.rows,
    secretMark: secretMark(keyring),
  };
}

export interface StoredTable {
  schema: string;
  table: string;
  /** Those that are stored: PostgreSQL computes the others again. */
  columns: string[];
}

/** The tables that a backup of this database holds, in order of name. */
export async function tablesOf(client: pg.Client): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(
    `select n.nspname as schema, c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and n.nspname = any ($1)
     group by n.nspname, c.relname order by n.nspname, c.relname`,
    [BACKUP_SCHEMAS],
  );
  return rows.filter(({ schema, table }) => !Object.hasOwn(LEFT_OUT, `${schema}.${table}`));
}

async function* framesOf(
  client: pg.Client,
  { schema, table, columns }: StoredTable,
  { progress, summary }: Reading,
): AsyncGenerator<BackupFrame> {
  yield { kind: 'table', content: { schema, table, columns } };
  const name = `${schema}.${table}`;
  const digest = createHash('sha256');
  let rows = 0;
  progress(name, rows);
  const copied = client.query(copyTo(`copy ${nameOf(schema, table)} (${listOf(columns)}) to stdout`));
  for await (const chunk of copied as AsyncIterable<Buffer>) {
    digest.update(chunk);
    rows += linesIn(chunk);
    progress(name, rows);
    yield { kind: 'rows', content: chunk };
  }
  summary.rows += rows;
  yield { kind: 'table-end', content: { rows, sha256: digest.digest('hex') } };
}

/** A table's name in SQL. */
export function nameOf(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}

/** Columns in SQL. */
export function listOf(columns: readonly string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ');
}

/** In COPY's text form a row is a line, and a line break inside a value is written as two other characters. */
export function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

async function sequencesOf(client: pg.Client): Promise<BackupEnd['sequences']> {
  const { rows } = await client.query<BackupEnd['sequences'][number]>(
    `select schemaname as schema, sequencename as name, last_value::text as "lastValue" from pg_sequences
     where schemaname = any ($1) and last_value is not null order by 1, 2`,
    [BACKUP_SCHEMAS],
  );
  return rows;
}

/** Gives a finished file its name, if nobody else has taken it meanwhile. */
async function giveName(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    // A stick or a share without hard links: there the name is free unless somebody took it in this second.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    await rename(draft, file);
  }
}
