import { createReadStream } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../platform/error-code.ts';
import { Refusal } from '../platform/refusal.ts';
import { fileNames } from './files.ts';
import type { IncomingFile } from './import-history.ts';

/**
 * The files of a folder, in the order of their names; hidden ones and folders are none. One that the format knows is looked at
 * before it is opened: what is no regular file, such as a pipe, might never end.
 *
 * @throws Refusal where there is no such folder, or it may not be read; where a file of the format is no file, or may not be.
 */
export async function filesIn(folder: string): Promise<IncomingFile[]> {
  const found: IncomingFile[] = [];
  for (const { name, isFolder } of await namesIn(folder)) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    if (fileNames.some((each) => each === name.toLowerCase())) await expectFile(path, name);
    else if (isFolder) continue;
    found.push({ name, read: () => createReadStream(path) });
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function namesIn(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new Refusal(`There is no folder ${folder}`);
    if (hasCode(error, 'ENOTDIR')) throw new Refusal(`${folder} is a file: name the folder that it is in`);
    if (hasCode(error, 'EACCES', 'EPERM')) throw new Refusal(`${folder} may not be read`);
    throw error;
  }
}

async function expectFile(path: string, name: string): Promise<void> {
  try {
    const what = await stat(path);
    if (what.isDirectory()) throw new Refusal(`${name} is a folder: put the file itself there`);
    if (!what.isFile())
      throw new Refusal(`${name} is not a regular file, but a pipe or a device: put the file itself there`);
    await access(path, constants.R_OK);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ELOOP'))
      throw new Refusal(`${name} is a link to a file that is not there: put the file itself there`);
    if (hasCode(error, 'EACCES', 'EPERM')) throw new Refusal(`${name} may not be read`);
    throw error;
  }
}
