import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Asked, MeasureResult } from './measure.ts';
import { type Reading, readAll } from './reading.ts';

/** The files of import-format.md, whose records may also be kept here. */
export type SourceFile =
  | 'referrals.csv'
  | 'support.csv'
  | 'onward_referrals.csv'
  | 'events.csv'
  | 'rescues.csv'
  | 'nrm.csv'
  | 'county_links.csv'
  | 'training.csv';

/** A measure that can be computed beside others. */
export interface Computable {
  readonly id: string;
  /** Without records of these it has no figure. */
  readonly needs: readonly SourceFile[];
  readonly reads: Readonly<Record<string, Reading>>;
  /** @param supplied whether everything it needs was ever supplied */
  resultOf(found: ReadonlyMap<Reading, readonly unknown[]>, supplied: boolean, asked: Asked): MeasureResult;
}

/**
 * Computes measures together, in a few statements whatever the number of records. Needs a transaction that may count: the task
 * `statistics`, or somebody who may, under its role.
 *
 * @param measures one version of each
 */
export async function computeAll(
  tx: Transaction,
  asked: Asked,
  measures: readonly Computable[],
): Promise<ReadonlyMap<string, MeasureResult>> {
  const supplied = await suppliedFiles(tx, asked.asAt);
  const has = (measure: Computable) => measure.needs.every((file) => supplied.has(file));
  const found = await readAll(
    tx,
    asked,
    measures.filter(has).flatMap(({ reads }) => Object.values(reads)),
  );
  return new Map(
    measures.map((measure) => [measure.id, measure.resultOf(found, has(measure), asked)] as const),
  );
}

async function suppliedFiles(tx: Transaction, asAt: Date): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ file: string }>`select file from as_at.supplied(${asAt})`.execute(tx);
  return new Set(rows.map(({ file }) => file));
}
