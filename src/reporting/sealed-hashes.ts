import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ReportFigures } from './report-figures.ts';

/** The key under which this service tells hashes to everybody. Needs a transaction that may count. */
export async function figureKey(tx: Transaction): Promise<Uint8Array> {
  const { rows } = await sql<{ key: Uint8Array }>`select need_to_know.figure_key() as key`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('The service has no key for the hashes of figures');
  return row.key;
}

/**
 * Figures of a public edition, each under a keyed hash. A hash of exact counts would give hidden ones away: whoever knows all of a
 * table but two cells tries values for those until the hash is right. A keyed one still tells whether anything has changed, and
 * `report verify` makes it again.
 */
export function withSealedHashes(figures: ReportFigures, key: Uint8Array): ReportFigures {
  const measures = Object.entries(figures.measures).map(
    ([id, measure]) =>
      [id, { ...measure, hash: createHmac('sha256', key).update(measure.hash).digest('hex') }] as const,
  );
  return { ...figures, measures: Object.fromEntries(measures) };
}
