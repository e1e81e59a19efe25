import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ignore } from '../error-code.ts';
import { Refusal } from '../refusal.ts';

/** A checkpoint that was kept where whoever runs the database could not change it. */
export interface OutsideCheckpoint {
  /** The file it was read from. */
  readonly name: string;
  readonly note: string;
}

const CHECKPOINT_FILE = /^checkpoint-\d+\.txt$/;
/** A checkpoint among other words, such as those of the e-mail that brought it. */
const CHECKPOINT = /^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n\n(?:— \S+ [A-Za-z0-9+/]+={0,2}\n)+/m;

/**
 * Reads the checkpoint in a file, or all of those in a folder that `HOMEWARD_CHECKPOINTS` named.
 *
 * @throws Refusal when there is none.
 */
export async function readOutsideCheckpoints(path: string): Promise<OutsideCheckpoint[]> {
  const found = await stat(path).catch(ignore('ENOENT'));
  if (!found) throw new Refusal(`There is no file or folder ${path}`);
  if (!found.isDirectory()) return [await readCheckpoint(path)];
  const names = (await readdir(path)).filter((name) => CHECKPOINT_FILE.test(name));
  if (names.length === 0) throw new Refusal(`The folder ${path} has no file named checkpoint-SIZE.txt`);
  const read: OutsideCheckpoint[] = [];
  for (const name of names) read.push(await readCheckpoint(join(path, name)));
  return read;
}

async function readCheckpoint(path: string): Promise<OutsideCheckpoint> {
  const text = `${(await readFile(path, 'utf8')).replaceAll('\r\n', '\n')}\n`;
  const [note] = CHECKPOINT.exec(text) ?? [];
  if (note === undefined) throw new Refusal(`${path} holds no checkpoint`);
  return { name: path, note };
}
