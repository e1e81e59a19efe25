import { createKeyring } from '../../src/platform/crypto/sealed-box.ts';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { connectionAt } from '../../src/platform/database/reach-database.ts';
import { restoreBackup } from '../../src/platform/database/restore.ts';

// A program for a test to kill: restores a backup, and waits for ever when all of it is loaded and nothing is swapped.
const [url = '', file = '', secret = ''] = process.argv.slice(2);
await restoreBackup(connectionsTo(connectionAt(url), secret), file, {
  passphrase: secret,
  keyring: createKeyring(secret),
  production: false,
  replace: true,
  now: new Date(),
  async prepare() {
    process.stdout.write('loaded\n');
    await new Promise(() => setInterval(() => undefined, 1000));
  },
});
