import {
  carryOutDisposals,
  filesHoldTraces,
  logFolders,
  reviewRetention,
  writeFilesAnew,
} from '../../disposal/index.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { asOwner, reachDatabase } from '../../platform/database/reach-database.ts';
import { Database } from '../../platform/database/transaction.ts';
import type { Command } from '../command-line.ts';
import { progressLine } from '../progress-line.ts';

export const command: Command = {
  usage: 'dispose [--json]',
  summary: 'Carries out the disposals that two people approved, and writes the files anew. For a quiet hour.',
  options: { json: { type: 'boolean' } },
  async run({ settings, options, print, say }) {
    const { connections, release } = await reachDatabase(settings);
    const jobs = new Database(connections.jobs, { connections: 1, patience: 0 });
    const line = progressLine();
    try {
      await reviewRetention(jobs, systemClock.now());
      const { done, waiting } = await carryOutDisposals(jobs, logFolders(settings));
      const writtenAnew = (await filesHoldTraces(jobs))
        ? await asOwner(connections, (owner) => writeFilesAnew(owner, (table) => line.progress(table, 0)))
        : { tables: 0, log: true };
      line.end();
      if (options.json) return print(JSON.stringify({ done, waiting, ...writtenAnew }));
      print(`Disposed of ${done.length} records; ${writtenAnew.tables} tables are written anew.`);
      for (const { request, why } of waiting) print(`The disposal ${request} waits: ${why}`);
      if (!writtenAnew.log)
        say(
          'The write-ahead log was not written over, which takes the server’s administrator: what was deleted stays in it ' +
            'until the server uses it again.',
        );
    } finally {
      line.end();
      await jobs.close();
      await release();
    }
  },
};
