import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
/** A lock that nobody has touched for so long is left over, whatever its process number says. */
const STALE_MS = 30_000;

/**
 * Runs `work` while no other process does the same under this lock file. One that was killed leaves its file behind:
 * it counts as free when its process is gone, or has not touched it for 30 seconds.
 */
export async function exclusively(lock, work) {
  await take(lock);
  const heartbeat = setInterval(
    () => utimes(lock, new Date(), new Date()).catch(() => undefined),
    HEARTBEAT_MS,
  );
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { force: true });
  }
}

async function take(lock) {
  const holder = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let told = false; ; told = true) {
    try {
      return await writeFile(lock, holder, { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (await clearStale(lock)) continue;
    if (!told) process.stderr.write('Waiting for another Homeward command to finish preparing …\n');
    await sleep(200);
  }
}

/** Moves a left-over lock aside. What was moved is looked at once more: it may be another's, new in its place. */
async function clearStale(lock) {
  const holder = await read(lock);
  if (holder === undefined) return true;
  if (!(await isStale(lock, holder))) return false;
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return true;
    throw error;
  }
  if ((await read(aside)) === holder) await rm(aside, { force: true });
  else await rename(aside, lock);
  return true;
}

async function isStale(lock, holder) {
  const touched = await stat(lock).catch(() => undefined);
  if (!touched) return true;
  if (Date.now() - touched.mtimeMs > STALE_MS) return true;
  try {
    const { pid, host } = JSON.parse(holder);
    return host === hostname() && !isAlive(pid);
  } catch {
    return false; // being written at this moment
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function read(path) {
  return readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
