import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ignore } from '../platform/error-code.ts';
import { syncFolder } from '../platform/files/sync.ts';
import type { Settings } from '../platform/settings.ts';

/**
 * What was disposed of, written down outside the database in ids alone: whoever restores a backup from before finds
 * here what must go again. It stands beside the database and, where one is set, in the folder outside the machine that
 * the audit's checkpoints go to.
 */
const disposal = z.object({
  at: z.iso.datetime({ offset: true }),
  request: z.uuid(),
  kind: z.enum(['person', 'referral']),
  subject: z.uuid(),
  /** SHA-256 of the reference, in hexadecimal. */
  reference: z.string().regex(/^[0-9a-f]{64}$/),
  referrals: z.array(z.uuid()),
  accounts: z.array(z.uuid()),
});
export type WrittenDisposal = z.infer<typeof disposal>;

const NAME = 'disposals.log';

/** The folders that hold a log of this service. */
export function logFolders({
  dataDir,
  checkpointFolder,
}: Pick<Settings, 'dataDir' | 'checkpointFolder'>): string[] {
  return [dataDir, checkpointFolder].filter((folder) => folder !== undefined);
}

/** Adds a disposal to every log, and returns when it is on every disk. */
export async function writeDown(folders: readonly string[], written: WrittenDisposal): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const log = await open(join(folder, NAME), 'a', 0o600);
    try {
      // A line that an earlier process was killed in the middle of must not take this one with it.
      await log.appendFile(`\n${JSON.stringify(written)}\n`);
      await log.sync();
    } finally {
      await log.close();
    }
    await syncFolder(folder);
  }
}

/**
 * All disposals that the logs tell of, each once. A line that cannot be read was cut short by a kill, before its
 * disposal was carried out; more than one in a log means that somebody has changed it.
 */
export async function readLogs(
  folders: readonly string[],
): Promise<{ disposals: WrittenDisposal[]; unreadable: number }> {
  const disposals = new Map<string, WrittenDisposal>();
  let unreadable = 0;
  for (const folder of folders) {
    const text = (await readFile(join(folder, NAME), 'utf8').catch(ignore('ENOENT'))) ?? '';
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const read = disposal.safeParse(parsed(line));
      if (read.success) disposals.set(read.data.subject, read.data);
      else unreadable += 1;
    }
  }
  return { disposals: [...disposals.values()], unreadable };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
