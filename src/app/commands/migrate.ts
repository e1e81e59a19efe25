import { createKeyring } from '../../platform/crypto/sealed-box.ts';
import { prepareDatabase } from '../../platform/database/prepare-database.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { applicationSecret } from '../../platform/settings.ts';
import type { Command } from '../command-line.ts';

export const command: Command = {
  usage: 'migrate [--force] [--json]',
  summary: 'Brings the database up to date; --force applies the access policies again.',
  options: { force: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ settings, options, print }) {
    const secret = await applicationSecret(settings);
    const { connections, release } = await reachDatabase(settings);
    try {
      const outcome = await prepareDatabase(connections, secret, createKeyring(secret), {
        force: options.force === true,
      });
      if (options.json) return print(JSON.stringify(outcome));
      for (const name of outcome.applied) print(`Applied ${name}`);
      if (outcome.policiesApplied) print('Applied the access policies');
      print('The database is up to date.');
    } finally {
      await release();
    }
  },
};
