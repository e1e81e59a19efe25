import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { hasCode } from '../error-code.ts';
import { Refusal } from '../refusal.ts';
import { syncFolder } from './sync.ts';

const OWNER_ALONE = 0o600;

/**
 * Makes a file that its owner alone may read, and fills it with what `write` gives. It takes the place of no other file,
 * which is known before `write` begins; nothing is left of it where `write` fails.
 *
 * @throws Refusal where there is such a file already, or no folder for it.
 */
export async function makeFile(path: string, write: () => Promise<string | Uint8Array>): Promise<void> {
  const handle = await openNew(path);
  try {
    await handle.writeFile(await write());
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(resolve(path)));
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', OWNER_ALONE);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new Refusal(`${resolve(path)} is there already: choose another file`);
    if (hasCode(error, 'ENOENT')) throw new Refusal(`There is no folder ${dirname(resolve(path))}`);
    if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'EROFS'))
      throw new Refusal(`${resolve(path)} cannot be written: choose a folder that you may write to`);
    if (hasCode(error, 'EISDIR') || hasCode(error, 'ENOTDIR'))
      throw new Refusal(`${resolve(path)} is no file: give the name of a new one`);
    throw error;
  }
}
