import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../platform/error-code.ts';
import { Refusal } from '../platform/refusal.ts';
import type { IncomingFile } from './import-history.ts';

/**
 * The files of a folder, in the order of their names; hidden ones and folders are none.
 *
 * @throws Refusal where there is no such folder, or it may not be read.
 */
export async function filesIn(folder: string): Promise<IncomingFile[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => ({ name, read: () => createReadStream(join(folder, name)) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new Refusal(`There is no folder ${folder}`);
    if (hasCode(error, 'ENOTDIR')) throw new Refusal(`${folder} is a file: name the folder that it is in`);
    if (hasCode(error, 'EACCES', 'EPERM')) throw new Refusal(`${folder} may not be read`);
    throw error;
  }
}
