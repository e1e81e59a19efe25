import { readdir, readFile, readlink, realpath } from 'node:fs/promises';

/**
 * The processes of a database server that outlived it. When a server is killed, those of its processes that wait for
 * anything notice and end; one that computes does not, and until it ends PostgreSQL lets no other server have the data.
 *
 * One is known by three things: it calls itself a server's process (`postgres: …`, as no server itself does), it works in
 * this data folder, and its parent is no server. Found on Linux only.
 *
 * @param data the folder of the cluster.
 */
export async function orphansOf(data: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const folder = await realpath(data);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const orphans: number[] = [];
  for (const pid of pids) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.startsWith('postgres: ') || (await folderOf(pid)) !== folder) continue;
    const parent = await parentOf(pid);
    if (parent !== undefined && (await folderOf(parent)) !== folder) orphans.push(pid);
  }
  return orphans;
}

/** Where a process works; undefined when it has ended, or is none of ours. */
async function folderOf(pid: number): Promise<string | undefined> {
  return await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const parent = /\) \S (\d+)/.exec(stat)?.[1];
  return parent === undefined ? undefined : Number(parent);
}
