import { systemClock } from '../../platform/clock/clock.ts';
import { createKeyring } from '../../platform/crypto/sealed-box.ts';
import { writeBackup } from '../../platform/database/backup.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { applicationSecret } from '../../platform/settings.ts';
import type { Command } from '../command-line.ts';
import { progressLine } from '../progress-line.ts';

export const command: Command = {
  usage: 'backup FILE [--json]',
  summary: 'Writes everything the service holds to one encrypted file, while it goes on working.',
  words: 1,
  options: { json: { type: 'boolean' } },
  async run({ settings, words: [file = ''], options, print }) {
    const secret = await applicationSecret(settings);
    const { connections, release } = await reachDatabase(settings);
    const line = progressLine();
    try {
      const { tables, rows } = await writeBackup(connections.jobs, file, {
        passphrase: settings.backupPassphrase ?? secret,
        keyring: createKeyring(secret),
        madeAt: systemClock.now(),
        progress: line.progress,
      });
      line.end();
      if (options.json) return print(JSON.stringify({ file, tables, rows }));
      print(`Wrote ${rows.toLocaleString('en-GB')} rows of ${tables} tables to ${file}`);
      print(
        `It opens with ${settings.backupPassphrase === undefined ? 'the service’s secret' : 'HOMEWARD_BACKUP_PASSPHRASE'}, ` +
          'and restoring needs the service’s secret too: keep both, away from the file.',
      );
    } finally {
      line.end();
      await release();
    }
  },
};
