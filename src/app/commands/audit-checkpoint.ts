import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sealAudit } from '../../platform/audit/sealing.ts';
import { createKeyring } from '../../platform/crypto/sealed-box.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { Database } from '../../platform/database/transaction.ts';
import { hasCode } from '../../platform/error-code.ts';
import { Refusal } from '../../platform/refusal.ts';
import { applicationSecret, type Settings } from '../../platform/settings.ts';
import type { Command } from '../command-line.ts';

export const command: Command = {
  usage: 'audit checkpoint [--out FILE] [--json]',
  summary: 'Seals the audit now and prints the signed checkpoint and the key it is signed with.',
  options: { out: { type: 'string' }, json: { type: 'boolean' } },
  async run({ settings, options, print }) {
    const sealed = await seal(settings);
    if (!sealed) throw new Refusal('Nothing has been recorded yet, so there is nothing to seal');
    const { size, note, verifier } = sealed;
    if (typeof options.out === 'string') await writeNew(options.out, note);
    if (options.json) return print(JSON.stringify({ size, note, verifier }));
    if (options.out === undefined) print(note);
    print(`Signed with: ${verifier}`);
  },
};

async function seal(settings: Settings) {
  const keyring = createKeyring(await applicationSecret(settings));
  const { connections, release } = await reachDatabase(settings);
  try {
    const database = new Database(connections.jobs);
    try {
      return await sealAudit({ database, keyring, publicUrl: settings.publicUrl });
    } finally {
      await database.close();
    }
  } finally {
    await release();
  }
}

/** A checkpoint that was kept is never written over. */
async function writeNew(path: string, note: string): Promise<void> {
  try {
    await writeFile(path, note, { flag: 'wx', flush: true });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new Refusal(`${resolve(path)} is there already: choose another file`);
  }
}
