import { reachDatabase } from '../../platform/database/reach-database.ts';
import { Database } from '../../platform/database/transaction.ts';
import { Refusal } from '../../platform/refusal.ts';
import { verifyReports } from '../../reporting/verify-report.ts';
import { type Command, UsageError } from '../command-line.ts';

/** Every published report is worked out again: each may count over millions of records. */
const PATIENCE_MS = 300_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const command: Command = {
  usage: 'report verify [ID] [--json]',
  summary:
    'Works published figures out again, as at their moment, and names the first that differs; ID is one report or edition.',
  options: { json: { type: 'boolean' } },
  words: [0, 1],
  async run({ settings, options, words: [id], print }) {
    if (id !== undefined && !ID.test(id))
      throw new UsageError(`${id} is no ID: it stands in the address of a report.`);
    const { connections, release } = await reachDatabase(settings);
    const database = new Database(connections.jobs, { connections: 2, patience: PATIENCE_MS });
    try {
      const verified = await verifyReports(database, id);
      if (id !== undefined && verified.length === 0)
        throw new Refusal(`No report with the ID ${id} was published: copy it from the address of its page`);
      if (options.json)
        print(JSON.stringify({ ok: verified.every(({ differs }) => differs === null), reports: verified }));
      const wrong = verified.find(({ differs }) => differs !== null);
      if (wrong)
        throw new Refusal(
          `“${wrong.title}”, ${wrong.edition} edition, is not as it was published: ${wrong.differs}`,
        );
      if (options.json) return;
      for (const { title, edition, sha256, audit } of verified) {
        const tried = audit
          ? `. The auditor tried ${audit.tried} numbers in ${audit.seconds} s with ${audit.solver}, and found out none`
          : '';
        print(`“${title}”, ${edition} edition, is as it was published: ${sha256}${tried}`);
      }
      if (verified.length === 0) print('No report is published yet.');
    } finally {
      await database.close();
      await release();
    }
  },
};
