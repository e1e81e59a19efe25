import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The browser's files, which are named for their contents so that they can be kept for ever. */
export interface Assets {
  /**
   * The address of a file by its logical name, `homeward.css` for instance.
   *
   * @throws Error when the build made no such file
   */
  url(name: string): string;
}

/**
 * Reads what `bin/build.mjs` built.
 *
 * @param distDir the folder it built into
 * @throws Error when nothing has been built there
 */
export function loadAssets(distDir: string): Assets {
  const file = join(distDir, 'assets', 'manifest.json');
  const urls = new Map(Object.entries(manifestIn(file)));
  return {
    url(name) {
      const url = urls.get(name);
      if (url === undefined) throw new Error(`${file} has no ${name}; it has ${[...urls.keys()].join(', ')}`);
      return url;
    },
  };
}

function manifestIn(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch (cause) {
    throw new Error(`${file} cannot be read: run "npm run build"`, { cause });
  }
}
