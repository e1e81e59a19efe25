import { sql } from 'kysely';
import type { Keyring } from '../crypto/sealed-box.ts';
import { advisoryLocks } from '../database/advisory-locks.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { Frontier, leafHash } from './merkle-tree.ts';
import { parseVerifierKey } from './signed-note.ts';
import { signingKey } from './signing-key.ts';

/** How many entries one transaction seals, and so the most that one checkpoint may be apart from the next. */
const BATCH = 5_000;

export interface Sealing {
  /** On the connection of the jobs login. */
  readonly database: Database;
  readonly keyring: Keyring;
  readonly publicUrl: string;
}

/** What the log has been sealed up to. */
export interface SealedUpTo {
  readonly size: number;
  /** The checkpoint as a signed note. */
  readonly note: string;
  /** The public key that it is signed with. */
  readonly verifier: string;
}

/**
 * Seals every entry that has been committed: appends it to the tree, and signs what the tree has become.
 *
 * An entry waits in a list that it joined in its own transaction, so that one which commits late is sealed late and
 * never missed; what is sealed is in the order of sealing, not of time.
 *
 * @returns the newest checkpoint; null while there has never been an entry.
 * @throws Error when the tree is not what the last checkpoint says: somebody changed it, and nothing is added to it
 *   until `homeward audit verify` has been read.
 */
export async function sealAudit(sealing: Sealing): Promise<SealedUpTo | null> {
  for (;;) {
    const { sealed, upTo } = await sealing.database.asTask('sealing', (tx) => sealBatch(tx, sealing));
    if (sealed < BATCH) return upTo;
  }
}

interface Waiting {
  entry_id: string;
  body: Buffer;
}

async function sealBatch(
  tx: Transaction,
  { keyring, publicUrl }: Sealing,
): Promise<{ sealed: number; upTo: SealedUpTo | null }> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.sealing})`.execute(tx);
  const last = await lastCheckpoint(tx);
  // One look-up a row whatever the planner thinks: the list is short and the log is long. An entry that is listed and
  // not there stays listed: it is the one trace of an entry that was removed before it was sealed.
  const waiting = await sql<Waiting>`
    select w.entry_id, e.body
    from audit.waiting w cross join lateral (select body from audit.entry where id = w.entry_id limit 1) e
    order by w.entry_id limit ${BATCH}`.execute(tx);
  if (waiting.rows.length === 0) return { sealed: 0, upTo: last?.upTo ?? null };

  const frontier = last?.frontier ?? new Frontier();
  const first = frontier.size;
  const ids = waiting.rows.map((row) => row.entry_id);
  const hashes = waiting.rows.map((row) => Buffer.from(leafHash(row.body)));
  for (const hash of hashes) frontier.append(hash);
  await sql`
    insert into audit.leaf (position, entry_id, hash)
    select ${first}::bigint + n - 1, id, hash
    from unnest(${ids}::uuid[], ${hashes}::bytea[]) with ordinality as sealed (id, hash, n)`.execute(tx);
  await sql`delete from audit.waiting where entry_id = any(${ids}::uuid[])`.execute(tx);

  const signer = await signingKey(tx, keyring, new URL(publicUrl).host);
  const { name, text: verifier } = signer.verifier;
  const { size } = frontier;
  const root = Buffer.from(frontier.root());
  const note = signCheckpoint({ origin: name, size, root }, signer);
  await tx
    .insertInto('audit.checkpoint')
    .values({ size, root, frontier: Buffer.from(frontier.toBytes()), note, verifier })
    .execute();
  return { sealed: ids.length, upTo: { size, note, verifier } };
}

/** The newest checkpoint, once everything that would be built on is found to be what it signs. */
async function lastCheckpoint(tx: Transaction): Promise<{ upTo: SealedUpTo; frontier: Frontier } | null> {
  const found = await sql<{ size: number; frontier: Buffer; note: string; verifier: string; leaves: number }>`
    select c.size, c.frontier, c.note, c.verifier,
      (select l.position + 1 from audit.leaf l order by l.position desc limit 1) as leaves
    from audit.checkpoint c order by c.size desc limit 1`.execute(tx);
  const row = found.rows[0];
  if (!row) return null;
  const signed = openCheckpoint(row.note, [parseVerifierKey(row.verifier)]);
  const frontier = Frontier.parse(row.frontier);
  const fits =
    signed.size === row.size &&
    frontier.size === row.size &&
    row.leaves === row.size &&
    Buffer.compare(frontier.root(), signed.root) === 0;
  if (!fits)
    throw new Error('The sealed audit is not what its last checkpoint signs: run homeward audit verify');
  return { upTo: { size: row.size, note: row.note, verifier: row.verifier }, frontier };
}
