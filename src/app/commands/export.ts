import { exportOf } from '../../data-protection/index.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { asAccount } from '../../platform/database/as-account.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { makeFile } from '../../platform/files/new-file.ts';
import { type Command, UsageError } from '../command-line.ts';

export const command: Command = {
  usage: 'export person ID --out FILE [--as ACCOUNT]',
  summary:
    'Writes everything held about somebody who asked for it, with what is marked for redaction, to a new file.',
  words: 1,
  options: { out: { type: 'string' }, as: { type: 'string' } },
  async run({ settings, words: [person = ''], options, print }) {
    const { out, as: email } = options;
    if (typeof out !== 'string' || out === '') throw new UsageError('--out is missing.');
    if (settings.environment === 'production' && email === undefined)
      throw new UsageError('--as is missing: the email address of a data protection lead.');
    const { connections, release } = await reachDatabase(settings);
    try {
      await makeFile(out, () =>
        asAccount(
          connections,
          {
            email: typeof email === 'string' ? email : undefined,
            role: 'data-protection-lead',
            task: 'export-person',
          },
          (tx) => exportOf(tx, person, systemClock.now()),
        ),
      );
      print(`Everything held is in ${out}. It tells of other people too: do not give it away as it is.`);
    } finally {
      await release();
    }
  },
};
