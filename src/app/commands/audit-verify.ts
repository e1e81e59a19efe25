import { readOutsideCheckpoints } from '../../platform/audit/outside-checkpoint.ts';
import { type AuditFault, type NamedEntry, verifyAudit } from '../../platform/audit/verification.ts';
import { reachDatabase } from '../../platform/database/reach-database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Command } from '../command-line.ts';

export const command: Command = {
  usage: 'audit verify [--checkpoint FILE] [--json]',
  summary:
    'Recomputes the audit and names the first entry that does not fit; FILE is a checkpoint kept elsewhere.',
  options: { checkpoint: { type: 'string', multiple: true }, json: { type: 'boolean' } },
  async run({ settings, options, print }) {
    const paths = Array.isArray(options.checkpoint) ? options.checkpoint.map(String) : [];
    const outside = (await Promise.all(paths.map(readOutsideCheckpoints))).flat();
    const { connections, release } = await reachDatabase(settings);
    try {
      const {
        size,
        root,
        waiting,
        checkpoints,
        outside: compared,
        fault,
      } = await verifyAudit(connections.jobs, outside);
      const rootInText = Buffer.from(root).toString('base64');
      if (options.json) {
        const proof = { size, root: rootInText, waiting, checkpoints, outside: compared };
        print(JSON.stringify(fault ? { ok: false, fault } : { ok: true, ...proof }));
      }
      if (fault) throw new Refusal(inWords(fault));
      if (options.json) return;
      print(
        `The audit is whole: ${size} entries sealed, ${waiting} waiting, root ${rootInText}, ` +
          `${checkpoints} checkpoints of its own and ${compared} from outside.`,
      );
    } finally {
      await release();
    }
  },
};

function inWords({ what, entry, to }: AuditFault): string {
  if (!entry) return `${what}.`;
  return to === null
    ? `The entry ${named(entry)} ${what}.`
    : `One of the entries ${named(entry)} to ${named(to)} ${what}.`;
}

function named({ id, at, position }: NamedEntry): string {
  const known = [...(position === null ? [] : [`position ${position}`]), ...(at === null ? [] : [at])];
  return known.length === 0 ? id : `${id} (${known.join(', ')})`;
}
