import { disposeAgain, logFolders, readDisposed, writeFilesAnew } from '../../disposal/index.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { createKeyring } from '../../platform/crypto/sealed-box.ts';
import { prepareDatabase } from '../../platform/database/prepare-database.ts';
import { asOwner, reachDatabase } from '../../platform/database/reach-database.ts';
import { restoreBackup } from '../../platform/database/restore.ts';
import { applicationSecret } from '../../platform/settings.ts';
import type { Command } from '../command-line.ts';
import { progressLine } from '../progress-line.ts';

export const command: Command = {
  usage: 'restore FILE [--replace] [--json]',
  summary:
    'Puts a backup in the place of the database; it is read, loaded and checked before anything changes.',
  words: 1,
  options: { replace: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ settings, words: [file = ''], options, print, say }) {
    const secret = await applicationSecret(settings);
    const keyring = createKeyring(secret);
    const { connections, release } = await reachDatabase(settings);
    const line = progressLine();
    let disposedAgain = 0;
    try {
      const outcome = await restoreBackup(connections, file, {
        passphrase: settings.backupPassphrase ?? secret,
        keyring,
        production: settings.environment === 'production',
        replace: options.replace === true,
        now: systemClock.now(),
        progress: line.progress,
        async prepare(restored) {
          line.end();
          await prepareDatabase(restored, secret, keyring);
          const disposed = await asOwner(connections, readDisposed);
          await asOwner(restored, async (owner) => {
            const { again, unreadable } = await disposeAgain(owner, logFolders(settings), disposed);
            if (unreadable > 0) say(`${unreadable} lines of disposals.log cannot be read: look at them`);
            disposedAgain = again;
            if (again > 0) await writeFilesAnew(owner);
          });
        },
      });
      const { keptAs, sameSecret, contents } = outcome;
      const { madeAt } = contents.header;
      if (options.json) {
        const { rows, tables } = contents.end;
        return print(JSON.stringify({ madeAt, tables, rows, disposedAgain, keptAs, sameSecret }));
      }
      print(`Restored the service as it was at ${madeAt}. Everybody has to sign in again.`);
      if (disposedAgain > 0) print(`Disposed again of ${disposedAgain} records that had gone since.`);
      if (keptAs !== null)
        print(
          `What was there before is kept as the database ${keptAs}: drop it when it is not needed any more.`,
        );
      if (!sameSecret)
        say(
          'The backup is of a service with another secret: passwords, sign-in codes and what people had kept cannot be ' +
            'opened with this one. Set HOMEWARD_SECRET to that one.',
        );
    } finally {
      line.end();
      await release();
    }
  },
};
