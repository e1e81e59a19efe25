import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../database/transaction.ts';
import { ignore } from '../error-code.ts';
import { syncFolder } from '../files/sync.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import type { SealedUpTo } from './sealing.ts';

/** The places outside this machine that checkpoints go to; what they hold cannot be taken back. */
export interface CheckpointDestinations {
  /** A folder that another machine keeps, such as a mounted share. */
  readonly folder: string | undefined;
  readonly email: { readonly address: string; readonly sender: MessageSender } | undefined;
}

/** Minutes between two e-mails: a mailbox is read by people. */
const BETWEEN_EMAILS = 60;

/**
 * Takes the newest checkpoint to each place that has not had it. Those between are left out: each says all that the
 * ones before it said.
 *
 * @param database on the connection of the jobs login.
 * @throws AggregateError of what went wrong with any of them, when all were tried: to be tried again.
 */
export async function deliverCheckpoints(
  database: Database,
  { folder, email }: CheckpointDestinations,
): Promise<void> {
  const ways = [
    ...(folder === undefined ? [] : [toFolder(folder)]),
    ...(email === undefined ? [] : [byEmail(email)]),
  ];
  const faults: unknown[] = [];
  for (const way of ways) {
    try {
      await deliver(database, way);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, 'A checkpoint could not leave this machine');
}

interface Way {
  destination: 'folder' | 'email';
  /** Minutes that must have passed since the last. */
  between: number;
  place: string;
  take(checkpoint: SealedUpTo): Promise<void>;
}

async function deliver(database: Database, { destination, between, place, take }: Way): Promise<void> {
  const due = await database.asTask('sealing', async (tx) => {
    const newest = await tx
      .selectFrom('audit.checkpoint')
      .select(['size', 'note', 'verifier', (eb) => eb.fn<Date>('now').as('now')])
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    const last = await tx
      .selectFrom('audit.checkpoint_delivery')
      .select(['size', 'at'])
      .where('destination', '=', destination)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!newest || newest.size === last?.size) return undefined;
    const since = last ? newest.now.getTime() - last.at.getTime() : Number.POSITIVE_INFINITY;
    return since < between * 60_000 ? undefined : newest;
  });
  if (!due) return;
  await take(due);
  await database.asTask('sealing', (tx) =>
    tx
      .insertInto('audit.checkpoint_delivery')
      .values({ destination, size: due.size, delivered_to: place })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

function toFolder(folder: string): Way {
  return {
    destination: 'folder',
    between: 0,
    place: folder,
    take: ({ size, note }) => writeCheckpoint(join(folder, `checkpoint-${size}.txt`), note, folder),
  };
}

/**
 * Writes a checkpoint under its name, whole or not at all, and never over another. The folder is not made: where a
 * share is not mounted, its place would be on this machine.
 *
 * @throws Error when another checkpoint has that name, or the folder is not there.
 */
async function writeCheckpoint(path: string, note: string, folder: string): Promise<void> {
  const there = await readFile(path, 'utf8').catch(ignore('ENOENT'));
  if (there === note) return;
  if (there !== undefined) throw new Error(`${path} is another checkpoint of the same size`);
  const draft = `${path}.new-${randomBytes(6).toString('hex')}`;
  await writeFile(draft, note, { flush: true });
  await rename(draft, path);
  await syncFolder(folder);
}

function byEmail({ address, sender }: { address: string; sender: MessageSender }): Way {
  return {
    destination: 'email',
    between: BETWEEN_EMAILS,
    place: address,
    async take({ size, note, verifier }) {
      const keyId = verifier.split('+')[1];
      await sender.send({
        id: `checkpoint-${size}-${keyId}`,
        to: address,
        subject: `Checkpoint of the audit: ${size} entries`,
        body: [
          'Keep this email. It proves what the audit of Homeward held: nobody can change an entry that it counts',
          'without being found out by "homeward audit verify --checkpoint FILE" and a file with the lines below.',
          '',
          `The key it is signed with: ${verifier}`,
          '',
          note,
        ].join('\n'),
      });
    },
  };
}
