import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, `db/` and `dist/`, whether this runs from `src/` or bundled from `dist/`. */
export const packageRoot = rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder)
    throw new Error('package.json is missing: Homeward is not completely installed');
  return rootAbove(dirname(folder));
}
