import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { DefinedMeasure } from '../statistics/define-measure.ts';
import type { Asked, MeasureResult } from '../statistics/measure.ts';
import { type CountSource, type Reading, readAll } from '../statistics/reading.ts';
import { referrals } from '../statistics/readings/referrals.ts';
import { closedEpisodes } from '../statistics/readings/support.ts';

/** Measures of the catalogue over some of the records alone: those of a borough, or of a provider. */
export type Narrowing = ReadonlyMap<CountSource, CountSource>;

/** The referrals that one area is responsible for. */
export const referralsOf = (area: string): Narrowing =>
  new Map([
    [
      referrals,
      {
        ...referrals,
        name: `referrals of ${area}`,
        records: (asked) => sql`select * from (${referrals.records(asked)}) everywhere where area = ${area}`,
      },
    ],
  ]);

/** Episodes that had engaged and closed, of one provider by its code; `unknown` is those that name none. */
export const episodesOf = (provider: string): Narrowing =>
  new Map([
    [
      closedEpisodes,
      {
        ...closedEpisodes,
        name: `closed episodes of ${provider}`,
        records: ({ asAt }) => sql`
          select closed_on as on_day, outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm,
            county_lines_involvement, resilience, neet_at_start, neet_at_end
          from as_at.support_facts(${asAt})
          where first_engaged_on is not null and closed_on is not null and coalesce(nullif(provider, ''), 'unknown') = ${provider}`,
      },
    ],
  ]);

/**
 * Computes measures over what a narrowing leaves. Needs a transaction that may count.
 *
 * @throws RangeError for a measure that is counted over anything that the narrowing does not narrow
 */
export async function computeNarrowed(
  tx: Transaction,
  asked: Asked,
  measures: readonly DefinedMeasure[],
  narrowing: Narrowing,
): Promise<ReadonlyMap<string, MeasureResult>> {
  const read = new Map<Reading, Reading>();
  for (const { id, reads } of measures)
    for (const reading of Object.values(reads)) read.set(reading, narrowed(id, reading, narrowing));
  const found = await readAll(tx, asked, read.values());
  const byOriginal = new Map([...read].map(([original, instead]) => [original, found.get(instead) ?? []]));
  const supplied = await sql<{ file: string }>`select file from as_at.supplied(${asked.asAt})`.execute(tx);
  const files = new Set(supplied.rows.map(({ file }) => file));
  return new Map(
    measures.map((measure) => [
      measure.id,
      measure.resultOf(
        byOriginal,
        measure.needs.every((file) => files.has(file)),
        asked,
      ),
    ]),
  );
}

function narrowed(measure: string, reading: Reading, narrowing: Narrowing): Reading {
  // Names of places are the same everywhere.
  if (reading.kind === 'query') {
    if (reading.words) return reading;
    throw new RangeError(`${measure} cannot be counted of a part of the service`);
  }
  const source = narrowing.get(reading.source);
  if (!source) throw new RangeError(`${measure} cannot be counted of a part of the service`);
  return { ...reading, source };
}
